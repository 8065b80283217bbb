"""The cross-tabulations of a file of responses by pandas: pandas_counts.py PLAN FILE."""

import pandas

from plan import Plan

plan = Plan()
types = {name: "category" for name in plan.questions + plan.banners}
frame = pandas.read_csv(plan.path, usecols=plan.columns, dtype=types, keep_default_na=False)
for question in plan.questions:
    for banner in plan.banners:
        groups = frame.groupby([question, banner], observed=True)
        counts = groups[plan.weight].sum() if plan.weight else groups.size()
        # Where all cells of a column are numbers, so are its categories.
        rows = ((str(answer), str(group), number) for (answer, group), number in counts.to_dict().items())
        plan.show(question, banner, rows)

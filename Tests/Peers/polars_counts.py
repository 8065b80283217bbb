"""The cross-tabulations of a file of responses by Polars: polars_counts.py PLAN FILE. POLARS_MAX_THREADS says how many threads."""

import polars

from plan import Plan

plan = Plan()
types = {name: polars.Categorical for name in plan.questions + plan.banners}
if plan.weight:
    types[plan.weight] = polars.Float64
frame = polars.read_csv(plan.path, columns=plan.columns, schema_overrides=types)
number = polars.col(plan.weight).sum() if plan.weight else polars.len()
pairs = [(question, banner) for question in plan.questions for banner in plan.banners]
tables = polars.collect_all([frame.lazy().group_by(pair).agg(number.alias("number")) for pair in pairs])
for pair, table in zip(pairs, tables):
    plan.show(*pair, ((answer or "", group or "", number) for answer, group, number in table.rows()))

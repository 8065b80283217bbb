"""The cross-tabulations of a file of responses by Python's csv alone: csv_counts.py PLAN FILE."""

import csv
from collections import defaultdict

from plan import Plan

plan = Plan()
with open(plan.path, encoding="utf-8", newline="") as file:
    rows = csv.reader(file)
    position = {name: index for index, name in enumerate(next(rows))}
    pairs = [
        (position[question], position[banner], defaultdict(float if plan.weight else int), question, banner)
        for question in plan.questions
        for banner in plan.banners
    ]
    weight = 1
    for row in rows:
        if plan.weight:
            weight = float(row[position[plan.weight]])
        for question, banner, counts, _, _ in pairs:
            counts[row[question], row[banner]] += weight
for _, _, counts, question, banner in pairs:
    plan.show(question, banner, ((answer, group, number) for (answer, group), number in counts.items()))

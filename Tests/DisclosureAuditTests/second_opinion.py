#!/usr/bin/env python3
"""Bounds counts by integer programming with HiGHS, which canvass does not use.

Reads from standard input {"kinds": N, "figures": [[[kind, ...], value], ...], "queries": [[[kind, ...], [kind, ...] or
null], ...]}: how many respondents of each kind there are is a whole number, of each figure the kinds it counts add up to
its value. For each query prints a line with the smallest and the largest that its kinds can add up to (over tables that
hold one respondent at least of the second list), or `none`.
"""
import json
import sys

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp


def main():
    given = json.load(sys.stdin)
    kinds = given["kinds"]

    def form(members):
        row = np.zeros(kinds)
        row[members] = 1
        return row

    figures = np.array([form(members) for members, _ in given["figures"]])
    values = np.array([value for _, value in given["figures"]], dtype=float)
    for counted, present in given["queries"]:
        constraints = [LinearConstraint(figures, values, values)]
        if present is not None:
            constraints.append(LinearConstraint(form(present), 1, np.inf))
        ends = []
        for sign in (1, -1):
            found = milp(
                sign * form(counted), constraints=constraints, integrality=np.ones(kinds), bounds=Bounds(0, np.inf))
            if found.status == 2:
                break
            assert found.status == 0, found.message
            ends.append(round(sign * found.fun))
        print(*ends if len(ends) == 2 else ["none"])


main()

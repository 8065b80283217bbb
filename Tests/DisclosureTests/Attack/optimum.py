#!/usr/bin/env python3
"""The least that could have been withheld, block by block, and how far a release is from it.

    optimum.py SURVEY-FOLDER WAVE RELEASE-DIR [--questions a,b] [--banners c,d] [--groups released|published|free|whole]
               [--derived follow|wide] [--seconds N] [--no-insiders] [--integer] [--cells] [--json FILE]
               [--write DIR]

A block is one question under one banner, over all packs that print it. For each the programme looks for the pattern of
withheld cells (rows of tables.csv, those of the banner `total` apart) that is smallest, first in cells and then in
the people they describe, and such that every withheld count keeps the width that the promise asks for. It
starts from nothing withheld but what the thresholds demand, lets a master problem choose a pattern, attacks that pattern by
linear programming, and answers every count that is too narrow with a cut from the duals of the attack (Fischetti
and Salazar 2001), until a pattern stands or the time is over. Needs highspy; shares no code with canvass.

What a result says
  bound   No pattern with fewer cells is safe, given the totals and the routing-free system below. This holds for any
          protector, since all that is left out only ever weakens the attacker or allows the protector more: whole-number reasoning,
          what other questions say of the base of a routed one, percentages, means, earlier editions.
  best    The smallest pattern found that stands against the attacker of this block (linear bounds, outsiders and, unless
          told otherwise, every kind of insider). It is no proof that the pattern stands against all that a reader knows; `--integer`
          says how many of its counts would be too narrow to one who also reasons in whole numbers, and `--write` writes
          tables.csv of every pack with the best patterns instead of ours, for attack.py to try.
  ours    What the release withholds. `narrow` counts those of its withheld counts that this attacker finds too narrow.

Taken as given
  Rules   What the thresholds withhold by themselves (small counts, complements, bases under minimum_base); a base withheld
          takes its column along, a withheld answer the mean and median of its column. Of a remainder of packs, the same
          small counts, complements and bases must not follow from published figures; nor of a net without one of its options.
  Totals  What the release prints under the banner `total` is published, the rest of it withheld, in every pattern. A
          group that is all of a smaller pack may show in the larger one what that pack's total withholds.
  Groups  released: group sizes as in the release; a group that it drops stays dropped, any other has its size published.
          published: sizes from minimum_cell upward are published, smaller ones and the groups are withheld.
          free: each size is withheld, with its whole group, or published, as serves this block best. A release has
          to decide that once for all questions, so that the sum over blocks is a bound, not a plan.
          whole: the block is all that the release prints, as where there is one question under one banner: sizes are
          free, the totals are too (but for their bases), and the cells of both are counted.
  Derived follow: a small count that is the difference of packs must not follow from published figures alone (the
          difference of a withheld figure and a published one is held to nothing but that figure's own width).
          wide: it must also keep the width of a withheld count, and so must one that is not small but could be thought so,
          where something that it follows from is withheld.
  A question marked `sensitive` is skipped, as is what cannot be reached (a figure that no pattern could hide enough).
"""
import argparse, csv, itertools, json, os, sys, time
from collections import defaultdict

import highspy
import numpy as np
from scipy.sparse import csr_matrix

from attack import Survey, as_list

TINY = 1e-6
FREE = highspy.kHighsInf


TOTAL = "the total"


class Figure:
    """One count that is printed somewhere, with all rows that print it."""

    def __init__(self, form, truth):
        self.form, self.truth = form, truth
        self.rows = []  # (pack, group, answer)
        self.kind = "size"
        self.is_fixed = None  # True: withheld in every pattern; False: published in every pattern
        self.is_primary = False

    @property
    def name(self):
        return " = ".join(f"{p}/{g}/{a}" for p, g, a in self.rows)


class Block:
    """The joint system of one question under one banner."""

    def __init__(self, survey, people, printed, qid, banner, groups_mode, derived):
        self.s, self.qid, self.banner, self.mode, self.derived = survey, qid, banner, groups_mode, derived
        self.m = survey.m
        self.names, self.truth = {}, []
        self.rows = []  # (form, low, high): what is known in every pattern
        self.figures, self.by_form, self.at = [], {}, {}
        self.clauses = []  # sets of figures of which one at least must be withheld
        self.implied = []  # (a, b): a withheld means b withheld
        self.means = defaultdict(int)  # printed means and medians, by (pack, group)
        self.build(people, printed)

    def var(self, name, truth):
        if name not in self.names:
            self.names[name] = len(self.truth)
            self.truth.append(truth)
        return self.names[name]

    def build(self, people, printed):
        s, qid, b, y = self.s, self.qid, self.banner, self.s.y
        q = s.questions[qid]
        rows = printed[qid]
        sizes = printed["respondents"]
        packs = [p for p in y["packs"] if any((p, b, g, "(base)") in rows for g in self.groups(people))]
        self.packs = packs
        defining = [
            p for p in y["packs"]
            if any(b in alternative for alternative in as_list(y["packs"][p].get("who", "everyone")) if alternative != "everyone")
        ]
        kept = set(packs) | set(defining)
        groups = self.groups(people)
        all_groups = groups + [TOTAL] if self.mode == "whole" else groups

        def unit(person):
            return tuple(p for p in person["atom"] if p in kept)

        here = defaultdict(list)
        for p in people:
            here[(unit(p), self.group(p))].append(p)
        units = sorted({u for u, _ in here})
        labels, nets = s.labels(qid), s.nets(qid)
        exclusive = set(as_list(q.get("exclusive", [])))
        multiple = q["kind"] == "multiple"
        clean = multiple and all(
            not ((p[qid] - exclusive) and (p[qid] & exclusive)) and p[qid] and len(p[qid] & exclusive) <= 1
            for p in people if p[qid] is not None and p["asked"][qid])
        cells = {}
        for u in units:
            for g in groups:
                if not self.possible(u, defining, g) or any(
                    p in u and rows.get((p, b, g, "(base)"), {}).get("marker") == "z" for p in packs):
                    continue
                cells[(u, g)] = self.cell(u, g, here[(u, g)], labels, nets, exclusive, multiple, clean, q)

        def total(units, chosen, row):
            form = defaultdict(int)
            for u in units:
                for g in groups if chosen == [TOTAL] else chosen:
                    for k, c in cells.get((u, g), {}).get(row, {}).items():
                        form[k] += c
            return tuple(sorted(form.items()))

        # What is known in every pattern: totals as printed.
        total_of = {}
        for p in y["packs"]:
            mine = [u for u in units if p in u] if p in kept else units
            members = [x for x in people if p in x["atom"]]
            if len(members) != sum(len(here[(u, g)]) for u in mine for g in groups):
                continue
            for (pack, ban, _, answer), row in rows.items():
                if pack != p or ban != "total" or answer in ("(mean)", "(median)"):
                    continue
                if self.mode == "whole" and answer != "(base)":
                    continue
                form = total(mine, groups, answer)
                total_of[form] = row["marker"] != "c"
                if form and row["marker"] != "c":
                    assert self.value(form) == int(row["count"]), (p, answer)
                    self.rows.append((form, int(row["count"]), int(row["count"])))
            form = total(mine, groups, "(size)")
            if len(members) == len(people) or sizes.get((p, "total", "Total", "(base)"), {}).get("marker", "c") != "c":
                self.rows.append((form, len(members), len(members)))
                total_of[form] = True

        # Printed figures.
        for p in packs:
            mine = [u for u in units if p in u]
            for g in all_groups:
                dropped = sizes.get((p, b, g, "(base)"), {}).get("marker") == "c"
                size = self.figure(total(mine, [g], "(size)"), total_of)
                if size is None:
                    continue
                self.at[(p, g, "(size)")] = size
                if self.mode == "whole" and g != TOTAL and (p, b, g, "(base)") in sizes:
                    size.rows.append((p, g, "(size)"))
                if size.is_fixed is False:
                    pass  # it is the size of a pack, which shows it
                elif self.mode == "released":
                    size.is_fixed = dropped
                elif 0 < size.truth < self.m:
                    size.is_fixed = size.is_primary = True
                elif self.mode == "published" and size.is_fixed is None:
                    size.is_fixed = False
                base = self.figure(total(mine, [g], "(base)"), total_of)
                for (pack, ban, group, answer), row in rows.items():
                    if pack != p or (ban, group) != ((b, g) if g != TOTAL else ("total", "Total")):
                        continue
                    if answer in ("(mean)", "(median)"):
                        self.means[(p, g)] += 1
                        continue
                    f = self.figure(total(mine, [g], answer), total_of)
                    if f is None:
                        continue
                    f.rows.append((p, g, answer))
                    self.at[(p, g, answer)] = f
                    f.kind = "base" if answer == "(base)" else "net" if answer.startswith("(net)") else "answer"
                    if row["marker"] != "c":
                        assert f.truth == int(row["count"]), (p, g, answer)
                    small = 0 < f.truth < self.m
                    if answer != "(base)":
                        small |= 0 < base.truth < s.mb or 0 < base.truth - f.truth < self.m
                        self.implied.append((base, f))
                    if small:
                        f.is_primary = True
                        if f.is_fixed is not False:
                            f.is_fixed = True
                self.implied.append((size, self.at[(p, g, "(base)")]))

        # Small remainders must not follow from published figures: of nets and their answers, and of packs.
        self.remainders, self.doubtful = [], []
        if multiple or q["kind"] == "theme":
            for p in packs:
                for g in all_groups:
                    self.rest_of_nets(p, g, labels, nets)
        whole = {p: {u for u in units if p in u} for p in packs}
        for p in packs:
            inner = [o for o in packs if whole[o] < whole[p]]
            for n in (1, 2, 3):
                for chosen in itertools.combinations(inner, n):
                    if any(whole[x] & whole[z] for x, z in itertools.combinations(chosen, 2)):
                        continue
                    for g in all_groups:
                        self.remainder(p, chosen, g)
        changed = True
        while changed:
            changed = False
            for a, c in self.implied:
                if a.is_fixed and c.is_fixed is None:
                    c.is_fixed = changed = True
        self.insiders = [k for k, t in enumerate(self.truth) if t >= 1 and self.personal[k]]

    def rest_of_nets(self, p, g, labels, nets):
        """Who chose any option of a net, but not this one, or none of the options of a net within it; who raised a theme,
        and not one below it."""
        pairs = [("(net) " + n, l) for n, inner in nets.items() for l in labels if l in inner]
        pairs += [
            ("(net) " + n, "(net) " + o) for n, all_ in nets.items() for o, inner in nets.items()
            if set(inner) < set(all_)]
        if self.s.questions[self.qid]["kind"] == "theme":
            within = self.s.within(self.qid)
            for inner in within:
                outer = within[inner]
                while outer:
                    pairs.append((outer, inner))
                    outer = within[outer]
        for outer, inner in pairs:
            whole, part = self.at.get((p, g, outer)), self.at.get((p, g, inner))
            if whole is None or part is None or not 0 < whole.truth - part.truth < self.m:
                continue
            self.clauses.append({whole, part})
            form = defaultdict(int, dict(whole.form))
            for k, c in part.form:
                form[k] -= c
            form = tuple(sorted((k, c) for k, c in form.items() if c))
            if form not in self.by_form:
                self.remainders.append((form, whole.truth - part.truth, self.at[(p, g, "(base)")].truth))

    def remainder(self, p, chosen, g):
        def left(answer):
            parts = [self.at.get((x, g, answer)) for x in (p, *chosen)]
            parts = [parts[0], *[f for f in parts[1:] if f is not None]]
            if parts[0] is None or len(parts) == 1:
                return None, 0, None
            form = defaultdict(int, dict(parts[0].form))
            for f in parts[1:]:
                for k, c in f.form:
                    form[k] -= c
            form = tuple(sorted((k, c) for k, c in form.items() if c))
            return parts, self.value(form), form

        _, base, _ = left("(base)")
        for answer in {a for (x, h, a) in self.at if x == p and h == g}:
            parts, count, form = left(answer)
            if not parts or not form:
                continue
            small = 0 < count < self.m
            if answer not in ("(base)", "(size)"):
                small |= 0 < base - count < self.m or (0 < base < self.s.mb and count > 0)
            if small:
                self.clauses.append(set(parts))
                if 0 < count < self.m and form not in self.by_form:
                    self.remainders.append((form, count, base))
            elif self.m <= count < 2 * self.m - 1 and form not in self.by_form:
                self.doubtful += [(form, count, base, part) for part in parts]

    def cell(self, u, g, members, labels, nets, exclusive, multiple, clean, q):
        qid, v = self.qid, {}
        asked = [p for p in members if p["asked"][qid]]
        answered = [p for p in asked if p[qid] is not None]
        if q["kind"] == "theme":
            base = self.var((u, g, "(base)"), len(answered))
            v["(base)"], basis = {base: 1}, {base: 1}
            for l, above in self.s.within(qid).items():
                v[l] = {self.var((u, g, l), sum(l in p[qid] for p in answered)): 1}
                self.at_most({**v[l], next(iter(v[above])) if above else base: -1})
        elif multiple:
            base = self.var((u, g, "(base)"), len(answered))
            v["(base)"] = {base: 1}
            for l in labels:
                v[l] = {self.var((u, g, l), sum(l in p[qid] for p in answered)): 1}
            ordinary = [l for l in labels if l not in exclusive]
            any_ = self.var((u, g, "(any)"), sum(bool(p[qid] - exclusive) for p in answered))
            for l in ordinary:
                self.at_most({**v[l], any_: -1})
            self.at_most({any_: 1, **{k: -1 for l in ordinary for k in v[l]}})
            if clean:
                self.rows.append((tuple({any_: 1, base: -1, **{k: 1 for l in exclusive for k in v[l]}}.items()), 0, 0))
            else:
                for what in [any_, *[k for l in exclusive for k in v[l]]]:
                    self.at_most({what: 1, base: -1})
            for net, members_ in nets.items():
                if set(members_) == set(ordinary):
                    v["(net) " + net] = {any_: 1}
                    continue
                n = self.var((u, g, "(net) " + net), sum(bool(p[qid] & set(members_)) for p in answered))
                v["(net) " + net] = {n: 1}
                for l in members_:
                    self.at_most({**v[l], n: -1})
                self.at_most({n: 1, **{k: -1 for l in members_ for k in v[l]}})
                self.at_most({n: 1, any_ if set(members_) <= set(ordinary) else base: -1})
            basis = {base: 1}
        else:
            for l in labels:
                v[l] = {self.var((u, g, l), sum(p[qid] == l for p in answered)): 1}
            for net, members_ in nets.items():
                v["(net) " + net] = {k: 1 for l in members_ for k in v[l]}
            basis = {k: 1 for l in labels for k in v[l]}
            v["(base)"] = dict(basis)
        if q.get("base") == "asked":
            none = self.var((u, g, "(no answer)"), len(asked) - len(answered))
            v["(no answer)"] = {none: 1}
            basis = {**basis, none: 1}
            v["(base)"] = dict(basis)
        in_base = len(asked) if q.get("base") == "asked" else len(answered)
        v["(size)"] = {**basis, self.var((u, g, "(rest)"), len(members) - in_base): 1}
        return v

    @property
    def personal(self):
        return [True] * len(self.truth)

    def possible(self, unit, defining, g):
        """Whether the definition lets people of these packs stand in this group."""
        for p in defining:
            who = as_list(self.s.y["packs"][p]["who"])
            if len(who) != 1 or self.banner in self.s.questions:
                continue
            is_in = g in as_list(who[0][self.banner])
            if p in unit and not is_in:
                return False
            if p not in unit and is_in and len(who[0]) == 1:
                return False
        return True

    def group(self, person):
        answer = person.get(self.banner)
        if self.banner in self.s.questions and not person["asked"][self.banner]:
            answer = None
        return answer if answer is not None else "Not stated"

    def groups(self, people):
        if not hasattr(self, "_groups"):
            self._groups = sorted({self.group(p) for p in people})
        return self._groups

    def value(self, form):
        return sum(c * self.truth[k] for k, c in form)

    def at_most(self, form):
        self.rows.append((tuple(form.items()), -FREE, 0))

    def figure(self, form, totals):
        if not form:
            return None
        if form not in self.by_form:
            f = Figure(form, self.value(form))
            if form in totals:
                f.is_fixed = False if totals[form] else None
            f.index = len(self.figures)
            self.by_form[form] = f
            self.figures.append(f)
        return self.by_form[form]


class Attacker:
    """Bounds linear forms over the tables that agree with a pattern, keeping one warm problem."""

    def __init__(self, block):
        self.block, n = block, len(block.truth)
        self.truth = np.array(block.truth, float)
        forms = [r[0] for r in block.rows] + [f.form for f in block.figures]
        starts, index, value = [0], [], []
        for form in forms:
            for k, c in form:
                index.append(k), value.append(c)
            starts.append(len(index))
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = n, len(forms)
        lp.col_cost_ = np.zeros(n)
        lp.col_lower_ = np.zeros(n)
        lp.col_upper_ = np.full(n, FREE)
        fixed = np.array([f.truth for f in block.figures], float)
        lp.row_lower_ = np.concatenate([np.array([r[1] for r in block.rows], float), fixed])
        lp.row_upper_ = np.concatenate([np.array([r[2] for r in block.rows], float), fixed])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(starts, np.int32)
        lp.a_matrix_.index_ = np.array(index, np.int32)
        lp.a_matrix_.value_ = np.array(value, float)
        self.h = highspy.Highs()
        self.h.setOptionValue("output_flag", False)
        self.h.setOptionValue("presolve", "off")
        self.h.setOptionValue("threads", 1)
        self.h.passModel(lp)
        self.first, self.n = len(block.rows), n
        self.f_truth = fixed
        self.matrix = csr_matrix((value, index, starts), shape=(len(forms), n))[self.first:]
        self.f_rows = np.arange(self.first, self.first + len(fixed), dtype=np.int32)
        self.all_cols = np.arange(n, dtype=np.int32)
        self.solves, self.own = 0, None
        self.cost_now = {}
        # How far each figure can be from the truth when nothing but the totals is known.
        self.up = self.down = np.full(len(fixed), FREE)
        self.set_pattern(np.ones(len(fixed)), unlimited=True)
        ups, downs = [], []
        for f in block.figures:
            if f.is_fixed is False:
                ups.append(0), downs.append(0)
                continue
            ups.append(max(0, self.solve(f.form, 1)[0] - f.truth))
            downs.append(max(0, f.truth - self.solve(f.form, -1)[0]))
        self.up, self.down = np.array(ups, float), np.array(downs, float)

    def set_pattern(self, w, unlimited=False):
        if unlimited:
            up = down = np.where([f.is_fixed is False for f in self.block.figures], 0.0, FREE)
        else:
            up, down = self.up * w, self.down * w
        self.h.changeRowsBounds(len(self.f_rows), self.f_rows, self.f_truth - down, self.f_truth + up)

    def insider(self, k):
        if k == self.own:
            return
        if self.own is not None:
            self.h.changeColBounds(self.own, 0, FREE)
        if k is not None:
            self.h.changeColBounds(k, 1, FREE)
        self.own = k

    def solve(self, form, sign):
        for k in self.cost_now:
            self.h.changeColCost(k, 0.0)
        self.cost_now = dict(form)
        for k, c in form:
            self.h.changeColCost(k, -sign * c)
        self.h.run()
        self.solves += 1
        status = self.h.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            self.h.clearSolver()
            self.h.run()
            status = self.h.getModelStatus()
        if status == highspy.HighsModelStatus.kUnbounded:
            return (10**5 if sign > 0 else 0), None, None
        assert status == highspy.HighsModelStatus.kOptimal, status
        solution = self.h.getSolution()
        x = np.array(solution.col_value)
        duals = np.array(solution.row_dual)[self.first:] * -1  # of the maximised form
        return sum(c * x[k] for k, c in form), x, duals


class Target:
    def __init__(self, form, truth, figure, need, insider_need):
        self.form, self.truth, self.figure = form, truth, figure
        self.need, self.insider_need = need, insider_need
        self.pool = {1: [], -1: []}

    def value_at(self, x):
        return sum(c * x[k] for k, c in self.form)


class Cut:
    """sum of coefficients over withheld figures >= right, less `right` for each of `unless` that is published."""

    def __init__(self, coefficients, right, unless=()):
        self.c, self.right, self.unless = coefficients, right, frozenset(unless)
        self.key = (tuple(sorted((k, round(v, 4)) for k, v in coefficients.items())), round(right, 4), self.unless)


class Optimum:
    def __init__(self, block, insiders=True, seconds=30, log=None):
        self.b, self.a = block, Attacker(block)
        self.with_insiders, self.deadline = insiders, time.time() + seconds
        self.log = log or (lambda *_: None)
        figures = block.figures
        self.n = len(figures)
        self.cuts, self.keys = [], set()
        self.targets = []
        m = block.m
        for f in figures:
            if f.is_fixed is False or not f.rows and f.kind != "size":
                continue
            if f.truth >= 2 * m - 1:
                continue  # an interval that reaches below minimum_cell is wide enough by itself
            allowed = m + 1
            for p, g, _ in f.rows:
                base = block.at[(p, g, "(base)")].truth
                size = block.at[(p, g, "(size)")]
                if base >= m:
                    allowed = min(allowed, base)
                if size.truth >= m and block.mode == "released" and not size.is_fixed:
                    allowed = min(allowed, size.truth)
            self.targets.append(Target(f.form, f.truth, f, min(m, allowed), min(m, allowed - 1)))
        if block.derived == "wide":
            for form, count, base in block.remainders:
                allowed = base if base >= m else m + 1
                self.targets.append(Target(form, count, None, min(m, allowed), min(m, allowed - 1)))
            # What could be thought small where something that it follows from is withheld.
            for form, count, base, part in block.doubtful:
                if part.is_fixed is not False:
                    self.targets.append(Target(form, count, part, m, m))
        people = sum(f.truth for f in figures) + 1
        self.cost = np.array([len(f.rows) * (1 + 0.4 * f.truth / people) for f in figures])
        self.cells = np.array([len(f.rows) for f in figures])
        self.build_master()

    # The master

    def build_master(self):
        h = self.h = highspy.Highs()
        h.setOptionValue("output_flag", False)
        h.setOptionValue("threads", 1)
        h.setOptionValue("mip_rel_gap", 0.0)
        h.setOptionValue("mip_abs_gap", 1e-5)
        self.low, self.high = np.zeros(self.n), np.ones(self.n)
        for f in self.b.figures:
            if f.is_fixed is True:
                self.low[f.index] = 1
            elif f.is_fixed is False:
                self.high[f.index] = 0
            h.addVar(self.low[f.index], self.high[f.index])
            h.changeColCost(f.index, self.cost[f.index])
        self.mean_vars = []
        for place, rows in self.b.means.items():
            i = self.n + len(self.mean_vars)
            h.addVar(0, 1)
            h.changeColCost(i, rows)
            self.mean_vars.append((place, rows))
            for (p, g, answer), f in self.b.at.items():
                if (p, g) == place and answer != "(size)":
                    h.addRow(0, FREE, 2, np.array([i, f.index], np.int32), np.array([1.0, -1.0]))
        done = set()
        for a, c in self.b.implied:
            if a is not c and (a.index, c.index) not in done:
                done.add((a.index, c.index))
                h.addRow(0, FREE, 2, np.array([c.index, a.index], np.int32), np.array([1.0, -1.0]))
        for clause in self.b.clauses:
            free = [f for f in clause if f.is_fixed is not False]
            if free and not any(f.is_fixed for f in free):
                index = np.array(sorted(f.index for f in free), np.int32)
                h.addRow(1, FREE, len(index), index, np.ones(len(index)))

    def add(self, cut):
        if cut is None or cut.key in self.keys:
            return False
        self.keys.add(cut.key)
        self.cuts.append(cut)
        weights = defaultdict(float, cut.c)
        right = cut.right
        for k in cut.unless:  # right * (1 - sum (1 - w_k))
            weights[k] -= cut.right
            right -= cut.right
        index = np.array(sorted(weights), np.int32)
        self.h.addRow(right, FREE, len(index), index, np.array([weights[k] for k in index]))
        return True

    def solve_master(self, integer, seconds):
        kind = highspy.HighsVarType.kInteger if integer else highspy.HighsVarType.kContinuous
        for i in range(self.n):
            self.h.changeColIntegrality(i, kind)
        self.h.setOptionValue("time_limit", float(self.h.getRunTime() + max(0.5, seconds)))
        self.h.run()
        status = self.h.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None, None, True
        x = np.array(self.h.getSolution().col_value)
        info = self.h.getInfo()
        bound = info.mip_dual_bound if integer else info.objective_function_value
        if len(x) == 0 or not np.isfinite(info.objective_function_value):
            return None, bound, False
        w = x[: self.n]
        return (np.round(w) if integer else np.clip(w, 0, 1)), bound, status == highspy.HighsModelStatus.kOptimal

    def count(self, w):
        cells = int(round(float(self.cells @ w)))
        for place, rows in self.mean_vars:
            if any(w[f.index] for (p, g, a), f in self.b.at.items() if (p, g) == place and a != "(size)"):
                cells += rows
        return cells

    def people(self, w):
        return int(sum(len(f.rows) * f.truth for f in self.b.figures if w[f.index]))

    # The attack

    def cut_from(self, target, need, solved, w):
        """From the duals of the largest and the smallest: a valid inequality on the pattern."""
        coefficients, width = defaultdict(float), 0.0
        for sign, (value, x, duals) in solved.items():
            if duals is None:
                return None
            width += sign * value
            for k in np.flatnonzero(np.abs(duals) > 1e-7):
                d = duals[k]
                coefficients[int(k)] += (self.a.up[k] * d if d > 0 else -self.a.down[k] * d)
        right = need - (width - sum(c * w[k] for k, c in coefficients.items()))
        if right <= TINY:
            return None
        c = {k: min(v, right) for k, v in coefficients.items() if v > 1e-7 and self.high[k] > 0}
        for k in [k for k in c if self.low[k] == 1]:
            right -= c.pop(k)
        if right <= TINY:
            return None
        return Cut({k: min(v, right) / right for k, v in c.items()}, 1.0)

    def support(self, x):
        return frozenset(np.flatnonzero(np.abs(self.a.matrix @ x - self.a.f_truth) > 1e-6).tolist())

    def pooled(self, target, sign, hidden, own):
        best = None
        for value, x, support in target.pool[sign]:
            if not support <= hidden:
                continue
            if own is not None and x[own] < 1 - TINY:
                t = self.a.truth[own]
                share = (1 - x[own]) / (t - x[own])
                value = value * (1 - share) + target.truth * share
            if best is None or sign * value > sign * best:
                best = value
        return best if best is not None else target.truth

    def width(self, target, w, hidden, own=None, need=None):
        """(largest, smallest, solved): solved is empty where earlier tables settle it."""
        high, low = self.pooled(target, 1, hidden, own), self.pooled(target, -1, hidden, own)
        if need is not None and high - low >= need - TINY:
            return high, low, {}
        self.a.insider(own)
        solved = {}
        for sign in (1, -1):
            solved[sign] = self.a.solve(target.form, sign)
            value, x, _ = solved[sign]
            if x is not None:
                target.pool[sign].append((value, x, self.support(x)))
                if len(target.pool[sign]) > 12:
                    target.pool[sign].pop(0)
        return solved[1][0], solved[-1][0], solved

    def violation(self, target, w, hidden, own=None):
        """None, or the cut that answers it (which may be None where no cut was found)."""
        need = target.need if own is None else target.insider_need
        if need <= 0:
            return None
        high, low, solved = self.width(target, w, hidden, own, need)
        if high - low >= need - TINY:
            return None
        m = self.b.m
        if high < 1 - TINY or low > m - 1 + TINY:
            return None
        cut = self.cut_from(target, need, solved, w)
        unless = set()
        if target.figure is not None:
            unless.add(target.figure.index)
            if target.truth == 0:
                unless |= self.support(solved[1][1])
            elif target.truth >= m:
                unless |= self.support(solved[-1][1])
            unless = {k for k in unless if self.low[k] < 1}
        if cut is None:
            return (Cut({}, 1.0, unless),) if unless else (None,)
        if unless:
            cut = Cut(cut.c, 1.0, unless)
        return (cut,)

    def is_required(self, target, w):
        return target.figure is None or w[target.figure.index] > 0.5

    def attack(self, w, first_only=False):
        """Cuts for all that is too narrow under a pattern of zeros and ones, with the number of counts concerned."""
        self.a.set_pattern(w)
        hidden = frozenset(np.flatnonzero(w > 0.5).tolist())
        cuts, narrow = [], []
        for target in self.targets:
            if self.is_required(target, w):
                found = self.violation(target, w, hidden)
                if found:
                    cuts += found
                    narrow.append(target)
                    if first_only:
                        return cuts, narrow
        if narrow or not self.with_insiders:
            self.a.insider(None)
            return cuts, narrow
        for own in self.b.insiders:
            for target in self.targets:
                if self.is_required(target, w) and target not in narrow:
                    found = self.violation(target, w, hidden, own)
                    if found:
                        cuts += found
                        narrow.append(target)
                        if first_only or len(narrow) >= 10:
                            self.a.insider(None)
                            return cuts, narrow
        self.a.insider(None)
        return cuts, narrow

    def fractional(self, rounds=25):
        bound = 0
        for _ in range(rounds):
            w, bound, proven = self.solve_master(False, 10)
            if w is None:
                return None
            self.a.set_pattern(w)
            added = 0
            for target in self.targets:
                sure = target.figure is None or (target.figure.is_fixed and 0 < target.truth < self.b.m)
                if not sure or time.time() > self.deadline:
                    continue
                solved = {sign: self.a.solve(target.form, sign) for sign in (1, -1)}
                if solved[1][0] - solved[-1][0] < target.need - 1e-4:
                    added += self.add(self.cut_from(target, target.need, solved, w))
            if not added or time.time() > self.deadline:
                break
        return bound

    # The search

    def close(self, w):
        """The least that follows from withholding these: whole columns, whole groups."""
        w = np.maximum(w, self.low)
        changed = True
        while changed:
            changed = False
            for a, c in self.b.implied:
                if w[a.index] and not w[c.index]:
                    w[c.index] = changed = True
        return w

    def meets_clauses(self, w):
        return all(any(w[f.index] for f in clause) or all(f.is_fixed is False for f in clause) for clause in self.b.clauses)

    def publish_back(self, w):
        """Publishes one by one whatever a safe pattern does not need, dearest first."""
        order = sorted(np.flatnonzero(w > 0.5), key=lambda k: (-self.b.figures[k].truth, k))
        for k in order:
            if self.low[k] or not self.b.figures[k].rows or time.time() > self.deadline + 5:
                continue
            tried = w.copy()
            tried[k] = 0
            if not np.array_equal(self.close(tried), tried) or not self.meets_clauses(tried):
                continue
            cuts, narrow = self.attack(tried, first_only=True)
            for cut in cuts:
                self.add(cut)
            if not narrow:
                w = tried
        return w

    def repair(self, w):
        """A safe pattern that withholds all of w: the master, with these fixed, until it stands."""
        for k in range(self.n):
            if w[k] and self.low[k] < 1:
                self.h.changeColBounds(k, 1, 1)
        result = None
        for _ in range(60):
            if time.time() > self.deadline:
                break
            more, _, _ = self.solve_master(True, 5)
            if more is None:
                break
            cuts, narrow = self.attack(more)
            if not narrow:
                result = more
                break
            if not sum(self.add(c) for c in cuts):
                break
            for k in np.flatnonzero(more > 0.5):
                self.h.changeColBounds(int(k), 1, 1)
        for k in range(self.n):
            self.h.changeColBounds(k, self.low[k], self.high[k])
        return result

    def search(self, start=None):
        """Runs to the optimum or the deadline; self.best, self.bound, self.proven."""
        self.best, self.bound, self.proven, self.rounds, self.note = None, 0, False, 0, ""

        def keep(w):
            if w is not None and (self.best is None or self.value(w) < self.value(self.best) - 1e-9):
                self.best = w.copy()

        if start is not None:
            keep(self.publish_back(start))
        root = self.fractional()
        if root is None:
            self.note = "no pattern is safe"
            return
        self.bound = max(0, self.cells_of(root))
        while time.time() < self.deadline:
            self.rounds += 1
            w, bound, optimal = self.solve_master(True, self.deadline - time.time())
            if w is None and optimal:
                self.note = "no pattern is safe"
                return
            if bound is not None and np.isfinite(bound):
                self.bound = max(self.bound, self.cells_of(bound))
            if self.best is not None and self.bound >= self.count(self.best) and (
                bound is None or bound >= self.value(self.best) - 1e-4):
                self.proven = True
                break
            if w is None:
                break
            cuts, narrow = self.attack(w)
            self.log(self.rounds, "bound", bound, "narrow", len(narrow), "cuts", len(self.cuts), "solves", self.a.solves)
            if not narrow:
                keep(w)
                if optimal:
                    self.proven = True
                    break
                continue
            if not sum(self.add(c) for c in cuts):
                self.note = "no cut found"
                break
            if self.rounds in (3, 8, 20, 50, 100):
                fixed = self.repair(w)
                if fixed is not None:
                    keep(self.publish_back(fixed))
        if self.best is not None and self.bound >= self.count(self.best):
            self.bound = self.count(self.best)

    def value(self, w):
        return float(self.cost @ w) + self.count(w) - int(round(float(self.cells @ w)))

    def cells_of(self, bound):
        """The objective is cells plus less than a half for people: the cells that a bound proves."""
        return int(np.ceil(bound - 0.4 - 1e-6))

    def integer_failures(self, w):
        """Counts that are wide enough by linear bounds and not in whole numbers."""
        self.a.set_pattern(w)
        self.a.insider(None)
        for k in range(self.a.n):
            self.a.h.changeColIntegrality(k, highspy.HighsVarType.kInteger)
        failures = 0
        for target in self.targets:
            if self.is_required(target, w):
                high, low = self.a.solve(target.form, 1)[0], self.a.solve(target.form, -1)[0]
                if high - low < target.need - TINY and high > TINY and low < self.b.m - TINY:
                    failures += 1
        for k in range(self.a.n):
            self.a.h.changeColIntegrality(k, highspy.HighsVarType.kContinuous)
        return failures


def by_kind(block, w):
    """Withheld cells by what they are: in groups dropped whole, bases, nets, answers, means."""
    kinds = defaultdict(int)
    dropped = {
        (p, g) for (p, g, a), f in block.at.items() if a == "(base)" and w[f.index]}
    for f in block.figures:
        if w[f.index]:
            for p, g, a in f.rows:
                kinds["dropped" if (p, g) in dropped else "primary" if f.is_primary else f.kind] += 1
    for place, rows in block.means.items():
        if any(w[f.index] for (p, g, a), f in block.at.items() if (p, g) == place and a != "(size)"):
            kinds["dropped" if place in dropped else "mean"] += rows
    return dict(kinds)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("survey"), parser.add_argument("wave"), parser.add_argument("release")
    parser.add_argument("--questions"), parser.add_argument("--banners")
    parser.add_argument("--groups", choices=["released", "published", "free", "whole"], default="released")
    parser.add_argument("--derived", choices=["follow", "wide"], default="follow")
    parser.add_argument("--seconds", type=float, default=30, help="per block")
    parser.add_argument("--no-insiders", action="store_true"), parser.add_argument("--integer", action="store_true")
    parser.add_argument("--cells", action="store_true", help="list the cells in which ours and the best differ")
    parser.add_argument("--write", help="a folder for the tables of the best patterns")
    parser.add_argument("--json", help="append one line per block to this file")
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    s = Survey(args.survey, args.wave)
    people = s.read()
    packs = s.y["packs"]
    for person in people:
        person["atom"] = tuple(p for p in packs if s.holds(packs[p].get("who", "everyone"), person))
    printed = defaultdict(dict)
    for pack in packs:
        with open(os.path.join(args.release, pack, "tables.csv"), encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                printed[row["question"]][(pack, row["banner"], row["group"], row["answer"])] = row
    questions = args.questions.split(",") if args.questions else list(s.questions)
    sums = defaultdict(int)
    print("question/banner: cells printed, primary, ours, bound, best (= where proven) | kinds beyond the best | work", flush=True)
    for qid in questions:
        banners = sorted({b for (_, b, _, _) in printed[qid]} - {"total", qid})
        for banner in banners:
            if args.banners and banner not in args.banners.split(","):
                continue
            where = f"{qid}/{banner}"
            if s.questions[qid].get("sensitive") == "true":
                print(f"{where}: skipped, a sensitive question")
                continue
            began = time.time()
            block = Block(s, people, printed, qid, banner, args.groups, args.derived)
            rows = {k: r for k, r in printed[qid].items() if k[1] == banner}
            if args.groups == "whole":
                rows |= {(p, banner, TOTAL, a): r for (p, b, _, a), r in printed[qid].items() if b == "total"}
                rows |= {(p, b, g, "(size)"): r for (p, b, g, _), r in printed["respondents"].items() if b == banner}
            ours_cells = sum(r["marker"] == "c" for r in rows.values())
            o = Optimum(block, not args.no_insiders, args.seconds, print if args.verbose else None)
            ours = np.zeros(o.n)
            for f in block.figures:
                ours[f.index] = any(rows[(p, banner, g, a)]["marker"] == "c" for p, g, a in f.rows)
            for (p, g, a), f in block.at.items():
                if a == "(size)":
                    ours[f.index] = printed["respondents"].get((p, banner, g, "(base)"), {}).get("marker") == "c"
            ours = np.maximum(ours, 0)
            is_legal = np.all(ours >= o.low) and np.all(ours <= o.high) and np.array_equal(o.close(ours), ours)
            narrow = o.attack(ours)[1]
            safe = not narrow and o.meets_clauses(ours)
            start = ours if safe and is_legal else None
            o.search(start)
            best = o.best
            primary = int(sum(len(f.rows) for f in block.figures if f.is_primary))
            result = {
                "question": qid, "banner": banner, "groups": args.groups, "printed": len(rows), "primary": primary,
                "ours": ours_cells, "ours_people": o.people(ours), "bound": o.bound, "narrow": len(narrow),
                "clauses": o.meets_clauses(ours), "legal": bool(is_legal), "proven": o.proven, "note": o.note,
                "best": o.count(best) if best is not None else None,
                "best_people": o.people(best) if best is not None else None,
                "ours_kinds": by_kind(block, ours), "best_kinds": by_kind(block, best) if best is not None else {},
                "rounds": o.rounds, "cuts": len(o.cuts), "lps": o.a.solves, "seconds": round(time.time() - began, 2),
            }
            if args.integer and best is not None:
                result["integer_failures"] = o.integer_failures(best)
            kinds = {
                k: result["ours_kinds"].get(k, 0) - result["best_kinds"].get(k, 0)
                for k in {*result["ours_kinds"], *result["best_kinds"]}}
            print(
                f"{where}: {len(rows)} printed, {primary} primary, ours {ours_cells} ({result['ours_people']}), "
                f"bound {o.bound}, best {'=' if o.proven else ''}{result['best']} ({result['best_people']})"
                + (f", {len(narrow)} of ours narrow" if narrow else "") + ("" if result["clauses"] else ", a remainder follows")
                + ("" if is_legal else ", ours not of this mode") + (", " + o.note if o.note else "")
                + (f", {result['integer_failures']} narrow in whole numbers" if args.integer and best is not None else "")
                + " | " + ", ".join(f"{k} {v:+d}" for k, v in sorted(kinds.items()) if v)
                + f" | {o.rounds} rounds, {len(o.cuts)} cuts, {o.a.solves} LPs, {result['seconds']} s", flush=True)
            if args.verbose:
                for target in narrow:
                    print("    narrow:", target.figure.name if target.figure else target.form, target.truth)
            if args.cells and best is not None:
                for f in block.figures:
                    if f.rows and bool(ours[f.index]) != bool(best[f.index]):
                        print("    only", "ours" if ours[f.index] else "best", f.name, f.truth)
                    elif f.rows and f.is_primary:
                        print("    primary", f.name, f.truth)
            if best is not None and args.groups != "whole":
                for (p, g, a), f in block.at.items():
                    if a == "(size)":
                        if args.groups == "published":
                            row = printed["respondents"][(p, banner, g, "(base)")]
                            row["marker"] = "c" if best[f.index] else ""
                            row["count"] = row["base"] = "" if best[f.index] else f.truth
                        continue
                    row, base = printed[qid][(p, banner, g, a)], block.at[(p, g, "(base)")]
                    row["marker"] = "c" if best[f.index] else ""
                    row["count"] = "" if best[f.index] else f.truth
                    row["base"] = "" if best[base.index] else base.truth
            if args.json:
                with open(args.json, "a", encoding="utf-8") as file:
                    file.write(json.dumps(result) + "\n")
            sums["ours"] += ours_cells
            sums["primary"] += primary
            sums["bound"] += o.bound
            sums["best"] += result["best"] if best is not None else ours_cells
            sums["blocks"] += 1
            sums["proven"] += o.proven
    if args.write:
        for pack in packs:
            os.makedirs(os.path.join(args.write, pack), exist_ok=True)
            mine = [r for q in printed.values() for (p, *_), r in q.items() if p == pack]
            with open(os.path.join(args.write, pack, "tables.csv"), "w", encoding="utf-8", newline="") as file:
                out = csv.DictWriter(file, mine[0].keys(), lineterminator="\n")
                out.writeheader()
                out.writerows(mine)
    print(
        f"{sums['blocks']} blocks, {sums['proven']} proven: primary {sums['primary']}, ours {sums['ours']}, "
        f"bound {sums['bound']}, best {sums['best']}")


if __name__ == "__main__":
    main()

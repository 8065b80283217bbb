#!/usr/bin/env python3
"""Attacks a release the way a reader could, with a solver that canvass does not use.

    attack.py SURVEY-FOLDER WAVE RELEASE-DIR [--questions a,b] [--insiders N] [--seed S] [--most N]

Reads the definition and the responses to know the truth, builds for every question the system of all printed
figures of all packs (atoms of respondents, banners joined in their margins, nets, bases, group sizes, routing),
and bounds every withheld count by linear programming (scipy's HiGHS). Prints each count that can be told too closely
and exits 1 when there is one. Of what is told of the places of rankings --most sums and differences are bounded, drawn at
random; respondents who know all of their own ranking and all of their groups are tried, too. Shares no code with canvass.
"""
import argparse, csv, itertools, os, random, sys
from collections import defaultdict

import numpy as np
import yaml
from scipy.optimize import linprog
from scipy.sparse import coo_matrix, vstack


def as_list(value):
    return value if isinstance(value, list) else [value]


class Survey:
    """As much of survey.yaml as plain one-header files need; every scalar is text."""

    def __init__(self, folder, wave):
        def load(path):
            return yaml.load(open(path, encoding="utf-8"), Loader=yaml.BaseLoader) or {}

        self.y = load(os.path.join(folder, "survey.yaml"))
        wave_file = os.path.join(folder, wave, "wave.yaml")
        if os.path.exists(wave_file):
            overlay = load(wave_file)
            for key, value in overlay.items():
                if key in ("fieldwork", "made_up", "sessions"):
                    continue
                if isinstance(value, dict) and isinstance(self.y.get(key), dict):
                    for k, v in value.items():
                        if isinstance(v, dict) and isinstance(self.y[key].get(k), dict):
                            self.y[key][k].update(v)
                        else:
                            self.y[key][k] = v
                else:
                    self.y[key] = value
        y = self.y
        self.m = int(y.get("protection", {}).get("minimum_cell", 5))
        self.mb = int(y.get("protection", {}).get("minimum_base", 10))
        self.input = y.get("input", {}) or {}
        self.missing = as_list(self.input.get("missing", [""]))
        self.variables = {k: self.choice(v, "groups") for k, v in (y.get("variables") or {}).items()}
        self.questions = {}
        codings = os.path.join(folder, wave, "open-text.csv")
        self.codings = list(csv.DictReader(open(codings, encoding="utf-8-sig", newline=""))) if os.path.exists(codings) else []
        for k, q in (y.get("questions") or {}).items():
            if q["kind"] == "theme" and not any(c["question"] == k for c in self.codings):
                continue
            self.questions[k] = q
        self.paths, self.parents = {}, {}
        self.read_themes(y.get("themes") or {}, None)
        path = os.path.join(folder, wave, self.input.get("file", "responses.csv"))
        rows = list(csv.reader(open(path, encoding="utf-8-sig", newline=""), strict=True))
        self.head = [h.strip() for h in rows[0]]
        self.rows = [r for r in rows[1:] if any(c.strip() for c in r)]

    def read_themes(self, themes, parent):
        for name, theme in themes.items():
            self.parents[name] = parent
            label = theme.get("label", name)
            self.paths[name] = label if parent is None else self.paths[parent] + " / " + label
            self.read_themes(theme.get("themes") or {}, name)

    def above(self, theme):
        """A theme and those above it, by id."""
        return [] if theme is None else [theme, *self.above(self.parents[theme])]

    def within(self, qid):
        """Of a theme question: by the label of a theme, that of the nearest one above."""
        q = self.questions[qid]
        listed = set(as_list(q.get("themes", list(self.paths))))
        kept = [t for t in self.paths if listed & set(self.above(t))]
        return {self.paths[t]: next((self.paths[a] for a in self.above(t)[1:] if a in kept), None) for t in kept}

    def together(self, qid):
        """Of a theme question: the labels of the themes of which pairs are counted, in the order of the codebook."""
        listed = as_list(self.questions[qid].get("co_occurrence", []))
        return [self.paths[t] for t in self.paths if t in listed]

    def raised(self, qid):
        """By respondent id, the labels of the themes raised; only those whose text was coded by whoever counts."""
        q, by = self.questions[qid], defaultdict(dict)
        labels = set(self.within(qid))
        for c in self.codings:
            if c["question"] != qid or ("coder" in q and c.get("coder") != q["coder"]):
                continue
            themes = {self.paths[t] for t in self.above(c["theme"].strip() or None)}
            by[c["respondent"].strip()].setdefault(c.get("coder"), set()).update(themes & labels)
        combine = set.intersection if q.get("agreed") == "all" else set.union
        return {r: combine(*coders.values()) for r, coders in by.items()}

    def choice(self, d, key):
        options = d[key]
        if isinstance(options, str):
            options = self.y["scales"][options]
        if isinstance(options, list):
            options = {o: [o] for o in options}
        options = {k: as_list(v) for k, v in options.items()}
        texts = {}
        for label, listed in options.items():
            for t in listed:
                texts[t.strip()] = label
        for label in options:
            texts.setdefault(label.strip(), label)
        if "other" in d and d["other"] not in options:
            options[d["other"]] = []
        return {"d": d, "labels": list(options), "texts": texts, "other": d.get("other")}

    def column(self, ref):
        if ref.startswith("#") and ref[1:].isdigit():
            return int(ref[1:]) - 1
        return self.head.index(ref.strip())

    def read(self):
        """Per respondent: {id: answer label | set of options | (band, value) | None}, asked flags applied."""
        people = []
        for row in self.rows:
            person = {}
            for vid, v in self.variables.items():
                person[vid] = self.one(v, row[self.column(v["d"]["column"])], v["d"])
            people.append(person)
        for qid, q in self.questions.items():
            kind = q["kind"]
            if kind in ("single", "scale"):
                c = self.choice(q, "answers")
                col = self.column(q["column"])
                for person, row in zip(people, self.rows):
                    person[qid] = self.one(c, row[col], q)
            elif kind == "number":
                col = self.column(q["column"])
                low, high = [float(x) for x in q["valid"]] if "valid" in q else (-1e18, 1e18)
                bands = list((q.get("bands") or {}).items())
                for person, row in zip(people, self.rows):
                    t = row[col].strip()
                    if t in self.miss(q) or not low <= float(t) <= high:
                        person[qid] = None
                        continue
                    answer = "answered"
                    for i, (label, (a, b)) in enumerate(bands):
                        if float(a) <= float(t) < float(b) or (i == len(bands) - 1 and float(t) == float(b)):
                            answer = label
                    person[qid] = answer
            elif kind == "multiple":
                for person, row in zip(people, self.rows):
                    person[qid] = self.many(q, row)
            elif kind == "ranking":
                for person, row in zip(people, self.rows):
                    cells = {l: row[self.column(c)].strip() for l, c in q["columns"].items()}
                    places = {l: int(float(t)) for l, t in cells.items() if t not in self.miss(q)}
                    assert sorted(places.values()) == list(range(1, len(places) + 1)), "not a ranking"
                    person[qid] = places or None
            elif kind == "theme":
                raised, ids = self.raised(qid), self.input.get("respondent")
                for i, (person, row) in enumerate(zip(people, self.rows)):
                    person[qid] = raised.get(row[self.column(ids)].strip() if ids else str(i + 1))
        for person in people:
            person["asked"] = {qid: self.holds(q.get("asked_if"), person) for qid, q in self.questions.items()}
        return people

    def miss(self, q):
        return [t.strip() for t in as_list(q.get("missing", self.missing))]

    def one(self, c, cell, d):
        t = cell.strip().strip("\u00a0\ufeff")
        if t in self.miss(d):
            return None
        if t in c["texts"]:
            return c["texts"][t]
        if c["other"] is not None:
            return c["other"]
        raise SystemExit("undeclared answer")

    def many(self, q, row):
        if "columns" in q:
            chosen, declined = set(), False
            for label, ref in q["columns"].items():
                column = ref["column"] if isinstance(ref, dict) else ref
                t = row[self.column(column)].strip()
                yes = [x.lower() for x in ["1", "x", "yes", "true"]]
                if isinstance(ref, dict) and ref.get("chosen") == "any":
                    hit = t not in self.miss(q)
                elif "chosen" in q:
                    hit = t in as_list(q["chosen"]) or t == label or t == column
                else:
                    hit = t.lower() in yes or t == label or t == column
                if hit:
                    chosen.add(label)
                elif t not in self.miss(q):
                    declined = True
            return chosen if chosen or declined else None
        c = self.choice(q, "answers")
        cell = row[self.column(q["column"])].strip()
        if cell in self.miss(q):
            return None
        separator, chosen = q["separator"], set()
        texts = sorted(c["texts"], key=len, reverse=True)
        rest = cell
        while rest:
            for t in texts:
                if rest == t or rest.startswith(t + separator) or rest.startswith(t + separator.strip()):
                    chosen.add(c["texts"][t])
                    rest = rest[len(t):]
                    break
            else:
                part = rest.split(separator)[0]
                if part.strip() and c["other"] is not None:
                    chosen.add(c["other"])
                elif part.strip():
                    raise SystemExit("undeclared part")
                rest = rest[len(part):]
            while rest.startswith(separator) or rest.startswith(separator.strip()):
                rest = rest[len(separator):] if rest.startswith(separator) else rest[len(separator.strip()):]
            rest = rest.strip()
        return chosen

    def holds(self, condition, person):
        if not condition or condition == "everyone":
            return True
        for alternative in as_list(condition):
            ok = True
            for key, values in alternative.items():
                wanted = set()
                for v in as_list(values):
                    nets = (self.questions.get(key) or {}).get("nets") or {}
                    wanted.update(as_list(nets[v]) if v in nets else [v])
                answer = person.get(key)
                if key in self.questions and not self.holds(self.questions[key].get("asked_if"), person):
                    answer = None
                if isinstance(answer, set):
                    ok &= bool(answer & wanted)
                else:
                    ok &= answer in wanted
            if ok:
                return True
        return False

    def labels(self, qid):
        q = self.questions[qid]
        if q["kind"] == "number":
            return list((q.get("bands") or {"answered": None}))
        if q["kind"] == "theme":
            return list(self.within(qid))
        if q["kind"] == "ranking":
            return list(q["columns"])
        if q["kind"] == "multiple":
            labels = list(q["columns"]) if "columns" in q else self.choice(q, "answers")["labels"]
            return labels
        return self.choice(q, "answers")["labels"]

    def top(self, qid):
        """Of a ranking: of how many first places a share is told; None of two places."""
        places = self.places(qid)
        return int(self.questions[qid].get("top", min(3, places - 1))) if places > 2 else None

    def places(self, qid):
        """Of a ranking: how many places can be given."""
        q = self.questions[qid]
        return int(q.get("places", len(q["columns"])))

    def ranked(self, qid):
        """By row of rankings.csv, an option and what stands in the column place: the places that it adds up, 0 for none."""
        labels, top = self.labels(qid), self.top(qid)
        rows = {}
        for l in labels:
            rows.update({(l, str(r)): [r] for r in range(1, self.places(qid) + 1)})
            rows[(l, "not ranked")] = [0]
            if top:
                rows[(l, f"top {top}")] = list(range(1, top + 1))
        return rows

    def nets(self, qid):
        q = self.questions[qid]
        exclusive = set(as_list(q.get("exclusive", [])))
        return {
            net: [l for l in self.labels(qid) if l not in exclusive] if members == "any" else as_list(members)
            for net, members in (q.get("nets") or {}).items()
        }


class System:
    """One linear system: named whole-number unknowns with their true values, and equations."""

    def __init__(self):
        self.names, self.truth = {}, []
        self.eq, self.le = [], []

    def var(self, name, truth):
        if name not in self.names:
            self.names[name] = len(self.truth)
            self.truth.append(truth)
        return self.names[name]

    def value(self, form):
        return sum(c * self.truth[v] for v, c in form.items())

    def equal(self, form, value):
        assert self.value(form) == value, "the release says something that is not true"
        self.eq.append((form, value))

    def at_most(self, form, value):
        assert self.value(form) <= value, (form, value)
        self.le.append((form, value))

    def compile(self):
        def matrix(rows):
            if not rows:
                return None, None
            r, c, d, b = [], [], [], []
            for i, (form, value) in enumerate(rows):
                for v, k in form.items():
                    r.append(i), c.append(v), d.append(k)
                b.append(value)
            return coo_matrix((d, (r, c)), shape=(len(rows), len(self.truth))).tocsr(), np.array(b, float)

        self.aeq, self.beq = matrix(self.eq)
        self.aub, self.bub = matrix(self.le)

    def bound(self, form, sign, own=None):
        c = np.zeros(len(self.truth))
        for v, k in form.items():
            c[v] = -sign * k
        bounds = [(0, None)] * len(self.truth)
        aub, bub = self.aub, self.bub
        if isinstance(own, dict):
            row = np.zeros((1, len(self.truth)))
            for v, k in own.items():
                row[0, v] = -k
            aub = vstack([aub, row]) if aub is not None else row
            bub = np.append(bub, -1) if bub is not None else np.array([-1.0])
        elif isinstance(own, list):
            for v in own:
                bounds[v] = (1, None)
        elif own is not None:
            bounds[own] = (1, None)
        result = linprog(c, A_ub=aub, b_ub=bub, A_eq=self.aeq, b_eq=self.beq, bounds=bounds, method="highs")
        if result.status == 3:
            return 10**6 if sign > 0 else 0
        assert result.status == 0, result.message
        value = -sign * result.fun
        return int(np.floor(value + 1e-6)) if sign > 0 else int(np.ceil(value - 1e-6))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("survey"), parser.add_argument("wave"), parser.add_argument("release")
    parser.add_argument("--questions"), parser.add_argument("--insiders", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, default=200)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    s = Survey(args.survey, args.wave)
    people = s.read()
    packs = s.y["packs"]
    default_banners = as_list(s.y.get("banners", []))
    for person in people:
        person["atom"] = tuple(p for p in packs if s.holds(packs[p].get("who", "everyone"), person))
    atoms = sorted({p["atom"] for p in people})
    items = {**{k: v["labels"] for k, v in s.variables.items()}, **{q: s.labels(q) for q in s.questions}}

    def group(person, banner):
        if banner == "total":
            return "Total"
        answer = person.get(banner)
        if banner in s.questions and not person["asked"][banner]:
            answer = None
        return answer if answer is not None else "Not stated"

    printed = defaultdict(dict)
    for pack in packs:
        file = os.path.join(args.release, pack, "tables.csv")
        for row in csv.DictReader(open(file, encoding="utf-8", newline="")):
            printed[row["question"]][(pack, row["banner"], row["group"], row["answer"])] = row
        file = os.path.join(args.release, pack, "rankings.csv")
        if os.path.exists(file):
            for row in csv.DictReader(open(file, encoding="utf-8", newline="")):
                printed[row["question"]][(pack, row["banner"], row["group"], (row["answer"], row["place"]))] = row
    pairs = defaultdict(list)
    for pack in packs:
        file = os.path.join(args.release, pack, "co-occurrence.csv")
        if os.path.exists(file):
            for row in csv.DictReader(open(file, encoding="utf-8", newline="")):
                pairs[row["question"]].append((pack, {row["answer"], row["with"]}, row["marker"], row["count"]))
    used = ["total"] + sorted({b for q in printed.values() for (_, b, _, _) in q if b != "total"})
    # What every reader knows of items of one column: a person has one cell of it, which says what they have of each.
    shared, columns = {}, defaultdict(list)
    for i, d in [(k, v["d"]) for k, v in s.variables.items()] + list(s.questions.items()):
        if "column" in d and ("kind" not in d or d["kind"] in ("single", "scale", "number")):
            columns[d["column"]].append(i)
    for column, ids in columns.items():
        if len(ids) > 1:
            shared["= " + column] = ids
    used += sorted(shared)

    def cell(person, banner):
        return tuple(group(person, i) for i in shared[banner]) if banner in shared else group(person, banner)

    groups = {b: sorted({cell(p, b) for p in people}) for b in used}

    def leads(condition, b, g, atom):
        """Whether a condition of one clause holds of a group of people, as banner and packs tell: True, False, or None."""
        if len(as_list(condition)) != 1 or len(as_list(condition)[0]) != 1:
            return None
        (item, accepted), = as_list(condition)[0].items()
        if item in s.questions and s.questions[item]["kind"] in ("multiple", "theme"):
            return None
        nets = s.nets(item) if item in s.questions else {}
        accepted = {l for v in as_list(accepted) for l in nets.get(v, [v])}
        values = {*items[item], "Not stated"} if b != item else {g}
        for pack, d in packs.items():
            who = as_list(d.get("who", "everyone"))
            if b != item and len(who) == 1 and isinstance(who[0], dict) and list(who[0]) == [item]:
                named = {l for v in as_list(who[0][item]) for l in nets.get(v, [v])}
                values = {v for v in values if (v in named) == (pack in atom)}
        return None if values & accepted and values - accepted else bool(values & accepted)

    def join_same(system, first, what, names):
        """Ties what stands under each banner of a column to the cells of that column."""
        for b, ids in shared.items():
            for i in [i for i in ids if i in used and i != first]:
                for g, a in itertools.product(groups[i], atoms):
                    for w in names:
                        one = system.names.get((*what, i, g, a, *w))
                        form = {} if one is None else {one: -1}
                        for c in groups[b]:
                            k = system.names.get((*what, b, c, a, *w))
                            if k is not None and c[ids.index(i)] == g:
                                form[k] = 1
                        if form:
                            system.equal(form, 0)

    def add_sizes(system):
        for b in used:
            for g in groups[b]:
                for a in atoms:
                    n = sum(1 for p in people if p["atom"] == a and cell(p, b) == g)
                    if n:
                        system.var(("size", b, g, a), n)
        for a in atoms:
            for b in used[1:]:
                form = {system.names[("size", b, g, a)]: 1 for g in groups[b] if ("size", b, g, a) in system.names}
                form[system.names[("size", "total", "Total", a)]] = -1
                system.equal(form, 0)
        join_same(system, None, ("size",), [()])
        for (pack, b, g, answer), row in printed["respondents"].items():
            form = {
                system.names[("size", b, g, a)]: 1
                for a in atoms if pack in a and ("size", b, g, a) in system.names}
            if form and row["marker"] != "c":
                system.equal(form, int(row["count"]))
        system.equal({system.names[("size", "total", "Total", a)]: 1 for a in atoms}, len(people))

    def add_question(system, qid, with_pairs=True):
        """Unknowns per banner, group, atom; returns the forms of each printed row."""
        q = s.questions[qid]
        labels, nets = s.labels(qid), s.nets(qid)
        multiple, within = q["kind"] == "multiple", s.within(qid) if q["kind"] == "theme" else None
        exclusive = set(as_list(q.get("exclusive", [])))
        cells = {}
        clean = True
        if multiple:
            for p in people:
                answer = p[qid]
                if answer is not None and p["asked"][qid]:
                    ordinary = answer - exclusive
                    if (ordinary and answer & exclusive) or not answer or len(answer & exclusive) > 1:
                        clean = False
        for b in used:
            if b == qid:
                continue
            for g in groups[b]:
                for a in atoms:
                    if ("size", b, g, a) not in system.names:
                        continue
                    size = system.names[("size", b, g, a)]
                    here = [p for p in people if p["atom"] == a and cell(p, b) == g]
                    asked = [p for p in here if p["asked"][qid]]
                    answered = [p for p in asked if p[qid] is not None]
                    v = {}
                    if within is not None:
                        base = system.var((qid, b, g, a, "(base)"), len(answered))
                        v["(base)"], basis = {base: 1}, {base: 1}
                        for l, above in within.items():
                            v[l] = {system.var((qid, b, g, a, l), sum(1 for p in answered if l in p[qid])): 1}
                            outer = base if above is None else next(iter(v[above]))
                            system.at_most({**v[l], outer: -1}, 0)
                        add_combinations(system, qid, (b, g, a), answered, v)
                    elif q["kind"] == "ranking":
                        basis = add_places(system, qid, (b, g, a), answered, v)
                    elif multiple:
                        v["(base)"] = {system.var((qid, b, g, a, "(base)"), len(answered)): 1}
                        for l in labels:
                            v[l] = {system.var((qid, b, g, a, l), sum(1 for p in answered if l in p[qid])): 1}
                        ordinary = [l for l in labels if l not in exclusive]
                        any_ = system.var((qid, b, g, a, "(any)"), sum(1 for p in answered if p[qid] - exclusive))
                        for l in ordinary:
                            system.at_most({**v[l], any_: -1}, 0)
                        system.at_most({any_: 1, **{k: -1 for l in ordinary for k in v[l]}}, 0)
                        base = next(iter(v["(base)"]))
                        if clean:
                            system.equal(
                                {any_: 1, base: -1, **{k: 1 for l in exclusive for k in v[l]}}, 0)
                        else:
                            system.at_most({any_: 1, base: -1}, 0)
                            for l in exclusive:
                                system.at_most({**v[l], base: -1}, 0)
                        for net, members in nets.items():
                            if set(members) == set(ordinary):
                                v["(net) " + net] = {any_: 1}
                                continue
                            n = system.var((qid, b, g, a, "(net) " + net), sum(1 for p in answered if p[qid] & set(members)))
                            v["(net) " + net] = {n: 1}
                            for l in members:
                                system.at_most({**v[l], n: -1}, 0)
                            system.at_most({n: 1, **{k: -1 for l in members for k in v[l]}}, 0)
                            system.at_most({n: 1, base: -1}, 0)
                        basis = {base: 1}
                    else:
                        for l in labels:
                            v[l] = {system.var((qid, b, g, a, l), sum(1 for p in answered if p[qid] == l)): 1}
                        for net, members in nets.items():
                            v["(net) " + net] = {k: 1 for l in members for k in v[l]}
                        basis = {k: 1 for l in labels for k in v[l]}
                        v["(base)"] = dict(basis)
                    none = system.var((qid, b, g, a, "(no answer)"), len(asked) - len(answered))
                    if q.get("base") == "asked":
                        v["(base)"] = {**basis, none: 1}
                        v["(no answer)"] = {none: 1}
                    form = {**basis, none: 1, size: -1}
                    if q.get("asked_if"):
                        system.at_most(form, 0)
                        led = leads(q["asked_if"], b, g, a)
                        if led is True and q.get("base") == "asked":
                            system.equal(form, 0)
                        for k in {**basis, none: 1} if led is False else ():
                            system.equal({k: 1}, 0)
                    else:
                        system.equal(form, 0)
                    cells[(b, g, a)] = v
        for a in atoms:
            for b in used[1:]:
                if b == qid:
                    continue
                for what in [n for n in list(system.names) if n[0] == qid and n[1:4] == ("total", "Total", a)]:
                    form = {system.names[what]: -1}
                    for g in groups[b]:
                        name = (qid, b, g, a, what[4])
                        if name in system.names:
                            form[system.names[name]] = 1
                    system.equal(form, 0)
        join_same(system, qid, (qid,), sorted({n[4:] for n in system.names if n[0] == qid and len(n) == 5}, key=str))
        for b, ids in shared.items():  # answers to a question are cells of its column
            for name, k in list(system.names.items()):
                if qid in ids and name[0] == qid and name[1] == b:
                    own = name[2][ids.index(qid)]
                    if own != ("Not stated" if name[4] == "(no answer)" else name[4]):
                        system.equal({k: 1}, 0)
        forms = {}
        for (pack, b, g, answer), row in printed.get(qid, {}).items():
            if answer in ("(mean)", "(median)"):
                continue
            form = {}
            for a in atoms:
                if pack in a:
                    for k, c in cells.get((b, g, a), {}).get(answer, {}).items():
                        form[k] = form.get(k, 0) + c
            if not form:
                continue
            forms[(pack, b, g, answer)] = form
            if row["marker"] != "c":
                system.equal(form, int(row["count"]))
        for pack, both, marker, count in pairs[qid] if with_pairs else []:
            if marker != "c":
                system.equal(combination_form(system, qid, (pack,), "total", "Total", both, set()), int(count))
        return forms, cells

    def add_places(system, qid, place, answered, v):
        """Unknowns for each option at each place, by how many places were given; returns who answered.

        Of those who gave as many each place has all, and each option has all, at one place or at none: any such table in
        whole numbers is one of rankings (Koenig 1916), so a reader knows no more than this."""
        labels, unknown, everyone = s.labels(qid), {}, {}
        for length in range(1, s.places(qid) + 1):
            ranks = range(0 if length < len(labels) else 1, length + 1)
            alike = [p for p in answered if len(p[qid]) == length]
            for l in labels:
                for r in ranks:
                    n = sum(1 for p in alike if p[qid].get(l, 0) == r)
                    unknown[(l, length, r)] = system.var((qid, *place, (l, length, r)), n)
            base = {unknown[(l, length, 1)]: 1 for l in labels}
            for r in range(2, length + 1):
                system.equal(less({unknown[(l, length, r)]: 1 for l in labels}, base), 0)
            for l in labels:
                system.equal(less({unknown[(l, length, r)]: 1 for r in ranks}, base), 0)
            everyone.update(base)
        v["(base)"] = dict(everyone)
        for row, added in s.ranked(qid).items():
            v[row] = {k: 1 for (l, _, r), k in unknown.items() if l == row[0] and r in added}
        for l in labels:
            v[l] = dict(v[(l, "1")])
        return everyone

    def less(form, other):
        left = dict(form)
        for k, c in other.items():
            left[k] = left.get(k, 0) - c
            if not left[k]:
                del left[k]
        return left

    def add_combinations(system, qid, place, answered, v):
        """Unknowns for each combination of the themes of which pairs are counted."""
        themes = s.together(qid)
        if not themes:
            return
        names = {}
        for size in range(len(themes) + 1):
            for chosen in itertools.combinations(themes, size):
                n = sum(1 for p in answered if p[qid] & set(themes) == set(chosen))
                names[chosen] = system.var((qid, *place, chosen), n)
        system.equal({**{k: 1 for k in names.values()}, next(iter(v["(base)"])): -1}, 0)
        for l in themes:
            system.equal({**{k: 1 for c, k in names.items() if l in c}, next(iter(v[l])): -1}, 0)

    def combination_form(system, qid, part, b, g, raised, without):
        """Who raised all of some themes and none of others, in a pack or in what is left of it without others."""
        return {
            system.names[n]: 1 for n in system.names
            if n[0] == qid and len(n) == 5 and isinstance(n[4], tuple) and n[1:3] == (b, g) and part[0] in n[3]
            and not any(p in n[3] for p in part[1:]) and raised <= set(n[4]) and not without & set(n[4])}

    def attack_pairs(system, qid):
        """Who raised both of two themes, one of them or neither, in each pack, in what nested packs leave, and in the groups of
        each banner: whatever is small and more closely known by the pairs than without them."""
        alone = System()
        add_sizes(alone)
        add_question(alone, qid, with_pairs=False)
        alone.compile()
        members = {p: {a for a in atoms if p in a} for p in packs}
        parts = [(p,) for p in packs] + [(p, o) for p in packs for o in packs if members[o] < members[p]]
        count = 0
        for part in parts:
            for b in used if len(part) == 1 else ["total"]:
                if b != "total" and not any(k[:2] == (part[0], b) for k in printed[qid]):
                    continue
                for g in groups[b]:
                    for x, y in itertools.combinations(s.together(qid), 2):
                        for raised, without in [({x, y}, set()), ({x}, {y}), ({y}, {x}), (set(), {x, y})]:
                            form = combination_form(system, qid, part, b, g, raised, without)
                            truth = system.value(form)
                            if not 0 < truth < s.m:
                                continue
                            count += 1
                            high, low = system.bound(form, 1), system.bound(form, -1)
                            if high - low >= s.m:
                                continue
                            form = combination_form(alone, qid, part, b, g, raised, without)
                            if (high, low) != (alone.bound(form, 1), alone.bound(form, -1)):
                                what = "raised " + (" and ".join(sorted(raised)) or "none") + ", not " + (" or ".join(sorted(without)) or "-")
                                broken.append((qid, (" without ".join(part), b, g, what), truth, f"known to lie in {low}..{high}"))
        return count

    def attack_themes(system, qid, forms, cells, rows):
        """What is left of a base or of a theme when one is taken from it, in each pack and in what nested packs leave."""
        within, count = s.within(qid), 0
        members = {p: {a for a in atoms if p in a} for p in packs}
        parts = [(p,) for p in packs] + [(p, o) for p in packs for o in packs if members[o] < members[p]]
        parts += [
            (p, o, n) for p, o in parts[len(packs):] for n in packs
            if o < n and members[n] < members[p] and not members[o] & members[n]]
        seen = set()

        def add(into, form, sign):
            for k, c in form.items():
                into[k] = into.get(k, 0) + sign * c
                if not into[k]:
                    del into[k]
            return into

        for part, (b, g) in itertools.product(parts, sorted({k[1:3] for k in forms})):
            if any((p, b, g, "(base)") not in rows for p in part):
                continue

            def left(answer):
                form = {}
                for i, p in enumerate(part):
                    add(form, forms.get((p, b, g, answer), {}), -1 if i else 1)
                return form

            base, counts = left("(base)"), {}
            for l, above in within.items():
                if len(part) > 1:
                    counts[l] = left(l)
                counts["all but " + l] = add(dict(base), left(l), -1)
                while above:
                    counts[f"{above} but {l}"] = add(left(above), left(l), -1)
                    above = within[above]
            places = [a for a in atoms if part[0] in a and not any(p in a for p in part[1:]) and (b, g, a) in cells]
            kinds = []
            for a in places:
                v = cells[(b, g, a)]
                for l, above in within.items():
                    kinds += [v[l], add(dict(v["(base)" if above is None else above]), v[l], -1)]
                    kinds.append(add(dict(v["(base)"]), v[l], -1))
            kinds = [k for k in kinds if system.value(k) >= 1]
            for name, form in counts.items():
                truth, same = system.value(form), tuple(sorted(form.items()))
                if not form or same in seen or truth >= 2 * s.m - 1:
                    continue
                seen.add(same)
                fixed = system.bound(base, 1) if system.bound(base, 1) == system.bound(base, -1) else 10**9
                for kind in [None, *rng.sample(kinds, min(2 * args.insiders, len(kinds)))]:
                    count += 1
                    high, low = system.bound(form, 1, kind), system.bound(form, -1, kind)
                    if high < 1 or low >= s.m:
                        continue
                    limit = fixed if kind is None else fixed - 1
                    if (high < s.m and high < limit) or (high - low < s.m and high - low < limit):
                        what = f"known to lie in {low}..{high}" + ("" if kind is None else " by a respondent")
                        broken.append((qid, (" without ".join(part), b, g, name), truth, what))
                        break
        return count

    def own_ranking(system, qid, person):
        """What a respondent knows of a ranking: that no count with them in it is 0, under whatever banner."""
        known = []
        for b in used:
            for l in s.labels(qid):
                name = (qid, b, group(person, b), person["atom"], (l, len(person[qid]), person[qid].get(l, 0)))
                known.append(system.names[name])
        return known

    def rankers(system, qid, b, g, part, wanted):
        """Respondents of a group, and a few others of the same banner."""
        here = [p for p in people if p[qid] and p["asked"][qid] and (p["atom"] in part)]
        near = [p for p in here if group(p, b) == g]
        chosen = rng.sample(near, min(wanted, len(near))) + rng.sample(here, min(1, len(here)))
        return [own_ranking(system, qid, p) for p in chosen]

    def attack_rankings(system, qid, forms, cells, rows):
        """What is told of places, or follows: of packs and what they leave of each other, of groups and the rest of them, and
        what each row leaves of those who ranked any, or of the first few places."""
        members, count = {p: {a for a in atoms if p in a} for p in packs}, 0
        parts = [(p,) for p in packs] + [(p, o) for p in packs for o in packs if members[o] < members[p]]
        top, seen, places, hidden = s.top(qid), set(), [], []
        options, told = s.labels(qid), list(s.ranked(qid))

        def left(part, b, g, row):
            form = {}
            for i, p in enumerate(part):
                own = {}
                for a in atoms:
                    if p in a:
                        own.update(cells.get((b, g, a), {}).get(row, {}))
                form = less(form, {k: -1 for k in own} if i == 0 else own)
            return form

        for part in parts:
            shown = [k for k in sorted({k[1:3] for k in forms}) if all((p, *k, r) in rows for p in part for r in told)]
            sums = {(b, g): {row: left(part, b, g, row) for row in s.ranked(qid)} for b, g in shown}
            for b in {b for b, _ in shown if b != "total"}:
                rest = dict(sums.get(("total", "Total"), {}))
                for row in rest:
                    for g in [g for c, g in shown if c == b]:
                        rest[row] = less(rest[row], sums[(b, g)][row])
                sums[(b, "(the rest)")] = rest
                for g in groups[b]:  # what nothing is told of must not follow in another way, from packs that are groups
                    if (b, g) not in shown and shown:
                        hidden += [(part, b, g, row, left(part, b, g, row)) for row in s.ranked(qid)]
            for (b, g), forms_of in sums.items():
                whole = {}
                for row in forms_of:
                    if row[0] == options[0] and not row[1].startswith("top"):
                        whole = less(whole, {k: -c for k, c in forms_of[row].items()})
                for row in forms_of:
                    if len(part) > 1 or g == "(the rest)":
                        places.append((part, b, g, row, forms_of[row]))
                    places.append((part, b, g, ("all but", *row), less(whole, forms_of[row])))
                    if top and row[1] == f"top {top}":
                        places.append((part, b, g, ("top but first", row[0]), less(forms_of[row], forms_of[(row[0], "1")])))
        hidden = [h for h in hidden if 0 < system.value(h[4]) < s.m]
        for part, b, g, name, form in rng.sample(hidden, min(args.most, len(hidden))):
            count += 1
            if system.bound(form, 1) == system.bound(form, -1):
                broken.append((qid, (" without ".join(part), b, g, name), system.value(form), "follows though not told"))
        rng.shuffle(places)
        for part, b, g, name, form in places:
            truth, same = system.value(form), tuple(sorted(form.items()))
            if not form or same in seen or truth >= 2 * s.m - 1 or len(seen) >= args.most:
                continue
            seen.add(same)
            if 0 < truth < s.m:
                broken.append((qid, (" without ".join(part), b, g, name), truth, "follows although small"))
            inside = [a for a in atoms if part[0] in a and not any(p in a for p in part[1:])]
            for kind in rankers(system, qid, b, g, inside, args.insiders):
                count += 1
                high, low = system.bound(form, 1, kind), system.bound(form, -1, kind)
                if high >= 1 and low < s.m - 1:
                    broken.append((qid, (" without ".join(part), b, g, name), truth, f"known to lie in {low}..{high} by a respondent"))
                    break
        return count

    broken, tried, withheld = [], 0, 0
    wanted = args.questions.split(",") if args.questions else ["respondents", *s.questions]
    for qid in wanted:
        system = System()
        add_sizes(system)
        if qid == "respondents":
            forms = {}
            for (pack, b, g, answer), row in printed[qid].items():
                form = {system.names[("size", b, g, a)]: 1 for a in atoms if pack in a and ("size", b, g, a) in system.names}
                if form:
                    forms[(pack, b, g, answer)] = form
        else:
            forms, cells = add_question(system, qid)
            condition = s.questions[qid].get("asked_if")
            if condition and len(as_list(condition)) == 1:
                for key, values in as_list(condition)[0].items():
                    if key not in s.questions or s.questions[key]["kind"] == "multiple":
                        continue
                    _, routing = add_question(system, key)
                    answers = set()
                    for v in as_list(values):
                        answers.update(s.nets(key).get(v, [v]))
                    for place, rows in cells.items():
                        if place in routing:
                            form = dict(rows["(base)"])
                            for l in answers:
                                for k in routing[place][l]:
                                    form[k] = form.get(k, 0) - 1
                            system.at_most(form, 0)
        for other in s.questions:  # what the bases of questions that this one leads to say of it
            condition = s.questions[other].get("asked_if")
            if qid == "respondents" or not condition or len(as_list(condition)) != 1 or list(as_list(condition)[0]) != [qid]:
                continue
            if s.questions[qid]["kind"] == "multiple":
                continue
            answers = set()
            for v in as_list(as_list(condition)[0][qid]):
                answers.update(s.nets(qid).get(v, [v]))
            _, routed = add_question(system, other)
            for place, rows in routed.items():
                if place in cells:
                    form = dict(rows["(base)"])
                    for l in answers:
                        for k in cells[place][l]:
                            form[k] = form.get(k, 0) - 1
                    system.at_most(form, 0)
        system.compile()
        rows = printed[qid]
        seen = {}
        is_ranking = qid in s.questions and s.questions[qid]["kind"] == "ranking"
        for key, form in forms.items():
            if rows[key]["marker"] != "c":
                count, base = int(rows[key]["count"]), int(rows[key]["base"])
                if 0 < count < s.m or (key[3] != "(base)" and 0 < base < s.mb):
                    broken.append((qid, key, count, "shown although small"))
                if key[3] != "(base)" and s.questions[qid]["kind"] in ("multiple", "theme", "ranking") and 0 < base - count < s.m:
                    broken.append((qid, key, base - count, "complement shown although small"))
                continue
            withheld += 1
            same = tuple(sorted(form.items()))
            if same in seen:
                continue
            truth = system.value(form)
            kinds = [None]
            own = [v for v in form if system.truth[v] >= 1]
            kinds += own[:1]
            related = [v for n, v in system.names.items() if n[0] == qid and n[1] == key[1] and system.truth[v] == 1]
            kinds += rng.sample(related, min(args.insiders, len(related)))
            if is_ranking:
                kinds = [None, *rankers(system, qid, key[1], key[2], [a for a in atoms if key[0] in a], args.insiders)]
            base = rows[(*key[:3], "(base)")]["base"]
            size = printed["respondents"].get((key[0], key[1], key[2], "(base)"), {}).get("base")
            allowed = min(int(base) if base else 10**9, int(size) if size else 10**9)
            seen[same] = True
            if truth >= 2 * s.m - 1:
                continue  # an interval that reaches below minimum_cell is wide enough by itself
            for kind in kinds:
                tried += 1
                high = system.bound(form, 1, kind)
                low = system.bound(form, -1, kind)
                if high < 1 or low >= s.m:
                    continue
                limit = allowed if kind is None else allowed - 1
                if (high < s.m and high < limit) or (high - low < s.m and high - low < limit):
                    broken.append((qid, key, truth, f"known to lie in {low}..{high}" + ("" if kind is None else " by a respondent")))
                    break
        if is_ranking:
            tried += attack_rankings(system, qid, forms, cells, rows)
        if qid in s.questions and s.questions[qid]["kind"] == "theme":
            tried += attack_themes(system, qid, forms, cells, rows)
            if pairs[qid]:
                shown = sum(1 for p in pairs[qid] if p[2] != "c")
                print(f"{qid}: {len(pairs[qid])} pairs, {len(pairs[qid]) - shown} withheld", flush=True)
                if shown:
                    tried += attack_pairs(system, qid)
        for (pack, b, g, answer), row in rows.items():  # what packs leave of a larger one follows by subtraction
            if row["marker"] == "c" or answer in ("(mean)", "(median)"):
                continue
            smaller = [
                p for p in packs
                if (p, b, g, answer) in rows and rows[(p, b, g, answer)]["marker"] != "c" and p != pack
                and all(pack in a for a in atoms if p in a)
            ]
            for size in range(1, min(4, len(smaller)) + 1):
                for chosen in itertools.combinations(smaller, size):
                    if any(x != y and any(x in a and y in a for a in atoms) for x in chosen for y in chosen):
                        continue
                    left = int(row["count"]) - sum(int(rows[(p, b, g, answer)]["count"]) for p in chosen)
                    if 0 < left < s.m:
                        broken.append((qid, (pack, b, g, answer), left, "is left when " + ", ".join(chosen) + " is taken away"))
        print(f"{qid}: {len(forms)} figures, {sum(1 for k in forms if rows[k]['marker'] == 'c')} withheld", flush=True)
    for qid, key, truth, why in broken:
        print("BROKEN", qid, *key, "true", truth, why)
    print(f"{tried} bounds computed for {withheld} withheld figures, {len(broken)} broken")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()

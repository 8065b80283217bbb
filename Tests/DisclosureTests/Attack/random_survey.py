#!/usr/bin/env python3
"""Writes a made-up survey folder for a seed: random packs, banners, routing, nets, small groups.

    random_survey.py SEED FOLDER [--themes | --pairs] [--rankings] [--shared] [--by-group]

With --themes also a theme question with codings, and nothing else is another than without; with --pairs this tells how its
themes occur together, too, and there are more respondents. With --rankings also one or two rankings, of all options or of some,
in columns of their own at the end, and up to twenty times as many respondents. With --shared other variables,
by which packs are made, and perhaps a question are read from the column of the areas, too. With --by-group a group leads to the
routed question, of which everyone asked may be the base.
"""
import csv
import os
import random
import sys


def add_themes(lines, rng, n, file, has_pairs):
    """Adds a theme question and its codebook, and writes who raised what."""
    tops = {f"t{i}": [f"t{i}{j}" for j in range(rng.randint(0, 3))] for i in range(rng.randint(2, 4))}
    deep = rng.choice([below[0] for below in tops.values() if below] + [None])
    often = {t: rng.choice([0.02, 0.05, 0.1, 0.3]) for top, below in tops.items() for t in [top, *below]}
    extra = rng.choice(["", "", "", ", sensitive: true", ", base: asked"])
    if has_pairs:  # raised often enough that pairs are
        often.update({top: rng.choice([0.2, 0.35, 0.5]) for top in tops})
        extra = extra.replace(", sensitive: true", "") + f", co_occurrence: [{', '.join(tops)}]"
    lines.insert(lines.index("packs:"), f"  themes: {{ text: Themes, kind: theme{extra} }}")
    lines.append("themes:")
    for top, below in tops.items():
        trees = [f"{t}: {{ label: {t.upper()}, themes: {{ {t}x: {{ label: {t.upper()}X }} }} }}" if t == deep
                 else f"{t}: {{ label: {t.upper()} }}" for t in below]
        lines.append(f"  {top}: {{ label: {top.upper()}" + (f", themes: {{ {', '.join(trees)} }}" if trees else "") + " }")
    coded = rng.choice([0.3, 0.7, 1])
    with open(file, "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["respondent", "question", "theme"])
        for respondent in range(1, n + 1):
            if rng.random() >= coded:
                continue
            raised = [t for t, share in often.items() if rng.random() < share]
            raised += [deep + "x"] if deep in raised and rng.random() < 0.5 else []
            for theme in raised or [""]:
                out.writerow([respondent, "themes", theme])


class Rankings:
    """One or two rankings: how many options, how many of them are ranked, of whom, and which are liked."""

    def __init__(self, lines, rng, answers):
        self.rng, self.asked = rng, []
        for index in range(rng.choice([1, 1, 2])):
            options = [f"{'NM'[index]}{i + 1}" for i in range(rng.randint(2, 5))]
            most = rng.choice([len(options), len(options), max(1, len(options) - 1), min(2, len(options))])
            partly = rng.choice([0, 0, 0.04, 0.1])
            routed = index == 1 and rng.random() < 0.6
            extra = ", sensitive: true" if rng.random() < 0.15 else ""
            extra += f", asked_if: {{ quality: [{', '.join(answers[:2])}] }}" if routed else ""
            extra += f", top: {rng.randint(2, most - 1)}" if most > 2 and rng.random() < 0.3 else ""
            extra += f", places: {most}" if most < len(options) else ""
            columns = ", ".join(f"Need {o}: r{o}" for o in options)
            lines.insert(lines.index("packs:"), f"  rank{index}: {{ text: Needs, kind: ranking, columns: {{ {columns} }}{extra} }}")
            likes = [rng.choice([0.3, 1, 3, 10]) for _ in options]
            self.asked.append((options, most, partly, likes, answers[:2] if routed else None))

    def head(self):
        return [f"r{o}" for options, *_ in self.asked for o in options]

    def cells(self, area, quality):
        cells = []
        for options, most, partly, likes, routed in self.asked:
            length = most if self.rng.random() >= partly else self.rng.randint(1, most)
            if self.rng.random() < 0.04 or (routed and quality not in routed):
                length = 0
            # Each area has its own favourite, so that groups differ.
            weights = [w * (3 if (i + len(area)) % len(options) == 0 else 1) for i, w in enumerate(likes)]
            order = sorted(range(len(options)), key=lambda i: -self.rng.random() ** (1 / weights[i]))
            place = {option: i + 1 for i, option in enumerate(order[:length])}
            cells += [str(place.get(i, "")) for i in range(len(options))]
        return cells


def share(lines, rng, areas):
    """Adds regions of areas, zones that cut across them and packs made by either, while one of them is shown: across the top, or
    as a question of the same column."""
    def parts(name):
        count = rng.randint(2, max(2, len(areas) - 1))
        held = {f"{name}{i + 1}": [] for i in range(count)}
        for area in areas:
            held[f"{name}{rng.randint(1, count)}"].append(area)
        return {k: v for k, v in held.items() if v}

    def listed(groups):
        return "{ " + ", ".join(f"{k}: [{', '.join(v)}]" for k, v in groups.items()) + " }"

    items, at = {"area": {a: [a] for a in areas}, "region": parts("North"), "zone": parts("Zone")}, lines.index("questions:")
    for name in ["region", "zone"]:
        lines.insert(at, f"  {name}: {{ label: {name.title()}, column: area, groups: {listed(items[name])} }}")
    shown = rng.choice(["area", "area", "region", "where"])
    if shown == "where":
        lines.insert(lines.index("packs:"), f"  where: {{ text: Where, kind: single, column: area, answers: {listed(parts('Place'))} }}")
    banner = "" if shown == "where" else shown
    for i in range(lines.index("packs:") + 1, len(lines)):
        lines[i] = lines[i].replace("role, area", ", ".join(filter(None, ["role", banner]))).replace("[area]", f"[{banner}]")
    for number in range(rng.randint(1, 2)):
        name = rng.choice([n for n in items if n != shown])
        some = rng.sample(sorted(items[name]), rng.randint(1, max(1, len(items[name]) - 1)))
        lines.append(f"  part{number}: {{ title: Part, who: {{ {name}: [{', '.join(some)}] }}, banners: [{rng.choice(['role', banner])}] }}")


def route_by_group(lines, rng, groups):
    """Lets groups of an item lead to the routed question; where everyone asked is its base, only packs with that banner have it."""
    item = rng.choice(sorted(groups))
    led = rng.sample(groups[item], rng.randint(1, max(1, len(groups[item]) - 1)))
    at = next(i for i, line in enumerate(lines) if line.startswith("  routed:"))
    head, _, _ = lines[at].partition("asked_if:")
    is_base = rng.random() < 0.6
    lines[at] = f"{head}asked_if: {{ {item}: [{', '.join(led)}] }}{', base: asked' if is_base else ''} }}"
    for i in range(lines.index("packs:") + 1, len(lines)):
        banners = lines[i].partition("banners: [")[2].partition("]")[0].split(", ")
        if is_base and item not in banners:
            lines[i] = lines[i][: lines[i].rindex("}")] + ", questions: [quality, plain, items] }"
    return item, led


def main():
    seed, folder = int(sys.argv[1]), sys.argv[2]
    rng = random.Random(seed)
    n = rng.choice([60, 120, 200, 300])
    if "--rankings" in sys.argv[3:]:  # in fewer nothing is told of places
        n *= random.Random(seed + 3_000_000).choice([1, 5, 20])
    if "--pairs" in sys.argv[3:]:  # in fewer most pairs are withheld
        n *= 4
    areas = [f"Area {i + 1}" for i in range(rng.randint(2, 6))]
    roles = ["Officer", "Staff", "Chief"][: rng.randint(2, 3)]
    answers = ["Very good", "Good", "Fair", "Poor"][: rng.randint(2, 4)]
    items = ["Phone", "Laptop", "Camera"]
    minimum = rng.choice([3, 5])
    packs = ["  all: { title: All, who: everyone, banners: [role, area] }"]
    shared = rng.choice(["[area]", "[]", "[area]"])
    packs.append(f"  staff: {{ title: Staff, who: {{ role: [Staff] }}, banners: {shared} }}")
    if rng.random() < 0.6:
        packs.append(f"  officers: {{ title: Officers, who: {{ role: [Officer] }}, banners: {rng.choice(['[area]', '[]'])} }}")
    if rng.random() < 0.3:
        packs.append("  again: { title: Staff again, who: { role: [Staff] }, banners: [area] }")
    quoted = ", ".join(answers)
    lines = [
        "survey: random",
        "title: A made-up survey",
        f"protection: {{ minimum_cell: {minimum}, minimum_base: {2 * minimum} }}",
        "variables:",
        f"  role: {{ label: Role, column: role, groups: [{', '.join(roles)}] }}",
        f"  area: {{ label: Area, column: area, groups: [{', '.join(areas)}] }}",
        "questions:",
        f"  quality: {{ text: Quality, kind: scale, column: quality, answers: [{quoted}]"
        + (", nets: { Any good: [Very good, Good] }" if len(answers) > 2 else "") + " }",
        f"  routed: {{ text: Why, kind: single, column: routed, answers: [Cost, Time, Both], asked_if: {{ quality: [{', '.join(answers[:2])}] }} }}",
        f"  plain: {{ text: Plain, kind: single, column: plain, answers: [Yes, No]{', sensitive: true' if rng.random() < 0.3 else ''} }}",
        "  items:",
        "    text: Items",
        "    kind: multiple",
        f"    columns: {{ {', '.join(i + ': ' + i for i in items)}, None: None }}",
        "    exclusive: [None]",
        "    nets: { One or more: any }",
        "packs:",
        *packs,
    ]
    rankings = Rankings(lines, random.Random(seed + 2_000_000), answers) if "--rankings" in sys.argv[3:] else None
    if "--shared" in sys.argv[3:]:
        share(lines, random.Random(seed + 4_000_000), areas)
    leads = None
    if "--by-group" in sys.argv[3:]:
        leads = route_by_group(lines, random.Random(seed + 5_000_000), {"area": areas, "role": roles})
    os.makedirs(os.path.join(folder, "w1"), exist_ok=True)
    if {"--themes", "--pairs"} & set(sys.argv[3:]):
        file = os.path.join(folder, "w1", "open-text.csv")
        add_themes(lines, random.Random(seed + 1_000_000), n, file, "--pairs" in sys.argv[3:])
    open(os.path.join(folder, "survey.yaml"), "w").write("\n".join(lines) + "\n")
    open(os.path.join(folder, "w1", "wave.yaml"), "w").write("made_up: true\n")
    weights = [rng.randint(1, 6) for _ in areas]
    with open(os.path.join(folder, "w1", "responses.csv"), "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["role", "area", "quality", "routed", "plain", *items, "None", *(rankings.head() if rankings else [])])
        for _ in range(n):
            role = rng.choices(roles + [""], [10, 10, 2][: len(roles)] + [1])[0]
            area = rng.choices(areas + [""], weights + [0.5])[0]
            quality = rng.choices(answers + [""], [rng.choice([1, 4]), 5, 4, 2][: len(answers)] + [0.5])[0]
            is_asked = {"area": area, "role": role}[leads[0]] in leads[1] if leads else quality in answers[:2]
            routed = rng.choices(["Cost", "Time", "Both", ""], [5, 3, 1, 0.5])[0] if is_asked else ""
            plain = rng.choices(["Yes", "No", ""], [7, 3, 0.4])[0]
            if rng.random() < 0.3:
                chosen = ["0", "0", "0", "1"]
            elif rng.random() < 0.05:
                chosen = ["", "", "", ""]
            else:
                picked = set(rng.sample(range(3), rng.randint(1, 2)))
                chosen = ["1" if i in picked else "0" for i in range(3)] + ["0"]
            ranked = rankings.cells(area, quality) if rankings else []
            out.writerow([role, area, quality, routed, plain, *chosen, *ranked])


main()

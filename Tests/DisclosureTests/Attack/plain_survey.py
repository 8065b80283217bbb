#!/usr/bin/env python3
"""Writes a made-up survey folder for a seed: one question under one banner, in one or two packs.

    plain_survey.py SEED FOLDER
"""
import csv
import os
import random
import sys


def main():
    seed, folder = int(sys.argv[1]), sys.argv[2]
    rng = random.Random(seed)
    groups = [f"Area {i + 1}" for i in range(rng.randint(4, 8))]
    answers = ["Very good", "Good", "Fair", "Poor", "Very poor", "Other"][: rng.randint(3, 6)]
    packs = ["  all: { title: All, who: everyone, banners: [area] }"]
    if rng.random() < 0.5:
        packs.append("  staff: { title: Staff, who: { role: [Staff] }, banners: [area] }")
    nets = ", nets: { Any good: [Very good, Good] }" if len(answers) > 3 and rng.random() < 0.5 else ""
    lines = [
        "survey: plain",
        "title: A made-up table",
        "protection: { minimum_cell: 5, minimum_base: 10 }",
        "variables:",
        "  role: { label: Role, column: role, groups: [Officer, Staff] }",
        f"  area: {{ label: Area, column: area, groups: [{', '.join(groups)}] }}",
        "questions:",
        f"  quality: {{ text: Quality, kind: scale, column: quality, answers: [{', '.join(answers)}]{nets} }}",
        "packs:",
        *packs,
    ]
    os.makedirs(os.path.join(folder, "w1"), exist_ok=True)
    open(os.path.join(folder, "survey.yaml"), "w").write("\n".join(lines) + "\n")
    open(os.path.join(folder, "w1", "wave.yaml"), "w").write("made_up: true\n")
    of_groups = [rng.randint(2, 6) for _ in groups]
    of_answers = [rng.randint(1, 8) for _ in answers]
    with open(os.path.join(folder, "w1", "responses.csv"), "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["role", "area", "quality"])
        for _ in range(len(groups) * rng.choice([20, 30, 45])):
            out.writerow([
                rng.choice(["Officer", "Staff", "Staff"]), rng.choices(groups, of_groups)[0],
                rng.choices(answers + [""], [*of_answers, 0.5])[0]])


main()

"""Counts responses.csv again with Python's csv, and prints every figure that tables.csv shows otherwise.

Arguments: a JSON file that says how the responses are laid out, the responses, a tables.csv of the pack of everyone, and
the codings of open text and of focus groups. It shares no code with canvass; it ends with 1 where a figure differs.
"""

import csv
import json
import os
import sys
from fractions import Fraction

layout_file, responses_file, tables_file, open_text_file, focus_groups_file = sys.argv[1:]
layout = json.load(open(layout_file, encoding="utf-8"))
with open(responses_file, newline="", encoding="utf-8-sig") as file:
    rows = list(csv.reader(file, strict=True))
heading, rows = rows[0], [row for row in rows[1:] if any(row)]
BLANKS = " \t\r\n\u00a0\ufeff"


def cell(row, column):
    index = column - 1 if isinstance(column, int) else heading.index(column)
    return row[index].strip(BLANKS)


def choice(row, item):
    """The label of a single choice; None where there is no answer."""
    text = cell(row, item["column"])
    return None if text in item["missing"] else item["texts"][text]


def options(row, item):
    """The chosen options; None where none was chosen or declined."""
    chosen, declined = set(), False
    for option in item["options"]:
        text = cell(row, option["column"])
        name = option["column"] if isinstance(option["column"], str) else ""
        words = [word.lower() for word in ("1", "x", "yes", "true", option["label"], name)]
        if option["any"]:
            if text not in item["missing"]:
                chosen.add(option["label"])
        elif text not in item["missing"] and text.lower() in words:
            chosen.add(option["label"])
        elif text.lower() in ("0", "no", "false"):
            declined = True
    return chosen if chosen or declined else None


def holds(row, condition):
    return any(
        all(answers(row, name) & set(labels) for name, labels in clauses) for clauses in condition
    )


def read(file):
    return list(csv.DictReader(open(file, newline="", encoding="utf-8")))


# By respondent, the ids that the coder whose codes count gave; by session, those of its transcript.
codings, sessions = {}, {}
for coding in read(open_text_file):
    if coding["coder"] == layout["coder"]:
        codings.setdefault(coding["respondent"], set()).add(coding["theme"])
for coding in read(focus_groups_file):
    sessions.setdefault(coding["session"], set()).add(coding["theme"])


def raised(ids, label):
    """Whether a theme, or one below it, is among some ids."""
    return bool(ids & set(layout["themes"][label]))


def answers(row, name):
    """What counts as the answers of an item, as a set; empty where it was not asked or not answered."""
    item = layout["items"][name]
    if item.get("asked_if") and not holds(row, item["asked_if"]):
        return set()
    if item["kind"] == "multiple":
        return options(row, item) or set()
    label = choice(row, item)
    return set() if label is None else {label}


def has_answered(row, name):
    item = layout["items"][name]
    if item.get("asked_if") and not holds(row, item["asked_if"]):
        return False
    if item["kind"] == "multiple":
        return options(row, item) is not None
    return choice(row, item) is not None


groups = {}


def members(banner, group):
    key = (banner, group)
    if key not in groups:
        if banner == "total":
            groups[key] = rows
        elif group == "Not stated":
            groups[key] = [row for row in rows if not answers(row, banner)]
        else:
            groups[key] = [row for row in rows if group in answers(row, banner)]
    return groups[key]


compared = differing = 0
for line in csv.DictReader(open(tables_file, newline="", encoding="utf-8")):
    if line["count"] == "" or line["answer"].startswith(("(mean)", "(median)", "(no answer)")):
        continue
    if line["question"] == "focus-groups":
        own = [ids for session, ids in sessions.items() if line["group"] in ("Total", layout["sessions"][session])]
        base = len(own)
        count = base if line["answer"] == "(base)" else sum(raised(ids, line["answer"]) for ids in own)
        compared += 1
        if (str(count), str(base)) != (line["count"], line["base"]):
            differing += 1
            print("differs: focus groups", line["answer"], line["group"], line["count"], "recounted", count)
        continue
    people = members(line["banner"], line["group"])
    if line["question"] == "respondents":
        count = base = len(people)
    elif line["kind"] == "theme":
        own = [codings[cell(row, "ID")] for row in people if cell(row, "ID") in codings]
        base = len(own)
        count = base if line["answer"] == "(base)" else sum(raised(ids, line["answer"]) for ids in own)
    elif line["question"] not in layout["items"]:
        continue
    else:
        item = layout["items"][line["question"]]
        base = sum(has_answered(row, line["question"]) for row in people)
        label = line["answer"]
        wanted = set(item["nets"][label[6:]]) if label.startswith("(net) ") else {label}
        count = base if label == "(base)" else sum(bool(answers(row, line["question"]) & wanted) for row in people)
    compared += 1
    if (str(count), str(base)) != (line["count"], line["base"]):
        differing += 1
        print("differs:", line["question"], line["answer"], line["banner"], line["group"], line["count"], "recounted", count)
pairs = 0
for line in csv.DictReader(open(os.path.join(os.path.dirname(tables_file), "co-occurrence.csv"), newline="", encoding="utf-8")):
    own = [codings[cell(row, "ID")] for row in members("total", "Total") if cell(row, "ID") in codings]
    one, other = (sum(raised(ids, line[column]) for ids in own) for column in ("answer", "with"))
    both = sum(raised(ids, line["answer"]) and raised(ids, line["with"]) for ids in own)
    pairs += 1
    expected = int(Fraction(10 * one * other, len(own)) + Fraction(1, 2))
    wanted = (str(both), str(len(own)), f"{expected // 10}.{expected % 10}")
    if wanted != (line["count"], line["base"], line["expected"]):
        differing += 1
        print("differs:", line["answer"], "with", line["with"], line["count"], "recounted", both)
compared = compared and pairs and compared + pairs
print(compared, "figures compared,", differing, "differ")
sys.exit(differing > 0 or compared == 0)

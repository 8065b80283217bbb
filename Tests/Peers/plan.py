"""What the peers count: the plan that `canvass-bench counts` writes, and how they print."""

import sys


class Plan:
    """PLAN has a line for each column: heading, part (banner, question, option, weight) and labels, separated by tabs."""

    def __init__(self):
        self.path = sys.argv[2]
        rows = [line.rstrip("\n").split("\t") for line in open(sys.argv[1], encoding="utf-8")]
        self.labels = {row[0]: row[2:] for row in rows}
        self.banners = [row[0] for row in rows if row[1] == "banner"]
        self.options = {row[0] for row in rows if row[1] == "option"}
        self.questions = [row[0] for row in rows if row[1] in ("question", "option")]
        self.weight = next((row[0] for row in rows if row[1] == "weight"), None)

    @property
    def columns(self):
        """Those that are read."""
        return self.questions + self.banners + ([self.weight] if self.weight else [])

    def show(self, question, banner, counts):
        """Prints what there is of each pair of texts; a text that is none of the labels is no answer, or not stated."""
        sums = {}
        for answer, group, number in counts:
            answer = answer if answer in self.labels[question] else ""
            group = group if group in self.labels[banner] else ""
            sums[answer, group] = sums.get((answer, group), 0) + number
        for (answer, group), number in sums.items():
            # Of an option, who chose it.
            if answer or question not in self.options:
                print(question, banner, answer, group, repr(number), sep="\t")

"""A mutation pass: do the tests notice when Disclosure or Tabulation is wrong?

    pass.py PACKAGE WORK --seed 1 --mutants 150

Copies the package's committed files to WORK, writes a seeded sample of mutants into the copy, all behind one switch, builds it and
its tests once, runs every suite by itself to learn which mutants it reaches and how long it takes, and then runs, mutant by mutant,
the suites that reach it: the quick ones together, then the others, the quickest first, until a test fails. Goes on where it was
stopped. WORK/result.tsv has a line for each mutant: which test failed, a crash, too long a time, survived, or never reached.
"""

import argparse
import csv
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

TARGETS = ["Disclosure", "Tabulation"]
# Seconds up to which a suite is run together with others.
QUICK = 10
FLAGS = ["--explicit-target-dependency-import-check", "error", "--disable-xctest"]


def copied(package, copy):
    """The committed files of the package."""
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir(parents=True)
    archive = subprocess.Popen(["git", "-C", package, "archive", "HEAD"], stdout=subprocess.PIPE)
    subprocess.run(["tar", "-x", "-C", copy], stdin=archive.stdout, check=True)
    if archive.wait() != 0:
        sys.exit("git archive failed")


def mutator(package, work):
    """What writes the mutants, compiled against the syntax library of the toolchain."""
    swift = pathlib.Path(os.path.realpath(shutil.which("swiftc")))
    host = swift.parent.parent / "lib" / "swift" / "host"
    made = work / "mutate"
    subprocess.run(
        ["swiftc", "-O", "-I", host, "-L", host, "-lSwiftSyntax", "-lSwiftParser", "-lSwiftOperators"]
        + ["-Xlinker", "-rpath", "-Xlinker", host, package / "Tests" / "Mutation" / "mutate.swift", "-o", made],
        check=True,
    )
    return made


def prepared(package, copy):
    """The switch becomes a target, on which the mutated ones depend."""
    switch = package / "Tests" / "Mutation" / "Switch"
    target = copy / "Sources" / "CMutation"
    (target / "include").mkdir(parents=True)
    shutil.copy(switch / "switch.c", target)
    shutil.copy(switch / "include" / "switch.h", target / "include")
    manifest = (copy / "Package.swift").read_text()
    for name in TARGETS:
        shutil.copy(switch / "Mutated.swift", copy / "Sources" / name / "Mutated.swift")
        manifest, changed = re.subn(
            rf'(name: "{name}",\s*dependencies: \[)', r'\1"CMutation", ', manifest, count=1
        )
        if changed != 1:
            sys.exit(f"Package.swift has no target {name} with dependencies")
    manifest = manifest.replace("  targets: [\n", '  targets: [\n    .target(name: "CMutation"),\n', 1)
    (copy / "Package.swift").write_text(manifest)


def build(copy, log):
    with open(log, "w") as out:
        return subprocess.run(
            ["swift", "build", "--build-tests"] + FLAGS, cwd=copy, stdout=out, stderr=subprocess.STDOUT
        ).returncode


def built(arguments, work, copy):
    """Mutants that do not compile are left out, by the lines that the compiler complains of, until the rest does."""
    mutate = mutator(arguments.package, work)
    sources = {
        path.relative_to(copy): path.read_text()
        for name in TARGETS
        for path in sorted((copy / "Sources" / name).glob("*.swift"))
        if path.name != "Mutated.swift"
    }
    dropped = set()
    for _ in range(12):
        for path, text in sources.items():
            (copy / path).write_text(text)
        (work / "dropped").write_text("".join(f"{number}\n" for number in sorted(dropped)))
        subprocess.run(
            [mutate, str(arguments.seed), str(arguments.mutants), work / "mutants.tsv", work / "dropped"]
            + [str(path) for path in sources],
            cwd=copy,
            check=True,
        )
        if build(copy, work / "build.log") == 0:
            return
        wrong = set()
        for path, line in re.findall(r"(\S+\.swift):(\d+):\d+: error", (work / "build.log").read_text()):
            lines = pathlib.Path(copy, path).read_text().splitlines()
            for near in range(int(line) - 1, max(-1, int(line) - 8), -1):
                numbers = re.findall(r"(?:mutated\w+|isOn)\((\d+)", lines[near])
                if numbers:
                    wrong |= {int(number) for number in numbers}
                    break
        if not wrong - dropped:
            sys.exit(f"the mutated package does not build, and no mutant is to blame: {work / 'build.log'}")
        dropped |= wrong
    sys.exit("too many mutants do not compile")


class Tests:
    """The built tests, suite by suite."""

    def __init__(self, copy, work):
        self.copy, self.work = copy, work
        listed = subprocess.run(
            ["swift", "test", "list", "--skip-build"] + FLAGS, cwd=copy, capture_output=True, text=True, check=True
        ).stdout
        names = {line.split("/")[0] for line in listed.splitlines() if "/" in line}
        self.suites = sorted(name for name in names if "." in name)

    def run(self, suites, mutant=0, limit=900):
        """failed, crashed, late or passed, the seconds it took, and the first test that failed."""
        environment = dict(os.environ, CANVASS_TYPST="", CANVASS_MUTANT=str(mutant), SWIFT_BACKTRACE="enable=no")
        reached = self.work / "reached.txt"
        reached.unlink(missing_ok=True)
        if mutant == 0:
            environment["CANVASS_MUTANTS_REACHED"] = str(reached)
        start = time.monotonic()
        process = subprocess.Popen(
            ["swift", "test", "--skip-build", "--filter", f"^({'|'.join(map(re.escape, suites))})/"] + FLAGS,
            cwd=self.copy, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            start_new_session=True,
        )
        try:
            said, _ = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.wait()
            return "late", limit, ""
        took = time.monotonic() - start
        if process.returncode == 0:
            # A filter that finds nothing passes, too.
            if not re.search(r"Test run with [1-9]\d* test", said):
                return "empty", took, ""
            return "passed", took, ""
        test = re.search(r"Test (.*) recorded an issue", said)
        ended = re.search(r"Test run with \d+ tests? .*failed", said)
        return ("failed" if ended else "crashed"), took, test.group(1) if test else ""

    def reached(self):
        path = self.work / "reached.txt"
        return {int(line) for line in path.read_text().split()} if path.exists() else set()


def learned(tests, work):
    """Of each suite that passes without a mutant: the seconds it takes, and the mutants it reaches."""
    path = work / "suites.json"
    known = json.loads(path.read_text()) if path.exists() else {}
    for suite in tests.suites:
        if suite in known:
            continue
        outcome, took, _ = tests.run([suite])
        known[suite] = {"outcome": outcome, "seconds": took, "reached": sorted(tests.reached())}
        path.write_text(json.dumps(known))
        print(f"{suite}: {outcome}, {took:.0f} s, reaches {len(known[suite]['reached'])}", flush=True)
    return {suite: what for suite, what in known.items() if what["outcome"] == "passed" and what["reached"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=pathlib.Path)
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mutants", type=int, default=150)
    parser.add_argument("--suite-seconds", type=float, default=1e9, help="leave out suites that take longer")
    arguments = parser.parse_args()
    arguments.package, work = arguments.package.resolve(), arguments.work.resolve()
    copy = work / "package"
    if not (work / "built").exists():
        work.mkdir(parents=True, exist_ok=True)
        copied(arguments.package, copy)
        prepared(arguments.package, copy)
        built(arguments, work, copy)
        (work / "built").touch()
    tests = Tests(copy, work)
    suites = learned(tests, work)
    mutants = [line.split("\t") for line in (work / "mutants.tsv").read_text().splitlines()]
    result = work / "result.tsv"
    done = {line.split("\t")[0] for line in result.read_text().splitlines()} if result.exists() else set()
    for mutant in mutants:
        if mutant[0] in done:
            continue
        number = int(mutant[0])
        reaching = sorted(
            (suite for suite, what in suites.items() if number in what["reached"]),
            key=lambda suite: suites[suite]["seconds"],
        )
        quick = [suite for suite in reaching if suites[suite]["seconds"] <= QUICK]
        turns = [quick] if quick else []
        turns += [
            [suite] for suite in reaching if QUICK < suites[suite]["seconds"] <= arguments.suite_seconds
        ]
        outcome, by = ("survived", "") if turns else ("not reached", "")
        for turn in turns:
            said, _, test = tests.run(turn, number, limit=60 + 5 * sum(suites[suite]["seconds"] for suite in turn))
            if said != "passed":
                outcome, by = said, test or " ".join(turn[:1])
                break
        with open(result, "a") as out:
            csv.writer(out, delimiter="\t", lineterminator="\n").writerow([number, outcome, by] + mutant[1:])
        print(f"{number}: {outcome} {by}", flush=True)
    counts = {}
    for line in result.read_text().splitlines():
        counts[line.split("\t")[1]] = counts.get(line.split("\t")[1], 0) + 1
    print(", ".join(f"{outcome} {count}" for outcome, count in sorted(counts.items())))


main()

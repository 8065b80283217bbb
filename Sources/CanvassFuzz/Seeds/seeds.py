#!/usr/bin/env python3
"""Lays out the inputs from which fuzzing starts: `make fuzz` calls it.

  seeds.py REPOSITORY RELEASES CORPUS

They are the committed cases, releases that canvass has made of some, and a system file of SPSS made here, as none is committed. Each becomes
a file in CORPUS/TARGET, named for its content; FuzzTarget.swift says what the targets are.
"""

import gzip
import hashlib
import pathlib
import struct
import sys


def sav():
    """A system file with one number that has labels and one text, and two cases: the least that ReadStat reads."""
    header = b"$FL2" + b"made up".ljust(60) + struct.pack("<iiiiid", 2, 2, 0, 0, 2, 100.0)
    header += b"23 Nov 26" + b"00:00:00" + b"A survey".ljust(64) + b"\0" * 3
    number = struct.pack("<iiiiii", 2, 0, 1, 0, 0x050800, 0x050800) + b"Q1".ljust(8) + struct.pack("<i", 5) + b"Tools".ljust(8)
    text = struct.pack("<iiiiii", 2, 8, 0, 0, 0x010800, 0x010800) + b"Q2".ljust(8)
    labels = struct.pack("<ii", 3, 1) + struct.pack("<d", 1.0) + b"\x04Good".ljust(8) + struct.pack("<iii", 4, 1, 1)
    encoding = struct.pack("<iiii", 7, 20, 1, 5) + b"UTF-8"
    end = struct.pack("<ii", 999, 0)
    cases = struct.pack("<d", 1.0) + b"a text  " + struct.pack("<d", 2.0) + b"another "
    return header + number + text + labels + encoding + end + cases


TRIPLE_S = b"""<?xml version="1.0" encoding="UTF-8"?>
<sss version="2.0"><survey><title>A survey</title><record ident="A">
<variable ident="1" type="single"><name>Q1</name><label>Tools</label><position start="1"/>
<values><value code="1">Good</value><value code="2">Poor</value></values></variable>
<variable ident="2" type="multiple"><name>Q2</name><label>Lacking</label><position start="2" finish="3"/>
<values><value code="1">Torch</value><value code="2">Radio</value></values></variable>
<variable ident="3" type="quantity"><name>Q3</name><label>Hours</label><position start="4" finish="6"/>
<values><range from="0" to="100"/></values></variable>
</record></survey></sss>
\0110 12\n201100\n"""

QUALTRICS = b"""{"SurveyEntry":{"SurveyID":"SV_1","SurveyName":"A survey"},"SurveyElements":[{"Element":"SQ","PrimaryAttribute":"QID1",
"Payload":{"QuestionText":"Tools","DataExportTag":"Q1","QuestionType":"MC","Selector":"SAVR","Choices":{"1":{"Display":"Good"},
"2":{"Display":"Poor"}},"ChoiceOrder":["1","2"],"QuestionID":"QID1"}}]}"""

TABLE_SCHEMA = b"""{"fields":[{"name":"Q1","title":"Tools","type":"string","constraints":{"enum":["Good","Poor"]}},
{"name":"Q2","type":"integer"}],"missingValues":["","-9"]}"""

RESPONSES = (
    "ID;Role;Q1;Q2a;Q2b;Wanted;Rating;Hours;A;B;C\n1;Staff;Good;;;Salads;Agree;4.5;1;2;3\n"
    "2;Officer;Poor;1;0;Vegan,Else;Neither;12;;1;\n3;Staff;Poor;0;1;;Disagree;;2;1;3\n")


def seeds(root, releases):
    cases = root / "Tests/Cases"
    for survey in [*cases.glob("*/*/survey.yaml"), root / "Surveys/staff/survey.yaml"]:
        yield "definition", survey.read_bytes()
        for wave in survey.parent.glob("*/wave.yaml"):
            yield "definition", survey.read_bytes() + b"\0" + wave.read_bytes()
    for responses in cases.glob("*/*/*/responses.csv"):
        yield "responses", responses.read_bytes()[:4000]
    for separator, encoding in ((";", "cp1252"), ("\t", "utf-16"), (",", "utf-8")):
        # In a cell of several answers a semicolon stands between them, so that of the columns is the first to go.
        yield "responses", RESPONSES.replace(";", separator).encode(encoding)
    yield "responses", gzip.compress(RESPONSES.replace(";", ",").encode(), mtime=0)
    for name in ("open-text.csv", "focus-groups.csv"):
        for codings in cases.glob(f"*/*/*/{name}"):
            yield "codings", codings.read_bytes()[:4000]
    for project in [*cases.glob("**/*.qd[ce]"), *root.glob("Tests/QDAImportTests/Resources/*/*.qdc")]:
        yield "projects", project.read_bytes()
        yield "codings", project.read_bytes()
    for export in (sav(), TRIPLE_S, QUALTRICS, TABLE_SCHEMA):
        yield "exports", export
    for logo in cases.glob("*/*/*.svg"):
        yield "pictures", logo.read_bytes()
    yield "pictures", bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082")
    for release in releases.glob("*/manifest.json"):
        folder = release.parent
        for pack in sorted(folder.glob("*/tables.csv")):
            parts = [folder / "definition.json", release, pack]
            files = [file.read_bytes() for file in parts]
            for name in ("differences.csv", "co-occurrence.csv", "rankings.csv", "scores.csv"):
                beside = pack.parent / name
                files.append(beside.read_bytes() if beside.exists() else b"")
            yield "release", b"\0".join(files)


if __name__ == "__main__":
    root, releases, corpus = map(pathlib.Path, sys.argv[1:])
    for target, content in seeds(root, releases):
        folder = corpus / target
        folder.mkdir(parents=True, exist_ok=True)
        (folder / hashlib.sha256(content).hexdigest()[:16]).write_bytes(content)

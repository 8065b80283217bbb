"""Reads every briefing.pdf of two runs of the same surveys back, as its readers would.

  check.py RUN-ONE RUN-TWO

Checks what a machine can see of PDF/UA-1 (ISO 14289-1), that no letters are too small, that nothing of the clock or the machine is in it, that the figures are those
of the tables.csv beside it, and that both runs gave the same bytes. Prints each fault and ends with 1 where there is any.
"""

import csv
import pathlib
import re
import subprocess
import sys

import pikepdf

faults = []


def expect(holds, words):
    if not holds:
        faults.append(words)
    return holds


def elements(pdf):
    """Every structure element with its parent's kind."""
    waiting = [(pdf.Root.StructTreeRoot, None)]
    while waiting:
        element, parent = waiting.pop()
        kids = element.get("/K", [])
        kind = str(element.get("/S", ""))
        if kind:
            yield element, kind, parent
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                waiting.append((kid, kind))


def scope(element):
    held = element.get("/A", [])
    for entry in held if isinstance(held, pikepdf.Array) else [held]:
        if "/Scope" in entry:
            return str(entry.Scope)
    return None


def check_document(pdf, name):
    root = pdf.Root
    expect(root.get("/MarkInfo", {}).get("/Marked") is True, f"{name}: is not marked")
    expect(root.get("/Lang") == "en-GB", f"{name}: its language is {root.get('/Lang')}")
    expect(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is True, f"{name}: shows no title")
    # Not as a context: leaving it would change what is read.
    metadata = pdf.open_metadata()
    expect(metadata.get("pdfuaid:part") == "1", f"{name}: claims no PDF/UA-1")
    title = metadata.get("dc:title")
    expect(title, f"{name}: has no title")
    for date in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
        expect(date not in metadata, f"{name}: holds {date}")
    expect(title == str(pdf.docinfo.get("/Title")), f"{name}: its titles differ")
    for date in ("/CreationDate", "/ModDate"):
        expect(date not in pdf.docinfo, f"{name}: holds {date}")
    with pdf.open_outline() as outline:
        heads = [item.title for item in outline.root]
        expect(len(heads) > 5, f"{name}: has {len(heads)} bookmarks")
        expect(any(item.children for item in outline.root), f"{name}: has no bookmarks below the first")
    for number, page in enumerate(pdf.pages, start=1):
        expect(page.get("/Tabs") == "/S", f"{name}: page {number} has no order of tabs")
        for annotation in page.get("/Annots", []):
            expect(annotation.Subtype == "/Link", f"{name}: page {number} holds {annotation.Subtype}")
            expect(str(annotation.get("/Contents", "")), f"{name}: a link of page {number} has no contents")
            expect("/A" not in annotation or "/URI" not in annotation.A, f"{name}: page {number} leads elsewhere")
        size = [round(float(side)) for side in page.MediaBox][2:]
        expect(sorted(size) == [595, 842], f"{name}: page {number} is no A4")
        fonts = page.get("/Resources", {}).get("/Font", {})
        for font in fonts.values():
            for face in font.get("/DescendantFonts", [font]):
                held = face.get("/FontDescriptor", {})
                embedded = any(key in held for key in ("/FontFile", "/FontFile2", "/FontFile3"))
                expect(embedded, f"{name}: {face.get('/BaseFont')} is not embedded")
            expect("/ToUnicode" in font, f"{name}: {font.get('/BaseFont')} cannot be read as text")
    for danger in ("/AcroForm", "/OpenAction", "/AA"):
        expect(danger not in root, f"{name}: holds {danger}")
    expect("/JavaScript" not in root.get("/Names", {}), f"{name}: holds a program")


def check_tags(pdf, name):
    level = 0
    kinds = {}
    for element, kind, parent in elements(pdf):
        kinds[kind] = kinds.get(kind, 0) + 1
        if kind == "/Figure":
            expect(str(element.get("/Alt", "")).strip(), f"{name}: a figure has no alternative")
        if kind == "/TH":
            expect(scope(element) in ("/Row", "/Column", "/Both"), f"{name}: a heading of a table has no scope")
        if kind == "/TR":
            cells = [str(cell.S) for cell in element.K]
            expect(cells[0] == "/TH", f"{name}: a row begins with {cells[0]}")
            expect(set(cells) <= {"/TH", "/TD"}, f"{name}: a row holds {set(cells)}")
        if kind in ("/THead", "/TBody", "/TFoot"):
            expect(parent == "/Table", f"{name}: {kind} below {parent}")
    for kind in ("/H1", "/H2", "/Table", "/THead", "/TBody", "/TOC", "/L", "/P"):
        expect(kinds.get(kind), f"{name}: has no {kind}")
    # Headings in the order of reading: none is skipped.
    def walk(element):
        nonlocal level
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                found = re.fullmatch(r"/H([1-6])", str(kid.S))
                if found:
                    expect(int(found[1]) <= level + 1, f"{name}: heading {found[1]} after {level}")
                    level = int(found[1])
                if str(kid.S) in ("/Document", "/Part", "/Sect", "/Div", "/H1", "/H2", "/H3"):
                    walk(kid)

    walk(pdf.Root.StructTreeRoot)
    return kinds.get("/Figure", 0)


SMALLEST = 8.5
PAINTS = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh", "EI"}


def check_painting(pdf, name):
    """What is painted is part of the tree of tags or an artifact, and letters are large enough to be read."""
    sizes = set()
    for number, page in enumerate(pdf.pages, start=1):
        marked = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            operator = str(operator)
            marked += {"BMC": 1, "BDC": 1, "EMC": -1}.get(operator, 0)
            if operator == "Tf":
                sizes.add(float(operands[1]))
            if operator in PAINTS and not expect(marked, f"{name}: page {number} paints {operator} outside the tags"):
                break
    expect(sizes and min(sizes) >= SMALLEST, f"{name}: letters of {min(sizes, default=0)} points")


def squeezed(text):
    return re.sub(r"\s+", " ", text)


def check_figures(path, name, figures):
    """Percentages, ends of intervals and values in the text are figures of the release's tables, and all of them are there."""
    text = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    folder = path.parent
    with open(folder / "tables.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    known = {row[measure] for row in rows for measure in ("percent", "lower", "upper", "value") if row.get(measure)}
    for beside in ("co-occurrence.csv", "joint-display.csv", "participation.csv", "weighted.csv", "differences.csv",
                   "changes.csv", "scores.csv"):
        if (folder / beside).exists():
            with open(folder / beside, newline="", encoding="utf-8") as file:
                # A sentence that says "lower" has no sign.
                known |= {value.lstrip("-") for row in csv.DictReader(file) for value in row.values() if value}
    decimals = re.findall(r"(?<![\d.])\d+\.\d+(?![\d.])", text)
    told = any(row["percent"] for row in rows)
    expect(len(decimals) > 5 or not told, f"{name}: its text has no figures")
    expect(figures or not told, f"{name}: has no /Figure")
    for figure in sorted(set(decimals) - known):
        faults.append(f"{name}: {figure} is no figure of the tables")
    for row in rows:
        # A row of which the base is told stands on paper, withheld or not; so its figures do.
        if row["base"] and row["marker"] != "c" and row["percent"]:
            expect(row["percent"] in decimals, f"{name}: {row['percent']} of {row['question']} is missing")
    marks = text.count("[c]")
    shown = sum(1 for row in rows if row["marker"] == "c" and row["base"])
    expect(marks >= shown, f"{name}: {marks} markers for {shown} withheld rows")


def check(path, name):
    made = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    expect(made.returncode == 0, f"{name}: qpdf: {made.stdout.strip().splitlines()[-1:]}")
    with pikepdf.open(path) as pdf:
        check_document(pdf, name)
        figures = check_tags(pdf, name)
        check_painting(pdf, name)
    check_figures(path, name, figures)


def main():
    one, two = (pathlib.Path(folder) for folder in sys.argv[1:3])
    papers = sorted(one.glob("*/*/*/briefing.pdf"))
    expect(len(papers) > 1, "there is no PDF to read")
    for path in papers:
        name = str(path.parent.relative_to(one))
        other = two / path.relative_to(one)
        expect(path.read_bytes() == other.read_bytes(), f"{name}: two runs differ")
        check(path, name)
    for fault in faults:
        print(fault)
    print(f"{len(papers)} briefings read back, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

"""Reads the workbooks and CSV files of a release with programs that others made, and compares their figures.

    python3 check.py RELEASE... (folders with manifest.json)

csvw validates the metadata; openpyxl and LibreOffice read tables.xlsx, LibreOffice tables.ods. What they find must be what
tables.csv says. Prints one line a pack; ends with 1 where something is wrong.
"""

import csv
import decimal
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import warnings

import csvw
import openpyxl

# The columns of a workbook and what tables.csv calls them.
COLUMNS = {
    "Base": "base", "Count": "count", "Per cent": "percent", "Lower bound": "lower", "Upper bound": "upper",
    "Value (mean or median)": "value",
}
OTHER_SHEETS = ["Cover", "Contents", "Notes"]
faults = []


def fault(where, what):
    faults.append(f"{where}: {what}")


def without_guard(field):
    """A label without the apostrophe that keeps a spreadsheet from running it."""
    return field[1:] if re.match("'+[=+\\-@\\t\\r\\n\uff1d\uff0b\uff0d\uff20]", field) else field


def shown(label):
    """A label as a workbook has it: control characters by their pictures."""
    return re.sub(r"[\x00-\x09\x0b-\x1f]", lambda match: chr(0x2400 + ord(match.group())), label)


def figures_of_csv(path):
    """By place, the number of each column; of what tables.csv withholds nothing."""
    figures = {}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            answer, group = (shown(without_guard(row[name])) for name in ("answer", "group"))
            place = (row["question"], answer, row["banner"], group)
            numbers = {name: decimal.Decimal(row[name]) for name in COLUMNS.values() if row[name]}
            figures[place] = (numbers, row["marker"] if row["marker"] in ("c", "u") else "")
    return figures


def figures_of_sheets(sheets, banners, where):
    """The same of a workbook: sheets are lists of rows of texts and numbers."""
    figures = {}
    for name, rows in sheets.items():
        if name in OTHER_SHEETS:
            continue
        head = next(index for index, row in enumerate(rows) if row[0] == "Compared by")
        question = rows[0][0].split(":")[0]
        for row in rows[head + 1:]:
            if any(cell in (None, "") for cell in row):
                fault(where, f"{name}: an empty cell in {row}")
            numbers, marker = {}, ""
            for column, cell in list(zip(rows[head], row))[3:]:
                if column == "Reliability":
                    marker = "u" if cell == "[u]" else marker
                elif isinstance(cell, decimal.Decimal):
                    numbers[COLUMNS[column]] = cell
                elif cell == "[c]":
                    marker = "c"
                elif cell != "[z]":
                    fault(where, f"{name}: {cell!r} is neither a number nor shorthand")
            place = (question, row[1], banners.get(row[0], row[0]), row[2])
            if place in figures:
                fault(where, f"twice: {place}")
            figures[place] = (numbers, marker)
    return figures


def compare(where, expected, found):
    for place in expected.keys() - found.keys():
        fault(where, f"missing: {place}")
    for place in found.keys() - expected.keys():
        fault(where, f"not in tables.csv: {place}")
    for place in expected.keys() & found.keys():
        if expected[place] != found[place]:
            fault(where, f"{place}: {found[place]} where tables.csv has {expected[place]}")


def number(text):
    return decimal.Decimal(text) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) else text


def read_by_openpyxl(path):
    """Sheets of the workbook, and faults of what the file says of itself."""
    book = openpyxl.load_workbook(path)
    if not book.properties.title or book.properties.language != "en-GB" or not book.properties.keywords:
        fault(path, "title, language and keywords must be told")
    if book.active.title != "Cover" or book.active.sheet_view.selection[0].activeCell != "A1":
        fault(path, "the cursor must be at A1 of the first sheet")
    sheets = {}
    for sheet in book:
        where = f"{path}, {sheet.title}"
        if sheet["A1"].style != "Heading 1":
            fault(where, f"A1 is tagged {sheet['A1'].style}")
        if sheet.merged_cells.ranges or sheet.freeze_panes or sheet.auto_filter.ref:
            fault(where, "merged, frozen or filtered cells")
        if sheet.sheet_state != "visible":
            fault(where, "hidden")
        if not re.fullmatch("[A-Za-z][A-Za-z0-9_]{0,30}", sheet.title):
            fault(where, "not a name for a sheet")
        tables = list(sheet.tables.values())
        if sheet.title != "Cover":
            if len(tables) != 1 or tables[0].autoFilter is not None:
                fault(where, "not one table without filters")
            elif tables[0].ref.split(":")[1] != sheet.dimensions.split(":")[1]:
                fault(where, "the table does not reach the end of the sheet")
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None:
                    continue
                if cell.font.name != "Arial" or cell.font.sz < 12:
                    fault(where, f"{cell.coordinate}: {cell.font.name} {cell.font.sz}")
                if cell.data_type not in "sn":
                    fault(where, f"{cell.coordinate}: neither text nor number")
        sheets[sheet.title] = [
            [decimal.Decimal(repr(cell)) if isinstance(cell, (int, float)) else cell for cell in row]
            for row in sheet.iter_rows(values_only=True)
        ]
    return sheets


def read_by_libreoffice(path, folder):
    """Each sheet as LibreOffice writes it to CSV, numbers as they are and texts in quotes."""
    out = pathlib.Path(folder) / path.suffix[1:]
    # Comma, quote, UTF-8, from line 1, all texts quoted, cells not as shown, every sheet.
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", form,
         "--outdir", str(out), str(path)],
        check=True, capture_output=True, timeout=300)
    sheets = {}
    for file in sorted(out.glob("*.csv")):
        name = file.stem.removeprefix(f"{path.stem}-")
        rows = []
        # Quotes tell a text from a number, so they are looked at here.
        for record in records(file.read_text(encoding="utf-8")):
            rows.append([text if quoted else number(text) for text, quoted in record])
        sheets[name] = rows
    if not sheets:
        fault(path, "LibreOffice wrote no sheet")
    return sheets


def records(text):
    """Records of fields with whether each was quoted."""
    record, field, quoted, inside = [], io.StringIO(), False, False
    position = 0
    while position < len(text):
        character = text[position]
        if inside and text.startswith('""', position):
            field.write('"')
            position += 1
        elif character == '"':
            inside, quoted = not inside, True
        elif not inside and character in ",\n":
            record.append((field.getvalue(), quoted))
            field, quoted = io.StringIO(), False
            if character == "\n":
                yield record
                record = []
        else:
            field.write(character)
        position += 1


def validate(folder):
    """Every CSV file against its metadata; and that the validator would find a fault."""
    for path in sorted(folder.glob("*.csv")):
        metadata = pathlib.Path(f"{path}-metadata.json")
        if not metadata.exists():
            fault(path, "it has no metadata")
        elif not is_valid(metadata):
            fault(path, "it does not go with its metadata")
    with tempfile.TemporaryDirectory() as place:
        for name in ("tables.csv", "tables.csv-metadata.json"):
            (pathlib.Path(place) / name).write_bytes((folder / name).read_bytes())
        table = pathlib.Path(place) / "tables.csv"
        lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
        # The first row is how many people responded.
        wrong = "many".join(lines[1].rsplit(next(csv.DictReader(lines[:2]))["count"], 1))
        for change in (lines + lines[-1:], lines[:1] + [wrong] + lines[2:]):
            table.write_text("".join(change), encoding="utf-8")
            if is_valid(pathlib.Path(place) / "tables.csv-metadata.json"):
                fault(folder, "the validator takes a row that comes twice or a number that is none")


def is_valid(metadata):
    with warnings.catch_warnings(record=True):
        warnings.simplefilter("always")
        try:
            return csvw.CSVW(str(metadata), validate=True).is_valid
        except ValueError:
            return False


def check(folder, banners):
    expected = figures_of_csv(folder / "tables.csv")
    if not expected:
        fault(folder, "tables.csv has no figures")
    validate(folder)
    xlsx, ods = folder / "tables.xlsx", folder / "tables.ods"
    compare(f"{xlsx} by openpyxl", expected, figures_of_sheets(read_by_openpyxl(xlsx), banners, xlsx))
    with tempfile.TemporaryDirectory() as place:
        for path in (xlsx, ods):
            where = f"{path} by LibreOffice"
            sheets = read_by_libreoffice(path, place)
            compare(where, expected, figures_of_sheets(sheets, banners, where))
    if not faults:
        print(f"{folder.name}: {len(expected)} rows are the same in tables.csv, tables.xlsx and tables.ods")


def main(releases):
    for release in map(pathlib.Path, releases):
        definition = json.loads((release / "definition.json").read_text(encoding="utf-8"))
        banners = {"Everyone": "total", "Audience of focus groups": "audience"}
        banners.update({variable["label"]: variable["id"] for variable in definition["variables"]})
        for pack in definition["packs"]:
            check(release / pack["id"], banners)
    for line in faults[:40]:
        print(line, file=sys.stderr)
    if len(faults) > 40:
        print(f"and {len(faults) - 40} more", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

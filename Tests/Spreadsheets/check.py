"""Reads the workbooks and CSV files of a release with programs that others made, and compares their figures.

    python3 check.py RELEASE... (folders with manifest.json)

csvw validates the metadata; openpyxl and LibreOffice read tables.xlsx, LibreOffice tables.ods. What they find must be what
tables.csv says, and the sheets of what figures tell what the other files say. Prints one line a pack; ends with 1 where something is wrong.
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
# Sheets of what figures tell: the file that tells the same, and what it calls their columns.
FURTHER_SHEETS = {
    "Response_rates": ("participation.csv", {
        "Respondents": "base", "People": "population", "Response rate": "response_rate",
        "Share of respondents": "share_of_responses", "Share of people": "share_of_population",
    }),
    "Weighted": ("weighted.csv", {
        "Base": "base", "Per cent": "percent", "Weighted": "weighted_percent", "Lower bound": "weighted_lower",
        "Upper bound": "weighted_upper", "Effective base": "effective_base", "Design effect": "design_effect",
    }),
    "Changes": ("changes.csv", {
        "Base now": "base", "Per cent now": "percent", "Base then": "base_before", "Per cent then": "percent_before",
        "Change in points": "difference", "Lower bound": "difference_lower", "Upper bound": "difference_upper",
        "In words": "verdict", "Not the same as then": "altered",
    }),
    "Differences": ("differences.csv", {
        "Base": "base", "Per cent": "percent", "Base of the rest": "base_against",
        "Per cent of the rest": "percent_against", "Difference in points": "difference",
        "Lower bound": "difference_lower", "Upper bound": "difference_upper", "In words": "verdict",
    }),
    "Scores": ("scores.csv", {"Base": "base", "Score": "value", "Lower bound": "lower", "Upper bound": "upper"}),
}
LETTERS = "Column_letters"
OTHER_SHEETS = ["Cover", "Contents", "Notes", LETTERS, *FURTHER_SHEETS]
# What the files call what the sheets say in words.
WORDS = {
    "may be chance": "unclear", "nothing": "", "the wording": "wording", "the answers that could be given": "answers",
    "who was asked": "route", "who is in the base": "base", "what the net joins": "net", "whom the pack is about": "pack",
}
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


def records_of_csv(path):
    """The records of a file, none where there is no such file, each with its place."""
    if not path.exists():
        return []
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        answer, group = (shown(without_guard(row[name])) for name in ("answer", "group"))
        row["place"] = (row["question"], answer, row.get("weighted_by", row["banner"]), group)
    return rows


def rows_of_sheet(rows, banners, where):
    """The table of a further sheet by place: of each row its cells by the heads of the columns."""
    head = next(index for index, row in enumerate(rows) if row[0] in ("Question", "Compared by"))
    table = {}
    for row in rows[head + 1:]:
        if any(cell in (None, "") for cell in row):
            fault(where, f"an empty cell in {row}")
        cells = dict(zip(rows[head], row))
        question = cells.get("Question", "respondents").split(":")[0]
        banner = cells.get("Compared by") or cells["Weighted by"]
        place = (question, cells.get("Answer", "(base)"), banners.get(banner, banner), cells.get("Group", "Total"))
        if place in table:
            fault(where, f"twice: {place}")
        table[place] = cells
    return table


def since_the_last(rows):
    """Of changes those since the wave before, whose name sorts last; all rows of other files."""
    last = max((row.get("since", "") for row in rows), default="")
    return [row for row in rows if row.get("since", "") == last]


def compare_further(folder, sheets, banners, where):
    """The sheets of what figures tell, against the files that tell the same. Returns how many rows they have."""
    count = 0
    for name, (file, columns) in FURTHER_SHEETS.items():
        expected = {
            row["place"]: {column: row[key] for column, key in columns.items()}
            for row in since_the_last(records_of_csv(folder / file)) if row.get("against", "(rest)") == "(rest)"
        }
        found = {}
        for place, cells in rows_of_sheet(sheets[name], banners, f"{where}, {name}").items() if name in sheets else ():
            found[place] = {}
            for column in columns:
                cell = cells[column]
                if not isinstance(cell, decimal.Decimal):
                    words = [WORDS.get(word, word) for word in cell.split(", ")]
                    cell = "" if cell in ("[x]", "[c]", "[z]") else " ".join(words)
                found[place][column] = cell
        for numbers in expected.values():
            numbers.update({column: number(text) for column, text in numbers.items()})
        compare(f"{where}, {name}", expected, found)
        count += len(found)
    return count + compare_letters(folder, sheets, banners, f"{where}, {LETTERS}")


def compare_letters(folder, sheets, banners, where):
    """Letters against pairs.csv, which says of each pair of groups whether one is higher."""
    pairs = records_of_csv(folder / "pairs.csv")
    if not pairs:
        if LETTERS in sheets:
            fault(where, "letters where no groups are compared")
        return 0
    table = rows_of_sheet(sheets[LETTERS], banners, where)
    letters = {}
    for (_, _, banner, group), cells in table.items():
        if letters.setdefault((banner, group), cells["Letter"]) != cells["Letter"]:
            fault(where, f"{group} has two letters")
    if len({(banner, letter) for (banner, _), letter in letters.items()}) != len(letters):
        fault(where, "two groups have one letter")
    higher = {place: set() for place in table}
    for pair in pairs:
        question, answer, banner, group = pair["place"]
        other = shown(without_guard(pair["against"]))
        if pair["verdict"] == "higher":
            higher[question, answer, banner, group].add(letters[banner, other])
        elif pair["verdict"] == "lower":
            higher[question, answer, banner, other].add(letters[banner, group])
    expected = {
        row["place"]: row for row in records_of_csv(folder / "tables.csv")
        if row["banner"] != "total" and row["group"] != "Not stated" and row["source"] != "focus-group"
        and row["answer"] not in ("(base)", "(mean)", "(median)")
    }
    if expected.keys() != table.keys():
        fault(where, "not the rows of tables.csv")
    for place in expected.keys() & table.keys():
        cells, row = table[place], expected[place]
        says = "[c]" if row["marker"] == "c" else "[z]" if row["marker"] == "z" else None
        found = cells["Higher than"] if says else set(cells["Higher than"].split(", ")) - {"none"}
        if found != (says or higher[place]) or says and higher[place]:
            fault(where, f"{place}: {cells['Higher than']} where pairs.csv has {sorted(higher[place])}")
        if cells["Per cent"] != (says or number(row["percent"])):
            fault(where, f"{place}: {cells['Per cent']} where tables.csv has {row['percent']}")
    return len(table)


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
    sheets = read_by_openpyxl(xlsx)
    compare(f"{xlsx} by openpyxl", expected, figures_of_sheets(sheets, banners, xlsx))
    further = compare_further(folder, sheets, banners, f"{xlsx} by openpyxl")
    with tempfile.TemporaryDirectory() as place:
        for path in (xlsx, ods):
            where = f"{path} by LibreOffice"
            sheets = read_by_libreoffice(path, place)
            compare(where, expected, figures_of_sheets(sheets, banners, where))
            compare_further(folder, sheets, banners, where)
    if not faults:
        print(f"{folder.name}: {len(expected)} rows are the same in tables.csv, tables.xlsx and tables.ods,"
              f" and {further} of what they tell")


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

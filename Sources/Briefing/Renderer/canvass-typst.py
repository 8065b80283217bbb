#!/usr/bin/env python3
"""Makes a tagged PDF of a briefing's Typst source: PDF/UA-1, on standard output.

  canvass-typst < briefing.typ > briefing.pdf
  canvass-typst --version

`make pdf-renderer` puts it, what it imports and the fonts into .build/pdf. The same source gives the same bytes for the same
output of --version: neither clock nor host nor the fonts of the system have a part in them.

Typst 0.15 writes everything that PDF/UA-1 asks for, but its Python binding has no way to say that the first cell of a row is the
row's heading (`pdf.header-cell` is behind a switch that only its command has). So that is said here afterwards.
"""

import hashlib
import importlib.metadata
import io
import pathlib
import sys

FONTS = pathlib.Path(__file__).resolve().parent.parent / "fonts"


def versions():
    digest = hashlib.sha256()
    for font in sorted(FONTS.iterdir()):
        digest.update(font.name.encode() + b"\0" + font.read_bytes())
    for package in ("typst", "pikepdf"):
        print(package, importlib.metadata.version(package))
    print("fonts", digest.hexdigest())


def render(source):
    """The PDF that Typst makes, or None after a sentence about what is wrong."""
    import typst

    try:
        pdf, warnings = typst.compile_with_warnings(
            source, format="pdf", pdf_standards="ua-1", font_paths=[str(FONTS)], ignore_system_fonts=True,
            root=str(FONTS), timestamp=0)
    except typst.TypstError as error:
        print(error.message, file=sys.stderr)
        return None
    for warning in warnings:
        print(warning.message, file=sys.stderr)
    return None if warnings else pdf


def name_row_headings(pdf):
    """Tags the first cell of each row of a body as the heading of its row."""
    import pikepdf

    cell, heading, scope = pikepdf.Name.TD, pikepdf.Name.TH, pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
    within = {"/Document", "/Part", "/Sect", "/Div", "/NonStruct", "/Table", "/TBody"}
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if not isinstance(kid, pikepdf.Dictionary):
                continue
            kind = kid.get("/S")
            if kind in within:
                waiting.append(kid)
            elif kind == "/TR" and element.get("/S") == "/TBody":
                first = kid.K[0]
                if first.S == cell:
                    first.S = heading
                    held = first.get("/A", [])
                    first.A = pikepdf.Array([*(held if isinstance(held, pikepdf.Array) else [held]), scope])


def main():
    if sys.argv[1:] == ["--version"]:
        versions()
        return 0
    if sys.argv[1:]:
        print("usage: canvass-typst [--version] < SOURCE > PDF", file=sys.stderr)
        return 2
    made = render(sys.stdin.buffer.read())
    if made is None:
        return 1
    import pikepdf

    finished = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        name_row_headings(pdf)
        pdf.save(finished, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    sys.stdout.buffer.write(finished.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main())

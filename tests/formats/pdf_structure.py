#!/usr/bin/python3
"""A PDF that is to be heard as well as seen: its structure tree and its pages, as pikepdf (qpdf) reads them.

    pdf_structure.py LANGUAGE FILE.pdf [ROWS]    prints what is wrong, and exits 1 when something is

With ROWS, how many rows the bodies of all tables have together: one that is broken over two pages is there twice. Links to places in
the same file are not in the tree that WeasyPrint 57 writes: such a file is asked for its other links alone.

What is asked is what PDF/UA-1 (ISO 14289-1) asks and WeasyPrint gives; docs/decisions/0084-heard-pdf.md says what is missing.
"""
import sys

import pikepdf

SHOWN = ("Tj", "TJ", "'", '"')


def kids(element):
    k = element.get("/K")
    if k is None:
        return []
    return list(k) if isinstance(k, pikepdf.Array) else [k]


def is_element(kid):
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def name(element):
    return str(element.S)[1:]


def elements(root):
    """Every structure element, in reading order."""
    for kid in kids(root):
        if is_element(kid):
            yield kid
            yield from elements(kid)


def document(pdf, language):
    root = pdf.Root
    if str(root.get("/Lang")) != language:
        yield f"its language is {root.get('/Lang')}, not {language}"
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "it does not say that it is tagged"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") or not str(pdf.docinfo.get("/Title", "")):
        yield "its title is not shown"
    with pdf.open_metadata() as about:
        if about.get("{http://www.aiim.org/pdfua/ns/id/}part") != "1":
            yield "it does not say that it is PDF/UA-1"


def text_is_tagged(pdf):
    """No letter is outside marked content, and what is marked has its place in the tree."""
    parents = pdf.Root.StructTreeRoot.ParentTree.Nums
    place = {int(parents[i]): parents[i + 1] for i in range(0, len(parents), 2)}
    for number, page in enumerate(pdf.pages, 1):
        inside = []
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) in ("BDC", "BMC"):
                known = operands[1].get("/MCID") if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else None
                inside.append((str(operands[0]), known))
            elif str(operator) == "EMC":
                inside.pop()
            elif str(operator) in SHOWN and not inside:
                yield f"page {number}: text that is not tagged"
        of_page = place.get(int(page.get("/StructParents", -1)))
        if of_page is None or any(not is_element(element) for element in of_page):
            yield f"page {number}: marked content without a place in the tree"


def headings(pdf):
    level = 0
    for element in elements(pdf.Root.StructTreeRoot):
        tag = name(element)
        if len(tag) == 2 and tag[0] == "H" and tag[1].isdigit():
            if int(tag[1]) > level + 1 or (int(tag[1]) == 1 and level):
                yield f"{tag} comes after H{level}"
            level = int(tag[1])
    if not level:
        yield "no heading"


def rows(table, part):
    return [row for group in kids(table) if is_element(group) and name(group) == part for row in kids(group) if is_element(row)]


def tables(pdf):
    found = [e for e in elements(pdf.Root.StructTreeRoot) if name(e) == "Table"]
    for number, table in enumerate(found, 1):
        head, body = rows(table, "THead"), rows(table, "TBody")
        if len(head) != 1 or any(name(cell) != "TH" for cell in kids(head[0])):
            yield f"table {number}: no row of headings"
            continue
        for row in body:
            cells = [name(cell) for cell in kids(row)]
            if cells[0] != "TH" or len(cells) != len(kids(head[0])):
                yield f"table {number}: a row of {cells}"


def rows_are_whole(pdf, want):
    found = sum(len(rows(table, "TBody")) for table in elements(pdf.Root.StructTreeRoot) if name(table) == "Table")
    if found != want:
        yield f"{found} rows in its tables, not {want}: one is broken over two pages, or not there"


def pictures_and_links(pdf):
    tree = list(elements(pdf.Root.StructTreeRoot))
    if any(name(e) == "Figure" and "/Alt" not in e for e in tree):
        yield "a figure without a text"
    told = sum(1 for e in tree for kid in kids(e) if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR")
    links = sum(1 for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Link" and "/Dest" not in note)
    if told < links:
        yield f"{links} links, and {told} of them in the tree"


def fonts(pdf):
    for font in {f.objgen: f for page in pdf.pages for _, f in page.Resources.get("/Font", pikepdf.Dictionary()).items()}.values():
        inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        if not any(key in inner.FontDescriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")) or "/ToUnicode" not in font:
            yield f"{font.BaseFont}: not inside, or without its letters"


def faults(path, language, body_rows=None):
    with pikepdf.open(path) as pdf:
        yield from document(pdf, language)
        if "/StructTreeRoot" not in pdf.Root:
            yield "no structure"
            return
        for check in (text_is_tagged, headings, tables, pictures_and_links, fonts):
            yield from check(pdf)
        if body_rows is not None:
            yield from rows_are_whole(pdf, body_rows)


if __name__ == "__main__":
    found = list(faults(sys.argv[2], sys.argv[1], int(sys.argv[3]) if len(sys.argv) > 3 else None))
    print("\n".join(found) or "as it should be")
    sys.exit(1 if found else 0)

"""The commands in a page of docs: the lines that are set in, under a heading, as somebody would type them."""
import pathlib

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs"


def blocks(page, heading):
    """The text of the section, a list of lines a block that is set in by at least four."""
    found, current, is_there = [], [], False
    for line in (DOCS / page).read_text(encoding="utf-8").splitlines() + [""]:
        if line.startswith("#"):
            is_there = line.lstrip("#").strip() == heading
        if is_there and line.startswith("    "):
            current.append(line.strip())
        elif current and line.strip():
            found.append(current)
            current = []
    return found + ([current] if current else [])


def commands(page, heading):
    return [line for block in blocks(page, heading) for line in block if line]

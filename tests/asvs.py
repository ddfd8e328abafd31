"""docs/asvs.md has every requirement of OWASP ASVS 5.0.0 it says it has, once, and what its rows name is there. usage: asvs.py SOURCE"""
import pathlib
import re
import sys

# How many requirements each section has, and which are of level 3 (OWASP ASVS 5.0.0, the standard's own table).
SECTIONS = {
    "1.1": (2, ""), "1.2": (10, "10"), "1.3": (12, "12"), "1.4": (3, ""), "1.5": (3, "3"),
    "2.1": (3, ""), "2.2": (3, ""), "2.3": (5, "5"), "2.4": (2, "2"),
    "3.1": (1, "1"), "3.2": (3, "3"), "3.3": (5, "5"), "3.4": (8, "7 8"), "3.5": (8, "6 7 8"), "3.6": (1, "1"), "3.7": (5, "3 4 5"),
    "4.1": (5, "4 5"), "4.2": (5, "2 3 4 5"), "4.3": (2, ""), "4.4": (4, ""),
    "5.1": (1, ""), "5.2": (6, "4 5 6"), "5.3": (3, "3"), "5.4": (3, ""),
    "6.1": (3, ""), "6.2": (12, ""), "6.3": (8, "5 6 7 8"), "6.4": (6, "5 6"), "6.5": (8, "6 7 8"), "6.6": (4, "4"), "6.7": (2, "1 2"), "6.8": (4, ""),
    "7.1": (3, ""), "7.2": (4, ""), "7.3": (2, ""), "7.4": (5, ""), "7.5": (3, "3"), "7.6": (2, ""),
    "8.1": (4, "3 4"), "8.2": (4, "4"), "8.3": (3, "2 3"), "8.4": (2, "2"),
    "9.1": (3, ""), "9.2": (4, ""),
    "10.1": (2, ""), "10.2": (3, "3"), "10.3": (5, "5"), "10.4": (16, "12 13 14 15 16"), "10.5": (5, ""), "10.6": (2, ""), "10.7": (3, ""),
    "11.1": (4, "3 4"), "11.2": (5, "4 5"), "11.3": (5, "4 5"), "11.4": (4, ""), "11.5": (2, "2"), "11.6": (2, "2"), "11.7": (2, "1 2"),
    "12.1": (5, "4 5"), "12.2": (2, ""), "12.3": (5, "5"),
    "13.1": (4, "2 3 4"), "13.2": (6, "6"), "13.3": (4, "3 4"), "13.4": (7, "6 7"),
    "14.1": (2, ""), "14.2": (8, "5 6 7 8"), "14.3": (3, ""),
    "15.1": (5, "4 5"), "15.2": (5, "4 5"), "15.3": (7, ""), "15.4": (4, "1 2 3 4"),
    "16.1": (1, ""), "16.2": (5, ""), "16.3": (4, ""), "16.4": (3, ""), "16.5": (4, "4"),
    "17.1": (2, "2"), "17.2": (8, "5 6 7 8"), "17.3": (2, ""),
}
LEVEL_3 = {"1", "2", "3", "5", "6", "7", "8", "11", "14", "15", "16"}
STATES = re.compile(r"(yes|partly|no|none)(: .+)?$")


def wanted():
    for section, (number, of_level_3) in SECTIONS.items():
        for i in range(1, number + 1):
            if str(i) not in of_level_3.split() or section.split(".")[0] in LEVEL_3:
                yield f"{section}.{i}"


def numbers(cell):
    """ "1.2.6–1.2.8, 1.3.1" is four. """
    for part in cell.split(", "):
        first, _, last = part.partition("–")
        section, begin = first.rsplit(".", 1)
        end = last.rsplit(".", 1)[1] if last else begin
        yield from (f"{section}.{i}" for i in range(int(begin), int(end) + 1))


def rows(page):
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")] if re.match(r"\| \d", line) else []
        if cells:
            yield cells + [""] * (4 - len(cells))


def known(source):
    """Names of tests in C, titles of browser tests."""
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (source / "tests/unit").rglob("*_test.c"))
    titles = "\n".join(path.read_text(encoding="utf-8") for path in (source / "tests/e2e").glob("*.test.mjs"))
    return set(re.findall(r"^static void (\w+)\(void \*\*", tests, re.M)), set(re.findall(r"test\(['`](.+?)['`],", titles))


def faults(source):
    page = (source / "docs/asvs.md").read_text(encoding="utf-8")
    names, titles = known(source)
    seen = []
    for cell, _, state, shown in rows(page):
        seen += numbers(cell)
        named = re.findall(r"`([^`]+)`", shown)
        quoted = re.findall(r'"([^"]+)"', shown)
        if not STATES.match(state):
            yield f"{cell}: says {state!r}"
        if state.startswith(("yes", "partly")) and not named + quoted:
            yield f"{cell}: names nothing that shows it"
        yield from (f"{cell}: there is no {name}" for name in named if name not in names and not (source / name).exists())
        yield from (f"{cell}: there is no browser test {title!r}" for title in quoted if title not in titles)
    expected = list(wanted())
    yield from (f"{number} is missing" for number in expected if number not in seen)
    yield from (f"{number} is not asked for" for number in seen if number not in expected)
    yield from (f"{number} stands twice" for number in set(seen) if seen.count(number) > 1)


def main():
    found = list(faults(pathlib.Path(sys.argv[1])))
    print("\n".join(found) or "every requirement is there, with what shows it")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

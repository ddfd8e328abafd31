"""The part of docs/methods/linkage.md that is made from a table of measurements."""
import csv
import pathlib
import sys

PAGE = "docs/methods/linkage.md"


def keep(measured, begin, end, table):
    """Between `begin` and `end` the page is to hold the lines that `table` makes of docs/measurements/`measured`: argv says ROOT [--write]."""
    root = pathlib.Path(sys.argv[1])
    with open(root / "docs/measurements" / measured, encoding="utf-8") as f:
        made = "\n".join(table(list(csv.DictReader(f)))) + "\n"
    path = root / PAGE
    written = path.read_text(encoding="utf-8")
    before, rest = written.split(begin)
    text = before + begin + "\n" + made + "\n" + end + rest.split(end)[1]
    if "--write" in sys.argv:
        path.write_text(text, encoding="utf-8")
    elif written != text:
        raise SystemExit(f"{PAGE} is not what {pathlib.Path(sys.argv[0]).name} --write makes of the measurements")

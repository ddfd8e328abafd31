"""The tables of docs/methods/known-truth.md, made from docs/measurements/known_truth.csv: known_truth.py ROOT [--write]
Without --write it fails when the page is not what it would write; what people wrote above the tables stays."""
import csv
import pathlib
import sys

BEGIN = "<!-- made by tests/simulation/known_truth.py -->\n"
LISTS = ["3", "4", "5", "6"]
RANGES = ("all", "all but classes and bayes", "range of these three", "unequal")  # a range in every table


def told(row):
    """Bias of the median figure, coverage, width; what was refused or told as a range only; the tables, where they are few."""
    if row is None:
        return "–"
    if row["coverage"] == "nan":
        return "all refused"
    bias = f"{100 * float(row['median_bias']):+.0f} %".replace("+0 %", "0 %").replace("-0 %", "0 %")
    width = "∞" if row["width"] == "inf" else f"{float(row['width']):.2f}"
    notes = [f"{100 * float(row[column]):.0f} % {word}" for column, word in (("refused", "refused"), ("range_only", "range"))
             if float(row[column]) >= 0.005 and row["rule"] not in RANGES]
    if int(row["tables"]) < 1000:
        notes.append(f"{row['tables']} tables")
    return f"{bias}, **{float(row['coverage']):.2f}**, {width}" + (f" ({'; '.join(notes)})" if notes else "")


def table(rows, design):
    cells = {(r["program"], r["rule"], r["lists"]): r for r in rows if r["design"] == design}
    rules = list(dict.fromkeys((program, rule) for program, rule, _ in cells))
    people = next(r["people"] for r in rows if r["design"] == design)
    yield f"### {design[0].upper()}{design[1:]}, {int(people):,} people"
    yield ""
    yield "| rule | 3 lists | 4 lists | 5 lists | 6 lists |"
    yield "|---|---|---|---|---|"
    for program, rule in rules:
        name = (rule if program in ("Lykta", "every program") else f"*{program}*: {rule}").replace("+-", "±")
        yield f"| {name} | " + " | ".join(told(cells.get((program, rule, n))) for n in LISTS) + " |"
    yield ""


def main():
    root = pathlib.Path(sys.argv[1])
    with open(root / "docs/measurements/known_truth.csv", encoding="utf-8") as f:
        rows = list(csv.DictReader(f))
    made = "\n".join(line for design in dict.fromkeys(r["design"] for r in rows) for line in table(rows, design)).rstrip() + "\n"
    path = root / "docs/methods/known-truth.md"
    written = path.read_text(encoding="utf-8")
    text = written.split(BEGIN)[0] + BEGIN + "\n" + made
    if "--write" in sys.argv:
        path.write_text(text, encoding="utf-8")
    elif written != text:
        raise SystemExit("docs/methods/known-truth.md is not what known_truth.py --write makes of the measurements")


if __name__ == "__main__":
    main()

"""The table of docs/methods/linkage.md of what owners' answers do: answered_lists.py ROOT [--write]
It is made from docs/measurements/answered_lists.csv; without --write it fails when the page is not what it would write."""
import statistics

from made_part import keep

BEGIN, END = "<!-- made by tests/simulation/answered_lists.py -->\n", "<!-- end of answered_lists.py -->\n"
LISTS = {"2": "{planned_a} x {planned_b}, {both_or_people} on both", "3": "three of {both_or_people} people"}
ANSWERS = {("0", "0"): "none", ("0", "100"): "100", ("0.05", "100"): "100, 5 % wrong"}


def row(rows):
    first = rows[0]
    links, right, true = (sum(int(r[k]) for r in rows) for k in ("links", "right", "true"))
    inside = sum(float(r["low"]) <= int(r["true"]) <= float(r["high"]) for r in rows)
    ratio = statistics.mean(float(r["matches"]) for r in rows) / statistics.mean(int(r["true"]) for r in rows)
    width = statistics.mean((float(r["high"]) - float(r["low"])) / int(r["true"]) for r in rows)
    off = statistics.mean(((float(r["matches"]) - int(r["true"])) / int(r["true"])) ** 2 for r in rows) ** 0.5
    name = f"{first['design']}: {LISTS[first['lists']].format(**first)}" if first["answers"] == "0" else ""
    return (f"| {name} | {ANSWERS[first['wrong'], first['answers']]} | {right / links:.3f} | {right / true:.3f} | {ratio:.3f} | "
            f"{100 * off:.1f} % | {100 * width:.1f} % | {inside} of {len(rows)} |")


def design_of(r):
    return (r["design"], r["lists"], r["both_or_people"])


def asked(rows):
    """How often the shares told from the answers hold the truth, of runs with two lists and right answers."""
    rows = [r for r in rows if r["lists"] == "2" and r["wrong"] == "0" and r["answers"] == "0"]
    inside = lambda r, what, share: float(r[f"{what}_low"]) - 1e-6 <= share <= float(r[f"{what}_high"]) + 1e-6  # as they are written
    precise = sum(inside(r, "precision", int(r["right"]) / int(r["links"])) for r in rows)
    found = sum(inside(r, "recall", int(r["right"]) / int(r["true"])) for r in rows)
    width = statistics.mean(float(r["recall_high"]) - float(r["recall_low"]) for r in rows)
    return (f"The shares that the answers tell of the linkage without them: the truth is within the limits in {precise} of {len(rows)} runs of two lists "
            f"for links that are right, in {found} for people who are linked (limits {100 * width:.0f} % apart on average).")


def table(rows):
    yield "| people | answers | right of links | found of true | matches told / true | off by | interval's width | inside |"
    yield "|---|---|---|---|---|---|---|---|"
    for design in dict.fromkeys(map(design_of, rows)):
        for wrong, answers in ANSWERS:
            yield row([r for r in rows if design_of(r) == design and (r["wrong"], r["answers"]) == (wrong, answers)])
    yield ""
    yield asked(rows)


if __name__ == "__main__":
    keep("answered_lists.csv", BEGIN, END, table)

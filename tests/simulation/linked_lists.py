"""The table of docs/methods/linkage.md of links and their truth: linked_lists.py ROOT [--write]
It is made from docs/measurements/linked_lists.csv; without --write it fails when the page is not what it would write."""
import statistics

from made_part import keep

BEGIN, END = "<!-- made by tests/simulation/linked_lists.py -->\n", "<!-- end of linked_lists.py -->\n"


def lists_of(rows):
    """1,000 x 1,000, or 400, 300 and 200 of 1,000 people."""
    first = rows[0]
    if first["lists"] == "2":
        return f"{int(first['planned_a']):,} x {int(first['planned_b']):,}", f"{int(first['both_or_people']):,}"
    sizes = list(dict.fromkeys([(0, first["planned_a"])] + [(i, r["planned_b"]) for i, r in enumerate(rows, 1) if r["run"] == "1"][:int(first["lists"]) - 1]))
    return f"{' + '.join(size for _, size in sizes)} of {int(first['both_or_people']):,}", "by chance"


def row(rows):
    design, (lists, both) = rows[0]["design"], lists_of(rows)
    runs = len({r["run"] for r in rows})
    linked = [r for r in rows if int(r["links"]) >= 0]
    if not linked:
        return f"| {design} | {lists} | {both} | refused, {runs} of {runs} | | | |"
    links, right, true = (sum(int(r[k]) for r in linked) for k in ("links", "right", "true"))
    inside = sum(float(r["low"]) <= int(r["true"]) <= float(r["high"]) for r in linked)
    ratio = statistics.mean(float(r["matches"]) for r in linked) / statistics.mean(int(r["true"]) for r in linked)
    refused = f", {runs - len({r['run'] for r in linked})} refused" if len(linked) < len(rows) else ""
    return (f"| {design} | {lists} | {both} | {2 * right / (links + true):.3f} | {right / links:.3f} | {right / true:.3f} | "
            f"{ratio:.3f} | {inside} of {len(linked)}{refused} |")


def table(rows):
    yield "| people | lists | on both | F1 | right of links | found of true | matches told / true | inside the interval |"
    yield "|---|---|---|---|---|---|---|---|"
    key = lambda r: (r["design"], r["lists"], r["both_or_people"]) + ((r["planned_a"], r["planned_b"]) if r["lists"] == "2" else ())
    for design in dict.fromkeys(map(key, rows)):
        yield row([r for r in rows if key(r) == design])


if __name__ == "__main__":
    keep("linked_lists.csv", BEGIN, END, table)

"""The table of docs/methods/linkage.md that goes from lists to estimates: linked_city.py ROOT [--write]
It is made from docs/measurements/linked_city.csv; without --write it fails when the page is not what it would write."""
import statistics

from made_part import keep

BEGIN, END = "<!-- made by tests/simulation/linked_city.py -->\n", "<!-- end of what is made -->\n"


def share(x):
    return f"{x:.3f}"


def row(design, links, rows):
    people = int(rows[0]["people"])
    told = [r for r in rows if r["status"] != "refused"]
    inside = sum(float(r["low"]) <= people <= float(r["high"]) for r in told)
    below = sum(float(r["high"]) < people for r in told)
    above = sum(float(r["low"]) > people for r in told)
    middle = statistics.median(float(r["nhat"]) / people for r in told)
    width = statistics.median((float(r["high"]) - float(r["low"])) / people for r in told)
    seen = statistics.mean(int(r["seen"]) for r in told)
    return (f"| {design} | {people:,} | {links} | {len(told)} of {len(rows)} | **{share(inside / len(told))}** | {below} | {above} | "
            f"{100 * (middle - 1):+.1f} % | {100 * width:.0f} % | {seen:.0f} |")


def table(rows):
    yield "| city | people | who is who | told | holds the truth | too low | too high | median figure | width | people seen |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for design in dict.fromkeys(r["design"] for r in rows):
        for links in dict.fromkeys(r["links"] for r in rows):
            yield row(design, links, [r for r in rows if r["design"] == design and r["links"] == links])


if __name__ == "__main__":
    keep("linked_city.csv", BEGIN, END, table)

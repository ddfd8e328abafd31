"""docs/measurements/bench.svg, drawn from bench.json: plot.py ROOT [--write]
What each estimation took beside what is wanted of it, on a logarithmic scale. Without --write it fails when the drawing is not that of the
measurements."""
import html
import json
import math
import pathlib
import sys

# Seconds wanted of a whole process, on two cores, by how the task begins.
WANTED = {"UK table, 6 lists, stepwise: point estimate": 0.005, "UK table, 6 lists, stepwise: 1,000 replicates": 0.03,
          "UK table, 6 lists, stepwise: 1,000,000 replicates": 25.0, "UKdat_5, all 6,893 hierarchical models as JSON": 0.02,
          "UKdat, all 32,768 models of pairs": 0.15, "UKdat, the 20 best of 3,702,013": 30.0, "UKdat_5, bic: 1,000 replicates": 8.0,
          "UKdat, graphs: 18,154": 0.06, "Ned, stepwise: 1,000 replicates": 0.04, "UKdat_5, all methods, resolved": 30.0}
FROM, TO = 0.001, 100.0  # seconds, the ends of the scale
LEFT, WIDTH, ROW, TOP = 430, 400, 26, 60


def across(seconds):
    return LEFT + WIDTH * math.log(seconds / FROM) / math.log(TO / FROM)


def told(seconds):
    return f"{1000 * seconds:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


def wanted_of(task):
    return next((seconds for start, seconds in WANTED.items() if task.startswith(start)), None)


def scale(height):
    step = FROM
    while step <= TO * 1.001:
        x = across(step)
        yield f'<line x1="{x:.1f}" y1="{TOP - 14}" x2="{x:.1f}" y2="{height - 20}" stroke="#ddd"/>'
        yield f'<text x="{x:.1f}" y="{TOP - 20}" text-anchor="middle" fill="#444">{told(step)}</text>'
        step *= 10


def row(i, task, seconds):
    y = TOP + ROW * i + 8
    yield f'<text x="{LEFT - 12}" y="{y + 4}" text-anchor="end">{html.escape(task)}</text>'
    yield f'<line x1="{LEFT}" y1="{y}" x2="{across(seconds):.1f}" y2="{y}" stroke="#1d3a66" stroke-width="2"/>'
    yield f'<circle cx="{across(seconds):.1f}" cy="{y}" r="5" fill="#1d3a66"/>'
    if wanted_of(task):
        x = across(wanted_of(task))
        yield f'<line x1="{x:.1f}" y1="{y - 9}" x2="{x:.1f}" y2="{y + 9}" stroke="#9c1b1b" stroke-width="3"/>'
    yield f'<text x="{LEFT + WIDTH + 14}" y="{y + 4}">{told(seconds)}</text>'


def drawing(result):
    rows = [(r["task"], r["wall_s"]) for r in result["estimation"] + result["other_methods"]]
    height = TOP + ROW * len(rows) + 30
    about = f"Wall time of whole processes, {result['date']}, {result['machine']['cpu']}, {result['machine']['cores']} cores. Dot: measured. Red mark: wanted."
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 100} {height}" role="img" font-family="sans-serif" font-size="13">',
             f"<title>{html.escape(about)}</title>", '<rect width="100%" height="100%" fill="#fff"/>',
             f'<text x="12" y="20" font-weight="bold">{html.escape(about)}</text>', *scale(height)]
    for i, (task, seconds) in enumerate(rows):
        lines += row(i, task, seconds)
    return "\n".join([*lines, "</svg>"]) + "\n"


def main():
    folder = pathlib.Path(sys.argv[1]) / "docs/measurements"
    text = drawing(json.loads((folder / "bench.json").read_text(encoding="utf-8")))
    if "--write" in sys.argv:
        (folder / "bench.svg").write_text(text, encoding="utf-8")
    elif (folder / "bench.svg").read_text(encoding="utf-8") != text:
        raise SystemExit("docs/measurements/bench.svg is not what plot.py --write makes of the measurements")


if __name__ == "__main__":
    main()

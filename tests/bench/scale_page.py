"""docs/scale.md and its drawings, of docs/measurements/country.json: scale_page.py writes them anew."""
import json
import math
import pathlib
import statistics

ROOT = pathlib.Path(__file__).resolve().parents[2]
WIDE, HIGH, LEFT, BELOW, ABOVE, RIGHT = 640, 320, 70, 50, 40, 20


def ticks(most):
    """Round steps from 0 to `most` or beyond."""
    step = 10 ** math.floor(math.log10(most / 2))
    step *= next(f for f in (1, 2, 5) if most / (step * f) <= 6)
    return [step * i for i in range(math.ceil(most / step) + 1)]


def text(x, y, words, anchor="middle", more=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{words}</text>'


class Plot:
    """Points and lines over two axes from 0; places on the x axis have names."""

    def __init__(self, title, x_title, y_title, names, most):
        self.names, self.ticks = names, ticks(most)
        self.parts = [text(LEFT, 20, title, "start", ' font-weight="bold"'), text(WIDE / 2, HIGH - 8, x_title),
                      text(14, HIGH / 2, y_title, more=f' transform="rotate(-90 14 {HIGH / 2})"')]
        for value in self.ticks:
            y = self.y(value)
            self.parts += [f'<line x1="{LEFT}" x2="{WIDE - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ccc"/>',
                           text(LEFT - 6, y + 4, f"{value:g}", "end")]
        self.parts += [text(self.x(i), HIGH - BELOW + 18, name) for i, name in enumerate(names)]

    def x(self, place):
        return LEFT + (WIDE - LEFT - RIGHT) * (place + 0.5) / len(self.names)

    def y(self, value):
        return HIGH - BELOW - (HIGH - BELOW - ABOVE) * value / self.ticks[-1]

    def line(self, values, dash=""):
        points = " ".join(f"{self.x(i):.1f},{self.y(v):.1f}" for i, v in enumerate(values))
        self.parts.append(f'<polyline points="{points}" fill="none" stroke="#1f4e79" stroke-width="2"{dash}/>')

    def dots(self, values):
        self.parts += [f'<circle cx="{self.x(i):.1f}" cy="{self.y(v):.1f}" r="4" fill="#1f4e79"/>' for i, v in values]

    def bars(self, ranges):
        self.parts += [f'<line x1="{self.x(i):.1f}" x2="{self.x(i):.1f}" y1="{self.y(lo):.1f}" y2="{self.y(hi):.1f}" stroke="#1f4e79" stroke-width="7" '
                       'opacity="0.3"/>' for i, (lo, hi) in enumerate(ranges)]

    def write(self, path):
        path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" font-family="sans-serif" font-size="12">\n'
                        f'<rect width="{WIDE}" height="{HIGH}" fill="#fff"/>\n' + "\n".join(self.parts) + "\n</svg>\n", encoding="utf-8")


def tenths(values):
    """The middle, and where all but a tenth on either side are."""
    s = sorted(values)
    return statistics.median(s), s[int(0.1 * (len(s) - 1))], s[math.ceil(0.9 * (len(s) - 1))]


def steps_of(r):
    return ["new", *r["moments"], "published"]


def draw(r, docs):
    sizes = [tenths([c["bytes"][i] / 1024 for c in r["cities"]]) for i in range(len(steps_of(r)))]
    growth = Plot("A city's folder through its year (middle city; bar: eight of ten)", "day", "kB", steps_of(r), max(s[2] for s in sizes))
    growth.bars([s[1:] for s in sizes])
    growth.line([s[0] for s in sizes])
    growth.write(docs / "scale-growth.svg")
    pool = r["programme"]["pool"]
    times = Plot("Pooling releases: processor time", "releases", "seconds", [str(n) for n in pool], max(p["cpu_s"] for p in pool.values()))
    times.line([p["cpu_s"] for p in pool.values()])
    times.dots(list(enumerate(p["cpu_s"] for p in pool.values())))
    times.write(docs / "scale-pool.svg")
    model = r["cluster"]["model"]
    ranks = Plot("A simulation on many processes: how many times as fast (model)", "processes", "times", [str(m["ranks"]) for m in model],
                 max(m["speed_up"] for m in model))
    ranks.line([m["speed_up"] for m in model], ' stroke-dasharray="6 4"')
    ranks.write(docs / "scale-ranks.svg")


def table(head, rows):
    return "\n".join(["| " + " | ".join(map(str, row)) + " |" for row in [head, ["---"] * len(head), *rows]])


def spread(values, digits=0):
    middle, lo, hi = tenths(values)
    return [f"{v:,.{digits}f}" for v in (middle, lo, hi)]


def year(r):
    cities = r["cities"]
    rows = [[what, *spread([c[key] for c in cities])] for what, key in
            [("inhabitants", "inhabitants"), ("organisations of the network", "members"), ("guests of four seminars", "guests"),
             ("reports", "reports"), ("letters sent", "letters"), ("lines of the audit log", "audit_lines")]]
    rows += [["folder, new, kB", *spread([c["bytes"][0] / 1024 for c in cities])],
             ["folder after the year, kB", *spread([c["bytes"][-1] / 1024 for c in cities])]]
    rows += [[f"{what}, s", *spread([c["seconds"][key] for c in cities], 1)] for what, key in
             [("making the city", "init"), ("all requests of the year, with four starts", "year"), ("publishing", "publish")]]
    return table(["A city's year", "middle", "a tenth below", "a tenth above"], rows)


def programme(r):
    p = r["programme"]
    rows = [[what, p["steps"][key]["wall_s"], p["steps"][key].get("cpu_s", ""), p["steps"][key].get("peak_mb", "")] for what, key in
            [("all cities join, a command each", "join"), ("inhabitants", "inhabitants"), ("all releases verified and taken", "take"),
             ("pooled, and noted in the ledger", "pool")]]
    return table(["The programme", "s", "processor, s", "peak, MB"], rows)


def host(x):
    s, b = x["served"], x["backup"]
    rows = [["cities, and processes", f"{s['cities']}, {s['processes']}"], ["all have started after, s", s["start_s"]], ["processor time of that, s", s["start_cpu_s"]],
            ["memory that is theirs alone, MB", s["idle"]["own_mb"]], ["all memory, MB", s["idle"]["all_mb"]],
            ["open files", s["idle"]["files"]], ["open files of a city", s["idle"]["files_a_city"]],
            [f"start page with {s['active']} cities read at once: median, ms", s["median_ms"]], ["the same: 99 of 100 within, ms", s["p99_ms"]],
            ["all memory after that, MB", s["after"]["all_mb"]],
            [f"backup of a city (of {b['cities']}): median, s", b["median_s"]], ["the slowest, s", b["most_s"]],
            ["a backup, kB", b["median_kb"]]]
    return table(["All are served", ""], rows)


def doors(x):
    rows = [["none", 0, 0, "", "", ""]] + [[d["asked"], d["held"]["own_mb"], d["held"]["files"], d["cpu_s"], d["median_s"], d["most_s"]] for d in x["doors"]["asked"]]
    return table(["asked at the same moment", "memory of their own, MB", "open files", "processor, s", "first page after: median, s", "the last, s"], rows)


def cluster(r):
    return table(["processes", "seconds", "times as fast"], [[m["ranks"], f"{m['seconds']:,}", m["speed_up"]] for m in r["cluster"]["model"]])


def linkage(path):
    """What tests/bench/link_ranks has measured."""
    x = json.loads(path.read_text(encoding="utf-8"))
    measured = table(["people in the lists", "pairs", "processor, s", "one process, s", "two, s", "times as fast", "the machine"],
                     [[" and ".join(f"{n:,}" for n in m["sizes"]), f"{m['pairs']:,}", f"{m['alone_cpu_s']:.2f}", f"{m['wall_s']['1']:.2f}",
                       f"{m['wall_s']['2']:.2f}", m["times_as_fast"], m["machine"]] for m in x["measured"]])
    model = table(["processes", "hours", "times as fast"], [[m["ranks"], f"{m['seconds'] / 3600:,.2f}", m["speed_up"]] for m in x["model"]])
    busy = f"The machine did other work at the same time (load {x['load']} on {x['cores']} cores), so that two processes could not have a core each: *times as fast* says nothing here, and the " \
        "processor times do.\n\n" if x["load"] > x["cores"] + 1 else ""
    return f"""`mpirun -n N lykta link` divides the comparing of a linkage in portions, and keeps them with `--checkpoint` (decisions/0102). Measured on {x['date']} by `tests/bench/link_ranks`
(one thread a process, 20 linkages drawn, {x['cpu']}, {x['cores']} cores, load {x['load']}, runs: {x['runs']}):

{measured}

*The machine* is how much more two processes that know nothing of each other did at the same time than one did alone, right after: about what the second core is worth here, which
changes with what else the host does.

{busy}Fitted to the processor times is *seconds = {1e9 * x['pair_s']:.1f} ns × pairs / processes + {1e6 * x['record_s']:.0f} µs × people*, with no measurement further from it than {100 * x['largest_error']:.0f} %: what is divided is the comparing, and the
first process alone reads, learns and draws. For a register of {x['planned'][0]:,} people and a list of {x['planned'][1]:,} the model says:

{model}

Lists that are short gain little, since drawing is not divided. The model rests on lists a hundred times shorter. It assumes that all encodings fit into each machine's memory, that drawing goes on
growing with the people, and that exchanging counts and pairs costs nothing beside comparing. Nearly all of these pairs are the register's with itself: doubles inside it are looked for, as in every list.
"""


def page(r):
    p, c = r["programme"], r["cluster"]
    x = json.loads((ROOT / "docs/measurements/host.json").read_text(encoding="utf-8"))
    s = x["served"]
    e = p["estimate"]
    answer = f"{e['ci95'][0]:,}–{e['ci95'][1]:,}" if e else "no sum"
    return f"""# How Lykta grows

Made by `{r['command']}` on {r['date']} ({r['machine']['cpu']}, {r['machine']['cores']} cores, which other work used at the same time: wall times say more of that than
of the program, processor times less so). The data are in `measurements/country.json`; `tests/bench/scale_page.py` makes this page and its drawings of them.

## A year of a country that does not exist

**{len(r['cities'])} cities** lived {r['year']}: each was made by `lykta init`, served on {', '.join(r['moments'])} (the program's clock was set), and worked in over
HTTP as people do: members and what they sign, a measure of the plan, a seminar with guests, reports, letters to a mail server. Then each published a mapping.
{r['asked']} cities were asked for, and {len(r['cities'])} fitted into the time given; it took {r['lived_s']} s with {r['at_once']} cities at once. All people, places and reports are invented, and marked so.

{year(r)}

![A city's folder through its year](scale-growth.svg)

A folder is small from the first day (catalogue of signs, lessons, texts) and grows by some kilobytes for each seminar; what is no longer needed is deleted each night.

{programme(r)}

The cities' lists were drawn from {p['true']:,} people who do not exist; the pooled answer is {answer}. The programme's folder is {p['bytes'] / 1024:,.0f} kB, the pooled figures
{p['pooled_json_bytes'] / 1024:,.0f} kB. Pooling 290 larger releases is in `measurements/pool.json`.

![Pooling releases](scale-pool.svg)

## Many cities on one machine

A city is served by five processes of its own, so that a fault, a leak or an attack in one city's is not in another's. The example city and copies of it, {s['cities']} in all, were measured by
`{x['command']}` on {x['date']} ({x['cpu']}; load of the machine {x['load_before']} before and {x['load_after']} after, of other work too: memory, files and processor times are the
program's, wall times are the machine's). The data are in `measurements/host.json`.

{host(x)}

The goal was one second and 200 MB for {s['cities']} cities in one program. That is **not** reached by cities that are all served at once: each holds {s['idle']['own_mb'] / s['cities']:.1f} MB of its own, mostly connections to its
own database, each of which has read all the tables' definitions (0.65 MB with SQLite), and takes the processor {1000 * s['start_cpu_s'] / s['cities']:.0f} ms to start. One program for all would share the program's pages, which is what is
shared already, and would put one city's keys and texts where a fault in another's request reaches them.

What comes within it is to serve only those that somebody asks: systemd holds the addresses of all, starts a city for the first who asks, and the city ends when nobody has asked for 15 minutes
(`lykta serve --idle 900`, operate.md; `tests/install/activated_test.py`). Doors of {s['cities']} cities were open after {x['doors']['ready_s']} s, with nothing of ours in memory; then some were asked for their first page. Who measured
held the doors and handed them over as systemd does; what systemd itself takes is not in it, and a city that was asked alone was looked at before all of its processes had begun to work.

{doors(x)}

What is held goes by the cities in use, and the price is the start that the first visitor waits for: on a quiet machine the example city's is 0.05 s (bench.md), here it waits for the machine's other work.

## A cluster

How a job is started, also with Slurm: [cluster.md](cluster.md).

`mpirun -n N lykta power` divides simulated tables among processes. Measured here for one and two processes ({', '.join(str(m['tables']) for m in c['measured'][::2])} tables with 100
bootstrap replicates each; processor time of the slower process); fitted is *seconds = {c['start_s']:.2f} + {1e3 * c['table_s']:.2f} ms × tables of the process*, no measurement is
further from it than {100 * c['largest_error']:.0f} %. For {c['planned']:,} tables the model says:

{cluster(r)}

![Speed-up by the model](scale-ranks.svg)

The rows from four processes on are the model's, not measured. It assumes: every process has a core of its own as fast as this one; tables cost alike on average, so
that the process with most tables decides; start and combination cost the same on any number of machines (the combination is one message of some kilobytes from each, which
takes microseconds on a cluster's network). It leaves out what a queue takes to start the processes.

{linkage(ROOT / "docs/measurements/link-ranks.json")}"""


def write(r, docs):
    draw(r, docs)
    (docs / "scale.md").write_text(page(r), encoding="utf-8")


def write_anew():
    write(json.loads((ROOT / "docs/measurements/country.json").read_text(encoding="utf-8")), ROOT / "docs")


if __name__ == "__main__":
    write_anew()

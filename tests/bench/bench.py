#!/usr/bin/env python3
"""Measures what Lykta promises about speed, beside a baseline in the same run: ./tests/bench/bench.py [--quick] [--seminars]

Estimation: whole processes against R's glm() doing the same (stepwise.R). Pages: the mapping report against nginx serving the same
bytes as a file. Results go to docs/measurements/bench.json and bench.md; with --seminars only what
guests and attempts to sign in cost is measured, and goes to seminars.json and seminars.md. Nothing here is a test: machines differ, ratios less so.
"""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

import plot
import processes
import seminar_bench
import sign_in_bench

ROOT = pathlib.Path(__file__).resolve().parents[2]
LYKTA = ROOT / "build/src/lykta"
DATA = ROOT / "tests/data/mse"
OUT = ROOT / "docs/measurements"
QUICK = "--quick" in sys.argv

# Floating-point operations that one bootstrap replicate of the UK table cannot do without: 43 Newton steps of 384 additions,
# 63 exponentials of about 15 operations, and a Cholesky factor of 14 parameters with its solves (docs/methods/estimation.md).
FLOP_PER_REPLICATE = 43 * 2600


def estimation(found, folder):
    table = DATA / "UKdat.csv"
    r_replicates = 10 if QUICK else 40
    r = subprocess.run(["Rscript", ROOT / "tests/bench/stepwise.R", table, str(r_replicates)], capture_output=True, text=True, check=True)
    r_nhat, r_point, r_replicate = (float(word) for word in r.stdout.split())
    ours = json.loads(subprocess.run([LYKTA, "estimate", table, "--replicates", "0", "--json"], capture_output=True, check=True).stdout)
    if abs(ours["nhat"] / r_nhat - 1) > 1e-6:
        raise SystemExit(f"Lykta says {ours['nhat']}, R says {r_nhat}: nothing to compare")
    rows = []
    for name, replicates, runs, baseline in [("point estimate", 0, 21, r_point), ("1,000 replicates", 1000, 11, r_point + 1000 * r_replicate),
                                             ("1,000,000 replicates", 1000000, 1 if QUICK else 3, r_point + 1e6 * r_replicate)]:
        row = {"task": f"UK table, 6 lists, stepwise: {name}"}
        row.update(processes.median_of([LYKTA, "estimate", table, "--replicates", replicates, "--json"], runs, folder))
        row["baseline"] = "R glm()" + (f", {r_replicates} replicates measured and scaled" if replicates else "")
        row["baseline_s"] = baseline
        row["ratio"] = baseline / row["wall_s"]
        if replicates:
            limit = replicates * FLOP_PER_REPLICATE / (found["cores"] * found["peak_gflops_a_core"] * 1e9)
            row["share_of_limit"] = limit / row["wall_s"]
        rows.append(row)
    return rows


# What the other methods cost: table, what is asked for, runs.
OTHER_TASKS = [
    ("Ned", "stepwise: 1,000 replicates", ["--replicates", "1000", "--json"], 11),
    ("UKdat_5", "all 6,893 hierarchical models as JSON", ["--models", "6893", "--json"], 11),
    ("UKdat_5", "the 20 best of 6,893 models", ["--models", "20"], 11),
    ("UKdat", "all 32,768 models of pairs", ["--models", "32768", "--order", "2"], 5),
    ("UKdat", "the 20 best of 3,702,013 models of terms to three lists", ["--models", "20", "--order", "3"], 11),
    ("Ned", "the 20 best of 7,785,061 models", ["--models", "20"], 5),
    ("UKdat_5", "bic: 1,000 replicates, each the best of 6,893 models", ["--method", "bic", "--replicates", "1000"], 3),
    ("UKdat_5", "graphs: 822 at three priors", ["--method", "graphs"], 11),
    ("UKdat", "graphs: 18,154 at three priors", ["--method", "graphs"], 5),
    ("UKdat_5", "bayes: thresholding, with two priors", ["--method", "bayes"], 11),
    ("HIV_Rome", "classes: 8 chains until R-hat is at most 1.01", ["--method", "classes"], 3),
    ("UKdat", "people who differ", ["--method", "unequal"], 11),
    ("UKdat", "profile limits", ["--interval", "profile"], 11),
    ("UKdat_5", "all methods, resolved", ["--method", "all"], 1),
]


def other_methods(folder):
    rows = []
    for table, what, arguments, runs in OTHER_TASKS:
        row = {"task": f"{table}, {what}"}
        row.update(processes.median_of([LYKTA, "estimate", DATA / f"{table}.csv", *arguments], 1 if QUICK else runs, folder))
        rows.append(row)
    return rows


def wrk(url):
    seconds = 3 if QUICK else 10
    out = subprocess.run(["wrk", "-t1", "-c64", f"-d{seconds}s", "--latency", url], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        raise SystemExit(out)
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", out).groups()
    return {"requests_s": float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)),
            "p99_ms": float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]}


def nginx(folder, page):
    folder.chmod(0o755)  # started by root, nginx reads as another user
    (folder / "html").mkdir()
    (folder / "html/page.html").write_bytes(page)
    (folder / "nginx.conf").write_text(f"""
pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 2; daemon off;
events {{ worker_connections 256; }}
http {{ access_log off; types {{ text/html html; }} keepalive_requests 1000000; sendfile on;
  server {{ listen 127.0.0.1:18099; root {folder}/html; }} }}
""", encoding="utf-8")
    return subprocess.Popen(["nginx", "-p", folder, "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL)


def pages(folder):
    subprocess.run([LYKTA, "demo", folder / "city"], check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen([LYKTA, "serve", folder / "city", "--listen", "127.0.0.1:18098"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(1)
    started = [server]
    try:
        return [page_row(folder, server, started)]
    finally:
        for process in started:
            process.send_signal(signal.SIGTERM)
            process.wait()


def page_weight(base, path):
    """Bytes of the page and of the style sheets, scripts and pictures it names, compressed where the server does that."""
    def get(address):
        return urllib.request.urlopen(urllib.request.Request(base + address, headers={"Accept-Encoding": "gzip"})).read()

    page = get(path)
    return len(page) + sum(len(get(a)) for a in set(re.findall(r'(?:href|src)="(/a/[^"]+)"', page.decode())))


def seminars(folder):
    """The public page first, then the rush, then attempts to sign in; the machine's load before each."""
    city, server = seminar_bench.served(LYKTA, folder, 18097)
    try:
        weight = page_weight("http://127.0.0.1:18097", "/seminarier/1")
        loads = [os.getloadavg()[0]]
        found = wrk("http://127.0.0.1:18097/seminarier/1")
        row = {"task": f"seminar's public page, {weight} bytes with all that it loads, wrk -c64 on the same machine", "weight_bytes": weight, **found, "held_mb": processes.held_mb(server.pid)}
        loads.append(os.getloadavg()[0])
        signups = seminar_bench.signups(folder, city, 18097, 25 if QUICK else 150)
        loads.append(os.getloadavg()[0])
        signs_in = sign_in_bench.signs_in(18097, server.pid, "/seminarier/1")
        for found, load in zip((row, signups, signs_in), loads):
            found["load_before"] = load
        return {"page": row, "signups": signups, "signs_in": signs_in}
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def page_row(folder, server, started):
    base = "http://127.0.0.1:18098"
    index = urllib.request.urlopen(base + "/kartlaggning").read().decode()
    path = re.search(r'href="(/kartlaggning/[^"]+)"', index).group(1)
    page = urllib.request.urlopen(base + path).read()
    started.append(nginx(folder, page))
    time.sleep(1)
    ours = wrk(base + path)
    theirs = wrk("http://127.0.0.1:18099/page.html")
    return {"task": f"mapping report, {len(page)} bytes, wrk -c64 on the same machine", **ours, "held_mb": processes.held_mb(server.pid),
            "baseline": "nginx, the same bytes as a file", "baseline_requests_s": theirs["requests_s"], "baseline_p99_ms": theirs["p99_ms"],
            "ratio": ours["requests_s"] / theirs["requests_s"]}


def markdown(result):
    m = result["machine"]
    lines = ["# Measurements", "", f"Made by `tests/bench/bench.py` on {result['date']}, version {result['version']}: {m['cpu']}, {m['cores']} cores, "
             f"AVX2 {'yes' if m['avx2'] else 'no'}, AVX-512 {'yes' if m['avx512'] else 'no'}, {m['peak_gflops_a_core']:.0f} Gflop/s a core measured. "
             "Whole processes, median of the runs; each beside a baseline in the same run.", "", "![Times beside what is wanted](bench.svg)", "",
             "| estimation | wall, ms | CPU, ms | peak, MB | baseline | its time, s | times faster | share of the machine's limit |",
             "|---|---|---|---|---|---|---|---|"]
    for row in result["estimation"]:
        share = f"{100 * row['share_of_limit']:.1f} %" if "share_of_limit" in row else "–"
        lines.append(f"| {row['task']} | {1000 * row['wall_s']:.1f} | {1000 * row['cpu_s']:.1f} | {row['peak_mb']:.1f} | {row['baseline']} | "
                     f"{row['baseline_s']:.3g} | {row['ratio']:.0f} | {share} |")
    lines += ["", "| other methods, wholly ours | wall, ms | CPU, ms | peak, MB |", "|---|---|---|---|"]
    for row in result["other_methods"]:
        lines.append(f"| {row['task']} | {1000 * row['wall_s']:.1f} | {1000 * row['cpu_s']:.1f} | {row['peak_mb']:.1f} |")
    lines += ["", "| page | requests/s | p99, ms | held, MB | baseline | its requests/s | its p99, ms | share of it |", "|---|---|---|---|---|---|---|---|"]
    for row in result["pages"]:
        lines.append(f"| {row['task']} | {row['requests_s']:.0f} | {row['p99_ms']:.1f} | {row['held_mb']:.0f} | {row['baseline']} | "
                     f"{row['baseline_requests_s']:.0f} | {row['baseline_p99_ms']:.1f} | {100 * row['ratio']:.0f} % |")
    return "\n".join(lines + ["", *seminar_lines(result["seminars"])]) + "\n"


def seminar_lines(found):
    page, rush, entry = found["page"], found["signups"], found["signs_in"]
    return [f"- {page['task']}: {page['requests_s']:.0f} requests/s, p99 {page['p99_ms']:.1f} ms, {page['held_mb']:.0f} MB held by all processes "
            f"(load before it {page['load_before']:.1f}).",
            f"- {rush['task']}, each on disk when answered: {rush['signups_s']:.0f} sign-ups/s; {rush['baseline']}: {rush['baseline_s']:.0f}/s "
            f"(load {rush['load_before']:.1f}).",
            f"- {entry['task']}, each over a connection of its own: {entry['checked']} passwords checked, two at a time, {entry['asked_to_come_back']} asked to come "
            f"back (429), all answered in {entry['wall_s']:.0f} s. At most {entry['peak_mb']:.0f} MB held by all processes, {entry['held_before_mb']:.0f} MB before. The seminar's page "
            f"was asked for {entry['page_n']} times meanwhile: median {entry['page_median_ms']:.0f} ms, the slowest {entry['page_worst_ms']:.0f} ms "
            f"(load {entry['load_before']:.1f})."]


def seminars_alone(folder):
    result = {"date": time.strftime("%Y-%m-%d"), "machine": processes.machine(folder), "seminars": seminars(folder)}
    m = result["machine"]
    text = "\n".join(["# What guests cost", "", f"Made by `tests/bench/bench.py --seminars` on {result['date']}: {m['cpu']}, {m['cores']} cores, shared with the clients "
                      "that measure. The load is that of the last minute, of everything on the machine; at more than 1 something else took part.", "",
                      *seminar_lines(result["seminars"])]) + "\n"
    if not QUICK:
        (OUT / "seminars.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
        (OUT / "seminars.md").write_text(text, encoding="utf-8")
    print(text)


def main():
    needed = ["wrk", "gcc"] if "--seminars" in sys.argv else ["r-base-core", "wrk", "nginx-light", "gcc"]
    subprocess.run([ROOT / ".ci/need", *needed], check=True)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="lykta-bench-"))
    try:
        if "--seminars" in sys.argv:
            seminars_alone(folder)
            return
        found = processes.machine(folder)
        version = subprocess.run([LYKTA, "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
        result = {"date": time.strftime("%Y-%m-%d"), "version": version, "machine": found,
                  "estimation": estimation(found, folder), "other_methods": other_methods(folder), "pages": pages(folder),
                  "seminars": seminars(folder)}
    finally:
        shutil.rmtree(folder)
    text = markdown(result)
    if not QUICK:
        OUT.mkdir(parents=True, exist_ok=True)
        (OUT / "bench.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
        (OUT / "bench.md").write_text(text, encoding="utf-8")
        (OUT / "bench.svg").write_text(plot.drawing(result), encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()

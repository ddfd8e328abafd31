#!/usr/bin/env python3
"""Measures what a report and its publication cost: ./tests/bench/report_bench.py. Results go to docs/measurements/report.json.

The report is the example city's, alone and beside earlier rounds of invented figures; its page is drawn in one process, and served with its style sheet. The mapping that is published has five lists and two
columns of categories, 14,580 published cells, filled by chance from a seed; ten others are published before, of seven years and two divisions of the city, with
corrections, and the new one is audited beside each. Needs build/ (meson setup build --buildtype=release), gcc and weasyprint; everything runs on one thread.
"""
import csv
import itertools
import json
import os
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
LYKTA = BUILD / "src/lykta"
EXAMPLE = ROOT / "src/mapping/example"
OUT = ROOT / "docs/measurements/report.json"
LIMITS = {"page_bytes": 50_000, "html_ms": 5, "xlsx_ms": 100, "pdf_s": 3, "publish_s": 120}
EARLIER = 10
PEOPLE = 20_000


def run(*arguments, **more):
    return subprocess.run([str(a) for a in arguments], check=True, capture_output=True, text=True, **more).stdout


def compile_bench(folder, name):
    libraries = run("pkg-config", "--libs", "libsodium", "sqlite3", "libpq", "inih", "jansson", "libutf8proc", "libcrypto", "xlsxwriter", "icu-i18n", "libcmark", "libqrencode").split() + ["-lzxcvbn"]
    run("gcc", "-O2", "-std=c17", "-D_GNU_SOURCE", f"-I{ROOT}/lib", f"-I{ROOT}/src", f"-I{BUILD}/src", ROOT / f"tests/bench/{name}.c",
        "-Wl,--start-group", BUILD / "src/liblykta-src.a", BUILD / "lib/liblykta.a", "-Wl,--end-group", *libraries, "-lglpk", "-lm", "-lpthread",
        "-o", folder / name)
    return folder / name


def scaled(folder, factor):
    """The example's histories with every count `factor` times as large."""
    rows = list(csv.reader((EXAMPLE / "uk2013.csv").read_text(encoding="utf-8").splitlines()))
    path = folder / f"times-{factor}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([rows[0], *([*row[:-1], round(int(row[-1]) * factor)] for row in rows[1:])])
    return path


def rounds(folder):
    """The example city with its release and four more, each of a later year; the folders, the latest first."""
    city = folder / "city"
    run(LYKTA, "demo", city)
    for year, factor in ((2014, 1.1), (2015, 1.2), (2016, 1.15), (2017, 1.4)):
        run(LYKTA, "publish", city, scaled(folder, factor), "--names", EXAMPLE / "names.csv", "--period", year, "--title", f"Mätning {year}",
            "--title-en", f"Measurement {year}", "--example", "--approve")
    return sorted((city / "files/releases").iterdir(), reverse=True)


def pdf(folder, releases):
    return {**middle([LYKTA, "report", *releases, "-o", folder / "report.pdf"]), "bytes": (folder / "report.pdf").stat().st_size}


def served(city, names):
    """Bytes of each report's page with the style sheet it names, as they are without compression."""
    server = subprocess.Popen([LYKTA, "serve", city, "--listen", "127.0.0.1:18096"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        server.stdout.readline()
        get = lambda path: urllib.request.urlopen("http://127.0.0.1:18096" + path).read()
        pages = [get(f"/kartlaggning/{name}") for name in names]
        return [{"page_bytes": len(page), "style_bytes": len(get(re.search(rb'href="(/a/[^"]+\.css)"', page).group(1).decode()))} for page in pages]
    finally:
        server.terminate()
        server.wait()


def histories(folder, year, areas):
    """People by chance: each is on a list or not, more rarely on the later ones, is in an area, and has a form. A year has its own seed."""
    chance = random.Random(year)
    lists, forms = "ABCDE", ["work", "sex", "crime", "other"]
    count = {}
    for _ in range(PEOPLE + 300 * (year - 2020)):
        on = tuple(int(chance.random() < 0.55 - 0.05 * i) for i in range(len(lists)))
        if any(on):
            key = (*on, chance.choice(areas), chance.choices(forms, (5, 3, 2, 1))[0])
            count[key] = count.get(key, 0) + 1
    rows, names = folder / f"{year}.csv", folder / f"{year}-names.csv"
    with rows.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([[*lists, "area", "form", "count"], *([*key, n] for key, n in sorted(count.items()))])
    codes = [(c, "") for c in (*lists, "area")] + [(f"area={a}", 9000) for a in areas] + [(c, "") for c in ("form", *(f"form={f}" for f in forms))]
    with names.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([["code", "sv", "en", "residents"], *([c, c, c, n] for c, n in codes)])
    return year, rows, names


def mappings(folder):
    """Seven earlier years, one of them corrected, the first three by another division of the city; and two versions of the last year, of which a third is measured."""
    before, after = [f"a{i:02}" for i in range(1, 10)], [f"b{i:02}" for i in range(1, 12)]
    years = [histories(folder, year, before if year < 2021 else after) for year in range(2018, 2026)]
    steps = [*years[:5], years[4], *years[5:], years[-1], years[-1]]
    assert len(steps) == EARLIER + 1
    return steps


def cells_of(city):
    with (city / "files/releases/1281-2025/cube.csv").open(encoding="utf-8") as cube:
        people = [int(row["people"]) for row in csv.DictReader(cube)]
    return {"cells": len(people), "above_0": sum(n > 0 for n in people)}


def publication(bench, folder):
    found = json.loads(run(bench, "publish", folder, *(part for step in mappings(folder) for part in step)))
    return {**found, **cells_of(folder / "city")}


def tables(folder):
    """The synthetic tables of tests/data/disclosure with a row for every cell: A of 2,340 cells with all sums, B of 31,200."""
    def profile(row):
        child = row["age"] in ("0-14", "15-17")
        return f"{'man' if row['gender'] == 'man' else 'woman'}_{'child' if child else row['age']}"

    for name, rest in (("family_a", {"profile": profile}), ("family_b", {c: lambda row, c=c: row[c] for c in ("gender", "age", "period")})):
        with (ROOT / f"tests/data/disclosure/{name}_input.csv").open(encoding="utf-8") as file:
            people = list(csv.DictReader(file))
        keys = [((row["district"], row["area"]), (row["form"], row["fgroup"]), *(of(row) for of in rest.values()), int(row["freq"])) for row in people]
        count = {}
        for *key, n in keys:
            count[tuple(key)] = count.get(tuple(key), 0) + n
        sides = [sorted({key[i] for key in count}) for i in range(len(rest) + 2)]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            write = csv.writer(out, lineterminator="\n")
            write.writerow(["district", "area", "form", "fgroup", *rest, "count"])
            write.writerows([*key[0], *key[1], *key[2:], count.get(key, 0)] for key in itertools.product(*sides))


def protection(folder):
    """Whole processes, the middle of five and the ledger once: read, work out, attack their own table, write. Table A hides too much of too little to be
    suppressed safely, which is found and refused (exit status 1)."""
    tables(folder)
    (folder / "key").write_text("1" * 64 + "\n")
    rows = {}
    for name in ("family_a", "family_b"):
        made = folder / f"{name}-0.csv"
        protect = [LYKTA, "protect", folder / f"{name}.csv", "--groups", "district=area,form=fgroup", "--key", folder / "key", "--id", f"1281/2025/{name}"]
        rows[f"{name}: cube"] = middle([*protect, "-o", made])
        rows[f"{name}: attacked"] = middle([LYKTA, "attack", made])
    rows["family_a: suppressed and attacked"] = middle([LYKTA, "protect", folder / "family_a.csv", "-o", folder / "hidden.csv", "--method", "suppress",
                                                        "--groups", "district=area,form=fgroup"])
    for i in range(1, EARLIER + 1):
        shutil.copy(folder / "family_a-0.csv", folder / f"family_a-{i}.csv")
    rows[f"family_a: attacked with {EARLIER} earlier, all together"] = middle([LYKTA, "attack", *sorted(folder.glob("family_a-*.csv"))], 1)
    return rows


def middle(arguments, runs=5):
    rows = []
    for _ in range(runs):
        begun = time.perf_counter()
        child = subprocess.Popen([str(a) for a in arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        rows.append((time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)))
    return {"median_ms": round(1000 * statistics.median(r[0] for r in rows)), "cpu_ms": round(1000 * statistics.median(r[1] for r in rows)),
            "peak_mb": round(max(r[2] for r in rows)), "exit_status": rows[0][3]}


def machine():
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8") if line.startswith("model name")), "?")
    return {"cpu": cpu, "load_before": float(open("/proc/loadavg", encoding="utf-8").read().split()[0])}


def main():
    result = {"date": time.strftime("%F"), "machine": machine(), "limits": LIMITS}
    folder = pathlib.Path(tempfile.mkdtemp(prefix="lykta-report-"))
    try:
        bench = compile_bench(folder, "report")
        releases = rounds(folder)
        oldest = releases[-1]
        weights = served(folder / "city", [oldest.name, releases[0].name])
        result["alone"] = {**json.loads(run(bench, "page", oldest)), "pdf": pdf(folder, [oldest]), "served": weights[0]}
        result["beside_earlier"] = {**json.loads(run(bench, "page", *releases)), "pdf": pdf(folder, releases), "served": weights[1]}
        (folder / "new").mkdir()
        result["publication"] = publication(bench, folder / "new")
        result["protection"] = protection(folder)
        result["protection_parts"] = json.loads(run(compile_bench(folder, "protect"), "district=area,form=fgroup", folder / "family_a.csv", folder / "family_b.csv"))
    finally:
        shutil.rmtree(folder)
    OUT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()

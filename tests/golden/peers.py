"""What other programs answer on published tables, and what this one does: docs/methods/peers.md is made from both.

usage: peers.py LYKTA ROOT [--write]    without --write fails when the page is not what would be written
"""
import csv
import json
import pathlib
import subprocess
import sys

TABLES = ["UKdat_4", "UKdat_5", "UKdat", "Ned_5", "Ned", "HIV_Rome"]


def rows_of(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def people(x):
    return "–" if x is None else f"{float(x):,.0f}"


def ours(lykta, table, *arguments):
    done = subprocess.run([lykta, "estimate", table, "--json", "--replicates", "0", *arguments], capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())
    return json.loads(done.stdout)


def stepwise_rows(lykta, data):
    theirs = {r["dataset"]: r for r in rows_of(data / "stepwise_sparsemse.csv") if float(r["pthresh"]) == 0.02}
    for table in TABLES:
        answer = ours(lykta, data / f"{table}.csv")
        yield f"| {table} | stepwise, threshold 0.02 | SparseMSE | {people(theirs[table]['Nhat'])} | {people(answer['nhat'])} |"


def bic_rows(lykta, data):
    for table in TABLES:
        path = data / f"bic_mse2026_{table}.csv"
        answer = ours(lykta, data / f"{table}.csv", "--method", "bic")
        best = rows_of(path)[0] if path.exists() else None
        yield (f"| {table} | best BIC of all models | MultipleSystemsEstimation | "
               f"{people(best['abundance']) + ' ' + best['model'] if best else 'no answer stored'} | "
               f"{people(answer['nhat'])} {answer['model']['name']} |")


def graph_rows(lykta, data):
    widest = {}
    for row in rows_of(data / "dga_posterior.csv"):
        if float(row["delta"]) < 0.1:
            widest[row["dataset"]] = row
    for table in TABLES:
        answer = ours(lykta, data / f"{table}.csv", "--method", "graphs")
        row = widest.get(table)
        theirs = f"{people(row['median'])} ({people(row['q025'])} to {people(row['q975'])})" if row else "stops at 5 lists"
        yield (f"| {table} | decomposable graphs, 95 % | dga, 10,001 points | {theirs} | "
               f"{people(answer['nhat'])} ({people(answer['ci95'][0])} to {people(answer['ci95'][1])}) |")


def class_rows(lykta, data):
    for table in ["Artificial_3", "UKdat_4", "HIV_Rome"]:
        listed = json.loads(subprocess.run([lykta, "estimate", data / f"{table}.csv", "--models", "1000", "--json"],
                                           capture_output=True, check=True).stdout)
        status = {m["model"]: m["status"] for m in listed}
        for row in rows_of(data / f"estimability_{table}.csv"):
            if status[row["model"]] != "finite":
                yield (f"| {table} | model {row['model']} | Rcapture | {people(row['rcapture_N'])} | "
                       f"no number: {status[row['model']]} |")


def unequal_rows(lykta, data):
    """Models of people who differ, without pairs: threshold 0 leaves each alone."""
    for table in ["UKdat_4", "UKdat_5", "Ned_5", "HIV_Rome", "Artificial_3"]:
        theirs = {r["model"]: r for r in rows_of(data / f"closedp_t_{table}.csv")}
        answer = ours(lykta, data / f"{table}.csv", "--method", "unequal", "--threshold", "0")
        found = {answer["model"]["name"]: answer["nhat"]} if answer["model"] else {}
        found.update((other["model"], other["nhat"]) for other in answer["alternatives"])
        for shape, name in (("Poisson", "Mth Poisson2"), ("Darroch", "Mth Darroch"), ("Gamma", "Mth Gamma3.5")):
            same = [nhat for model, nhat in found.items() if model.endswith(f"+ {shape}")]
            told = people(same[0]) if same else "refused: one pair of lists has anybody in common"
            yield f"| {table} | people differ, {shape} | Rcapture | {people(theirs[name]['abundance'])} | {told} |"


def page(lykta, data):
    lines = ["# Ours beside theirs", "",
             "Made by `tests/golden/peers.py` from the answers of other programs in `tests/data/mse` and from this program; a test holds the",
             "page to them. Figures are people in all. Where a model's likelihood only rises towards an infinite, or towards no, number of",
             "unseen people, other programs print where their iteration stopped; this one says which.", "",
             "| table | what | program | theirs | ours |", "|---|---|---|---|---|"]
    for rows in (stepwise_rows, bic_rows, graph_rows, unequal_rows, class_rows):
        lines += rows(lykta, data)
    return "\n".join(lines) + "\n"


def main():
    lykta, root = sys.argv[1], pathlib.Path(sys.argv[2])
    text = page(lykta, root / "tests/data/mse")
    path = root / "docs/methods/peers.md"
    if "--write" in sys.argv:
        path.write_text(text, encoding="utf-8")
    elif path.read_text(encoding="utf-8") != text:
        raise SystemExit("docs/methods/peers.md is not what peers.py --write makes")


if __name__ == "__main__":
    main()

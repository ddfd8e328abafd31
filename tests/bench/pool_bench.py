#!/usr/bin/env python3
"""Measures pooling: ./tests/bench/pool_bench.py [CITIES] (290). Results go to docs/measurements/pool.json.

The releases are the example city's (six lists, 80 kB), each with another municipality, its figures scaled by chance, and signed anew
with a key of its own: their figures say nothing of any place. The baseline is sha256sum over the same files.
"""
import base64
import hashlib
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
LYKTA = ROOT / "build/src/lykta"
OUT = ROOT / "docs/measurements/pool.json"
RUNS = 5


def measure(arguments):
    start = time.perf_counter()
    child = subprocess.Popen([str(a) for a in arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"{arguments[:2]}: failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def best(arguments):
    rows = [measure(arguments) for _ in range(RUNS)]
    return min(r[0] for r in rows), max(r[1] for r in rows)


def sign(folder, manifest):
    key = folder / "key.pem"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", key], check=True)
    (folder / "manifest.json").write_bytes(manifest)
    signature = subprocess.run(["openssl", "pkeyutl", "-sign", "-inkey", key, "-rawin", "-in", folder / "manifest.json"],
                               check=True, capture_output=True).stdout
    public = subprocess.run(["openssl", "pkey", "-in", key, "-pubout"], check=True, capture_output=True, text=True).stdout
    public = base64.b64decode("".join(public.splitlines()[1:-1]))[-32:].hex()
    key.unlink()
    (folder / "manifest.sig").write_text(f"lykta-signature 1\npublic-key {public}\nmanifest-sha256 "
                                         f"{hashlib.sha256(manifest).hexdigest()}\nsignature {signature.hex()}\n")
    return public


def town(source, folder, code, chance):
    shutil.copytree(source, folder)
    estimate = json.loads((folder / "estimate.json").read_text())
    middle = round(estimate["seen"]["people"] * chance.lognormvariate(1.2, 0.4), -2)
    estimate |= {"status": "estimate", "reason": None, "range": None, "nhat": int(middle),
                 "ci95": [int(middle * 0.7 // 10 * 10), int(middle * 1.5 // 10 * 10)],
                 "ci80": [int(middle * 0.8 // 10 * 10), int(middle * 1.3 // 10 * 10)]}
    (folder / "estimate.json").write_text(json.dumps(estimate))
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest |= {"municipality": code, "city": f"Ort {code} (exempel)", "name": f"{code}-2013"}
    for entry in manifest["files"]:
        content = (folder / entry["name"]).read_bytes()
        entry |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    return sign(folder, json.dumps(manifest, indent=2).encode())


def main():
    cities = int(sys.argv[1]) if len(sys.argv) > 1 else 290
    chance = random.Random(1)
    with tempfile.TemporaryDirectory(prefix="lykta-pool-") as name:
        folder = pathlib.Path(name)
        subprocess.run([LYKTA, "demo", folder / "demo"], check=True, stdout=subprocess.DEVNULL)
        source = next((folder / "demo/files/releases").iterdir())
        codes = [f"{1000 + i}" for i in range(cities)]
        keys = [town(source, folder / code, code, chance) for code in codes]
        (folder / "keys.csv").write_text("municipality,key\n" + "".join(f"{c},{k}\n" for c, k in zip(codes, keys)))
        (folder / "people.csv").write_text("municipality,year,population\n" +
                                           "".join(f"{c},2013,{chance.randint(5000, 500000)}\n" for c in codes))
        files = [f for code in codes for f in (folder / code).rglob("*") if f.is_file()]
        wall, peak = best([LYKTA, "pool", *[folder / c for c in codes], "--trust", folder / "keys.csv", "--population",
                           folder / "people.csv", "-o", folder / "pooled.json"])
        baseline, _ = best(["sha256sum", *files])
        result = {"date": time.strftime("%Y-%m-%d"), "cities": cities, "bytes": sum(f.stat().st_size for f in files), "runs": RUNS,
                  "wall_s": round(wall, 3), "peak_mb": round(peak, 1), "baseline": "sha256sum over the same files",
                  "baseline_s": round(baseline, 3), "limit_s": 2, "limit_mb": 200}
    OUT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()

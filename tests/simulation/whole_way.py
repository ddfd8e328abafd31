"""From agencies' lists to a published mapping, by commands alone and with no network: whole_way.py LYKTA SIMULATE FEBRL-FOLDER
Two agencies with febrl4's people (of 5,000 each holds a known part) and three with a simulated city's: keys, digits, secret, sealed lists,
histories, estimate, release. The number of people is known, and must lie within the limits that are told."""
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

LYKTA, SIMULATE, FEBRL = (pathlib.Path(x).resolve() for x in sys.argv[1:4])


def lykta(where, *words):
    done = subprocess.run([LYKTA, *words], cwd=where, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"lykta {' '.join(words)}: {done.returncode}\n{done.stderr}")
    return done.stdout


def part_of_febrl(name, salt, share, out):
    """`share` of the file's people, by a hash of each one's number and `salt`: being on one list says nothing of the other."""
    rows = (FEBRL / name).read_text(encoding="utf-8").splitlines()
    place = lambda row: hashlib.sha256(f"{salt} {row.split('-')[1]}".encode()).digest()[0] / 256
    kept = [row for row in rows[1:] if place(row) < share]
    out.write_text("\n".join([rows[0], *kept]) + "\n", encoding="utf-8")


def febrl(folder):
    part_of_febrl("febrl4a.csv", "a", 0.5, folder / "list1.csv")
    part_of_febrl("febrl4b.csv", "b", 0.4, folder / "list2.csv")
    return 5000, 2


def simulated(folder):
    subprocess.run([SIMULATE, "--people", "900", "--shares", "0.4,0.35,0.3", "--errors", "careful", "--seed", "11", folder], check=True)
    return 900, 3


def agencies_encode(folder, lists):
    """Each agency in a folder of its own; what they hand to one another is all that they see."""
    schema = json.loads(lykta(folder, "encode", "--guess", "list1.csv"))
    (folder / "schema.json").write_text(json.dumps({**schema, "project": "Exempelstaden", "round": "1"}), encoding="utf-8")
    lykta(folder, "keys", "make", "--name", "Länkaren (exempel)", "-o", "linker.key")
    for i in range(1, lists + 1):
        lykta(folder, "keys", "make", "--name", f"Lista {i} (exempel)", "-o", f"{i}.key")
    agreed = ("--schema", "schema.json", "--reader", "linker.pub")
    keys = [f"{i}.pub" for i in range(1, lists + 1)]
    lykta(folder, "keys", "share", *agreed, "--key", "1.key", *keys, "-o", "round.keys")
    for i in range(1, lists + 1):
        digits = lykta(folder, "keys", "digits", *agreed, *keys).strip()
        lykta(folder, "keys", "take", "--schema", "schema.json", "--key", f"{i}.key", "--digits", digits, "round.keys", "-o", f"{i}.secret")
        lykta(folder, "encode", "--schema", "schema.json", "--secret", f"{i}.secret", f"list{i}.csv", "-o", f"{i}.clk")


def walk(name, make):
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        people, lists = make(folder)
        agencies_encode(folder, lists)
        sealed = [f"{i}.clk" for i in range(1, lists + 1)]
        lykta(folder, "link", "--key", "linker.key", *sealed, "--imputations", "20", "-o", "histories.csv")
        told = json.loads(lykta(folder, "estimate", "histories.csv", "--json"))
        low, high = told["ci95"]
        print(f"{name}: {people} people, {told['n']} seen, told {told['nhat']:.0f} ({low:.0f} to {high:.0f})")
        assert low <= people <= high, "the number of people is outside the limits"
        lykta(folder, "init", "city", "--name", "Exempelstad", "--municipality", "1281")
        lykta(folder, "publish", "city", "histories.csv", "--period", "2025", "--title", "Exempel", "--title-en", "Example", "--example", "--approve")
        release = next((folder / "city/files/releases").iterdir())
        lykta(folder, "verify", str(release))
        shown = json.loads((release / "estimate.json").read_text(encoding="utf-8"))
        assert shown["interval"] == "rubin" and abs(shown["nhat"] / told["nhat"] - 1) < 0.1, "the release tells another number"
        names = [row.split(",")[1].strip() for row in (folder / "list1.csv").read_text(encoding="utf-8").splitlines()[1:40] if "," in row]
        for file in folder.joinpath("city").rglob("*"):
            content = file.read_bytes() if file.is_file() else b""
            assert not any(len(n) > 6 and n.encode() in content for n in names), f"a name is in {file}"


walk("febrl4", febrl)
walk("a simulated city", simulated)

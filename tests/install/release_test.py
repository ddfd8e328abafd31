"""A release is made of this commit: two builds are the same bytes, its list of hashes is signed, and what was changed in it is found.
usage: release_test.py RELEASE.py. Builds the package twice: some ten minutes."""
import json
import pathlib
import subprocess
import sys
import tempfile

VERIFY = "openssl pkeyutl -verify -pubin -inkey ../key.pub -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig && sha256sum --quiet -c SHA256SUMS"


def shell(line, folder):
    return subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, text=True, check=False)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        shell("openssl genpkey -algorithm ed25519 -out key && openssl pkey -in key -pubout -out key.pub", folder)
        made = subprocess.run([sys.executable, sys.argv[1], folder / "key", folder / "release", "--rehearsal"], capture_output=True, text=True, check=False)
        if made.returncode != 0:
            print(f"not ok 1 - two builds are the same bytes: {made.stderr}")
            return 1
        names = sorted(path.name for path in (folder / "release").iterdir())
        package = next(path for path in (folder / "release").glob("*.deb"))
        told = json.loads(package.with_suffix(".spdx.json").read_text(encoding="utf-8"))
        is_whole = shell(VERIFY, folder / "release").returncode == 0
        package.write_bytes(package.read_bytes()[:-1] + b"x")
        is_found = shell(VERIFY, folder / "release").returncode != 0
    facts = {"two builds are the same bytes": True, f"the release is whole: {names}": is_whole and len(names) == 5,
             "a changed byte is found": is_found, f"what it is made of is told: {len(told['packages'])} packages": len(told["packages"]) > 30}
    for number, (fact, holds) in enumerate(facts.items(), 1):
        print(f"{'ok' if holds else 'not ok'} {number} - {fact}")
    return 0 if all(facts.values()) else 1


if __name__ == "__main__":
    sys.exit(main())

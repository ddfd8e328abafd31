"""The list of what a package is made of names the package by its hash, each library in its version, and nothing twice. usage: sbom_test.py SBOM.py"""
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

CONTROL = """Package: lykta
Version: 0.1.0
Architecture: amd64
Maintainer: Lykta <lykta@example.org>
Depends: libc6 (>= 2.35), libsodium23 (>= 1.0.18), adduser
Description: example
"""
BUILDINFO = """Format: 1.0
Source: lykta
Installed-Build-Depends:
 gcc (= 4:12.2.0-3),
 libc6 (= 2.36-9+deb12u14),
 libsodium23 (= 1.0.18-1+deb12u1),
Environment:
 LANG="C.UTF-8"
 SOURCE_DATE_EPOCH="1795651200"
"""


def made(sbom, folder):
    (folder / "lykta/DEBIAN").mkdir(parents=True)
    (folder / "lykta/DEBIAN/control").write_text(CONTROL, encoding="ascii")
    (folder / "lykta.buildinfo").write_text(BUILDINFO, encoding="ascii")
    subprocess.run(["dpkg-deb", "--root-owner-group", "-b", "lykta", "lykta.deb"], cwd=folder, check=True, capture_output=True)
    run = lambda: subprocess.run([sys.executable, sbom, folder / "lykta.deb", folder / "lykta.buildinfo"], check=True, capture_output=True).stdout
    return run(), run(), hashlib.sha256((folder / "lykta.deb").read_bytes()).hexdigest()


def main():
    with tempfile.TemporaryDirectory() as folder:
        first, second, digest = made(sys.argv[1], pathlib.Path(folder))
    told = json.loads(first)
    version = {package["name"]: package["versionInfo"] for package in told["packages"]}
    ids = [package["SPDXID"] for package in told["packages"]] + [told["SPDXID"]]
    relations = {(row["spdxElementId"], row["relationshipType"], row["relatedSpdxElement"]) for row in told["relationships"]}
    facts = {
        "the same package gives the same bytes": first == second,
        "the package is named by its hash": told["packages"][0]["checksums"] == [{"algorithm": "SHA256", "checksumValue": digest}],
        "the time is that of the changelog": told["creationInfo"]["created"] == "2026-11-26T00:00:00Z",
        "each library has the version it was built with": (version["libc6"], version["libsodium23"]) == ("2.36-9+deb12u14", "1.0.18-1+deb12u1"),
        "what it needs is told from what built it": ("SPDXRef-lykta", "DEPENDS_ON", "SPDXRef-libsodium23") in relations
        and ("SPDXRef-gcc", "BUILD_DEPENDENCY_OF", "SPDXRef-lykta") in relations,
        "nothing stands twice, and every relation is between what is there": len(ids) == len(set(ids))
        and all(one in ids and other in ids for one, _, other in relations),
    }
    for number, (fact, holds) in enumerate(facts.items(), 1):
        print(f"{'ok' if holds else 'not ok'} {number} - {fact}")
    return 0 if all(facts.values()) else 1


if __name__ == "__main__":
    sys.exit(main())

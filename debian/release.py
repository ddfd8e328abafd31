#!/usr/bin/env python3
"""A release: the package, what it is made of, the source, and a signed list of their hashes. debian/release.py KEY.pem FOLDER [--rehearsal]

The package is built twice, in folders of other names, at other times, in another time zone and with another umask, and refused when one
byte differs. KEY.pem is an Ed25519 key of the maintainers (openssl genpkey -algorithm ed25519); who has its public half checks a release with

    openssl pkeyutl -verify -pubin -inkey lykta-release.pub -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig && sha256sum -c SHA256SUMS

The tree must be as it was committed, and tagged with the version; --rehearsal leaves the tag out.
"""
import argparse
import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
# What must make no difference.
BUILDS = [("first", {"TZ": "UTC", "LC_ALL": "C.UTF-8", "DEB_BUILD_OPTIONS": "nocheck parallel=2"}, 0o022),
          ("second-in-another-folder", {"TZ": "Asia/Tokyo", "LC_ALL": "C", "DEB_BUILD_OPTIONS": "nocheck parallel=1"}, 0o077)]


class Refused(Exception):
    pass


def told(words, **more):
    done = subprocess.run(words, capture_output=True, check=False, **more)
    if done.returncode != 0:
        raise Refused(f"{words[0]}: {(done.stdout + done.stderr)[-3000:].decode(errors='replace')}")
    return done.stdout


def version():
    return told(["dpkg-parsechangelog", "-S", "Version"], cwd=ROOT).decode().strip()


def check_tree(is_rehearsal):
    changed = told(["git", "status", "--porcelain"], cwd=ROOT).decode()
    if changed:
        raise Refused(f"the tree is not as it was committed:\n{changed}")
    tags = told(["git", "tag", "--points-at", "HEAD"], cwd=ROOT).decode().split()
    if not is_rehearsal and f"v{version()}" not in tags:
        raise Refused(f"this commit has no tag v{version()}")


def build(source, folder, environment, umask):
    """The folder that holds the package, built from the source in `folder`."""
    tree = folder / f"lykta-{version()}"
    tree.mkdir(parents=True)
    told(["tar", "x", "-C", str(tree)], input=source)
    told(["dpkg-buildpackage", "-us", "-uc", "-b"], cwd=tree, umask=umask,
         env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": os.environ["HOME"], **environment})
    return folder


def build_twice(source, folder):
    """The package and its .buildinfo, of the first of two builds that are the same."""
    folders = [build(source, folder / name, environment, umask) for name, environment, umask in BUILDS]
    name = f"lykta_{version()}_{told(['dpkg', '--print-architecture']).decode().strip()}"
    first, second = [(one / f"{name}.deb").read_bytes() for one in folders]
    if first != second:
        raise Refused(f"two builds differ: diffoscope {folders[0] / name}.deb {folders[1] / name}.deb says where")
    return folders[0] / f"{name}.deb", folders[0] / f"{name}.buildinfo"


def sums(folder):
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(folder.iterdir())]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="ascii")


def release(key, folder, is_rehearsal):
    check_tree(is_rehearsal)
    source = told(["git", "archive", "--format=tar", "HEAD"], cwd=ROOT)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="lykta-release-") as work:
        deb, buildinfo = build_twice(source, pathlib.Path(work))
        (folder / deb.name).write_bytes(deb.read_bytes())
        (folder / f"{deb.stem}.spdx.json").write_bytes(told([sys.executable, str(ROOT / "debian/sbom.py"), str(deb), str(buildinfo)]))
    (folder / f"lykta_{version()}.tar.gz").write_bytes(told(["gzip", "-9n"], input=source))
    sums(folder)
    told(["openssl", "pkeyutl", "-sign", "-inkey", str(key), "-rawin", "-in", "SHA256SUMS", "-out", "SHA256SUMS.sig"], cwd=folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("key", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--rehearsal", action="store_true")
    o = parser.parse_args()
    try:
        release(o.key.resolve(), o.folder.resolve(), o.rehearsal)
    except Refused as fault:
        print(fault, file=sys.stderr)
        return 1
    print("\n".join(str(path) for path in sorted(o.folder.iterdir())))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The packages that are tried: of this commit, and of one before it."""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "debian"))
from release import BUILDS, build, told  # noqa: E402

MIGRATION = "-G^-- [0-9]{4} "  # of git log: the commits with a first line of one


def package_of(commit, folder):
    """Built from the files of `commit`."""
    source = told(["git", "archive", "--format=tar", commit], cwd=ROOT)
    _, environment, umask = BUILDS[0]
    return next(path for path in build(source, folder, environment, umask).glob("lykta_*.deb"))


def older(package, folder):
    """Under an earlier version, whatever it was."""
    told(["dpkg-deb", "-R", str(package), str(folder / "older")])
    told(["sed", "-i", r"s/^Version: \(.*\)/Version: \1~previous/", str(folder / "older/DEBIAN/control")])
    told(["dpkg-deb", "--root-owner-group", "-b", str(folder / "older"), str(folder / "older.deb")])
    return folder / "older.deb"


def asked(*question):
    done = subprocess.run(["git", *question], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def built(folder):
    """(new, old). Before the first tag the old one is the program before the newest migration, whose cities the new one must bring forward."""
    new = package_of("HEAD", folder / "new")
    tag = asked("describe", "--tags", "--abbrev=0", "--match", "v*", "HEAD^")
    if tag:
        return new, package_of(tag, folder / "old")
    newest = asked("log", "-1", "--format=%H", MIGRATION, "--", "*.sql")
    return new, older(package_of(newest + "^", folder / "old"), folder)

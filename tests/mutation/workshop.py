"""Builds the tests once, then links them anew with one changed file in front of the library that has it."""
import json
import pathlib
import shlex
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
# A test has run away when it takes so many times as long as it did without a fault, and this much beside.
TIMES_AS_LONG, PATIENCE_S, LONGEST_S = 5, 5, 1200
# The programs that this test calls, one of them beside itself.
CALLED = ["src/lykta", "tests/unit/portal/lykta-print"]
# What of a compiler's command names its own output or keeps count of headers.
WITH_A_VALUE, ALONE = ("-o", "-c", "-MQ", "-MF"), ("-MD",)
# The tests run under the sanitizers; what of them needs no library is asked of the changed file here, too.
TRAPS = ["-fsanitize=undefined", "-fsanitize-undefined-trap-on-error"]


def program(test):
    return f"tests/{test}_prop" if test.startswith("property/") else f"tests/unit/{test}_test"


class Workshop:
    """Changes nothing of the source: a faulty copy is compiled beside it. In `build` stays what is built; `folder` is for what is tried."""

    def __init__(self, build, folder):
        self.build, self.folder = build, folder
        if not (build / "build.ninja").exists():
            must(["meson", "setup", str(build), "--buildtype=plain", "-Dc_args=-O1", "-Dtests=enabled"])
        must(["ninja", "-C", str(build), "--quiet", "build.ninja"])
        self.compilers = {str((build / entry["file"]).resolve().relative_to(ROOT)): shlex.split(entry["command"]) for entry in self.ninja_json("-t", "compdb")
                          if (build / entry["file"]).resolve().is_relative_to(ROOT) and entry["output"].endswith(".c.o") and ".so" not in entry["output"]}

    def ninja_json(self, *words):
        return json.loads(must(["ninja", "-C", str(self.build), "--quiet", *words]))

    def linker(self, test, path):
        """The words that link a test, its own objects, and the libraries. What lies in lib needs nothing of src, so that src need not be built for it."""
        words = shlex.split(must(["ninja", "-C", str(self.build), "--quiet", "-t", "commands", "-s", program(test)]))
        own = [word for word in words if word.endswith(".c.o")]
        rest = [word for word in words if word not in own and not (path.startswith("lib/") and word.startswith("src/"))]
        return rest, own, [word for word in rest if word.endswith(".a")]

    def prepare(self, path, tests):
        """Builds what the tests are linked from."""
        self.path, self.tests, self.patience = path, tests, {}
        self.links = {test: self.linker(test, path) for test in tests}
        must(["ninja", "-C", str(self.build), "--quiet", *{part for _, own, libraries in self.links.values() for part in own + libraries},
              *(CALLED if "portal/access" in tests else [])])
        if not self.compiled(path, (ROOT / path).read_text(encoding="utf-8")):
            raise RuntimeError(f"{path}: does not compile as it is")
        (self.folder / "mutant.o").rename(self.folder / "right.o")

    def patience_with(self, test):
        """A test is run once as it is before it is asked, to see that it passes, and how long it takes."""
        if test not in self.patience:
            begun = time.monotonic()
            if not self.passes(test, "right.o", LONGEST_S):
                raise RuntimeError(f"{self.path}: {test} does not pass as it is")
            self.patience[test] = PATIENCE_S + TIMES_AS_LONG * (time.monotonic() - begun)
        return self.patience[test]

    def compiled(self, path, text):
        (self.folder / "mutant.c").write_text(text, encoding="utf-8")
        words, kept = iter(self.compilers[path]), []
        for word in words:
            if word in WITH_A_VALUE:
                next(words)
            elif word not in ALONE:
                kept.append(word)
        return subprocess.run([*kept, *TRAPS, "-o", self.folder / "mutant.o", "-c", self.folder / "mutant.c"], cwd=self.build, capture_output=True, check=False).returncode == 0

    def passes(self, test, changed, patience):
        """The test stands where it would without the fault: beside the programs that it calls."""
        rest, own, _ = self.links[test]
        at, path = rest.index("-o") + 1, self.build / f"{program(test)}-{self.folder.name}"
        must([*rest[:at], path, *own, self.folder / changed, *rest[at + 1:]], cwd=self.build)
        try:
            return subprocess.run([path], cwd=self.build, stdin=subprocess.DEVNULL, capture_output=True, timeout=patience, check=False).returncode == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            path.unlink()

    def fate(self, path, text):
        """"compiler", the test that noticed, or "" when nobody has."""
        if not self.compiled(path, text):
            return "compiler"
        return next((test for test in self.tests if not self.passes(test, "mutant.o", self.patience_with(test))), "")


def must(words, **more):
    done = subprocess.run(words, capture_output=True, text=True, check=False, **{"cwd": ROOT, **more})
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, words))}: {(done.stdout + done.stderr)[-3000:]}")
    return done.stdout

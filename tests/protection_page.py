"""docs/protection.md is short enough to be read, each of its statements has a test in docs/protection-tests.md, every test that is named is
there, and each of the twenty threats has a row and a test that runs.
"""
import pathlib
import re
import sys

THREATS = 20
WORDS = 1450  # three pages of A4 in 10 points


def tests(root):
    """The names of all tests in C that stand in their file's list of tests."""
    found = set()
    for path in [*root.glob("tests/unit/*/*.c"), *root.glob("tests/property/*.c")]:
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r"^static void (\w+)\(void \*\*state\)", text, re.M):
            if re.search(rf"[A-Z_]+\(\s*{name}\s*[,)]|cmocka_unit_test\w*\(\s*{name}\b", text):
                found.add(name)
    return found


def section(page, title):
    return page.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def statements(page, shown):
    told = [int(n) for n in re.findall(r"^(\d+)\. ", section(page, "Vad som skyddas"), re.M)]
    rows = [int(n) for n in re.findall(r"^\| (\d+) \| .*`[a-z0-9_]{10,}`", section(shown, "What is protected"), re.M)]
    if told != list(range(1, len(told) + 1)) or told != rows:
        yield f"docs/protection.md has the statements {told}, docs/protection-tests.md tests for {rows}"


def faults(root):
    page = (root / "docs/protection.md").read_text(encoding="utf-8")
    shown = (root / "docs/protection-tests.md").read_text(encoding="utf-8")
    known = tests(root)
    if len(page.split()) > WORDS:
        yield f"docs/protection.md has {len(page.split())} words: more than three pages"
    yield from statements(page, shown)
    for name in sorted(set(re.findall(r"`([a-z0-9]+(?:_[a-z0-9]+){2,})`", shown))):
        if name not in known and not name.endswith("_test"):
            yield f"docs/protection-tests.md names {name}: there is no such test"
    for number in range(1, THREATS + 1):
        if len(re.findall(rf"^\| {number} \| ", section(page, "Mot vem: de tjugo hoten"), re.M)) != 1:
            yield f"docs/protection.md: threat {number} has no row of its own"
        if not any(name.startswith(f"threat_{number}_") for name in known):
            yield f"threat {number} has no test"


def main():
    found = list(faults(pathlib.Path(sys.argv[1])))
    print("\n".join(found) or "every test that is named is there")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

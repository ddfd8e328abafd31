"""Every test that docs/protection.md names is there, and each of the twenty threats has a row and a test that runs."""
import pathlib
import re
import sys

THREATS = 20


def tests(root):
    """The names of all tests in C that stand in their file's list of tests."""
    found = set()
    for path in [*root.glob("tests/unit/*/*.c"), *root.glob("tests/property/*.c")]:
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r"^static void (\w+)\(void \*\*state\)", text, re.M):
            if re.search(rf"[A-Z_]+\(\s*{name}\s*[,)]|cmocka_unit_test\w*\(\s*{name}\b", text):
                found.add(name)
    return found


def faults(root):
    page = (root / "docs/protection.md").read_text(encoding="utf-8")
    known = tests(root)
    for name in sorted(set(re.findall(r"`([a-z0-9]+(?:_[a-z0-9]+){2,})`", page))):
        if name not in known and not name.endswith("_test"):
            yield f"docs/protection.md names {name}: there is no such test"
    for number in range(1, THREATS + 1):
        if len(re.findall(rf"^\|.*\| `threat_{number}` \|$", page, re.M)) != 1:
            yield f"docs/protection.md: threat {number} has no row of its own"
        if not any(name.startswith(f"threat_{number}_") for name in known):
            yield f"threat {number} has no test"


def main():
    found = list(faults(pathlib.Path(sys.argv[1])))
    print("\n".join(found) or "every test that is named is there")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

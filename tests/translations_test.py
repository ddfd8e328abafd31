"""A translation that has drifted is found, by whatever it drifted. usage: translations_test.py TRANSLATIONS.py"""
import pathlib
import sys

ENGLISH = """# A

Costs 10,000 and 0.5 of two; see [b](b.md), `x`.

    run --all   # now

- one

## C

| a | b |
|---|---|
| 1 | 2 |
| `c` | reader, dpo |
"""
SWEDISH = """# A

Kostar 10 000 och 0,5 av två; se [b](../b.md), `x`.

    run --all   # nu

- ett

## C

| a | b |
|---|---|
| 1 | 2 |
| `c` | läsare, dataskyddsombud |
"""
DRIFTED = {
    "a figure": ("10 000", "10 001"), "a decimal": ("0,5", "0,6"), "a number in words": ("två", "tre"), "a link": ("../b.md", "../c.md"),
    "a name of the program": ("`x`", "`y`"), "an option": ("--all", "--some"), "a heading's level": ("## C", "### C"),
    "an item more": ("- ett", "- ett\n- till"), "a paragraph that was left out": ("\n- ett\n", "\n"), "a row": ("| 1 | 2 |\n", ""),
    "a cell": ("| 1 | 2 |", "| 1 | 2 | 3 |"), "a paragraph at the end": ("ombud |\n", "ombud |\n\nMer.\n"),
    "a role": ("läsare, ", "medlem, "), "a role that was left out": ("läsare, ", ""),
}


def main():
    sys.path.insert(0, str(pathlib.Path(sys.argv[1]).parent))
    from translations import difference

    tried = [("what is the same passes", difference(ENGLISH, SWEDISH) is None)]
    for what, (was, becomes) in DRIFTED.items():
        assert was in SWEDISH
        tried.append((f"{what} is found", difference(ENGLISH, SWEDISH.replace(was, becomes)) is not None))
    for number, (fact, holds) in enumerate(tried, 1):
        print(f"{'ok' if holds else 'not ok'} {number} - {fact}")
    return 0 if all(holds for _, holds in tried) else 1


if __name__ == "__main__":
    sys.exit(main())

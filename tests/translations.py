"""A document in Swedish says what the English one says: translations.py SOURCE

Block by block, in order: the same headings by level, paragraphs, items, code and rows of tables; in each block the same figures, links and names
between backticks, and in a row that ends with roles the same roles. Code is the same but for its comments; of a drawing the lines and figures are.
What the words mean is for a reader who has both languages: this finds what was changed in one document alone. docs/sv/NAME.md is the Swedish of
docs/NAME.md."""
import itertools
import pathlib
import posixpath
import re
import sys

CELL = re.compile(r"(?<!\\)\|")
ITEM = re.compile(r"(?:[-*]|\d+\.) +")
COMMENT = re.compile(r"(?:^|\s+)# .*$")
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
FIGURE = re.compile(r"\d+(?:\.\d+)*")
IN_CODE = re.compile(r"`[^`]+`")

# A number that one of the languages writes as a word and the other must not leave out.
WORDS = {"en": ["two|twice", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
         "sv": ["två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"]}
THOUSANDS = {"en": re.compile(r"(?<=\d),(?=\d{3}(?!\d))"), "sv": re.compile(r"(?<=\d)[ \u00a0](?=\d{3}(?!\d))")}


# Who has a right, as the last cell of a row tells it.
ROLES = {"nobody": "ingen", "reader": "läsare", "half signed in": "halvvägs inloggad", "every role": "alla roller", "member": "medlem",
         "coordinator": "samordnare", "triage": "mottagare", "list-keeper": "listansvarig", "analyst": "analytiker", "approver": "godkännare",
         "programme-lead": "programledare", "auditor": "granskare", "dpo": "dataskyddsombud", "administrator": "administratör"}


class Block:
    def __init__(self, number, kind, line):
        self.number, self.kind, self.lines = number, kind, [line]

    def text(self):
        return "\n".join(self.lines)


def kind_of(line, before, is_after_blank):
    """Of a line by itself; None: it goes on with the block before."""
    is_in_item = before is not None and before.kind in ("item", "code of an item")
    if re.match(r"#{1,6} ", line):
        return f"heading of level {line.index(' ')}"
    if line.startswith("|"):
        return f"row of {len(CELL.findall(line)) - 1} cells"
    if ITEM.match(line):
        return "item"
    if is_in_item and line.startswith(" " * 7):
        return None if before.kind == "code of an item" else "code of an item"
    if is_in_item and line.startswith("  "):
        return None
    if line.startswith("    "):
        return None if before is not None and before.kind == "code" else "code"
    return None if before is not None and before.kind in ("paragraph", "item") and not is_after_blank else "paragraph"


def blocks(text):
    found, is_after_blank = [], True
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            is_after_blank = True
            continue
        before = found[-1] if found else None
        kind = kind_of(line, before, is_after_blank)
        if kind is None:
            before.lines.append(line)
        else:
            found.append(Block(number, kind, line))
        is_after_blank = False
    return found


def figures(text, language):
    plain = THOUSANDS[language].sub("", LINK.sub(lambda link: link[0].split("](")[0], IN_CODE.sub("", text)))
    if language == "sv":
        plain = re.sub(r"(?<=\d),(?=\d)", ".", plain)
    said = [str(value) for value, word in enumerate(WORDS[language], 2) for _ in re.findall(rf"\b(?:{word})\b", plain.lower())]
    return sorted(FIGURE.findall(plain) + said)


def links(text, folder):
    """Where they lead, as seen from docs/: a document in Swedish stands for the English one."""
    for target in LINK.findall(text):
        path, _, part = target.partition("#")
        if not target.startswith("https://"):
            path = re.sub(r"^sv/", "", posixpath.normpath(posixpath.join(folder, path)))
        yield path + ("#" if part else "")


def roles(row, language):
    """Those that the last cell names, in English; None: it tells something else."""
    english = dict(zip(ROLES, ROLES)) if language == "en" else {swedish: role for role, swedish in ROLES.items()}
    words = [word.strip() for word in CELL.split(row)[-2].split(",")]
    return [english[word] for word in words] if set(words) <= set(english) else None


def facts(block, language, folder):
    """What must be the same in both: a name, and its value."""
    text = block.text()
    yield "kind of block", block.kind
    if block.kind.startswith("code"):
        if re.search("[│┌└─]", text):
            yield "lines of a drawing", len(block.lines)
            yield "figures", sorted(FIGURE.findall(text))
        else:
            yield "code", [COMMENT.sub("", line).strip() for line in block.lines]
        return
    yield "names between backticks", sorted(IN_CODE.findall(text))
    yield "links", sorted(links(text, folder))
    yield "figures", figures(text, language)
    if block.kind.startswith("row"):
        yield "roles", roles(text, language)


def difference(english, swedish, folder=""):
    """Of two texts in a folder of docs/ and of docs/sv/, the first in words; None: there is none."""
    for one, other in itertools.zip_longest(blocks(english), blocks(swedish)):
        if one is None or other is None:
            left, language = (one, "English") if one else (other, "Swedish")
            return f"line {left.number} of the {language}, a {left.kind}, has none beside it"
        for (what, here), (_, there) in zip(facts(one, "en", folder), facts(other, "sv", posixpath.join("sv", folder))):
            if here != there:
                return f"line {one.number} of the English, {other.number} of the Swedish: {what}: {here} and {there}"
    return None


def lost(path, source):
    """The first link of a document in Swedish that leads nowhere, or past another document in Swedish."""
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        to = pathlib.Path(posixpath.normpath(path.parent / target.partition("#")[0]))
        if target.startswith(("https://", "#")):
            continue
        if not to.exists():
            return f"links to {target}, which is not there"
        if source / "docs/sv" not in to.parents and (source / "docs/sv" / posixpath.relpath(to, source / "docs")).exists():
            return f"links to {target}, which is there in Swedish"
    return None


def fault(path, source):
    beside = source / "docs" / path.relative_to(source / "docs/sv")
    if not beside.exists():
        return f"there is no {beside.relative_to(source)}"
    if f"'{path.relative_to(source)}'" not in (source / "src/manual/meson.build").read_text(encoding="utf-8"):
        return "is not named in src/manual/meson.build"
    folder = str(beside.parent.relative_to(source / "docs"))
    return difference(beside.read_text(encoding="utf-8"), path.read_text(encoding="utf-8"), folder) or lost(path, source)


def main():
    source = pathlib.Path(sys.argv[1]).absolute()
    looked = [(path.relative_to(source), fault(path, source)) for path in sorted((source / "docs/sv").rglob("*.md"))]
    wrong = [f"{name}: {why}" for name, why in looked if why]
    print("\n".join(wrong) or f"{len(looked)} documents say the same in Swedish, as far as can be counted")
    return 1 if wrong or not looked else 0


if __name__ == "__main__":
    sys.exit(main())

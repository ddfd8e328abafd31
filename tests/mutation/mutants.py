"""Small faults that somebody could make in C code: one sign, number, condition or row of a table, one at a time."""
import hashlib
import re
from dataclasses import dataclass

# What stands for what; a sign is found with what is around it, so that "<" is not found in "<<", "<=" or "->".
SIGNS = [(r"(?<= )<(?= )", ["<="]), (r"(?<= )>(?= )", [">="]), (r"(?<= )<=(?= )", ["<"]), (r"(?<= )>=(?= )", [">"]), (r"(?<= )==(?= )", ["!="]),
         (r"(?<= )!=(?= )", ["=="]), (r"(?<= )&&(?= |$)", ["||"]), (r"(?<= )\|\|(?= |$)", ["&&"]), (r"(?<= )\+(?= )", ["-"]), (r"(?<= )-(?= )", ["+"]),
         (r"(?<= )\*(?= )", ["/"]), (r"(?<= )/(?= )", ["*"]), (r"(?<= )\+=(?= )", ["-="]), (r"(?<= )-=(?= )", ["+="]), (r"(?<= )<<(?= )", [">>"]),
         (r"(?<= )>>(?= )", ["<<"]), (r"(?<= )\^(?= )", ["|"]), (r"(?<= )&(?= )", ["|"]), (r"(?<= )\|(?= )", ["&"])]
NUMBERS = [(r"(?<![\w.\"%])0(?![\w.])", ["1"]), (r"(?<![\w.\"%])1(?![\w.])", ["0", "2"]), (r"(?<![\w.\"%])2(?![\w.])", ["3"]), (r"\btrue\b", ["false"]),
           (r"\bfalse\b", ["true"])]
CONDITION = re.compile(r"^(\s*)(if|while) \((.+)\)( \{)?$")
ROLES = ["READER", "HALF", "MEMBER", "COORDINATOR", "TRIAGE", "LIST_KEEPER", "ANALYST", "APPROVER", "PROGRAMME_LEAD", "AUDITOR", "DPO", "ADMINISTRATOR"]
ROW = re.compile(r'^(\s*\[PERMISSION_\w+\] = \{"[^"]+", )(.+?)(\},)$')


@dataclass(frozen=True)
class Mutant:
    line: int  # from 1
    before: str
    after: str


def function_of(lines, number):
    """The function that line `number` stands in; "" outside of all."""
    for line in reversed(lines[:number]):
        found = re.match(r"[a-z].*?(\w+)\(", line)
        if found:
            return found[1]
        if line == "}":
            return ""
    return ""


def is_code(line):
    """Neither a comment, a declaration that is checked by the compiler, nor text."""
    text = line.strip()
    return bool(text) and not text.startswith(("/*", "*", "#", "//", "static const char", "_Static_assert", "assert(")) and "err_set(" not in text \
        and not text.startswith('"')


def without_texts(line):
    """Its quoted parts and its comment are blanked, so that nothing in them is changed."""
    return re.sub(r'"(\\.|[^"\\])*"|\'(\\.|[^\'\\])*\'|/\*.*', lambda m: "~" * len(m.group()), line)


def replaced(line, rules):
    code = without_texts(line)
    for pattern, others in rules:
        for found in re.finditer(pattern, code):
            for other in others:
                yield line[:found.start()] + other + line[found.end():]


def negated(line):
    found = CONDITION.match(line)
    if found:
        yield f"{found[1]}{found[2]} (!({found[3]})){found[4] or ''}"


def of_code(lines):
    for number, line in enumerate(lines, 1):
        if is_code(line):
            for after in [*replaced(line, SIGNS), *replaced(line, NUMBERS), *negated(line)]:
                yield Mutant(number, line, after)


def of_permissions(lines):
    """Each role taken from each right it has, and given each it has not."""
    for number, line in enumerate(lines, 1):
        row = ROW.match(line)
        if row and "EVERY_ROLE" not in row[2]:
            has = [role for role in ROLES if re.search(rf"\b{role}\b", row[2])]
            for role in ROLES:
                now = [other for other in has if other != role] if role in has else has + [role]
                yield Mutant(number, line, row[1] + (" | ".join(now) or "0") + row[3])


def drawn(mutants, most):
    """`most` of them by lot, the same ones as long as their lines stand as they are; all when it is 0."""
    def lot(mutant):
        return hashlib.sha256(f"{mutant.before.strip()}\n{mutant.after.strip()}".encode()).digest()
    mutants = list(mutants)
    chosen = set(sorted(range(len(mutants)), key=lambda i: (lot(mutants[i]), i))[:most or None])
    return [mutant for i, mutant in enumerate(mutants) if i in chosen]

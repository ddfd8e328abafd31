"""docs/mutation.md: what became of the faults, by room and by file."""
import collections

from targets import SAMPLE

KINDS = ["faults", "compiler", "tests"]
HEAD = "| {} | faults that could be made | made | refused by the compiler | noticed by a test | by none, as explained below |"


def line(name, rows):
    figures = [sum(row["possible"] for row in rows), *(sum(row[kind] for row in rows) for kind in KINDS), sum(len(row["explained"]) for row in rows)]
    return f"| {name} | " + " | ".join(map(str, figures)) + " |"


def page(rows):
    rooms = collections.defaultdict(list)
    for row in rows:
        rooms[row["file"].rsplit("/", 1)[0]].append(row)
    dates = sorted({row["date"] for row in rows})
    lines = ["# Do the tests notice small faults?", "",
             "For whoever asks what the tests are worth. `tests/mutation/run` makes one small fault after the other in a copy of the code: a role more or "
             "less in a row of the table of permissions; in other files `<` for `<=`, `+` for `-`, `&&` for `||`, 0 for 1, a condition turned round. "
             "Then it runs the tests of that code. A fault that nobody notices must be explained, or the run fails; an explanation of a fault that is "
             f"noticed, or can no longer be made, fails it too. Of a file of the numerics it draws {SAMPLE} faults by lot, the same ones as long as the lines "
             "stand as they are; `--most 0` makes all of them. The tests run without the address sanitizer here: a read past the end of an array, which "
             "`./test` may see, counts as not noticed.", "",
             f"`tests/mutation/run --keep`, {' to '.join(dates[:1] + dates[1:][-1:])}, {sum(row['seconds'] for row in rows) / 60:.0f} minutes.", "",
             "## By room", "", HEAD.format("room"), "|---" * 6 + "|", *(line(room, files) for room, files in rooms.items()), line("all", rows), "",
             "## By file", "", HEAD.format("file"), "|---" * 6 + "|", *(line(row["file"], [row]) for row in rows), "",
             "## What no test notices, and why", ""]
    lines += [f"- `{row['file']}`: `{m['before']}` as `{m['after']}`: {m['why']}" for row in rows for m in row["explained"]] or ["Nothing."]
    return "\n".join(lines) + "\n"

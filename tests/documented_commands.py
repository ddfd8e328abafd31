"""The commands that documents name are there: each verb, each of its options, each tool of the source. usage: documented_commands.py LYKTA SOURCE

Whether they do what is said: tests/documented_run.py, which says where else documents are typed."""
import pathlib
import re
import subprocess
import sys

# A command as it stands in a line of its own, or between backticks; what comes after two blanks is about it.
IN_A_LINE = re.compile(r"^ {4,}(?:\S+=\S+ )*(?:runuser -u lykta -- )?(?:build/src/)?(lykta [a-z].*?)(?: {2,}|$)")
IN_WORDS = re.compile(r"`(lykta [a-z][^`]*)`")
IN_A_JOB = re.compile(r"^(?!#).*\b(lykta [a-z].*)", re.M)
TOOL = re.compile(r"`?((?:tests|debian)/[\w./-]+(?:\.py|\.mjs|/run))(?=[`\s,:;)]|$)")


def documents(source):
    for path in [*sorted((source / "docs").rglob("*.md")), *source.glob("*.md")]:
        if "decisions" not in path.parts and path.name != "CHANGELOG.md":
            yield path, path.read_text(encoding="utf-8")


def commands(text):
    for line in text.splitlines():
        found = IN_A_LINE.match(line)
        if found:
            yield found[1]
        yield from IN_WORDS.findall(line)


def jobs(source):
    """What the examples of jobs start."""
    for path in sorted((source / "debian/examples").glob("*.sbatch")):
        for command in IN_A_JOB.findall(path.read_text(encoding="utf-8")):
            yield path, command


class Program:
    """What `lykta help` knows, asked once for each verb."""

    def __init__(self, lykta):
        self.lykta, self.helps = lykta, {}

    def help_of(self, verb):
        if verb not in self.helps:
            done = subprocess.run([self.lykta, "help", verb], capture_output=True, text=True, check=False)
            self.helps[verb] = done.stdout if done.returncode == 0 else None
        return self.helps[verb]

    def fault(self, command):
        verb = command.split()[1].strip(".,;:")
        if verb == "help":
            return None
        told = self.help_of(verb)
        if told is None:
            return f"there is no lykta {verb}"
        unknown = [option for option in re.findall(r"(?<=[\s\[|])--[a-z][a-z-]*", command) if option not in told]
        return f"lykta {verb} has no {', '.join(unknown)}" if unknown else None


def main():
    lykta, source = sys.argv[1], pathlib.Path(sys.argv[2])
    program, seen, faults = Program(lykta), 0, []
    for path, text in documents(source):
        for command in commands(text):
            seen += 1
            fault = program.fault(command)
            if fault:
                faults.append(f"{path.relative_to(source)}: {command!r}: {fault}")
        faults += [f"{path.relative_to(source)}: there is no {tool}" for tool in TOOL.findall(text) if not (source / tool).exists()]
    for path, command in jobs(source):
        seen += 1
        fault = program.fault(command)
        if fault:
            faults.append(f"{path.relative_to(source)}: {command!r}: {fault}")
    print("\n".join(faults) or f"{seen} commands are there, with their options")
    return 1 if faults or seen < 30 else 0


if __name__ == "__main__":
    sys.exit(main())

"""Words that stand nowhere else, and every place where they could have stayed."""
import array
import base64
import contextlib
import itertools
import os
import pathlib
import re
import shutil
import stat
import string

from city import expect

PAGE = os.sysconf("SC_PAGE_SIZE")


def letters(chance, n):
    return "".join(chance.choice(string.ascii_lowercase) for _ in range(n))


def changed_at(path, is_kind):
    """-1: it is not there, or of another kind."""
    try:
        status = path.lstat()
    except (FileNotFoundError, PermissionError):
        return -1
    return status.st_mtime if is_kind(status.st_mode) else -1


def written(pages, start, end):
    """(address, length) of what is in memory or in the swap between the two: the rest has never been written."""
    known = array.array("Q", os.pread(pages.fileno(), 8 * ((end - start) // PAGE), 8 * (start // PAGE)))
    at = start
    for is_there, run in itertools.groupby(entry >> 62 for entry in known):
        size = PAGE * sum(1 for _ in run)
        if is_there:
            yield at, size
        at += size


class Marks:
    """Words that stand nowhere but where this run has written them. All begin with the same letters, of this run."""

    def __init__(self, chance):
        self.chance, self.begin, self.given, self.keys = chance, letters(chance, 12), [], []

    def new(self):
        mark = self.begin + letters(self.chance, 8)
        self.given.append(mark)
        return mark

    def words(self):
        return f"Det kommer och går folk hela natten, {self.new()} (exempel)."

    def also(self, key):
        """Something else that nobody must find: a receipt code, a passphrase."""
        self.keys += {key, key.replace(" ", "")}

    def forms(self):
        """What to look for: as it is, in the letters of other systems, in digits, in base64 wherever it begins."""
        begin, keys = self.begin.encode(), [key.encode() for key in self.keys]
        coded = [base64.b64encode(b" " * skip + begin)[4 * (skip > 0):-4] for skip in range(3)]
        return [begin, self.begin.encode("utf-16-le"), begin.hex().encode(), begin.upper(), *coded, *keys]


class Search:
    """What has been searched, and where something was found."""

    def __init__(self, marks):
        self.marks, self.found, self.seen = marks, [], {}

    def rows(self):
        return [{"kind": kind, "places": places, "mb": round(size / 1e6, 1)} for kind, (places, size) in self.seen.items()]

    def look(self, kind, name, content):
        places, size = self.seen.get(kind, (0, 0))
        self.seen[kind] = (places + 1, size + len(content))
        if any(form in content for form in self.marks.forms()):
            self.found.append(f"{kind}: {name}")

    def file(self, kind, path):
        self.look(kind, path, path.read_bytes())

    def files(self, kind, folder, since=0.0):
        """Each file below it, no links; in folders and files alone that have changed since."""
        for at, folders, names in os.walk(folder):
            folders[:] = [name for name in folders if changed_at(pathlib.Path(at, name), stat.S_ISDIR) >= since]
            for path in (pathlib.Path(at, name) for name in names):
                if changed_at(path, stat.S_ISREG) >= since:
                    with contextlib.suppress(FileNotFoundError, PermissionError):  # somebody else's, gone meanwhile
                        self.file(kind, path)

    def open_files(self, kind, process):
        """Those without a name too."""
        for path in pathlib.Path(f"/proc/{process}/fd").iterdir():
            if stat.S_ISREG(path.stat().st_mode):
                self.file(kind, path)

    def memory(self, name, process):
        """All that it has written, which is what a core file of it would hold, and what is kept out of one."""
        content = bytearray()
        maps = pathlib.Path(f"/proc/{process}/maps").read_text(encoding="utf-8").splitlines()
        with open(f"/proc/{process}/mem", "rb", buffering=0) as memory, open(f"/proc/{process}/pagemap", "rb", buffering=0) as pages:
            for line in maps:
                start, end, mode = re.match(r"([0-9a-f]+)-([0-9a-f]+) (\S+)", line).groups()
                for at, size in written(pages, int(start, 16), int(end, 16)) if mode.startswith("rw") else []:
                    content += os.pread(memory.fileno(), size, at)
        self.look("memory", name, content)

    def finds_what_is_there(self, folder):
        """A search that finds nothing proves something if it finds what was put there: a file in each form, and this test's own memory."""
        there = folder / "control"
        there.mkdir()
        for i, form in enumerate(self.marks.forms()):
            (there / str(i)).write_bytes(b"before " + form + b" after")
        control = Search(self.marks)
        control.files("file", there)
        control.memory("this test", os.getpid())
        expect(len(control.found) == len(self.marks.forms()) + 1, f"the search finds {control.found} alone")
        shutil.rmtree(there)

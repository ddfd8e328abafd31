"""The power is cut while commands run: what a disk may hold then (storage.py) is looked at as the city it is, at many moments of what was done
once. The same under a city that is served: power_load.py."""
import contextlib
import copy
import filecmp
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from city import Fault, expect, opened
from outlives import COMMANDS
from recording import Recording, library_of
from storage import INDEX, Anything, Everything, NothingElse, Storage

MEMORY = pathlib.Path("/dev/shm")  # what is looked at afterwards is looked at where no disk is waited for
FOLLOWED = ["city", "backups"]  # what else the test keeps beside them does not change

# A program that waits for the disk, or does not, before it says that a row or a file is there.
WRITER = """import os, sqlite3, sys
waits = sys.argv[1] == "waits"
db = sqlite3.connect("city/rows.db", isolation_level=None)
db.execute("pragma journal_mode = wal")
db.execute("pragma synchronous = " + ("full" if waits else "off"))
db.execute("create table row (id integer primary key, text text)")
for i in range(10):
    db.execute("insert into row (text) values (?)", ("row " * 500,))
    print(i + 1, flush=True)
os.mkdir("city/folder")
with open("city/folder/new", "w") as file:
    file.write("whole")
    file.flush()
    if waits:
        os.fsync(file.fileno())
os.rename("city/folder/new", "city/folder/file")
for folder in ["city/folder", "city"] if waits else []:
    os.fsync(os.open(folder, os.O_RDONLY))
print("file", flush=True)
"""


class Moments:
    """What was done once and recorded below `base`, and what the disk may hold after a power cut at each moment of it."""

    def __init__(self, base, recording):
        self.base, self.recording = base, recording
        self.home = tempfile.TemporaryDirectory(prefix="lykta-power-", dir=MEMORY if MEMORY.is_dir() else None)
        self.place = pathlib.Path(self.home.name) / "after"
        self.storage = Storage(base, without=("post", "serve.log", recording.path.name))
        self.cuts = self.states = self.end = 0

    def drawn(self, start, most, chance):
        """Where the power is cut, from `start` on: about `most` moments, or all when it is 0; the last is always one of them, when all has been said."""
        notes = [note.end for note in self.recording.notes() if note.end >= start]
        return set(notes) if most == 0 or most >= len(notes) else {*chance.sample(notes, most - 1), notes[-1]}

    def look(self, start, most, fates, chance, check):
        """check(folder, moment, fate) for each fate of `fates(chance)`, at each moment of the recording that is drawn."""
        self.are_complete()
        self.end = self.recording.position()
        at, is_other = self.drawn(start, most, chance), True
        for note in self.recording.notes():
            is_other = self.storage.follow(note) or is_other
            if note.end in at and is_other:
                self.cuts += 1
                is_other = False
                for fate in fates(chance):
                    self.look_at(note.end, fate, check)

    def look_at(self, moment, fate, check):
        self.states += 1
        self.storage.write(self.place, fate)
        try:
            check(self.place, moment, fate)
        except Fault as fault:
            raise Fault(f"power cut at {moment} ({type(fate).__name__}): {fault}") from fault
        finally:
            shutil.rmtree(self.place)

    def are_complete(self):
        """All that has been recorded makes what is there: no call went unseen."""
        expect(not self.recording.is_full(), "the recording has no room left")
        all_of_it = copy.deepcopy(self.storage)
        for note in self.recording.notes():
            all_of_it.follow(note)
        all_of_it.write(self.place, Everything())
        for name in FOLLOWED:
            if (self.base / name).exists():
                same(self.base / name, self.place / name)
        shutil.rmtree(self.place)


    def close(self):
        self.recording.close()
        self.home.cleanup()


def same(one, other):
    if one.is_dir():
        names = [{name for name in os.listdir(folder) if not name.endswith(INDEX)} for folder in (one, other)]
        expect(names[0] == names[1], f"{one} holds {names[0]}, and what was recorded makes {names[1]}")
        for name in names[0]:
            same(one / name, other / name)
    else:
        expect(filecmp.cmp(one, other, shallow=False), f"{one} is not what was recorded")


def states(n):
    """What was waited for and nothing else, and n - 1 others."""
    return lambda chance: [NothingElse(), *(Anything(chance) for _ in range(n - 1))]


def rows_in(database):
    """0: it is not there, or not yet a table; -1: it is damaged."""
    if not database.exists():
        return 0
    with contextlib.closing(sqlite3.connect(database)) as db:
        try:
            is_whole = db.execute("pragma integrity_check").fetchone() == ("ok",)
            return db.execute("select count(*) from row").fetchone()[0] if is_whole else -1
        except sqlite3.OperationalError:
            return 0
        except sqlite3.DatabaseError:
            return -1


def control(lykta, base, waits, most, chance):
    """How many states have lost what had been told by a program that waits for the disk, or does not. A power cut that loses nothing proves something
    if it loses what nobody waited for."""
    (base / "city").mkdir(parents=True)
    recording = Recording(base / "recording", library_of(lykta))
    moments, told, lost = Moments(base, recording), [], []
    with subprocess.Popen([sys.executable, "-c", WRITER, "waits" if waits else "does not"], cwd=base, env=recording.environment(), stdout=subprocess.PIPE,
                          text=True) as writer:
        for line in writer.stdout:
            told.append((line.strip(), recording.position()))
    expect(writer.returncode == 0 and told[-1][0] == "file", "the control did not do its work")

    def check(folder, moment, _fate):
        known = [what for what, at in told if at <= moment]
        rows, file = sum(1 for what in known if what != "file"), folder / "city/folder/file"
        if rows_in(folder / "city/rows.db") < rows or ("file" in known and not (file.exists() and file.read_text(encoding="ascii") == "whole")):
            lost.append(moment)

    moments.look(0, most, states(2), chance, check)
    moments.close()
    return len(lost)


def controls(lykta, base, most, chance):
    lost = [control(lykta, base / str(waits), waits, most, chance) for waits in (True, False)]
    expect(lost[0] == 0, f"what was waited for is lost in {lost[0]} states: the power cut is too hard")
    expect(lost[1] > 0, "what nobody waited for is never lost: the power cut is too soft")
    return lost[1]


def cut_command(command, base, city, most, n, chance):
    """A command that runs alone, and the power that is cut in it or after it."""
    base.mkdir()
    shutil.copytree(city.folder, base / "city")
    command.prepare(base)
    recording = Recording(base / "recording", library_of(city.lykta))
    moments = Moments(base, recording)
    done = command.ask(command.words(base), recording.environment())
    expect(done.returncode == 0, f"{command.name}: {done.stderr}")
    told = recording.position()
    moments.look(0, most, states(n), chance, lambda folder, moment, _fate: command.check(folder, moment >= told))
    moments.close()
    return {"what": command.name, "moments": moments.cuts, "states": moments.states}


def commands(lykta, most, n, chance):
    """Each command alone, cut at about `most` moments (0: all) with `n` states of the disk each."""
    with opened(lykta, 30) as (city, _):
        base = city.folder.parent
        careless = controls(lykta, base / "control", 5 * most, chance)
        rows = [cut_command(kind(lykta), base / f"command-{i}", city, most, n, chance) for i, kind in enumerate(COMMANDS)]
        return [{"what": "a program that does not wait", "lost": careless}, *rows]

"""What a disk may hold after a power cut, worked out from what programs did (recording.py).

What a program has waited for (fsync, fdatasync) is there: bytes when their file was waited for, names when their folder was. Of everything
else anything may be there or not, in any order, as POSIX allows and as file systems have been seen to do (Pillai et al., All File Systems Are Not
Created Equal, OSDI 2014): each write whole, not at all, or some of its sectors; a file as long as its last write says with zeros or noise in
between; each new, removed or changed name. A name that is changed is changed whole, and a sector is written whole.
"""
import dataclasses
import os
import pathlib

from recording import ASKED, CUT, FOLDER_MADE, KEPT, LINKED, REMOVED, RENAMED, WRITTEN

SECTOR = 512
INDEX = "-shm"  # of a write-ahead log: written through a mapping, and made anew by who opens the database first
INDEX_BYTES = 32768


@dataclasses.dataclass(eq=False)
class File:
    mode: int
    kept: bytearray
    waiting: list = dataclasses.field(default_factory=list)  # notes of what is done to its bytes


@dataclasses.dataclass(eq=False)
class Folder:
    mode: int
    kept: dict = dataclasses.field(default_factory=dict)  # name: File or Folder
    now: dict = dataclasses.field(default_factory=dict)  # as programs see it


@dataclasses.dataclass(frozen=True)
class Naming:
    """A change of names, which happens whole: (folder, name, what it is from now on, or None)."""
    where: int
    changes: tuple


def write(content, at, new, gap=bytes):
    """As a write to a file: `gap(n)` makes what lies between its end and `at`."""
    if at > len(content):
        content += gap(at - len(content))
    content[at:at + len(new)] = new


def cut(content, size):
    del content[size:]
    content.extend(bytes(size - len(content)))


class NothingElse:
    """There is what was waited for, and no more."""

    def names(self, waiting):
        return []

    def change(self, content, waiting):
        pass

    def index(self):
        return None


class Everything(NothingElse):
    """As when the program alone had been killed."""

    def names(self, waiting):
        return waiting

    def change(self, content, waiting):
        for note in waiting:
            if note.what == CUT:
                cut(content, note.at)
            else:
                write(content, note.at, note.content)


class Anything:
    """What became of the rest is drawn: how much of it is there, whether names were changed in order (as in a journal) or in any, and what lies
    where nothing was written."""

    def __init__(self, chance):
        self.chance, self.share = chance, chance.choice([0.1, 0.5, 0.9])
        self.is_journal, self.is_noisy = chance.random() < 0.5, chance.random() < 0.5

    def names(self, waiting):
        if self.is_journal:
            return waiting[:self.chance.randint(0, len(waiting))]
        return [naming for naming in waiting if self.chance.random() < self.share]

    def gap(self, n):
        return self.chance.randbytes(n) if self.is_noisy else bytes(n)

    def change(self, content, waiting):
        for note in waiting:
            if self.chance.random() < self.share:
                if note.what == CUT:
                    cut(content, note.at)
                else:
                    write(content, note.at, note.content, self.gap)
            elif note.what == WRITTEN and self.chance.random() < 0.5:
                self.tear(content, note)

    def tear(self, content, note):
        """Some sectors of it, as they lie on the disk."""
        end = note.at + len(note.content)
        for at in range(note.at - note.at % SECTOR, end, SECTOR):
            start, stop = max(at, note.at), min(at + SECTOR, end)
            if self.chance.random() < 0.5:
                write(content, start, note.content[start - note.at:stop - note.at], self.gap)

    def index(self):
        return self.chance.randbytes(INDEX_BYTES) if self.chance.random() < 0.5 else None


class Storage:
    """The folder `root` as it is now, all of it kept, and from then on as the notes say that are followed. Names in `without` are left out."""

    def __init__(self, root, without=()):
        self.numbers, self.waiting = {}, []  # inode: File or Folder; names whose folders have not been waited for
        self.root = self.read(pathlib.Path(root), without)

    def read(self, path, without=()):
        status = path.lstat()
        if path.is_dir():
            node = Folder(status.st_mode & 0o7777)
            node.now = {one.name: self.read(one) for one in path.iterdir() if one.name not in without}
            node.kept = dict(node.now)
        else:
            node = File(status.st_mode & 0o7777, bytearray(path.read_bytes()))
        self.numbers[status.st_ino] = node
        return node

    def follow(self, note):
        """Has anything changed that a power cut could leave otherwise?"""
        if note.what in (WRITTEN, CUT):
            file = self.numbers.get(note.file)
            if file:
                file.waiting.append(note)
            return file is not None
        if note.what in (ASKED, KEPT):
            node = self.numbers.get(note.file)
            return note.what == KEPT and node is not None and self.keep(node, note.at)
        return self.name(note)

    def name(self, note):
        folder, to_folder = self.numbers.get(note.folder), self.numbers.get(note.to_folder)
        if not folder:
            return False
        if note.what == REMOVED:
            changes = ((folder, note.name, None),)
        elif note.what == RENAMED:
            changes = ((folder, note.name, None), (to_folder, note.to_name, folder.now[note.name]))
        elif note.what == LINKED:
            changes = ((to_folder, note.to_name, folder.now[note.name]),)
        else:
            new = Folder(note.mode) if note.what == FOLDER_MADE else File(note.mode, bytearray())
            self.numbers[note.file] = new
            changes = ((folder, note.name, new),)
        for where, name, node in changes:
            put(where.now, name, node)
        self.waiting.append(Naming(note.where, changes))
        return True

    def keep(self, node, asked):
        """What was done to it before the disk was asked is on the disk."""
        if isinstance(node, File):
            done = [note for note in node.waiting if note.where < asked]
            Everything().change(node.kept, done)
            node.waiting = node.waiting[len(done):]
            return bool(done)
        done = [naming for naming in self.waiting if naming.where < asked and any(where is node for where, _, _ in naming.changes)]
        self.waiting = [naming for naming in self.waiting if naming not in done]
        for naming in done:
            for where, name, target in naming.changes:
                put(where.kept, name, target)
        return bool(done)

    def write(self, place, fate):
        """Makes the folder `place`, as `root` may be after a power cut now."""
        names = {}
        for naming in fate.names(self.waiting):
            for where, name, node in naming.changes:
                put(names.setdefault(where, dict(where.kept)), name, node)
        write_node(self.root, place, names, fate)


def put(names, name, node):
    if node is None:
        names.pop(name, None)
    else:
        names[name] = node


def write_node(node, path, names, fate):
    if isinstance(node, Folder):
        path.mkdir()
        for name, child in names.get(node, node.kept).items():
            if not name.endswith(INDEX):
                write_node(child, path / name, names, fate)
            elif content := fate.index():
                (path / name).write_bytes(content)
    else:
        content = bytearray(node.kept)
        fate.change(content, node.waiting)
        path.write_bytes(content)
    os.chmod(path, node.mode)

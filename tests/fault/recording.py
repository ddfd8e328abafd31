"""What programs have done to files, and what they have waited for the disk to keep: the notes of tests/fault/recording.c."""
import dataclasses
import mmap
import os
import struct

WRITTEN, CUT, ASKED, KEPT, FILE_MADE, FOLDER_MADE, RENAMED, LINKED, REMOVED = range(1, 10)
HEAD, NOTE = struct.Struct("=QQII"), struct.Struct("=IIQQQqIIQ")
ROOM = 1 << 30  # bytes; those that are not used take no place on the disk


@dataclasses.dataclass(frozen=True)
class Note:
    where: int  # in the recording
    end: int
    what: int
    mode: int
    file: int
    folder: int
    to_folder: int
    at: int
    name: str
    to_name: str
    content: bytes


def library_of(lykta):
    """recording.c, built in the same folder as the program."""
    return lykta.parents[1] / "tests/fault/recording.so"


class Recording:
    """Of the programs that are started with `environment`: all in one, in the order in which they made their calls."""

    def __init__(self, path, library):
        self.path, self.library = path, library
        with open(path, "x+b") as file:
            file.truncate(ROOM)
            self.shared = mmap.mmap(file.fileno(), ROOM)
        self.shared[:HEAD.size] = HEAD.pack(HEAD.size, ROOM, 0, 0)

    def environment(self):
        return {**os.environ, "LD_PRELOAD": str(self.library), "FAULT_RECORDING": str(self.path)}

    def position(self):
        """Where the next note will stand: what somebody knows now, they know of what is noted before it."""
        return HEAD.unpack_from(self.shared)[0]

    def is_full(self):
        return HEAD.unpack_from(self.shared)[3] != 0

    def notes(self, at=HEAD.size):
        """Those from `at` to the end that it has now."""
        end = self.position()
        while at < end:
            what, mode, file, folder, to_folder, number, name_n, to_name_n, bytes_n = NOTE.unpack_from(self.shared, at)
            name = at + NOTE.size
            to_name, content = name + name_n, name + name_n + to_name_n
            next_at = content + bytes_n
            yield Note(at, next_at, what, mode, file, folder, to_folder, number, self.shared[name:to_name].decode(),
                       self.shared[to_name:content].decode(), self.shared[content:next_at])
            at = next_at

    def close(self):
        self.shared.close()
        self.path.unlink()

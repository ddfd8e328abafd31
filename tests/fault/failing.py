"""Calls that fail: what tests/fault/failing.c, loaded into a program, is told to do."""
import errno
import mmap
import os
import struct

NOTHING, MEMORY, DISK = 0, 1, 2
NO_MEMORY, FULL, BROKEN, READ_ONLY = errno.ENOMEM, errno.ENOSPC, errno.EIO, errno.EROFS
FORM = "=iiiiqqq"


def library_of(lykta):
    """failing.c, built in the same folder as the program."""
    return lykta.parents[1] / "tests/fault/failing.so"


class Plan:
    """What is to fail in the programs that are started with `environment`: it can be said while they run."""

    def __init__(self, folder, library):
        self.path, self.library = folder / "fault-plan", library
        self.path.write_bytes(bytes(struct.calcsize(FORM)))
        with open(self.path, "r+b") as file:
            self.shared = mmap.mmap(file.fileno(), 0)

    def environment(self):
        return {**os.environ, "LD_PRELOAD": str(self.library), "FAULT_PLAN": str(self.path)}

    def arm(self, kind, at, error, is_lasting=False):
        """Calls are counted from now on, and the one with the number `at` fails; 0: none. If it is lasting, all after it fail too."""
        self.disarm()
        self.shared[:] = struct.pack(FORM, kind, is_lasting, error, 0, at, 0, 0)

    def count(self, kind):
        self.arm(kind, 0, 0)

    def disarm(self):
        self.shared[:4] = struct.pack("=i", NOTHING)

    def seen(self):
        return struct.unpack(FORM, self.shared)[5]

    def failed(self):
        return struct.unpack(FORM, self.shared)[6]

"""The clock of the machine jumps while the city is served: back an hour, as one that had been wrong, and on a year."""
import mmap
import os
import struct

from city import Guest, expect, opened, wait_for
from visitor import Visitor, coordinator, make_ready_for_reports, report, report_form, report_is_there

HOUR_S, YEAR_S = 3600, 366 * 86400
JUMPS = [("back an hour", -HOUR_S), ("on a year", YEAR_S)]


class Clock:
    """By how much the clock is ahead in the programs that are started with `environment` (clock.c, built beside them)."""

    def __init__(self, lykta, folder):
        self.path, self.library = folder / "clock-ahead", lykta.parents[1] / "tests/fault/clock.so"
        expect(self.library.exists(), f"{self.library} is missing: build all of it")
        self.path.write_bytes(bytes(8))
        with open(self.path, "r+b") as file:
            self.shared = mmap.mmap(file.fileno(), 0)

    def environment(self):
        return {**os.environ, "LD_PRELOAD": str(self.library), "CLOCK_AHEAD": str(self.path)}

    def set(self, seconds):
        self.shared[:] = struct.pack("=q", seconds)


class People:
    """What they do before and after a jump, and what must have come of it."""

    def __init__(self, city, post):
        self.city, self.post, self.guest, self.codes, self.guests = city, post, Guest(city.port), [], 0

    def come(self):
        self.codes.append(report(self.guest, report_form(self.guest)))
        self.guests += 1
        self.guest.sign_up(f"gast{self.guests}@exempel.se")

    def letters_have_come(self):
        wait_for("the letters of all guests", self.city.outbox_is_empty)
        readers = [reader for reader, *_ in self.post.letters() if "gast" in reader]
        expect(len(readers) == len(set(readers)) == self.guests, f"{self.guests} guests have had letters: {readers}")

    def reports_are_there(self):
        expect(all(report_is_there(self.guest, code) for code in self.codes), "a report does not open with its code")


def signs_in(city):
    """With a password and the code of the moment, which nobody has used before."""
    visitor = Visitor(city.port)
    return visitor.sign_in(city.accounts["coordinator"], city.password) and visitor.is_signed_in()


def audit_times(city):
    return [at for at, in city.rows("select at from audit order by id")]


def jump(lykta, name, seconds):
    with opened(lykta, 30) as (city, post):
        clock = city.plan = Clock(lykta, city.folder.parent)
        post.start()
        make_ready_for_reports(city)
        people, visitor = People(city, post), Visitor(city.port, coordinator(city))
        people.come()
        before = len(audit_times(city))
        clock.set(seconds)
        is_still_in = visitor.is_signed_in()
        expect(is_still_in == (seconds < 0), f"the coordinator is {'still' if is_still_in else 'no longer'} signed in")
        for path in ("/", "/seminarier", "/handlingsplan", "/iakttagelse"):
            people.guest.get(path)
        if seconds < 0:  # a year on, the seminar is past and reports have been kept for as long as they are
            people.come()
            people.reports_are_there()
        people.letters_have_come()
        is_in = signs_in(city)
        expect(is_in or seconds < 0, "the coordinator cannot sign in")
        times = audit_times(city)[before - 1:]
        expect(len(times) > 2 and sum(a > b for a, b in zip(times, times[1:])) == (seconds < 0), f"the audit log's times are {times}")
        city.verify()
        expect(city.stop() == 0, "the city did not end as it should")
        return {"jump": name, "reports": len(people.codes), "letters": people.guests, "still_signed_in": is_still_in, "signs_in": is_in,
                "audit_lines": len(times) - 1}


def clock(lykta):
    return [jump(lykta, name, seconds) for name, seconds in JUMPS]

"""The n-th call of a kind fails, for every n: of a command that is run, and of a request that is sent to a served city.

What may happen is that the program does without, that it says so and ends or answers in words, or that it ends with a sentence and is
started again, as the service's manager does; never that it crashes, is silent, goes on with half of something, or shows a number that is
none."""
import contextlib
import dataclasses
import http.client
import re
import subprocess

from city import Fault, expect
from visitor import coordinator, make_ready_for_reports, secret_in_files
from works import Measure, Page, Report

SYSTEM = 4
PATIENCE_S = 60
NO_NUMBER = re.compile(r"(?<![a-z])(nan|inf)(?![a-z])", re.I)


@dataclasses.dataclass(frozen=True)
class Kind:
    """What fails: calls of a kind of failing.py, once or from then on, with an errno; `death` finds the sentence with which the program gives up on the spot."""
    name: str
    calls: int
    error: int
    is_lasting: bool
    death: str


def numbers(total, most):
    """All from 1 to `total`, or about `most` of them, evenly."""
    return range(1, total + 1, max(1, -(-total // most)) if most else 1)


def says_so(text):
    """One sentence of the program's own."""
    return re.fullmatch(r"lykta: [^\n]+\n", text) is not None


@contextlib.contextmanager
def told_where(where):
    """A fault that is found is told with which call had failed."""
    try:
        yield
    except Fault as fault:
        raise Fault(f"{where}: {fault}") from fault


class Commands:
    """Runs commands again and again, each time with another call that fails."""

    def __init__(self, lykta, plan, kind):
        self.lykta, self.plan, self.kind = lykta, plan, kind

    def run(self, words):
        try:
            return subprocess.run([self.lykta, *words], env=self.plan.environment(), capture_output=True, text=True, timeout=PATIENCE_S,
                                  check=False)
        except subprocess.TimeoutExpired as fault:
            raise Fault(f"lykta {words[0]} does not end") from fault
        finally:
            self.plan.disarm()

    def undisturbed(self, words):
        """What the command prints, and how many calls it makes."""
        self.plan.count(self.kind.calls)
        done = self.run(words)
        expect(done.returncode == 0, f"lykta {words[0]}: {done.stderr}")
        return done.stdout, self.plan.seen()

    def sweep(self, work, most):
        """How many of about `most` calls ended how; all of them when it is 0. work.check(outcome) looks at what the command has left, and
        makes everything as it was."""
        name = f"lykta {work.words[0]}"
        right, total = self.undisturbed(work.words)
        expect(total > 0, f"{name}: no call was counted")
        work.check("done")
        counts = {"what": name, "fails": self.kind.name, "calls": total, "tried": 0, "done": 0, "said_so": 0, "ended": 0}
        for n in numbers(total, most):
            self.plan.arm(self.kind.calls, n, self.kind.error, self.kind.is_lasting)
            with told_where(f"{name}, {self.kind.name}, call {n} of {total}"):
                done = self.run(work.words)
                counts["tried"] += 1
                outcome = self.outcome(done, right if work.has_same_words else done.stdout)
                counts[outcome] += 1
                work.check(outcome)
        return counts

    def outcome(self, done, right):
        expect(not NO_NUMBER.search(done.stdout), "a number that is none is shown")
        if done.returncode == 0:
            expect(done.stdout == right, "it ended as done, with another result")
            return "done"
        expect(done.returncode == SYSTEM and says_so(done.stderr), f"status {done.returncode}, {done.stderr[-300:]!r}")
        return "ended" if re.search(self.kind.death, done.stderr) else "said_so"


class Requests:
    """Sends requests to a served city again and again, each time with another call that fails."""

    def __init__(self, city, kind):
        self.city, self.kind = city, kind

    def has_ended(self, seconds):
        """Has the program ended, as it may? It is started again."""
        try:
            self.city.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        status = self.city.forget()
        expect(status == SYSTEM, f"the server ended with status {status}")
        self.city.start()
        return True

    def undisturbed(self, work):
        """How many calls the request makes, once its statements are prepared."""
        for _ in range(2):
            fields = work.prepare()
            self.city.plan.count(self.kind.calls)
            work.send(fields)
            total = self.city.plan.seen()
            self.city.plan.disarm()
            work.check(fields)
        expect(total > 0, f"{work.name}: no call was counted")
        return total

    def disturbed(self, work, n):
        """How the request ends whose n-th call fails; None when it makes no so many."""
        fields = work.prepare()
        self.city.plan.arm(self.kind.calls, n, self.kind.error, self.kind.is_lasting)
        outcome = self.outcome(work.send, fields)
        is_reached = self.city.plan.failed() > 0
        self.city.plan.disarm()
        if self.has_ended(0.2 if outcome == "broken" else 0.01):
            outcome = "ended"
        work.check(fields)
        return outcome if is_reached else None

    def sweep(self, work, most):
        """work.prepare() makes what work.send(fields) sends; work.check(fields) finds that it can be sent now that nothing fails, and that it
        has happened once."""
        total = self.undisturbed(work)
        counts = {"what": work.name, "fails": self.kind.name, "calls": total, "tried": 0, "done": 0, "said_so": 0, "broken": 0, "ended": 0}
        for n in numbers(total, most):
            with told_where(f"{work.name}, {self.kind.name}, call {n} of {total}"):
                outcome = self.disturbed(work, n)
            if outcome:
                counts["tried"] += 1
                counts[outcome] += 1
        return counts

    @staticmethod
    def outcome(send, fields):
        try:
            status, text = send(fields)
        except (OSError, http.client.HTTPException):
            return "broken"
        if status in (200, 303):
            return "done"
        expect(status in (500, 503) and "<h1" in text, f"it is answered {status}")
        return "said_so"


def serve_and_sweep(city, kinds, most):
    """A page, a report and a change of the plan, with each kind of failing calls."""
    make_ready_for_reports(city)
    works = [Page(city), Report(city), Measure(city, coordinator(city))]
    rows = [Requests(city, kind).sweep(work, most) for kind in kinds for work in works]
    city.verify()
    city.kill()
    leaks = secret_in_files(city.folder.parent)
    expect(not leaks, f"what was told can be read in {leaks}")
    return rows

"""The power is cut under a city that is served: people tell, plan, sign up and sign in, while it is published in and backed up."""
import collections
import copy
import dataclasses
import threading
import time

from city import File, expect, free_port, opened
from load import Load
from mixed import signing_in
from outlives import Backup, Publication
from power import Moments, states
from recording import Recording, library_of
from storage import NothingElse
from visitor import Visitor, coordinator, make_ready_for_reports, receipt_code, report_is_there
from works import Measure, Report, SignUp

NEWEST = 2  # of each kind that is looked at closely: what was done last is in most danger
PERIODS = ["2015", "2016", "2017"]


@dataclasses.dataclass(frozen=True)
class Done:
    """Something that was sent, and acknowledged: at which moments of the recording."""
    what: object  # a form of works.py, or a session's cookie
    sent: int
    known: int
    key: str = ""  # of its row, or the token of a form whose rows tell nothing of it
    fields: dict = dataclasses.field(default_factory=dict)
    answer: str = ""


def sending(form, key, position, times):
    """Fills in a form and sends it, `times` times at once, as who presses the button twice: known when it has been answered once."""
    def one(fields, answers):
        status, page = form.send(fields)
        answers.append((status, page, position()))

    def act(_persist, _name):
        fields, answers, sent = form.prepare(), [], position()
        threads = [threading.Thread(target=one, args=(fields, answers)) for _ in range(times)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        told = [status for status, _, _ in answers]
        expect(len(told) == times and set(told) <= {200, 303}, f"{form.name} that was sent {times} times was answered {told}")
        return Done(form, sent, min(known for _, _, known in answers), fields[key], fields, answers[0][1])

    return act


def entering(city, position):
    sign_in = signing_in(city)

    def act(persist, name):
        sent, session = position(), sign_in(persist, name)
        return Done(session[1], sent, position()) if session else None

    return act


def letters_that_came(post, position, over, came):
    """Since when at the latest it is known that a letter had come: {reader: moment}."""
    seen = 0
    while not over.wait(0.005):
        if post.count() > seen:
            for reader, _, _, _ in post.letters()[seen:]:
                came.setdefault(reader, position())
                seen += 1


def run_commands(city, recording, seconds):
    """Publications and backups in turn, of the city that is served."""
    base, end, told = city.folder.parent, time.monotonic() + seconds, []
    for number, period in enumerate(PERIODS):
        for command in (Publication(city.lykta, period), Backup(city.lykta, f"backup-{number}")):
            sent = recording.position()
            done = command.ask(command.words(base), recording.environment())
            expect(done.returncode == 0, f"{command.name}: {done.stderr}")
            told.append(Done(command, sent, recording.position()))
        time.sleep(max(0.0, (end - time.monotonic()) / (len(PERIODS) - number)))
    return told


def latest(done, kind, moment):
    """Those of `kind` that had been sent at `moment`, the newest last, each once."""
    return list({one.key: one for one in sorted(done, key=lambda one: one.sent) if isinstance(one.what, kind) and one.sent <= moment}.values())


class After:
    """The city as it is in `folder` after a power cut at `moment`, held against what had been sent and acknowledged by then."""

    def __init__(self, load, folder, moment):
        self.load, self.folder, self.moment = load, folder, moment
        self.city = copy.copy(load.city)
        self.city.folder, self.city.port, self.city.plan, self.city.process = folder / "city", free_port(), None, None
        self.city.database = File(folder / "city/lykta.db")

    def sent(self, kind):
        return latest(self.load.done, kind, self.moment)

    def told(self, kind):
        return [one for one in self.sent(kind) if one.known <= self.moment]

    def check_commands(self):
        for one in self.load.commands:
            if one.sent <= self.moment:
                one.what.check_there(self.folder, one.known <= self.moment)
        self.city.verify()

    def check_keys(self, kind, sql):
        """Each row once, all that were acknowledged, and none that nobody sent."""
        rows = collections.Counter(row[0] for row in self.city.rows(sql))
        told, sent = ({one.key for one in some(kind)} for some in (self.told, self.sent))
        lost, strange = told - set(rows), set(rows) - sent - self.load.before[kind]
        expect(not lost, f"{len(lost)} of {len(told)} are lost that were acknowledged: {kind.name}")
        expect(not strange and max(rows.values(), default=1) == 1, f"there is a strange row or one twice: {kind.name}")

    def check_reports(self, told, sent):
        rows = self.city.number("select count(*) from observation")
        expect(told <= rows <= sent, f"{rows} reports, {told} were acknowledged and {sent} sent")
        expect(self.city.number("select count(*) from register_entry") == rows, "the register has another number of reports")
        expect(self.city.sealed_number("select count(*) from reporter") >= rows, "a report has no key")

    def check_letters(self):
        """A letter that has come is not sent again: its row says that it is under way, at least."""
        state = dict(self.city.rows("select address, state from mail_letter"))
        for reader, moment in self.load.came.items():
            expect(moment > self.moment or state.get(reader, "lost") not in ("lost", "queued"),
                   f"a letter that has come is {state.get(reader, 'lost')}, and would be sent again")

    def check_rows(self):
        self.check_keys(Measure, "select title from plan_measure")
        self.check_keys(SignUp, "select address from seminar_signup")
        self.check_reports(len(self.told(Report)), len(self.sent(Report)))
        self.check_letters()

    def check_served(self):
        """It goes on where it was: what was not answered is sent again, and what was answered too; all has then happened once."""
        self.city.start()
        try:
            for kind in (Report, Measure, SignUp):
                told = self.told(kind)
                again = [one for one in self.sent(kind) if one not in told] + told[-NEWEST:]
                for one in again:
                    status, _ = type(one.what)(self.city, one.what.cookie).send(one.fields)
                    expect(status in (200, 303), f"{kind.name} that is sent again is answered {status}")
            self.check_visits()
        finally:
            self.city.stop()
        everything = After(self.load, self.folder, self.moment)
        everything.told = everything.sent
        everything.check_rows()

    def check_visits(self):
        visitor = Visitor(self.city.port)
        for one in self.told(Report)[-NEWEST:]:
            expect(report_is_there(visitor, receipt_code(one.answer)), "a report cannot be opened with its code")
        visitor.close()
        for one in [one for one in self.load.done if isinstance(one.what, str) and one.known <= self.moment][-NEWEST:]:
            visitor = Visitor(self.city.port, one.what)
            expect(visitor.is_signed_in(), "somebody who had signed in no longer is")
            visitor.close()


class Served:
    """A load, what it did, and when that was known."""

    def __init__(self, city, post, seconds, base):
        self.city = city
        self.recording = Recording(base / "recording", library_of(city.lykta))
        for command in (Publication(city.lykta), Backup(city.lykta)):
            command.prepare(base)
        self.moments = Moments(base, self.recording)
        city.plan = self.recording
        make_ready_for_reports(city)
        self.before = {Measure: {row[0] for row in city.rows("select title from plan_measure")}, SignUp: set()}
        self.start, self.came = self.recording.position(), {}
        over = threading.Event()
        watch = threading.Thread(target=letters_that_came, args=(post, self.recording.position, over, self.came))
        watch.start()
        self.run(seconds)
        over.set()
        watch.join()
        expect(city.stop() == 0, "the city did not end as it should")
        city.plan = None

    def run(self, seconds):
        position = self.recording.position
        report, measure, sign_up = Report(self.city), Measure(self.city, coordinator(self.city)), SignUp(self.city)
        load = Load(self.city.port, [("report", sending(report, "token", position, 1)), ("report", sending(report, "token", position, 2)),
                                     ("edit", sending(measure, "title", position, 1)), ("edit", sending(measure, "title", position, 2)),
                                     ("sign-up", sending(sign_up, "email", position, 1)), ("sign-up", sending(sign_up, "email", position, 2)),
                                     ("sign-in", entering(self.city, position))])
        try:
            self.commands = run_commands(self.city, self.recording, seconds)
        finally:
            load.end()
        self.done = [one for some in load.acknowledged().values() for one in some]

    def check(self, folder, moment, fate):
        after, backup = After(self, folder, moment), Backup(self.city.lykta, "next", self.city.folder.parent)
        backup.move_note(folder)
        after.check_commands()
        after.check_rows()
        if isinstance(fate, NothingElse) or fate.chance.random() < 0.3:
            after.check_served()
            backup.check(folder, False)


def cut_load(lykta, seconds, most, n, chance):
    with opened(lykta, 30) as (city, post):
        post.start()
        served = Served(city, post, seconds, city.folder.parent)
        post.stop()
        served.moments.look(served.start, most, states(n), chance, served.check)
        moments = served.moments
        moments.close()
        return {"what": "a served city", "moments": moments.cuts, "states": moments.states, "reports": len(latest(served.done, Report, moments.end)),
                "edits": len(latest(served.done, Measure, moments.end)), "sign_ups": len(latest(served.done, SignUp, moments.end))}

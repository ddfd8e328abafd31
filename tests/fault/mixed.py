"""The program is killed at random moments while people tell of what they have seen, sign in, and change the action plan."""
import itertools
import random

from city import expect, opened
from load import Load, kill_under
from visitor import Visitor, coordinator, make_ready_for_reports, report, report_form, report_is_there, secret_in_files

OPENED = 8  # reports that are opened with their codes after it all: each takes a third of a second


def tell(persist, _name):
    fields = persist(report_form)
    return persist(lambda guest: report(guest, fields))


def signing_in(city):
    """Everyone with an example account in turn; a code lets somebody in once in its half minute."""
    accounts = itertools.cycle(email for role, email in sorted(city.accounts.items()) if role not in ("coordinator", "triage"))

    def step(guest):
        visitor = Visitor(guest.connection.port)
        try:
            return visitor.cookie if visitor.sign_in(next(accounts), city.password) else None
        finally:
            visitor.close()

    return lambda persist, _name: persist(step)


def editing(cookie):
    def step_as_coordinator(act):
        def step(guest):
            visitor = Visitor(guest.connection.port, cookie)
            try:
                return act(visitor)
            finally:
                visitor.close()
        return step

    def add_measure(persist, name):
        title = f"Åtgärd {name}"
        token = persist(step_as_coordinator(lambda visitor: visitor.form("/plan/ny", "/plan/ny")))
        fields = {"token": token, "goal": "detect", "title": title, "owner": "0"}
        status = persist(step_as_coordinator(lambda visitor: visitor.post("/plan/ny", fields)))
        expect(status == 303, f"the measure {name} was answered {status}")
        return title

    return add_measure


def check_lost(city, known, moment):
    """Nothing that has been acknowledged is lost, and what is sealed has its keys and its line in the register."""
    told = len(known.get("report", []))
    reports = city.number("select count(*) from observation")
    expect(reports >= told, f"{told - reports} acknowledged reports are lost after {moment}")
    expect(city.number("select count(*) from register_entry") == reports, f"the register has another number of reports after {moment}")
    expect(city.sealed_number("select count(*) from reporter") >= reports, f"a report has no key after {moment}")
    titles = {r[0] for r in city.rows("select title from plan_measure")}
    lost = set(known.get("edit", [])) - titles
    expect(not lost, f"{len(lost)} acknowledged measures are lost after {moment}")


def check_sessions(city, cookies):
    for cookie in cookies:
        visitor = Visitor(city.port, cookie)
        expect(visitor.is_signed_in(), "somebody who had signed in no longer is")
        visitor.close()


def check_codes(city, codes):
    visitor = Visitor(city.port)
    for code in codes:
        expect(report_is_there(visitor, code), "a report cannot be opened with its code")
    visitor.close()


def mixed(lykta, times, seed=1):
    chance = random.Random(seed)
    with opened(lykta, 30) as (city, post):
        post.start()
        make_ready_for_reports(city)
        before = city.number("select count(*) from plan_measure")
        edit = editing(coordinator(city))
        load = Load(city.port, [("report", tell)] * 3 + [("edit", edit)] * 3 + [("sign-in", signing_in(city))])
        kill_under(city, load, times, chance, lambda known, moment: check_lost(city, known, moment))
        known = load.acknowledged()
        check_lost(city, known, "all kills")
        reports, edits, sessions = (known.get(kind, []) for kind in ("report", "edit", "sign-in"))
        expect(city.number("select count(*) from observation") == len(set(reports)) == len(reports), "a report is there twice")
        expect(city.number("select count(*) from plan_measure") == before + len(edits), "a measure is there twice")
        check_sessions(city, sessions)
        check_codes(city, chance.sample(reports, min(OPENED, len(reports))))
        city.verify()
        city.kill()
        leaks = secret_in_files(city.folder.parent)
        expect(not leaks, f"what was told can be read in {leaks}")
        return {"kills": times, "seed": seed, "reports": len(reports), "edits": len(edits), "sign_ins": len(sessions), "lost": 0, "doubled": 0,
                "opened_with_code": min(OPENED, len(reports)), "asked_again": load.sent_again, "leaks": 0}

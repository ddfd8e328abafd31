"""The program is killed at random moments while people sign up, and started again."""
import collections
import random

from city import expect, opened, wait_for
from load import Load, kill_under

CLIENTS = 8


def sign_up(persist, name):
    address = f"gast{name}@exempel.se"
    fields = persist(lambda guest: guest.sign_up_fields(address))
    status = persist(lambda guest: guest.post("/seminarier/1/anmal", fields))
    expect(status == 303, f"the sign-up of {address} was answered {status}")
    return address


def check_lost(city, acknowledged, moment):
    there = {r[0] for r in city.rows("select address from seminar_signup")}
    lost = set(acknowledged) - there
    expect(not lost, f"{len(lost)} acknowledged sign-ups are lost after {moment}")


def check_letters(city, post, addresses):
    """Each guest's letter has come once, or is told of because its fate is not known; none has come twice. How many are unsure, and how
    many of those have come."""
    came = collections.Counter(to for to, _, _, _ in post.letters())
    state = dict(city.rows("select address, state from mail_letter"))
    twice = [a for a, n in came.items() if n > 1]
    expect(not twice, f"{len(twice)} letters came twice")
    expect(set(state) == set(addresses), f"{len(state)} letters for {len(addresses)} guests")
    lost = [a for a in addresses if came[a] == 0 and state[a] != "unsure"]
    expect(not lost, f"{len(lost)} letters never came and are not told of")
    unsure = [a for a in addresses if state[a] == "unsure"]
    return len(unsure), sum(came[a] for a in unsure)


def kills(lykta, times, seats=30, seed=1):
    chance = random.Random(seed)
    with opened(lykta, seats) as (city, post):
        post.start()
        city.start()
        load = Load(city.port, [("sign-up", sign_up)] * CLIENTS)
        kill_under(city, load, times, chance, lambda before, moment: check_lost(city, before.get("sign-up", []), moment))
        acknowledged = load.acknowledged()["sign-up"]
        rows = city.rows("select address, place, is_seated from seminar_signup order by place")
        expect(sorted(r[0] for r in rows) == sorted(acknowledged), f"{len(rows)} guests, {len(acknowledged)} acknowledged")
        expect([r[1] for r in rows] == list(range(1, len(rows) + 1)), "places are not 1, 2, 3 …")
        expect(sum(r[2] for r in rows) == min(seats, len(rows)), "the seats are not all taken, or more than there are")
        wait_for("the outbox to be empty", city.outbox_is_empty, 600)
        unsure, came = check_letters(city, post, acknowledged)
        city.verify()
        return {"kills": times, "seed": seed, "acknowledged": len(rows), "lost": 0, "doubled": 0, "asked_again": load.sent_again,
                "letters_once": len(rows) - unsure + came, "letters_twice": 0, "letters_unsure": unsure, "unsure_came": came}

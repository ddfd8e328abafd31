"""The program is killed at random moments while people sign up, and started again. What a guest's browser does is done: the
same form is sent again until it is answered."""
import collections
import http.client
import random
import threading
import time

from city import Fault, Guest, expect, opened, wait_for

CLIENTS = 8


class Load:
    """Clients that sign up one guest after the other for as long as is wanted, at the next port when one does not answer."""

    def __init__(self, *ports):
        self.ports, self.stop, self.lock = ports, threading.Event(), threading.Lock()
        self.acknowledged, self.sent_again, self.faults = [], 0, []
        self.threads = [threading.Thread(target=self.client, args=(i,)) for i in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def persist(self, act):
        """Does `act` with a new connection each time the program is gone."""
        while True:
            guest = Guest(self.ports[self.sent_again % len(self.ports)])
            try:
                return act(guest)
            except (OSError, http.client.HTTPException):
                with self.lock:
                    self.sent_again += 1
                time.sleep(0.02)
            finally:
                guest.close()

    def client(self, number):
        i = 0
        try:
            while not self.stop.is_set():
                address = f"gast{number}-{i}@exempel.se"
                fields = self.persist(lambda guest, a=address: guest.sign_up_fields(a))
                status = self.persist(lambda guest, f=fields: guest.post("/seminarier/1/anmal", f))
                expect(status == 303, f"the sign-up of {address} was answered {status}")
                with self.lock:
                    self.acknowledged.append(address)
                i += 1
        except Fault as fault:
            self.faults.append(str(fault))

    def end(self):
        self.stop.set()
        for thread in self.threads:
            thread.join()
        expect(not self.faults, f"{self.faults[:3]}")


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
        load = Load(city.port)
        try:
            for i in range(times):
                time.sleep(chance.uniform(0.02, 0.7))
                with load.lock:
                    before = list(load.acknowledged)
                city.kill()
                city.verify()
                check_lost(city, before, f"kill {i + 1}")
                city.start()
        finally:
            load.stop.set()
            if not city.process:
                city.start()  # for clients that still wait for an answer
        load.end()
        rows = city.rows("select address, place, is_seated from seminar_signup order by place")
        expect(sorted(r[0] for r in rows) == sorted(load.acknowledged), f"{len(rows)} guests, {len(load.acknowledged)} acknowledged")
        expect([r[1] for r in rows] == list(range(1, len(rows) + 1)), "places are not 1, 2, 3 …")
        expect(sum(r[2] for r in rows) == min(seats, len(rows)), "the seats are not all taken, or more than there are")
        wait_for("the outbox to be empty", city.outbox_is_empty, 600)
        unsure, came = check_letters(city, post, load.acknowledged)
        city.verify()
        return {"kills": times, "seed": seed, "acknowledged": len(rows), "lost": 0, "doubled": 0, "asked_again": load.sent_again,
                "letters_once": len(rows) - unsure + came, "letters_twice": 0, "letters_unsure": unsure, "unsure_came": came}

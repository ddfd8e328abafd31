"""A city in a PostgreSQL server that another follows: the first is gone while guests sign up, and the other takes its place."""
import http.client
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from city import PATIENCE_S, Fault, expect, opened
from kills import CLIENTS, check_lost
from load import Load
from server import check_whole
from with_postgres import Pair


def until_there(step):
    """A page that says that the database is away is asked for again after a moment, as a person does."""
    end = time.monotonic() + PATIENCE_S

    def again(guest):
        try:
            outcome = step(guest)
            if outcome != 500:
                return outcome
        except Fault as fault:
            if time.monotonic() > end:
                raise
            raise http.client.HTTPException(str(fault)) from fault
        raise http.client.HTTPException("the database is away")

    return again


def sign_up(persist, name):
    address = f"gast{name}@exempel.se"
    fields = persist(until_there(lambda guest: guest.sign_up_fields(address)))
    status = persist(until_there(lambda guest: guest.post("/seminarier/1/anmal", fields)))
    expect(status == 303, f"the sign-up of {address} was answered {status}")
    return address


def failover(lykta, times, seats=30):
    """Nobody restarts the city: its address names both servers, and it finds the one that writes."""
    away = []
    with Pair() as pair, opened(lykta, seats, server=pair) as (city, post):
        post.start()
        city.start()
        load = Load(city.port, [("sign-up", sign_up)] * CLIENTS)
        try:
            for i in range(times):
                if i > 0:
                    pair.follow()
                time.sleep(1)
                before = load.acknowledged()["sign-up"]
                gone = time.monotonic()
                pair.change_over()
                check_lost(city, before, f"failover {i + 1}")
                count = len(load.acknowledged()["sign-up"])
                while len(load.acknowledged()["sign-up"]) == count:
                    expect(time.monotonic() < gone + PATIENCE_S, "nobody could sign up at the server that took over")
                    time.sleep(0.05)
                away.append(time.monotonic() - gone)
            load.end()
            acknowledged = load.acknowledged()["sign-up"]
            unsure = check_whole(city, post, acknowledged, seats)
        finally:
            load.stop.set()
        return {"what": f"the server, whose replica takes over, {times} times", "acknowledged": len(acknowledged), "lost": 0,
                "letters_unsure": unsure, "longest_away_s": round(max(away), 1)}

"""The mail server is down for a while; when it is back every letter comes, once.

The program's clock runs SPEED times as fast (libfaketime), so that an hour without a mail server is a minute of the test; the
program itself, its pauses and its back-off are those of every city.
"""
import collections
import time

from city import Guest, expect, opened, wait_for

SPEED = 60


def refuse(post):
    return post.start


def hang(post):
    post.hang()
    return lambda: (post.unhang(), post.start())


def wait_at_reader(post):
    post.start()
    post.ask_to_wait("rcpt")
    return post.take_again


def wait_after_text(post):
    post.start()
    post.ask_to_wait("data")
    return post.take_again


# How the server is down: what begins it returns what ends it.
KINDS = {"refuses connections": refuse, "takes connections and is silent": hang, "says 451 to every reader": wait_at_reader,
         "says 451 after every text": wait_after_text}


def sign_up(city, first, n):
    guest = Guest(city.port)
    for i in range(first, first + n):
        guest.sign_up(f"gast{i}@exempel.se")
    guest.close()


def outage(lykta, kind, guests, minutes):
    with opened(lykta, 10, SPEED) as (city, post):
        end = KINDS[kind](post)
        city.start()
        began = time.monotonic()
        sign_up(city, 0, guests // 2)
        time.sleep(minutes)  # 60 of the program's seconds each
        expect(post.count() == 0, "a letter came from a server that is down")
        sign_up(city, guests // 2, guests - guests // 2)
        end()
        back = time.monotonic()
        wait_for("every letter", lambda: post.count() >= guests)
        came = time.monotonic()
        wait_for("the outbox to be empty", city.outbox_is_empty)
        letters = collections.Counter((to, message) for to, _, message, _ in post.letters())
        expect(len(letters) == guests and set(letters.values()) == {1}, f"{sum(letters.values())} letters for {guests} guests")
        states = dict(city.rows("select state, count(*) from mail_letter group by 1"))
        expect(states == {"sent": guests}, f"the outbox says {states}")
        city.verify()
        return {"server": kind, "guests": guests, "down_min": round(back - began, 1), "letters_once": guests, "letters_twice": 0, "lost": 0,
                "last_came_after_min": round(came - back, 1)}

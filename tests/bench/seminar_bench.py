"""Measures seminars: sign-ups a second that are on disk when they are answered, and the public page. Used by bench.py.

A sign-up is a whole request: the form's token, seats and places, the letter in the outbox, the line in the audit log, one fsync. Its
baseline is SQLite alone on the same disk, a row a transaction.
"""
import concurrent.futures
import http.client
import re
import sqlite3
import subprocess
import time
import urllib.parse

SEATS = 40
CLIENTS = 16


def add_seminar(city):
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 10 * 86400))
    db = sqlite3.connect(city / "lykta.db")
    db.execute("update contact set left_at = 0")  # the example network's own, who are written to by themselves
    db.execute("delete from seminar")
    db.execute("insert into seminar (id, uid, state, title, about, speakers, place, access, held_on, from_minute, to_minute, seats, last_day, "
               "made_at, changed_at) values (1, 'bench', 'open', 'Frukostseminarium', 'Vi berättar vad *ni* kan se.', 'Kim Exempel, polisen', "
               f"'Stadshuset', 'Hörslinga', '{day}', 510, 630, {SEATS}, '{day}', 0, 0)")
    db.commit()
    db.close()


def token(connection):
    connection.request("GET", "/seminarier/1/anmal")
    return re.search(r'name="token" value="([^"]+)"', connection.getresponse().read().decode()).group(1)


def client(port, first, n):
    """The forms are fetched first; what is timed is the answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    tokens = [token(connection) for _ in range(n)]
    yield None
    for i, value in enumerate(tokens):
        body = urllib.parse.urlencode({"token": value, "name": "Kim Exempel", "organisation": "Hotell Exempel", "actor": "hotel",
                                       "email": f"gast{first + i}@exempel.se", "needs": "vegetariskt"})
        connection.request("POST", "/seminarier/1/anmal", body, {"Content-Type": "application/x-www-form-urlencoded",
                                                                 "Sec-Fetch-Site": "same-origin"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 303:
            raise SystemExit(f"a sign-up was answered {answer.status}")
    yield None


def sqlite_alone(folder, seconds):
    db = sqlite3.connect(folder / "alone.db", isolation_level=None)
    db.execute("pragma journal_mode = wal")
    db.execute("pragma synchronous = full")
    db.execute("create table t (a text)")
    end, n = time.perf_counter() + seconds, 0
    while time.perf_counter() < end:
        db.execute("insert into t values ('x')")
        n += 1
    return n / seconds


def signups(folder, city, port, each):
    with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
        clients = [client(port, each * i, each) for i in range(CLIENTS)]
        list(pool.map(next, clients))
        start = time.perf_counter()
        list(pool.map(next, clients))
        wall = time.perf_counter() - start
    db = sqlite3.connect(city / "lykta.db")
    rows, seated, letters = (db.execute(q).fetchone()[0] for q in (
        "select count(*) from seminar_signup", "select count(*) from seminar_signup where is_seated = 1", "select count(*) from mail_letter where address like 'gast%'"))
    db.close()
    if (rows, seated, letters) != (each * CLIENTS, SEATS, each * CLIENTS):
        raise SystemExit(f"{rows} sign-ups, {seated} seats, {letters} letters")
    alone = sqlite_alone(folder, 2)
    return {"task": f"{rows} sign-ups for {SEATS} seats, {CLIENTS} clients at once", "signups_s": rows / wall,
            "baseline": "SQLite alone, a row a transaction, synchronous=full", "baseline_s": alone, "ratio": rows / wall / alone}


def served(lykta, folder, port):
    city = folder / "seminar-city"
    subprocess.run([lykta, "demo", city], check=True, stdout=subprocess.DEVNULL)
    add_seminar(city)
    server = subprocess.Popen([lykta, "serve", city, "--listen", f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(1)
    return city, server

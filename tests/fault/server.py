"""A city in a PostgreSQL server: served by two processes, or from two folders as on two machines, of which one is killed; and the server
gone for a while."""
import http.client
import pathlib
import shutil
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from city import Guest, expect, free_port, opened, wait_for
from kills import CLIENTS, check_letters, check_lost, sign_up
from load import Load
from with_postgres import Server


def page_at(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/seminarier")
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def check_whole(city, post, addresses, seats):
    """What was acknowledged is there, once and in order, and each letter has come once."""
    rows = city.rows("select address, place, is_seated from seminar_signup order by place")
    expect(sorted(r[0] for r in rows) == sorted(addresses), f"{len(rows)} guests, {len(addresses)} acknowledged")
    expect([r[1] for r in rows] == list(range(1, len(rows) + 1)), "places are not 1, 2, 3 …")
    expect(sum(r[2] for r in rows) == min(seats, len(rows)), "the seats are not all taken, or more than there are")
    wait_for("the outbox to be empty", city.outbox_is_empty, 600)
    unsure, _ = check_letters(city, post, addresses)
    city.verify()
    return unsure


def end(process):
    process.kill()  # those beside it are killed with it: none can end in order
    process.wait()
    process.stdout.close()


def one_of_two(lykta, times, waits, seats=30):
    """Two processes answer while guests sign up; one and then the other is killed and started again."""
    with Server() as server, opened(lykta, seats, server=server) as (city, post):
        post.start()
        ports = [free_port(), free_port()]
        serving = [city.serve(port) for port in ports]
        load = Load(ports[0], [("sign-up", sign_up)] * CLIENTS, ports[1])
        try:
            for i in range(times):
                time.sleep(0.7)
                before = load.acknowledged()["sign-up"]
                end(serving[i % 2])
                check_lost(city, before, f"kill {i + 1}")
                time.sleep(0.7)
                serving[i % 2] = city.serve(ports[i % 2])
            load.end()
            if not waits:
                let_time_pass(city)
            unsure = check_whole(city, post, load.acknowledged()["sign-up"], seats)
        finally:
            load.stop.set()
            for process in serving:
                end(process)
        return {"what": f"one of two processes, {times} times", "acknowledged": len(load.acknowledged()["sign-up"]), "lost": 0, "letters_unsure": unsure}


def holder(city):
    found = city.rows("select holder from work_claim")
    return found[0][0] if found else None


def let_time_pass(city):
    """As if the claim's half minute were over."""
    city.database.change("update work_claim set until_at = 1")


def two_machines(lykta, times, waits, seats=30):
    """Two folders with the same keys and settings, that see nothing of each other's locks: whichever does what the city does by itself is
    killed, and the other takes over when the claim's time is over. Without `waits` the claim is made older instead."""
    with Server() as server, opened(lykta, seats, server=server) as (city, post):
        post.start()
        folders = [city.folder, city.folder.with_name("other")]
        shutil.copytree(*folders)
        ports = [free_port(), free_port()]
        serving = [city.serve(ports[0], folders[0])]
        wait_for("the first to have the claim", lambda: holder(city))
        serving.append(city.serve(ports[1], folders[1]))
        load = Load(ports[0], [("sign-up", sign_up)] * CLIENTS, ports[1])
        longest = 0
        try:
            for i in range(times):
                at_work = i % 2
                time.sleep(0.7)
                known, before = load.acknowledged()["sign-up"], holder(city)
                end(serving[at_work])
                start = time.monotonic()
                check_lost(city, known, f"kill {i + 1}")
                expect(holder(city) == before, "the claim changed hands before its time was over")
                if not waits:
                    let_time_pass(city)
                wait_for("the other to take over", lambda: holder(city) not in (before, None))
                longest = max(longest, time.monotonic() - start)
                serving[at_work] = city.serve(ports[at_work], folders[at_work])
            load.end()
            unsure = check_whole(city, post, load.acknowledged()["sign-up"], seats)
        finally:
            load.stop.set()
            for process in serving:
                end(process)
        row = {"what": f"one of two folders, {times} times", "acknowledged": len(load.acknowledged()["sign-up"]), "lost": 0, "letters_unsure": unsure}
        return row | ({"taken_over_s": round(longest, 1)} if waits else {})


def gone(lykta, seconds, seats=30):
    """The server stops and comes back: the city says so meanwhile, and nobody restarts it."""
    with Server() as server, opened(lykta, seats, server=server) as (city, post):
        post.start()
        city.start()
        guest = Guest(city.port)
        guest.sign_up("fore@exempel.se")
        server.stop()
        status, page = page_at(city.port)
        expect(status == 500 and "<h1" in page, f"without its server the city answered {status}")
        time.sleep(seconds)
        server.start()
        expect(page_at(city.port)[0] == 200, "the city does not answer when its server is back")
        guest.close()  # what nobody has used for a minute has been closed
        guest = Guest(city.port)
        guest.sign_up("efter@exempel.se")
        guest.close()
        unsure = check_whole(city, post, ["fore@exempel.se", "efter@exempel.se"], seats)
        return {"what": f"PostgreSQL, for {seconds} s", "acknowledged": 2, "lost": 0, "letters_unsure": unsure}

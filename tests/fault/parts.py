"""Each process of a served city is killed while people sign up: the worker is made again, and without any other the city ends and is started
anew, as the service's manager does."""
import contextlib
import os
import pathlib
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from bench.processes import family, share_mb
from city import expect, opened, wait_for
from kills import check_letters, check_lost, sign_up
from load import Load

WORKER = "lykta-worker"
PARTS = (WORKER, "lykta-keeper", "lykta-vault", "lykta-starter")
CLIENTS = 3
SYSTEM = 4
MOST_MB = 120


def processes(pid):
    """{name: process} of a served city."""
    names = {}
    for process in family(pid):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
            names[pathlib.Path(f"/proc/{process}/comm").read_text(encoding="utf-8").strip()] = process
    return names


def at_rest(city):
    time.sleep(1)
    names = processes(city.process.pid)
    expect(set(names) == {"lykta", *PARTS}, f"a served city is {sorted(names)}")
    sizes = {name: share_mb(process) for name, process in names.items()}
    expect(sum(sizes.values()) <= MOST_MB, f"a city at rest takes {sizes} MB")
    return sizes


def is_gone(process):
    """A process that nobody has waited for yet is gone too."""
    try:
        return pathlib.Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def kill_part(city, name):
    """How long until the city was whole again, in seconds."""
    before = processes(city.process.pid)
    start = time.monotonic()
    os.kill(before[name], signal.SIGKILL)
    if name == WORKER:
        wait_for("the worker to be there again", lambda: processes(city.process.pid).get(WORKER, before[WORKER]) != before[WORKER])
        expect(city.process.poll() is None, "the city ended with its worker")
        return time.monotonic() - start
    try:
        city.process.wait(60)
    except subprocess.TimeoutExpired:
        expect(False, f"the city goes on without {name}")
    status = city.forget()
    expect(status == SYSTEM, f"the city ended with status {status} without {name}")
    wait_for("all processes to end", lambda: all(is_gone(process) for process in before.values()))
    city.start()
    return time.monotonic() - start


def parts(lykta, times):
    with opened(lykta, 30) as (city, post):
        post.start()
        city.start()
        sizes = at_rest(city)
        load = Load(city.port, [("sign-up", sign_up)] * CLIENTS)
        rows = []
        try:
            for name in PARTS:
                longest = 0
                for _ in range(times):
                    time.sleep(0.3)
                    known = load.acknowledged().get("sign-up", [])
                    longest = max(longest, kill_part(city, name))
                    check_lost(city, known, f"{name} was killed")
                rows.append({"part": name, "memory_mb": round(sizes[name], 1), "kills": times, "whole_again_s": round(longest, 1)})
        finally:
            load.stop.set()
            if not city.process:
                city.start()  # for clients that still wait for an answer
        load.end()
        acknowledged = load.acknowledged()["sign-up"]
        check_lost(city, acknowledged, "all of it")
        wait_for("the outbox to be empty", city.outbox_is_empty, 600)
        unsure, _ = check_letters(city, post, acknowledged)
        city.verify()
        return rows + [{"part": "all", "memory_mb": round(sum(sizes.values()), 1), "kills": times * len(PARTS), "acknowledged": len(acknowledged),
                        "lost": 0, "letters_twice": 0, "letters_unsure": unsure}]

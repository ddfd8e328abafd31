"""Measures a thousand attempts to sign in at the same moment: what memory they take, and whether the public pages still answer. Used by
bench.py. Each attempt has a connection of its own and another address; a password's hash costs 64 MiB while it is made."""
import asyncio
import collections
import http.client
import re
import threading
import time
import urllib.parse

import processes

ATTEMPTS = 1000


async def attempt(port, token, i):
    body = urllib.parse.urlencode({"token": token, "email": f"gast{i}@exempel.se", "password": "fel-losenord-exempel"}).encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST /logga-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n"
                 b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
    line = await reader.readline()
    await reader.read()
    writer.close()
    return int(line.split()[1])


async def all_at_once(port, token, n):
    return collections.Counter(await asyncio.gather(*(attempt(port, token, i) for i in range(n))))


def watch(port, path, pid, stop, waits, held):
    """Asks for a public page again and again, as one visitor after another, and notes how long each waited and what memory is held then."""
    while not stop.is_set():
        start = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", path)
        if connection.getresponse().status != 200:
            raise SystemExit(f"{path} was not answered")
        connection.close()
        waits.append(time.perf_counter() - start)
        held.append(processes.held_mb(pid))
        time.sleep(0.01)


def signs_in(port, pid, path):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/logga-in")
    token = re.search(r'action="/logga-in".*?name="token" value="([^"]+)"', connection.getresponse().read().decode(), re.S).group(1)
    connection.close()
    stop, waits, held = threading.Event(), [], [processes.held_mb(pid)]
    watcher = threading.Thread(target=watch, args=(port, path, pid, stop, waits, held))
    watcher.start()
    start = time.perf_counter()
    answers = asyncio.run(all_at_once(port, token, ATTEMPTS))
    wall = time.perf_counter() - start
    stop.set()
    watcher.join()
    if sum(answers.values()) != ATTEMPTS or not set(answers) <= {200, 422, 429}:
        raise SystemExit(f"attempts were answered {dict(answers)}")
    waits.sort()
    return {"task": f"{ATTEMPTS} attempts to sign in at once", "wall_s": wall, "checked": answers[200] + answers[422], "asked_to_come_back": answers[429],
            "held_before_mb": held[0], "peak_mb": max(held), "page_n": len(waits), "page_median_ms": 1000 * waits[len(waits) // 2],
            "page_worst_ms": 1000 * waits[-1]}

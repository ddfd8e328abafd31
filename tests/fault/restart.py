"""The program is stopped and started anew while visitors come: alone, and with a socket that the service manager keeps open meanwhile."""
import http.client
import random
import socket
import threading
import time

from city import PATIENCE_S, opened, expect

CLIENTS = 4
WAITING = 4096


class Visitors:
    """Each comes on a connection of their own, again and again."""

    def __init__(self, port):
        self.port, self.stop, self.lock = port, threading.Event(), threading.Lock()
        self.counts, self.longest = {"answered": 0, "refused": 0, "broke": 0}, 0
        self.threads = [threading.Thread(target=self.come) for _ in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def come(self):
        while not self.stop.is_set():
            began = time.monotonic()
            outcome = self.ask()
            with self.lock:
                self.counts[outcome] += 1
                if outcome == "answered":
                    self.longest = max(self.longest, time.monotonic() - began)

    def ask(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        try:
            connection.request("GET", "/", headers={"Connection": "close"})
            answer = connection.getresponse()
            answer.read()
            return "answered" if answer.status == 200 else "broke"
        except ConnectionRefusedError:
            time.sleep(0.02)
            return "refused"
        except (OSError, http.client.HTTPException):
            return "broke"
        finally:
            connection.close()

    def end(self):
        self.stop.set()
        for thread in self.threads:
            thread.join()


def restart(lykta, times, is_handed_over):
    chance = random.Random(1)
    with opened(lykta, 30) as (city, _):
        if is_handed_over:
            city.socket = socket.create_server(("127.0.0.1", city.port), backlog=WAITING)
        city.start()
        visitors = Visitors(city.port)
        try:
            for _ in range(times):
                time.sleep(chance.uniform(0.1, 0.5))
                status = city.stop()
                expect(status == 0, f"the city ended with status {status}")
                city.start()
        finally:
            if not city.process:
                city.start()  # for visitors who still wait
            visitors.end()
            if city.socket:
                city.socket.close()
        counts = visitors.counts
        expect(counts["answered"] > times, "nobody was answered")
        expect(not is_handed_over or counts["refused"] == 0, f"{counts['refused']} visitors were refused")
        return {"who": "the service manager" if is_handed_over else "the program", "restarts": times, **counts, "longest_ms": round(1000 * visitors.longest)}

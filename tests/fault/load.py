"""Clients that do one thing after the other without a pause, while the program may be killed under them. What a browser does is done:
a form that was not answered is sent again until it is."""
import collections
import http.client
import threading
import time

from city import Fault, Guest, expect


class Load:
    """A thread for each (kind, act) of `clients`. `act(persist, name)` does one thing, named uniquely, and returns what it knows once it has
    been acknowledged, or None when it was not. `persist(step)` calls step(guest) until the program has answered, at the next of the
    ports when one does not."""

    def __init__(self, port, clients, *more_ports):
        self.ports, self.stop, self.lock = [port, *more_ports], threading.Event(), threading.Lock()
        self.known, self.sent_again, self.faults = collections.defaultdict(list), 0, []
        self.threads = [threading.Thread(target=self.client, args=(i, kind, act)) for i, (kind, act) in enumerate(clients)]
        for thread in self.threads:
            thread.start()

    def persist(self, step):
        """A new connection each time the program is gone."""
        while True:
            guest = Guest(self.ports[self.sent_again % len(self.ports)])
            try:
                return step(guest)
            except (OSError, http.client.HTTPException):
                with self.lock:
                    self.sent_again += 1
                time.sleep(0.02)
            finally:
                guest.close()

    def client(self, number, kind, act):
        i = 0
        try:
            while not self.stop.is_set():
                known = act(self.persist, f"{number}-{i}")
                if known is not None:
                    with self.lock:
                        self.known[kind].append(known)
                i += 1
        except Fault as fault:
            self.faults.append(str(fault))

    def acknowledged(self):
        """{kind: what has been acknowledged by now}"""
        with self.lock:
            return {kind: list(known) for kind, known in self.known.items()}

    def end(self):
        self.stop.set()
        for thread in self.threads:
            thread.join()
        expect(not self.faults, f"{self.faults[:3]}")


def kill_under(city, load, times, chance, check):
    """Kills the program at `times` moments of `chance` and starts it again; after each the city is whole and `check` is called with what had
    been acknowledged before."""
    try:
        for i in range(times):
            time.sleep(chance.uniform(0.02, 0.7))
            before = load.acknowledged()
            city.kill()
            city.verify()
            check(before, f"kill {i + 1}")
            city.start()
    finally:
        load.stop.set()
        if not city.process:
            city.start()  # for clients that still wait for an answer
    load.end()

"""A city that is started by who asks for it, and ends when nobody does: as systemd's sockets do it. usage: activated_test.py LYKTA"""
import http.client
import os
import pathlib
import select
import socket
import subprocess
import sys
import tempfile

SOCKET = 3  # where systemd puts the first socket: sd_listen_fds(3)


def started(lykta, city, listening, *more):
    """As systemd starts it. A shell becomes the program, so that its number is known before it."""
    def give():
        os.dup2(listening.fileno(), SOCKET)
        os.set_inheritable(SOCKET, True)

    return subprocess.Popen(["sh", "-c", 'LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"', "sh", lykta, "serve", city, *more],
                            preexec_fn=give, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def ask(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/", headers={"Connection": "close"})
    status = connection.getresponse().status
    connection.close()
    return status


def waiting(listening, seconds):
    return bool(select.select([listening], [], [], seconds)[0])


def check(lykta, city, said):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        for turn, ends_by_itself in (("the first", True), ("the next", False)):
            caller = socket.create_connection(("127.0.0.1", port))
            said(waiting(listening, 10), f"{turn} who asks is waited for while the city is not served")
            running = started(lykta, city, listening, "--idle", "1")
            caller.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            said(caller.recv(12) == b"HTTP/1.1 200", f"{turn} who asks is answered by the city that was started for it")
            caller.close()
            if ends_by_itself:
                said(ask(port) == 200, "others are answered, too")
            else:
                running.terminate()
            said(running.wait(timeout=60) == 0, "it ends in order: by itself when nobody asks, or when it is told to")
            running.stderr.close()
    with socket.create_server(("0.0.0.0", 0)) as open_to_all:
        running = started(lykta, city, open_to_all)
        said(running.wait(timeout=60) == 2 and "other machines" in running.stderr.read(), "a socket that other machines reach is refused")
        running.stderr.close()


def main():
    results = []

    def said(is_so, sentence):
        results.append(is_so)
        print(f"{'ok' if is_so else 'not ok'} {len(results)} - {sentence}", flush=True)

    with tempfile.TemporaryDirectory() as at:
        city = pathlib.Path(at) / "city"
        subprocess.run([sys.argv[1], "init", city, "--municipality", "1281", "--name", "Lund (exempel)"], check=True, stdout=subprocess.DEVNULL)
        check(sys.argv[1], city, said)
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())

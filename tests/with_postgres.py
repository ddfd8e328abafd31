#!/usr/bin/env python3
"""Runs programs beside a PostgreSQL server of their own: with_postgres.py PROGRAM [ARGUMENT...] [-- PROGRAM ...]

The server lives in a temporary folder, listens on a socket in it alone, and is gone afterwards. LYKTA_TEST_POSTGRES is the
address of its database `lykta`, for a role that may make schemas there and nothing else; `neighbour` is another such role. Programs see no other difference.
Fails when one of them does.
"""
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PROGRAMS = pathlib.Path("/usr/lib/postgresql/15/bin")
ROLES = "create role lykta login; create role neighbour login;"
DATABASE = """set client_min_messages = warning;
drop database if exists lykta with (force);
create database lykta encoding 'UTF8' template template0;
revoke all on database lykta from public;
grant connect, create on database lykta to lykta, neighbour;"""


def as_keeper(command):
    """PostgreSQL does not run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


def run(*command, **more):
    subprocess.run(as_keeper([str(part) for part in command]), check=True, stdout=subprocess.DEVNULL, cwd="/", **more)


class Server:
    """A server in a folder of its own, stopped and removed at the end. What it keeps need not survive the machine."""

    def __enter__(self):
        self.make_folder()
        run(PROGRAMS / "initdb", "-D", self.data, "-A", "trust", "-U", "keeper", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.start()
        self.tell(ROLES)
        self.make_database()
        return self

    def tell(self, sql):
        run("psql", "-q", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-U", "keeper", "postgres", input=sql, text=True)

    def make_database(self):
        """An empty one in place of what is there: a schema for each of a program's tests is a lot to keep, and to look through."""
        self.tell(DATABASE)

    def make_folder(self):
        signal.signal(signal.SIGTERM, lambda *_: sys.exit("told to end"))  # a time limit: the server ends too
        self.folder = tempfile.mkdtemp(prefix="lykta-pg-")
        if os.geteuid() == 0:
            keeper = pwd.getpwnam("postgres")
            os.chown(self.folder, keeper.pw_uid, keeper.pw_gid)
        os.chmod(self.folder, 0o755)

    @property
    def data(self):
        return f"{self.folder}/data"

    @property
    def address(self):
        return f"postgresql://lykta@/lykta?host={self.folder}"

    def start(self):
        run(PROGRAMS / "pg_ctl", "-D", self.data, "-w", "-l", f"{self.folder}/log", "start", "-o",
            f"-c listen_addresses= -c fsync=off -c max_connections=600 -k {self.folder}")

    def stop(self):
        run(PROGRAMS / "pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop")

    def __exit__(self, *_):
        subprocess.run(as_keeper([str(PROGRAMS / "pg_ctl"), "-D", self.data, "-m", "immediate", "stop"]),
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
        shutil.rmtree(self.folder, ignore_errors=True)


class Pair:
    """Two servers of which one follows the other, and has every change before it is acknowledged. `address` is where the one that writes is."""

    def __enter__(self):
        self.first, self.second = Server(), Server()
        self.first.__enter__()
        self.second.make_folder()
        self.address = f"postgresql://lykta@/lykta?host={self.first.folder},{self.second.folder}&target_session_attrs=read-write"
        self.follow()
        return self

    def follow(self):
        """The second is made anew of the first, which from then on waits for it."""
        self.ask("alter system reset synchronous_standby_names")
        shutil.rmtree(self.second.data, ignore_errors=True)
        run(PROGRAMS / "pg_basebackup", "-h", self.first.folder, "-U", "keeper", "-D", self.second.data, "-R", "-X", "stream", "-c", "fast", "--no-sync")
        self.second.start()
        self.ask("alter system set synchronous_standby_names to '*'")
        self.ask("select pg_reload_conf()")
        while self.ask("select count(*) from pg_stat_replication where sync_state = 'sync'") != "1":
            time.sleep(0.05)

    def ask(self, sql):
        done = subprocess.run(as_keeper(["psql", "-qAt", "-v", "ON_ERROR_STOP=1", "-h", self.first.folder, "-U", "keeper", "postgres"]), check=True, cwd="/",
                              input=sql, text=True, capture_output=True)
        return done.stdout.strip()

    def change_over(self):
        """The first is gone in the middle of whatever it does; the second takes its place."""
        self.first.stop()
        run(PROGRAMS / "pg_ctl", "-D", self.second.data, "-w", "promote")
        self.first, self.second = self.second, self.first

    def __exit__(self, *why):
        self.first.__exit__(*why)
        self.second.__exit__(*why)


def divided(arguments):
    """Each program with its arguments."""
    programs = [[]]
    for argument in arguments:
        if argument == "--":
            programs.append([])
        else:
            programs[-1].append(argument)
    return [program for program in programs if program]


def passes(program, server, environment):
    server.make_database()
    return subprocess.run(program, env=environment).returncode == 0


def main():
    with Server() as server:
        environment = dict(os.environ, LYKTA_TEST_POSTGRES=server.address)
        failed = [p[0] for p in divided(sys.argv[1:]) if not passes(p, server, environment)]
    sys.exit("failed on PostgreSQL: " + ", ".join(failed) if failed else 0)


if __name__ == "__main__":
    main()

"""Work shared by processes prints what one process prints, and a linkage goes on when one of them was killed.
usage: mpi_test.py MPIRUN LYKTA LISTS HISTORIES JOBS (tests/data/linkage: people who do not exist; a published table; debian/examples)"""
import contextlib
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

POWER = ["power", "--true-size", "800", "--coverage", "0.2,0.15,0.1", "--dependence", "1:2=2", "--tables", "101", "--json"]
# More replicates than a block, and another number of blocks than processes.
ESTIMATES = [["--replicates", "1500", "--json"], ["--method", "coverage", "--replicates", "500"], ["--method", "bic", "--replicates", "100", "--json"]]
SCHEMA = """{"lykta_schema": 1, "project": "Example", "round": "1", "as_of": "2026-11-24", "fields": [
  {"kind": "name", "columns": ["given_name"]}, {"kind": "name", "columns": ["surname"]},
  {"kind": "birth_date", "columns": ["date_of_birth"]}, {"kind": "place", "columns": ["postcode"]}]}"""
KEY = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"
ROWS = 5000
FIRST = 8  # portions that are done when a process is killed


class Programs:
    def __init__(self, mpirun, lykta):
        self.lykta = lykta
        self.spread = [mpirun, "--allow-run-as-root", "--oversubscribe", "-n"]

    def run(self, *words, ranks=None):
        shared = [*self.spread, str(ranks)] if ranks else []
        return subprocess.run([*shared, self.lykta, *words], capture_output=True, timeout=60)

    def begin(self, *words, ranks):
        return subprocess.Popen([*self.spread, str(ranks), self.lykta, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def encoded(programs, lists, at):
    """Two lists, as their owners hand them in."""
    (at / "schema.json").write_text(SCHEMA, encoding="utf-8")
    (at / "key").write_text(KEY, encoding="ascii")
    made = []
    for letter in "ab":
        rows = (lists / f"febrl4{letter}.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        (at / f"{letter}.csv").write_text("".join(rows[:ROWS + 1]), encoding="utf-8")
        made.append(str(at / f"{letter}.clk"))
        done = programs.run("encode", "--schema", str(at / "schema.json"), "--secret", str(at / "key"), "--list", letter,
                            str(at / f"{letter}.csv"), "-o", made[-1])
        if done.returncode != 0:
            raise SystemExit(done.stderr.decode())
    return made


def workers(mpirun):
    """The processes that mpirun has started."""
    children = pathlib.Path(f"/proc/{mpirun.pid}/task/{mpirun.pid}/children").read_text(encoding="ascii").split()
    return [int(child) for child in children]


def portions(folder):
    """When each of those that are kept was written; they go, and the folder with them, when the histories are."""
    found = {}
    with contextlib.suppress(FileNotFoundError):
        for entry in folder.glob("*-*"):
            if "." not in entry.name:
                found[entry.name] = entry.stat().st_mtime_ns
    return found


def killed_in_the_middle(programs, command, folder):
    """One of two processes is killed when some portions are there; which those were, and how mpirun ended."""
    running = programs.begin(*command, ranks=2)
    end = time.monotonic() + 50
    while len(portions(folder)) < FIRST and running.poll() is None and time.monotonic() < end:
        time.sleep(0.002)
    os.kill(workers(running)[-1], signal.SIGKILL)
    running.communicate(timeout=60)
    return portions(folder), running.returncode


def check_power(programs, said):
    alone = programs.run(*POWER)
    for ranks in (1, 2, 3):
        shared = programs.run(*POWER, ranks=ranks)
        said(shared.returncode == 0 and shared.stdout == alone.stdout and len(alone.stdout) > 500,
             f"{ranks} processes print the bytes of one")
    wrong = programs.run("power", "--true-size", "1", "--coverage", "0.2,0.1", ranks=2)
    said(wrong.returncode == 2, "wrong usage ends all processes with status 2")


def check_estimate(programs, histories, at, said):
    for options in ESTIMATES:
        alone = programs.run("estimate", str(histories), *options)
        for ranks in (2, 3):
            shared = programs.run("estimate", str(histories), *options, ranks=ranks)
            said(alone.returncode == 0 and shared.returncode == 0 and shared.stdout == alone.stdout and len(alone.stdout) > 500,
                 f"{ranks} processes estimate as one does, to the byte: {' '.join(options)}")
    few = at / "few.csv"
    few.write_text("A,B,C,count\n1,0,0,20\n0,1,0,20\n0,0,1,20\n", encoding="ascii")
    refused = programs.run("estimate", str(few), ranks=2)
    said(refused.returncode == 1 and refused.stdout == programs.run("estimate", str(few)).stdout, "a refusal is told once, with status 1")
    for words, what in ((["--tables", str(few)], b"no replicates to share"), (["-"], b"give a file"), ([str(at / "none.csv")], b"none.csv")):
        failed = programs.run("estimate", *words, ranks=2)
        said(failed.returncode in (2, 3) and what in failed.stderr and not failed.stdout, f"what cannot be shared, or read, is said: {what.decode()}")


def check_link(programs, lists, at, said):
    command = ["link", *encoded(programs, lists, at), "--threads", "1", "--imputations", "5"]
    alone = programs.run(*command)
    shared = programs.run(*command, ranks=2)
    said(shared.returncode == 0 and shared.stdout == alone.stdout and len(alone.stdout) > 100, "two processes link as one does, to the byte")
    folder = at / "compared"
    kept = [*command, "--checkpoint", str(folder), "-o", str(at / "histories.csv")]
    before, status = killed_in_the_middle(programs, kept, folder)
    said(status != 0 and len(before) >= FIRST and not (at / "histories.csv").exists(), "a killed process ends all, and nothing is written")
    stopped = programs.begin(*kept, ranks=3)
    seen = {}
    while stopped.poll() is None:
        seen.update(portions(folder))
        time.sleep(0.001)
    _, told = stopped.communicate(timeout=60)
    said(all(seen.get(name) == written for name, written in before.items()) and f"holds {len(before)} portions".encode() in told,
         "what had been compared is not compared again")
    said(stopped.returncode == 0 and (at / "histories.csv").read_bytes() == alone.stdout, "another number of processes goes on, to the same bytes")
    said(not folder.exists(), "what was kept is removed when the histories are written")


def check_jobs(programs, jobs, lists, histories, at, said):
    """The examples of Slurm jobs, started as Slurm would: with its variables, and Lykta on the path."""
    surroundings = {**os.environ, "PATH": f"{pathlib.Path(programs.lykta).resolve().parent}:{os.environ['PATH']}", "SLURM_NTASKS": "2", "SLURM_CPUS_PER_TASK": "1",
                    "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1", "OMPI_MCA_rmaps_base_oversubscribe": "1"}

    def run(name, *words):
        return subprocess.run(["bash", str(jobs / name), *words], capture_output=True, timeout=60, cwd=at, env=surroundings)

    power = run("lykta-power.sbatch", *POWER[1:-1])
    said(power.returncode == 0 and power.stdout == programs.run(*POWER).stdout, "the example job prints what one process prints")
    shared = run("lykta-estimate.sbatch", str(histories), *ESTIMATES[0][:-1])
    said(shared.returncode == 0 and shared.stdout == programs.run("estimate", str(histories), *ESTIMATES[0]).stdout,
         "the example job of an estimate prints what one process prints")
    made = encoded(programs, lists, at)
    link = run("lykta-link.sbatch", *made)
    linked = at / "histories.csv"
    said(link.returncode == 0 and linked.read_bytes() == programs.run("link", *made).stdout, "the example job writes the histories of one process")
    said(linked.stat().st_mode & 0o077 == 0, "nobody else may read them")


def main():
    mpirun, lykta, lists, histories, jobs = sys.argv[1:]
    histories = pathlib.Path(histories).resolve()
    programs = Programs(mpirun, lykta)
    results = []

    def said(is_so, sentence):
        results.append(is_so)
        print(f"{'ok' if is_so else 'not ok'} {len(results)} - {sentence}", flush=True)

    check_power(programs, said)
    with tempfile.TemporaryDirectory() as at:
        check_estimate(programs, histories, pathlib.Path(at), said)
    with tempfile.TemporaryDirectory() as at:
        check_link(programs, pathlib.Path(lists), pathlib.Path(at), said)
    with tempfile.TemporaryDirectory() as at:
        check_jobs(programs, pathlib.Path(jobs).resolve(), pathlib.Path(lists).resolve(), histories, pathlib.Path(at), said)
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())

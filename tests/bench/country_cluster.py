"""What a simulation costs on 1 and 2 processes (mpirun), and what a model fitted to that says of 4 to 256.

Processor time is fitted, not wall time: it is the same on a machine that does other work. The model, with its assumptions, is in docs/scale.md.
"""
import os
import subprocess

import processes

TABLES = [500, 1000, 2000]
RANKS = [1, 2, 4, 8, 16, 32, 64, 128, 256]
PLANNED = 100000  # tables, of the simulation that is planned for
COMMAND = ["power", "--true-size", "800", "--coverage", "0.2,0.15,0.1,0.05", "--dependence", "1:2=2", "--replicates", "100", "--threads", "1"]


RUNS = 3


def processor_s(lykta, at, ranks, tables):
    """Of the slower process, in the best of the runs."""
    return min(once(lykta, at, ranks, tables) for _ in range(RUNS))


def once(lykta, at, ranks, tables):
    processes.run([lykta, "--version"], at)  # makes the measuring program
    spread = ["mpirun", "--allow-run-as-root", "--oversubscribe", "-n", str(ranks)]
    done = subprocess.run([*spread, at / "measured", lykta, *COMMAND, "--tables", str(tables)], capture_output=True, text=True, check=True,
                          env={**os.environ, "OMPI_MCA_btl": "self,vader", "OMPI_MCA_mpi_yield_when_idle": "1"})
    return max(float(line.split()[1]) for line in done.stdout.splitlines() if line.count(" ") == 2)


def line_through(points):
    """Least squares: start and slope."""
    n, sx, sy = len(points), sum(x for x, _ in points), sum(y for _, y in points)
    sxx, sxy = sum(x * x for x, _ in points), sum(x * y for x, y in points)
    slope = (n * sxy - sx * sy) / (n * sxx - sx * sx)
    return (sy - slope * sx) / n, slope


def model(start, slope, ranks):
    """The process with most tables decides."""
    most = -(-PLANNED // ranks)
    seconds = start + slope * most
    return {"ranks": ranks, "seconds": round(seconds, 2), "speed_up": round((start + slope * PLANNED) / seconds, 1)}


def cluster(lykta, at):
    measured = [{"ranks": ranks, "tables": tables, "cpu_s": processor_s(lykta, at, ranks, tables)} for tables in TABLES for ranks in (1, 2)]
    points = [(row["tables"] / row["ranks"], row["cpu_s"]) for row in measured]
    start, slope = line_through(points)
    off = max(abs(y - start - slope * x) / y for x, y in points)
    return {"command": "lykta " + " ".join(COMMAND), "measured": measured, "start_s": round(start, 4), "table_s": slope,
            "largest_error": round(off, 3), "planned": PLANNED, "model": [model(start, slope, ranks) for ranks in RANKS]}

"""Whole processes measured by one that is small itself (measured.c), and the machine that they run on."""
import contextlib
import os
import pathlib
import statistics
import subprocess

HERE = pathlib.Path(__file__).resolve().parent


def build(folder, name, *flags):
    subprocess.run(["gcc", *flags, HERE / f"{name}.c", "-o", folder / name], check=True)


def run(arguments, folder):
    """Wall seconds, CPU seconds, peak resident megabytes."""
    if not (folder / "measured").exists():
        build(folder, "measured", "-O2")
    child = subprocess.run([folder / "measured", *(str(a) for a in arguments)], capture_output=True, text=True)
    if child.returncode != 0:
        raise SystemExit(f"{arguments}: exit status {child.returncode}: {child.stderr}")
    wall, cpu, peak_kb = (float(word) for word in child.stdout.split())
    return wall, cpu, peak_kb / 1024


def summary(rows):
    return {"wall_s": statistics.median(r[0] for r in rows), "cpu_s": statistics.median(r[1] for r in rows),
            "peak_mb": max(r[2] for r in rows), "runs": len(rows)}


def median_of(arguments, runs, folder):
    return summary([run(arguments, folder) for _ in range(runs + 1)][1:])


def family(pid):
    """A process and all that it has started."""
    found, left = [], [pid]
    while left:
        one = left.pop()
        found.append(one)
        children = pathlib.Path(f"/proc/{one}/task/{one}/children")
        left += [int(child) for child in children.read_text(encoding="ascii").split()] if children.exists() else []
    return found


def share_mb(pid, kinds=("Pss:",)):
    """Memory of one process: its own, and its share of what it has together with others. 0 when it is not there."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        rollup = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        return sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith(kinds)) / 1024
    return 0


def held_mb(pid):
    """Memory that a process and all that it has started hold together, what they share counted once; of those that are there."""
    return sum(share_mb(one) for one in family(pid))


def written_mb(pid):
    """The part of it that they have written: without the pages of files, of which a process has the smaller a share the more other programs use them."""
    return sum(share_mb(one, ("Pss_Anon:", "Pss_Shmem:")) for one in family(pid))


def peak_gigaflops(folder):
    build(folder, "peak", "-O3", "-march=native", "-ffast-math")
    return max(float(subprocess.run([folder / "peak"], capture_output=True, text=True, check=True).stdout.split()[0])
               for _ in range(3))


def processor():
    """Its name, as the system tells it."""
    return next((line.split(":")[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8") if line.startswith("model name")), "?")


def machine(folder):
    flags = next((line for line in open("/proc/cpuinfo", encoding="utf-8") if line.startswith("flags")), "")
    return {"cpu": processor(), "cores": os.cpu_count(), "avx2": " avx2" in flags, "avx512": " avx512f" in flags,
            "kernel": os.uname().release, "peak_gflops_a_core": peak_gigaflops(folder)}

"""A simulation shared by processes prints what one process prints. usage: mpi_test.py MPIRUN LYKTA"""
import subprocess
import sys


def main():
    mpirun, lykta = sys.argv[1:]
    command = [lykta, "power", "--true-size", "800", "--coverage", "0.2,0.15,0.1", "--dependence", "1:2=2",
               "--tables", "101", "--json"]
    spread = [mpirun, "--allow-run-as-root", "--oversubscribe", "-n"]
    run = lambda words: subprocess.run(words, capture_output=True, timeout=60)
    alone = run(command)
    failed = 0
    for number, ranks in enumerate(["1", "2", "3"], 1):
        shared = run([*spread, ranks, *command])
        same = shared.returncode == 0 and shared.stdout == alone.stdout and len(alone.stdout) > 500
        failed += not same
        print(f"{'ok' if same else 'not ok'} {number} - {ranks} processes print the bytes of one")
    wrong = run([*spread, "2", lykta, "power", "--true-size", "1", "--coverage", "0.2,0.1"])
    failed += wrong.returncode != 2
    print(f"{'ok' if wrong.returncode == 2 else 'not ok'} 4 - wrong usage ends all processes with status 2")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""An empty Debian 12 with systemd, of its own: debootstrap fills a folder, systemd-nspawn starts it with a network that reaches nothing
but itself. What is to be installed is fetched before it starts."""
import os
import pathlib
import subprocess
import time

BOOT_S = 90
# What a machine of its own has, and systemd-nspawn 252 keeps away.
WALLS = "landlock_create_ruleset landlock_add_rule landlock_restrict_self"
ENVIRONMENT = ["/usr/bin/env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LC_ALL=C.UTF-8", "DEBIAN_FRONTEND=noninteractive"]
# apt takes what lies in its cache, and asks nothing.
APT = 'APT::Get::Assume-Yes "true";\nAPT::Install-Recommends "false";\n'


class Machine:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.nspawn = None
        self.first = None

    def fill(self, packages, files):
        """`packages` are fetched, not installed; `files` are copied to /root, as (path, name). A folder that is a Debian already is used."""
        if not (self.folder / "etc").exists():
            self.call(["debootstrap", "--variant=minbase", "--include=systemd-sysv,dbus", "bookworm", str(self.folder)])
        self.folder.chmod(0o755)
        for path, name in files:
            self.write(f"root/{name}", pathlib.Path(path).read_bytes())
        fetch = ["apt-get", "install", "-y", "--no-install-recommends", "--download-only", *packages]
        self.call(["chroot", str(self.folder), *ENVIRONMENT, "sh", "-c", f"cd /root && {' '.join(fetch)}"])
        self.write("etc/apt/apt.conf.d/99offline", APT.encode())
        self.write("etc/hostname", b"machine\n")

    def write(self, name, content, mode=0o644):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(mode)

    def read(self, name):
        return (self.folder / name).read_text(encoding="utf-8", errors="replace")

    def start(self):
        with open(f"{self.folder}.boot.log", "wb") as log:
            self.nspawn = subprocess.Popen(["systemd-nspawn", "--register=no", "--keep-unit", "--quiet", "--private-network", "--boot", f"--system-call-filter={WALLS}",
                                            "--directory", str(self.folder)], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        end = time.monotonic() + BOOT_S
        while time.monotonic() < end:
            self.first = self.first or first_process(self.nspawn.pid)
            if self.first and self.run("systemctl is-system-running").stdout.strip() in ("running", "degraded"):
                return
            time.sleep(0.5)
        raise RuntimeError(f"the machine does not start: see {self.folder}.boot.log")

    def run(self, line, limit=600):
        """A line as root would type it, in /root."""
        return subprocess.run(["nsenter", "--target", str(self.first), "--mount", "--uts", "--ipc", "--net", "--pid", "--root", "--wd",
                               *ENVIRONMENT, "sh", "-c", f"cd /root && {line}"],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=limit, check=False)

    def stop(self):
        if self.first:
            self.run("systemctl poweroff --no-wall")
        if self.nspawn:
            try:
                self.nspawn.wait(60)
            except subprocess.TimeoutExpired:
                self.nspawn.kill()
                self.nspawn.wait()
        self.nspawn = self.first = None

    @staticmethod
    def call(words):
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{words[0]}: {(done.stdout + done.stderr)[-2000:]}")


def children_of(pid):
    try:
        return [int(word) for task in os.listdir(f"/proc/{pid}/task")
                for word in pathlib.Path(f"/proc/{pid}/task/{task}/children").read_text(encoding="ascii").split()]
    except OSError:
        return []


def first_process(pid):
    """Process 1 of the machine, as it is called out here."""
    for child in children_of(pid):
        try:
            name = pathlib.Path(f"/proc/{child}/comm").read_text(encoding="ascii").strip()
        except OSError:
            continue
        if name == "systemd":
            return child
        found = first_process(child)
        if found:
            return found
    return None

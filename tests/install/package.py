#!/usr/bin/env python3
"""The Debian package in an empty Debian 12, by the commands of docs/install.md: tests/install/package.py [NEW.deb OLD.deb] [--keep] [--minutes N]

Installs NEW, makes a city, serves it behind nginx with TLS of an authority of its own, scans it (testssl.sh, wapiti: N minutes), removes and purges it and
finds the city; then installs OLD, upgrades to NEW and finds the city whole, backed up and served. Needs root, debootstrap,
systemd-container and the network; takes some fifteen minutes. Without packages it builds those of this commit and of the tag before it; while there
is none, of the commit before the newest migration. --keep writes the result to docs/measurements/install.json and docs/install.md.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import scans
from documented import DOCS, blocks, commands
from machine import Machine
from packages import built
from told import with_section

ROOT = pathlib.Path(__file__).resolve().parents[2]
CITY = "/var/lib/lykta/lund"
AS_CITY = "runuser -u lykta --"
BACKUPS = "/var/lib/lykta-backup/before-upgrade"
FETCHED = ["./lykta_0.1.0_amd64.deb", "nginx", "caddy", "testssl.sh", "wapiti", "curl", "openssl", "procps"]
PAGE = "https://lund.example/logga-in"


class NotSo(Exception):
    pass


class Report:
    def __init__(self, machine):
        self.machine, self.rows, self.figures = machine, [], {}

    def holds(self, sentence, line, expected=0):
        """One line of the report: `line` ends with the status `expected`. The first that does not ends the test."""
        begun = time.monotonic()
        done = self.machine.run(line) if isinstance(line, str) else line
        is_so = done.returncode == expected
        self.rows.append({"what": sentence, "seconds": round(time.monotonic() - begun, 1)})
        print(f"{'ok' if is_so else 'not ok'} {len(self.rows)} - {sentence}", flush=True)
        if not is_so:
            raise NotSo(f"{line}: status {done.returncode}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
        return done.stdout + done.stderr

    def says(self, sentence, line, words, expected=0):
        told = self.holds(sentence, line, expected)
        if words not in told:
            raise NotSo(f"{sentence}: expected {words!r} in {told[-3000:]!r}")

    def all_hold(self, sentence, lines):
        return self.holds(sentence, " && ".join(lines))


def authority(machine):
    """A certificate authority of the test's own, trusted by the machine, and the city's certificate where nginx's example looks for it."""
    with tempfile.TemporaryDirectory() as folder:
        def openssl(line):
            subprocess.run(["openssl", *line.split()], cwd=folder, check=True, capture_output=True)
        openssl("req -x509 -newkey rsa:3072 -nodes -days 400 -subj /CN=Exempel-CA -keyout ca.key -out ca.pem -addext keyUsage=critical,keyCertSign,cRLSign")
        openssl("req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=lund.example -keyout key.pem -out csr.pem")
        extensions = pathlib.Path(folder) / "extensions"
        extensions.write_text("subjectAltName=DNS:lund.example\nextendedKeyUsage=serverAuth\nkeyUsage=critical,digitalSignature\n", encoding="ascii")
        openssl(f"x509 -req -in csr.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 200 -extfile {extensions} -out cert.pem")
        made = {name: (pathlib.Path(folder) / name).read_bytes() for name in ("ca.pem", "cert.pem", "key.pem")}
    machine.write("root/ca.pem", made["ca.pem"])
    machine.write("etc/ssl/lund.example/fullchain.pem", made["cert.pem"] + made["ca.pem"])
    machine.write("etc/ssl/lund.example/key.pem", made["key.pem"], 0o600)
    machine.write("etc/hosts", b"127.0.0.1 localhost lund.example\n")


def answers(url, seconds=30):
    return f"for i in $(seq {seconds * 5}); do curl -sf --cacert /root/ca.pem -o /dev/null {url} && exit 0; sleep 0.2; done; exit 1"


def installs(report):
    """The five commands and what follows them, until the first page through TLS."""
    begun = time.monotonic()
    told = report.all_hold("five commands install, make a city and serve it; nothing is asked", commands("install.md", "Install, in five commands"))
    report.holds("a page is there", answers("http://127.0.0.1:8080/logga-in"))
    report.figures.setdefault("first_page_s", round(time.monotonic() - begun, 1))  # of the empty machine
    report.all_hold("name and certificate are written", commands("install.md", "Name and certificate")[:2])
    report.holds("the page is there over TLS", answers(PAGE))
    return re.search(r"password: (\S+)", told).group(1)


def is_hardened(report):
    told = report.holds("systemd gives the service an exposure of at most 1.5", "systemd-analyze security --no-pager --threshold=15 lykta@lund.service")
    report.figures["exposure"] = float(re.search(r"exposure level for lykta@lund.service: ([0-9.]+)", told).group(1))
    report.holds("its user has no shell", "getent passwd lykta | grep -q ':/usr/sbin/nologin$'")
    report.holds("the cities' folder is its user's alone", '[ "$(stat -c "%a %U" /var/lib/lykta)" = "700 lykta" ]')
    report.says("lykta check says what there is still to do", commands("install.md", "Name and certificate")[2], "ok   address", expected=3)
    told = report.holds("the processes' memory is read", "cat $(for p in $(pgrep -u lykta); do echo /proc/$p/smaps_rollup; done) | awk '/^Pss:/ {n += $2} END {print n}'")
    report.figures["memory_mb"] = round(int(told.split()[0]) * 1024 / 1e6)


def examples_are_right(report):
    report.holds("nginx finds nothing wrong with its example", "nginx -t")
    report.holds("what is told is on no disk of nginx's on its way", "python3 /root/on_disk.py /var/lib/nginx")
    report.all_hold("Caddy finds nothing wrong with its example",
                    ["mkdir caddy", "dpkg-deb -x /var/cache/apt/archives/caddy_*.deb caddy",
                     "caddy/usr/bin/caddy validate --adapter caddyfile --config /usr/share/doc/lykta/examples/Caddyfile"])


def is_scanned(report, minutes):
    report.figures["tls"] = scans.tls(report.machine)
    report.figures["pages"] = scans.pages(report.machine, 60 * minutes)
    print(json.dumps(report.figures, indent=1), flush=True)
    worse = [row for row in report.figures["tls"]["found"] if row["severity"] in ("MEDIUM", "HIGH", "CRITICAL")]
    if worse or report.figures["pages"]["failed"]:
        raise NotSo(f"the scanners find {worse}")


def settings_of(block):
    """ "[watch]", "socket = /run/..." of a document: {"watch": {"socket": "/run/..."}}. """
    settings, section = {}, None
    for line in block:
        if line.startswith("["):
            section = settings.setdefault(line.strip("[]"), {})
        else:
            key, value = line.split(" = ", 1)
            section[key] = value
    return settings


def settle(machine, settings):
    """Writes settings into the city's lykta.conf, in the lines that are there for them."""
    path = machine.folder / CITY[1:] / "lykta.conf"
    lines, section = [], None
    for line in path.read_text(encoding="utf-8").splitlines():
        section = line.strip("[]") if line.startswith("[") else section
        key = line.split("=")[0].strip()
        lines.append(f"{key} = {settings[section][key]}" if key in settings.get(section, {}) and "=" in line else line)
    with open(path, "r+", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
        file.truncate()


def is_operated(report):
    """What docs/operate.md says of the log, of monitoring and of backups, typed as it stands."""
    report.holds("a memory stick is put in", "install -d -m 0700 -o lykta -g lykta /media/usb")
    for heading in ("The log", "Monitoring", "Backups"):
        for block in blocks("operate.md", heading):
            if block[0].startswith("["):
                settle(report.machine, settings_of(block))
    report.holds("log, monitoring and backups are set as the document says, and the city starts", "systemctl restart lykta@lund")
    report.holds("it is served", answers(PAGE))
    report.says("lykta check says what there is still to do", commands("operate.md", "Is everything as it should be?")[0], "ok   watch", expected=3)
    report.says("it visits the city's address, and does not trust the test's own authority", f"{AS_CITY} lykta check {CITY} --network",
                "https://lund.example: cannot be visited", expected=3)
    report.says("the journal has a line for each request", commands("operate.md", "The log")[0], '"event":"request"')
    report.says("monitoring is told that it is ready", commands("operate.md", "Monitoring")[-1], "ready")
    backups = [line for line in commands("operate.md", "Backups") if line.startswith("runuser")]
    report.holds("the key for backups is made", backups[0])
    made = re.search(r"/var/lib/lykta-backup/\S+", backups[1]).group()
    report.holds("a backup is made", f"{AS_CITY} lykta backup {CITY} {made}")
    report.holds("it comes back on trial", backups[1])


def has_a_door(report):
    """systemd holds the city's socket, and the service is started by whoever comes."""
    report.all_hold("systemd holds the city's door", commands("operate.md", "A restart that nobody notices"))
    report.holds("the page is there", answers(PAGE))
    report.holds("the service is stopped", "systemctl stop lykta@lund 2>/dev/null && ! pgrep -u lykta")
    report.holds("who comes starts it, and is answered", answers(PAGE))
    report.holds("its unit has no fault", "systemd-analyze verify lykta@lund.socket")
    report.holds("the service takes the door back", "systemctl disable --now lykta@lund.socket && systemctl restart lykta@lund")
    report.holds("and is there", answers(PAGE))


def is_removed(report):
    report.holds("the package is removed", commands("install.md", "Remove")[0])
    report.holds("its service has stopped", "! pgrep -u lykta")
    report.holds("the city is kept", f"test -f {CITY}/lykta.db")
    report.holds("the package is purged", "apt-get purge lykta")
    report.holds("the city is kept still", f"test -f {CITY}/lykta.db")
    report.holds("the package is installed again", "apt-get install ./lykta_0.1.0_amd64.deb")
    report.holds("and the city is whole", f"{AS_CITY} lykta verify {CITY}")
    report.holds("what nobody keeps is gone when its owner removes it",
                 "apt-get purge lykta && rm -r /var/lib/lykta /var/lib/lykta-backup /etc/nginx/sites-enabled/lund && systemctl restart nginx")


def is_upgraded(report):
    upgrade = commands("install.md", "Upgrade")[0]
    people = f"{AS_CITY} lykta user list {CITY}"
    report.machine.run("cp old.deb lykta_0.1.0_amd64.deb")
    installs(report)
    before = report.holds("the previous version serves a city", people)
    report.says("a city without a backup key stops the upgrade, in words", upgrade, "this upgrade has changed nothing", expected=100)
    report.holds("and is served still", answers(PAGE))
    report.holds("a key for backups is made", f"{AS_CITY} lykta backup {CITY} --make-key /tmp/backup-key")
    report.holds("the package upgrades", upgrade)
    report.holds("the city is served by the new program", answers(PAGE))
    report.holds("it is whole", f"{AS_CITY} lykta verify {CITY}")
    if report.holds("its people are there", people) != before:
        raise NotSo("its people are others")
    report.holds("the backup of before comes back on trial, with the new program",
                 f"{AS_CITY} lykta restore {BACKUPS}/lund-*.lykta {CITY} --trial --key /tmp/backup-key")


def is_not_downgraded(report):
    report.all_hold("an older package of this program is made",
                    ["dpkg-deb -R lykta_0.2.0_amd64.deb older", "sed -i 's/^Version: .*/Version: 0.0.9/' older/DEBIAN/control", "dpkg-deb -b older older.deb"])
    report.says("it is refused, in words", "dpkg -i older.deb", "An older program comes back with a backup", expected=1)
    report.holds("and the city is served still", answers(PAGE))
    report.all_hold("the previous version is made anew without what refuses it",
                    ["dpkg-deb -R old.deb forced", "rm -f forced/DEBIAN/preinst", "dpkg-deb -b forced forced.deb"])
    report.says("put in by force it does not serve the city, and says why", "dpkg -i forced.deb", "newer version", expected=1)
    report.says("it does not open the city, and says why", f"{AS_CITY} lykta verify {CITY}", "newer version", expected=3)
    report.holds("the new version comes again, without a backup that the old one cannot make",
                 "LYKTA_UPGRADE_WITHOUT_BACKUP=lund apt-get install ./lykta_0.2.0_amd64.deb")
    report.holds("and the city is whole", f"{AS_CITY} lykta verify {CITY}")


def test(machine, minutes):
    report = Report(machine)
    machine.start()
    report.holds("what the test asks with is installed", "apt-get install testssl.sh wapiti curl procps")
    installs(report)
    is_hardened(report)
    examples_are_right(report)
    is_scanned(report, minutes)
    is_operated(report)
    has_a_door(report)
    is_removed(report)
    is_upgraded(report)
    is_not_downgraded(report)
    return report


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", type=pathlib.Path, nargs="*")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--minutes", type=int, default=1, help="that wapiti walks; it attacks for a third of that with each of its modules")
    parser.add_argument("--folder", type=pathlib.Path, help="where the machine is put, to be looked at afterwards")
    o = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lykta-machine-") as own:
        new, old = o.packages or built(pathlib.Path(own))
        machine = Machine(o.folder or pathlib.Path(own) / "machine")
        machine.fill(FETCHED, [(new, "lykta_0.1.0_amd64.deb"), (new, "lykta_0.2.0_amd64.deb"), (old, "old.deb"),
                               (ROOT / "tests/scan/wapiti.py", "wapiti.py"), (ROOT / "tests/install/on_disk.py", "on_disk.py")])
        authority(machine)
        try:
            report = test(machine, o.minutes)
        except NotSo as fault:
            print(fault)
            return 1
        finally:
            machine.stop()
    result = {"date": time.strftime("%Y-%m-%d"), **report.figures, "rows": report.rows}
    print(json.dumps(result, indent=1))
    if o.keep:
        (DOCS / "measurements/install.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
        page = DOCS / "install.md"
        page.write_text(with_section(page.read_text(encoding="utf-8"), result), encoding="utf-8")
        print("docs/sv/install.md has the figures of before: python3 tests/translations.py . names each until they are carried over")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The commands of documents do what is said, typed one after the other as they stand: documented_run.py LYKTA SOURCE

Run here: the README's, docs/backup.md, retention.md, audit-format.md and template-format.md. Run elsewhere: install.md and operate.md in an empty
machine (tests/install/package.py), cluster.md (tests/install/mpi_test.py), methods/reproduce.md (tests/golden/reproduce.py)."""
import datetime
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import zoneinfo

import documented_commands

LYKTA, SOURCE = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
NOW = datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Stockholm"))
# What a document names as an example, and what stands for it here.
STANDS_FOR = {
    "/media/usb/": "usb/",
    "/var/lib/lykta/lund": "lund",
    "/backup/": "backups/",
    "/backup ": "backups ",
    "lund-2026-11-25.lykta": "lund-of-the-night.lykta",
    "lund-$(date +%F).lykta": "lund-of-the-night.lykta",
    "anna@exempel.example": "samordnare@lund.example",
    "docs/audit_check.py": str(SOURCE / "docs/audit_check.py"),
    "python3": sys.executable,
}
# The README's lines leave open what is between brackets, bars and dots.
README = {
    "lykta estimate histories.csv [--json]": "lykta estimate histories.csv --json",
    "lykta protect counts.csv -o protected.csv": "lykta protect histories.csv -o protected.csv",
    "lykta publish DIR histories.csv … [--approve]": "lykta publish city histories.csv --period 2025 --title Kartläggning --title-en Mapping --example --approve",
    "lykta verify DIR|RELEASE": "lykta verify city && lykta verify city/files/releases/1281-2025",
    "lykta pool RELEASE … -o pooled.json": "lykta pool city/files/releases/1281-2025 -o pooled.json",
    "lykta programme new|join|take|pool DIR …": "lykta programme take skane/programme skane/*/files/releases/* && lykta programme pool skane/programme -o skane.json",
    "lykta report RELEASE -o report.{html,pdf,xlsx,csv,px,json}":
        "for form in html pdf xlsx csv px json; do lykta report city/files/releases/1281-2025 -o report.$form || exit 1; done",
    "lykta help COMMAND": "lykta help report",
}


def typed(folder, line, seconds=120):
    """A line as somebody would type it in `folder`: its status, and what it said."""
    done = subprocess.run(["bash", "-c", line], cwd=folder, capture_output=True, text=True, timeout=seconds, check=False,
                          env={**os.environ, "PATH": f"{LYKTA.parent}:{os.environ['PATH']}"})
    return done.returncode, done.stdout + done.stderr


def here(line, stands_for):
    for named, used in {**STANDS_FOR, **stands_for}.items():
        line = line.replace(named, used)
    return line


def commands(page):
    return list(documented_commands.commands((SOURCE / page).read_text(encoding="utf-8")))


class Documents(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.kept = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.kept.name)
        for made in ("usb", "backups"):
            (cls.folder / made).mkdir()
        cls.histories = cls.folder / "histories.csv"
        cls.histories.write_bytes((SOURCE / "tests/data/mse/UKdat_5.csv").read_bytes())
        status, told = typed(cls.folder, "lykta demo lund")
        assert status == 0, told

    @classmethod
    def tearDownClass(cls):
        cls.kept.cleanup()

    def types(self, line, stands_for=None, status=0):
        used = here(line, stands_for or {})
        got, told = typed(self.folder, used)
        self.assertEqual(got, status, f"{used}\n{told}")
        return told

    def test_backup(self):
        lines = [line for line in commands("docs/backup.md") if not line.startswith("lykta serve")]
        self.assertEqual(len(lines), 6, lines)
        make, backup, as_it_was, restore, verify, trial = lines
        self.types(make)
        self.types(backup)
        # A served city names its backups by the clock.
        (self.folder / f"backups/lykta-1281-{NOW:%F-%H%M}.lykta").write_bytes((self.folder / "backups/lund-of-the-night.lykta").read_bytes())
        self.types(as_it_was, {"2026-11-26 14:00": f"{NOW + datetime.timedelta(minutes=2):%F %H:%M}"})
        self.assertTrue((self.folder / "lund-at-two").is_dir())
        self.types(trial)
        (self.folder / "lund").rename(self.folder / "lund-that-is-gone")
        self.types(restore)
        self.types(verify)

    def test_retention(self):
        extract, dry, run = (next(line for line in commands("docs/retention.md") if line.startswith(verb)) for verb in
                             ("lykta extract", "lykta retention DIR --dry-run", "lykta retention DIR"))
        self.assertIn("samordnare@lund.example", self.types(extract))
        self.types(dry, {"DIR": "lund"})
        self.types(run, {"DIR": "lund"})

    def test_audit_format(self):
        text = (SOURCE / "docs/audit-format.md").read_text(encoding="utf-8")
        whole, _, anchored = re.findall(r"^ {4}(python3 .*)$", text, re.M)
        told = self.types(whole)
        number, value = re.search(r"(\d+)\D+([0-9a-f]{64})", told).groups()
        self.types(anchored, {"15:3fc0…": f"{number}:{value}"})
        self.types(anchored, {"15:3fc0…": f"{number}:{'0' * 64}"}, status=3)

    def test_template(self):
        template, init, specification = list(dict.fromkeys(commands("docs/template-format.md")))
        self.types("lykta programme new programme --name 'Stad för stad'")
        (self.folder / "text.txt").write_text("Alla listor avser ett kalenderår.\n", encoding="utf-8")
        (self.folder / "names.csv").write_text("code,sv,en\nPF,Polisen,The police\n", encoding="utf-8")
        self.types(specification, {"DIR": "programme", "FILE.txt": "text.txt", "NAMES.csv": "names.csv"})
        self.types(template, {"DIR": "programme", "FILE": "template.json"})
        self.types(init, {"DIR": "new-city", "CODE": "1280", "FILE": "template.json"})

    def test_readme(self):
        """In its own order: what one command writes, the next reads."""
        typed_there = re.findall(r"^ {4}(lykta .*)$", (SOURCE / "README.md").read_text(encoding="utf-8"), re.M)
        lines = [re.split(r" {2,}", line)[0] for line in typed_there]
        self.assertEqual([line for line in README if line not in lines], [], "the README says something else now")
        for line in lines:
            self.types(README.get(line, line))
        self.assertTrue((self.folder / "report.px").exists())


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])

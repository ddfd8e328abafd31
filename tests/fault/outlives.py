"""Commands that are cut off by a power cut, and what they must have left."""
import subprocess

from city import File, expect
from works import HISTORIES


class Command:
    """A command of the program on the city `root`/city; other files and folders beside it. `root` is another one after each power cut."""

    def __init__(self, lykta):
        self.lykta = lykta

    def prepare(self, root):
        pass

    def ask(self, words, environment=None):
        return subprocess.run([self.lykta, *map(str, words)], env=environment, capture_output=True, text=True, check=False)

    def must(self, *words):
        done = self.ask(words)
        expect(done.returncode == 0, f"lykta {words[0]} ended with {done.returncode}: {done.stderr}")

    def check(self, root, is_told):
        """That all is well in `root`; `is_told`: the command had ended, and said that it is done."""
        raise NotImplementedError


def makes_whole(command, words, folder, is_told):
    """The folder that a command makes: whole or not at all; then it is made anew."""
    expect(folder.exists() or not is_told, f"{folder.name} was told to be there, and is not")
    if not folder.exists():
        command.must(*words)
    command.must("verify", folder)


class Init(Command):
    name = "lykta init"

    def words(self, root):
        return ["init", root / "new", "--municipality", "1286"]

    def check(self, root, is_told):
        makes_whole(self, self.words(root), root / "new", is_told)


class Recovery(Command):
    name = "lykta recovery"

    def words(self, root):
        return ["recovery", root / "city"]

    def check(self, root, is_told):
        """Shares that were printed are those of the key file that is there."""
        self.must("verify", root / "city")
        is_there = (root / "city/sealed.db").exists()
        expect(is_there or not is_told, "shares were printed, and the key file is not there")
        if not is_there:
            self.must(*self.words(root))
        expect(File(root / "city/sealed.db").rows("select count(*) from recovery") == [(1,)], "the key file is not whole")


class Publication(Command):
    name = "lykta publish"
    stray = "is not in the city's ledger of releases"  # named by lykta verify, and taken away by the next attempt

    def __init__(self, lykta, period="2014"):
        super().__init__(lykta)
        self.period = period

    def prepare(self, root):
        (root / "histories.csv").write_text(HISTORIES, encoding="ascii")

    def words(self, root):
        return ["publish", root / "city", root / "histories.csv", "--period", self.period, "--title", "Kartläggning (exempel)",
                "--title-en", "Mapping (example)", "--example", "--approve"]

    def is_there(self, root):
        return File(root / "city/lykta.db").rows(f"select count(*) from release where first_year = {self.period}") == [(1,)]

    def check_there(self, root, is_told):
        """Published whole or not at all; what is not published can be."""
        whole = self.ask(["verify", root / "city"])
        expect(whole.returncode == 0 or self.stray in whole.stderr, f"lykta verify: {whole.stderr}")
        expect(not is_told or self.is_there(root), "what was published is not there")
        if not self.is_there(root):
            self.must(*self.words(root))

    def check(self, root, is_told):
        if is_told:
            self.must("verify", root / "city")
        self.check_there(root, is_told)
        self.must("verify", root / "city")


class Backup(Command):
    name = "lykta backup"

    def __init__(self, lykta, called="backup", home=None):
        super().__init__(lykta)
        self.called, self.home = called, home

    def prepare(self, root):
        self.home = root
        (root / "backups").mkdir()
        self.must("backup", root / "city", "--make-key", root / "backup-key")

    def path(self, root):
        return root / f"backups/{self.called}.lykta"

    def words(self, root):
        return ["backup", root / "city", self.path(root)]

    def move_note(self, root):
        """The program has noted where it was writing by an absolute path, and what it wrote is looked at in another folder."""
        lock = root / "city/backup.lock"
        if lock.exists():
            lock.write_bytes(lock.read_bytes().replace(bytes(self.home), bytes(root)))

    def check_there(self, root, is_told):
        expect(self.path(root).exists() or not is_told, "the backup was told to be there, and is not")

    def check(self, root, is_told):
        """A backup that has its name is whole; the next one takes away what the power cut has left of it."""
        self.must("verify", root / "city")
        self.check_there(root, is_told)
        self.move_note(root)
        self.must("backup", root / "city", root / "backups/later.lykta")
        for path in (root / "backups").iterdir():
            expect(path.suffix == ".lykta", f"{path.name} stays")
            self.must("restore", path, root / "city", "--trial", "--key", root / "backup-key")


class Restore(Command):
    name = "lykta restore"

    def prepare(self, root):
        self.must("backup", root / "city", "--make-key", root / "backup-key")
        self.must("backup", root / "city", root / "backup.lykta")

    def words(self, root):
        return ["restore", root / "backup.lykta", root / "back", "--key", root / "backup-key"]

    def check(self, root, is_told):
        makes_whole(self, self.words(root), root / "back", is_told)


COMMANDS = [Init, Recovery, Publication, Backup, Restore]

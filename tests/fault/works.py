"""What is done while calls fail, and how it is found to be whole afterwards."""
import secrets
import shutil

from city import Guest, expect
from visitor import Visitor, report_form

HISTORIES = """police,social,shelter,count
1,0,0,120
0,1,0,90
0,0,1,60
1,1,0,30
1,0,1,22
0,1,1,18
1,1,1,9
"""


class Estimate:
    has_same_words = True  # a command that is done says the same each time

    def __init__(self, city):
        histories = city.folder.parent / "histories.csv"
        histories.write_text(HISTORIES, encoding="ascii")
        self.words = ["estimate", str(histories)]

    def check(self, outcome):
        pass


class Publication:
    has_same_words = True

    def __init__(self, city, run):
        self.city, self.run, self.before = city, run, city.folder.parent / "before"
        shutil.copytree(city.folder, self.before)
        histories = city.folder.parent / "published.csv"
        histories.write_text(HISTORIES, encoding="ascii")
        self.words = ["publish", str(city.folder), str(histories), "--period", "2014", "--title", "Kartläggning (exempel)", "--title-en",
                      "Mapping (example)", "--example", "--approve"]

    def check(self, outcome):
        """The city is whole, and what was told to be published is there. What ended in the middle may have left a folder: it is tried again, as
        a person would, and then all is well."""
        releases = self.city.number("select count(*) from release")
        expect(releases == 2 or outcome != "done", f"{releases} releases after a publication that was done")
        if outcome == "ended" and releases == 1:
            self.run(self.words)
        self.city.verify()
        shutil.rmtree(self.city.folder)
        shutil.copytree(self.before, self.city.folder)


class Backup:
    has_same_words = False  # the city's audit log has grown

    def __init__(self, city, run):
        self.city, self.run, self.folder, self.key = city, run, city.folder.parent / "backups", city.folder.parent / "backup-key"
        self.folder.mkdir()
        run(["backup", str(city.folder), "--make-key", str(self.key)])
        self.path = self.folder / "backup.lykta"
        self.words = ["backup", str(city.folder), str(self.path)]

    def check(self, outcome):
        """A backup that was told of is there, and whatever has its name comes back; nothing else is left."""
        self.city.verify()
        left = [path.name for path in self.folder.iterdir()]
        expect(left == [self.path.name] or (left == [] and outcome != "done"), f"a backup that has {outcome} left {left}")
        if left:
            self.run(["restore", str(self.path), str(self.city.folder), "--trial", "--key", str(self.key)])
        for path in self.folder.iterdir():
            path.unlink()


class Page:
    name = "a page"
    path = "/kartlaggning"

    def __init__(self, city):
        self.city = city
        self.right = None

    def prepare(self):
        guest = Guest(self.city.port)
        self.right = guest.get(self.path)
        guest.close()

    def send(self, _fields):
        guest = Guest(self.city.port)
        try:
            answer, text = guest.ask("GET", self.path)
            return answer.status, text
        finally:
            guest.close()

    def check(self, _fields):
        status, text = self.send(None)
        expect(status == 200 and text == self.right, f"{self.path} is not what it was")


class Form:
    """A form that is filled in, sent, and sent again by who got no answer: it then has happened once."""

    def __init__(self, city, cookie=None):
        self.city, self.cookie = city, cookie

    def visitor(self):
        return Visitor(self.city.port, self.cookie)

    def prepare(self):
        visitor = self.visitor()
        fields = self.fill_in(visitor)
        visitor.close()
        return {**fields, "before": self.count()}

    def send(self, fields):
        visitor = self.visitor()
        try:
            answer, text = visitor.ask("POST", self.path, {name: value for name, value in fields.items() if name != "before"})
            return answer.status, text
        finally:
            visitor.close()

    def check(self, fields):
        status, _ = self.send(fields)
        expect(status in (200, 303), f"{self.name} that is sent again is answered {status}")
        done = self.count() - fields["before"]
        expect(done == 1, f"{self.name} has happened {done} times")


class Report(Form):
    name = "a report"
    path = "/iakttagelse"

    def fill_in(self, visitor):
        return report_form(visitor)

    def count(self):
        return self.city.number("select count(*) from observation")


class Measure(Form):
    name = "a change of the plan"
    path = "/plan/ny"

    def fill_in(self, visitor):
        title = f"Åtgärd {secrets.token_hex(8)} (exempel)"
        return {"token": visitor.form(self.path, self.path), "goal": "detect", "title": title, "owner": "0"}

    def count(self):
        return self.city.number("select count(*) from plan_measure")


class SignUp(Form):
    name = "a sign-up"
    path = "/seminarier/1/anmal"

    def fill_in(self, visitor):
        return visitor.sign_up_fields(f"gast-{secrets.token_hex(8)}@exempel.se")

    def count(self):
        return self.city.number("select count(*) from seminar_signup")

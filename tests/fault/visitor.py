"""People who tell of something, and people with an account, at a browser."""
import re
import subprocess
import time
import urllib.parse

from city import Guest, expect

SECRET = "Zinkvitt-9431-exempel"  # stands in every report, and must stand in no file
PASSPHRASE = "lomu kadel stana beri fonu"


def report_form(guest):
    """The last step of a form of one's own: the same one sent again is the same report."""
    token = re.search(r'name="token" value="([^"]+)"', guest.get("/iakttagelse")).group(1)
    return {"token": token, "plats": "hotel", "tecken": "HO07", "nar": "idag", "text": SECRET, "sett": "1", "steg": "skicka"}


def receipt_code(page):
    found = re.search(r'<p class="code">([0-9 ]+)</p>', page)
    return found.group(1) if found else None


def report(guest, fields):
    """The receipt code."""
    answer, page = guest.ask("POST", "/iakttagelse", fields)
    code = receipt_code(page)
    expect(answer.status == 200 and code, f"a report was answered {answer.status}")
    return code


def report_is_there(guest, code):
    """Does the code open the report?"""
    token = guest.form("/uppfoljning", "/uppfoljning")
    answer, page = guest.ask("POST", "/uppfoljning", {"token": token, "kod": code, "steg": "oppna"})
    return answer.status == 200 and 'name="text"' in page


class Visitor(Guest):
    """Somebody with an account."""

    def __init__(self, port, cookie=None):
        super().__init__(port)
        self.cookie = cookie

    def headers(self):
        return {"Cookie": self.cookie} if self.cookie else {}

    def keep_cookie(self, answer):
        """Beside what is kept under other names: an unlocked session has a cookie of its own."""
        kept = [pair for pair in (self.cookie or "").split("; ") if pair]
        for line in answer.headers.get_all("Set-Cookie", []):
            pair = line.split(";")[0]
            kept = [other for other in kept if other.split("=", 1)[0] != pair.split("=", 1)[0]] + [pair]
        self.cookie = "; ".join(kept) or None

    def sign_in(self, email, password):
        """True when it is done; False when the code of this half minute has been used."""
        token = self.form("/logga-in", "/logga-in")
        answer, _ = self.ask("POST", "/logga-in", {"token": token, "email": email, "password": password})
        expect(answer.status == 303, f"a password was answered {answer.status}")
        self.keep_cookie(answer)
        page = self.get("/logga-in/kod")
        fields = {"token": re.search(r'action="/logga-in/kod".*?name="token" value="([^"]+)"', page, re.S).group(1),
                  "code": re.search(r'class="note".*?\b(\d{6})\b', page, re.S).group(1)}
        answer, _ = self.ask("POST", "/logga-in/kod", fields)
        if answer.status != 303:
            return False
        self.keep_cookie(answer)
        return True

    def is_signed_in(self):
        return self.ask("GET", "/konto")[0].status == 200


def coordinator(city):
    """A cookie of the coordinator's."""
    visitor = Visitor(city.port)
    expect(visitor.sign_in(city.accounts["coordinator"], city.password), "the coordinator could not sign in")
    visitor.close()
    return visitor.cookie


def unlocked_recipient(city):
    """A cookie of the recipient's, who has opened their key."""
    visitor = Visitor(city.port)
    while not visitor.sign_in(city.accounts["triage"], city.password):
        time.sleep(5)
    token = visitor.form("/bedomning", "/bedomning/las-upp")
    answer, _ = visitor.ask("POST", "/bedomning/las-upp", {"token": token, "laslosen": PASSPHRASE})
    expect(answer.status == 303, f"the recipient's words were answered {answer.status}")
    visitor.keep_cookie(answer)
    visitor.close()
    return visitor.cookie


def make_ready_for_reports(city):
    """Somebody can open what is told. The shares of the recovery key."""
    printed = subprocess.run([city.lykta, "recovery", city.folder], check=True, stdout=subprocess.PIPE, env=city.environment(), text=True).stdout
    city.start()
    reader = Visitor(city.port)
    expect(reader.sign_in(city.accounts["triage"], city.password), "the recipient could not sign in")
    token = reader.form("/bedomning/mottagare", "/bedomning/mottagare")
    answer, _ = reader.ask("POST", "/bedomning/mottagare", {"token": token, "laslosen": PASSPHRASE})
    expect(answer.status == 200, f"who would be a recipient was answered {answer.status}")
    reader.close()
    return [line for line in printed.splitlines() if line and not line.startswith("Share")]


def secret_in_files(folder):
    """The files below `folder` in which the reports' text stands, as it is or as a form sends it."""
    marks = [SECRET.encode(), urllib.parse.quote(SECRET).encode(), SECRET.encode("utf-16-le")]
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and any(mark in path.read_bytes() for mark in marks):
            found.append(str(path.relative_to(folder)))
    return found

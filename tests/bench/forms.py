"""Somebody at a browser without JavaScript: reads a page's form, fills in what he wants and presses its button."""
import base64
import hashlib
import hmac
import html.parser
import http.client
import pathlib
import re
import struct
import sys
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "fault"))

from city import Fault, Guest  # noqa: E402


class Form(html.parser.HTMLParser):
    """The form of a page that is sent to `action`, with what its fields hold: {name: [value ...]}."""

    def __init__(self, page, action):
        super().__init__()
        self.action, self.inside, self.select, self.fields, self.is_there = action, False, None, {}, False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if tag == "form":
            self.inside = a.get("method") == "post" and a.get("action", "").split("#")[0] == self.action
            self.is_there |= self.inside
        elif self.inside and tag == "select":
            self.select = a["name"]
        elif self.inside and tag == "option" and self.select and ("selected" in a or self.select not in self.fields):
            self.fields[self.select] = [a.get("value", "")]
        elif self.inside and tag == "textarea":
            self.fields[a["name"]] = [""]
        elif self.inside and tag == "input" and "name" in a:
            if a.get("type") not in ("radio", "checkbox"):
                self.fields[a["name"]] = [a.get("value", "")]
            elif "checked" in a:
                self.fields.setdefault(a["name"], []).append(a.get("value", "on"))

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = None


def code_of(secret, at):
    """What a telephone with the key `secret` shows at a moment (RFC 6238)."""
    key = base64.b32decode(re.sub(r"\s", "", secret) + "=" * (-len(re.sub(r"\s", "", secret)) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7FFFFFFF) % 1000000:06d}"


class Person(Guest):
    """`now` tells the moment by the program's clock."""

    def __init__(self, port, now):
        super().__init__(port)
        self.cookie, self.now = None, now

    def headers(self):
        return {"Cookie": self.cookie} if self.cookie else {}

    def ask(self, method, path, fields=None):
        try:
            answer, body = super().ask(method, path, fields)
        except (http.client.RemoteDisconnected, ConnectionError):  # closed while nobody asked for anything: a browser asks again
            self.connection.close()
            answer, body = super().ask(method, path, fields)
        kept = answer.getheader("Set-Cookie")
        if kept:
            self.cookie = kept.split(";")[0]
        return answer, body

    def fill(self, path, action=None, **values):
        """Sends the form to `action` (`path`, when it is not given) of the page at `path`: where it leads, and the page that answers."""
        form = Form(self.get(path), action or path)
        if not form.is_there:
            raise Fault(f"{path} has no form to {action or path}")
        fields = {**form.fields, **{name: value if isinstance(value, list) else [str(value)] for name, value in values.items()}}
        answer, page = self.ask("POST", action or path, [(name, value) for name, all_of in fields.items() for value in all_of])
        if answer.status == 303:
            return urllib.parse.urlsplit(answer.getheader("Location")).path, page
        if answer.status != 200:
            raise Fault(f"POST {action or path} was answered {answer.status}: {told(page)}")
        return None, page

    def moved(self, path, action=None, **values):
        """The same for a form that leads on when nothing is wrong with it."""
        where, page = self.fill(path, action, **values)
        if not where:
            raise Fault(f"{action or path} was not taken: {told(page)}")
        return where

    def sign_in(self, email, password, secret=None):
        """In both steps; the key of the telephone, which is set up the first time."""
        step = self.moved("/logga-in", email=email, password=password)
        if secret is None:
            step += "/ny"
            secret = re.search(r'class="secret"[^>]*>([^<]+)<', self.get(step)).group(1)
        self.fill(step, code=code_of(secret, self.now()))
        return secret


def told(page):
    """What is wrong, as the page says it."""
    text = re.sub(r"<[^>]+>", " ", re.sub(r"(?s)^.*<main[^>]*>", "", page))
    return re.sub(r"\s+", " ", text)[:300]


__all__ = ["Fault", "Form", "Person", "told"]

"""Where in the HTML a template stands: a state machine fed with the literal parts, for pagec.py."""
import re

URLS = {'href', 'src', 'action', 'formaction', 'cite', 'poster', 'data', 'ping', 'xlink:href'}
READ_BY_PEOPLE = {'title', 'alt', 'placeholder', 'label', 'content', 'summary', 'aria-label', 'aria-description',
                  'aria-valuetext', 'aria-roledescription'}
FORBIDDEN = {'srcset', 'srcdoc'}
VALUE_PLACES = {'text', 'read', 'attribute', 'url start', 'url inside'}


class Fault(Exception):
    pass


class Place:
    """state: text, comment, tag, raw (in <script> and <style>), unquoted, or one of VALUE_PLACES."""

    def __init__(self):
        self.state, self.name, self.tag, self.quote = 'text', '', '', ''

    def key(self):
        return self.state, self.name, self.tag if self.state != 'text' else '', self.quote

    def feed(self, literal):
        i = 0
        while i < len(literal):
            i = getattr(self, 'in_' + self.state.split()[0])(literal, i)

    def in_text(self, s, i):
        at = s.find('<', i)
        if at < 0:
            return len(s)
        if s.startswith('<!--', at):
            self.state = 'comment'
            return at + 4
        match = re.compile(r'<[/!]?([a-zA-Z][a-zA-Z0-9:-]*)').match(s, at)
        if not match:
            raise Fault('a < that begins no tag: write &lt;; a tag name cannot be a value')
        self.state, self.tag = 'tag', match[0][1:].lower()
        return match.end()

    def in_comment(self, s, i):
        at = s.find('-->', i)
        self.state = 'comment' if at < 0 else 'text'
        return len(s) if at < 0 else at + 3

    def in_tag(self, s, i):
        if s[i] == '>':
            self.state = 'raw' if self.tag in ('script', 'style') else 'text'
            return i + 1
        match = re.compile(r'[\s/]+').match(s, i)
        if match:
            return match.end()
        match = re.compile(r'([^\s=>/"\'<]+)(\s*=\s*(["\']?))?').match(s, i)
        if not match:
            raise Fault(f'"{s[i]}" inside the tag <{self.tag}')
        name = match[1].lower()
        if name.startswith('on') or name == 'style':
            raise Fault(f'{name}=: the pages\' content security policy would not run it')
        if match[2]:
            self.name, self.quote = name, match[3]
            self.state = ('url start' if self.name in URLS else 'read' if self.name in READ_BY_PEOPLE
                          else 'attribute') if self.quote else 'unquoted'
        return match.end()

    def in_attribute(self, s, i):
        at = s.find(self.quote, i)
        self.state = 'url inside' if self.state == 'url start' and at != i else self.state
        if at >= 0:
            self.state, self.name, self.quote = 'tag', '', ''
        return len(s) if at < 0 else at + 1

    in_read = in_url = in_attribute

    def in_unquoted(self, s, i):
        end = re.compile(r'[^\s>]*').match(s, i).end()
        if end < len(s):
            self.state, self.name = 'tag', ''
        return end

    def in_raw(self, s, i):
        match = re.compile(rf'\s*(</{self.tag}|\Z)', re.I).match(s, i)
        if not match:
            raise Fault(f'content in <{self.tag}>: the pages\' content security policy would not run it')
        if match[1]:
            self.state, self.tag = 'tag', '/' + self.tag
        return match.end()

    def value(self):
        """The state a value stands in; refuses places where no escaping is safe."""
        if self.state not in VALUE_PLACES or self.name in FORBIDDEN:
            where = {'tag': f'between the attributes of <{self.tag}', 'unquoted': f'the unquoted attribute {self.name}',
                     'raw': f'<{self.tag}>', 'comment': 'a comment'}.get(self.state, f'the attribute {self.name}')
            raise Fault(f'a value cannot stand in {where}')
        state = self.state
        if state == 'url start':
            self.state = 'url inside'
        return state

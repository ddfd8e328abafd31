#!/usr/bin/env python3
"""Makes pages of the program's documents: docc.py OUT.c NAME.LANGUAGE=FILE.md …

The Markdown that the documents are written in: headings, paragraphs, lists, tables, code, emphasis, links. Each heading goes one level down and the
first is left out: the page has it. A link to a document that is among them leads to its page, and is called by its first heading where it was called by
its file, in its own language where that is there; to another file of the source, to nowhere. What is not understood stops the build.
"""
import html
import pathlib
import posixpath
import re
import sys

INLINE = re.compile(r"`([^`]+)`|\*\*(.+?)\*\*|(?<![\w*])\*([^*\s][^*]*?)\*(?!\w)|\[([^\]]+)\]\(([^)\s]+)\)")
ITEM = re.compile(r"^( *)(?:[-*]|(\d+)\.) +(.*)$")


class Document:
    def __init__(self, path, text, pages, titles):
        """The names of the pages are by the paths of their documents, and their titles by those names."""
        self.folder, self.lines, self.pages, self.titles, self.out = posixpath.dirname(path), text.splitlines(), pages, titles, []

    def page(self, path):
        return self.pages.get(posixpath.normpath(posixpath.join(self.folder, path)))

    def called(self, words, path):
        return self.titles.get(self.page(path), words) if words == posixpath.basename(path) else words

    def href(self, target):
        """Of a link in a document: a page beside it, an address, or None."""
        path, _, part = target.partition("#")
        name = self.page(path) if path else ""
        if target.startswith("https://"):
            return target
        return name + (f"#{part}" if part else "") if name or (not path and part) else None

    def inline(self, text):
        out, at = [], 0
        for found in INLINE.finditer(text):
            out.append(html.escape(text[at:found.start()]))
            code, strong, weak, words, target = found.groups()
            if code is not None:
                out.append(f"<code>{html.escape(code)}</code>")
            elif words is not None:
                href, words = self.href(target), self.called(words, target.partition("#")[0])
                out.append(f'<a href="{html.escape(href)}">{self.inline(words)}</a>' if href else self.inline(words))
            else:
                out.append(f"<strong>{self.inline(strong)}</strong>" if strong else f"<em>{self.inline(weak)}</em>")
            at = found.end()
        return "".join(out) + html.escape(text[at:])

    def while_lines(self, i, is_part):
        j = i
        while j < len(self.lines) and is_part(self.lines[j]):
            j += 1
        return self.lines[i:j], j

    def heading(self, i):
        marks, words = self.lines[i].split(" ", 1)
        if len(marks) > 1:
            level = min(len(marks), 6)
            part = re.sub(r"[^a-z0-9 -]", "", words.lower()).replace(" ", "-")
            self.out.append(f'<h{level} id="{part}">{self.inline(words)}</h{level}>')
        return i + 1

    def fenced(self, i):
        code, j = self.while_lines(i + 1, lambda line: not line.startswith("```"))
        self.code(code)
        return j + 1

    def indented(self, i):
        code, j = self.while_lines(i, lambda line: line.startswith("    ") or not line.strip())
        while code and not code[-1].strip():
            code.pop()
        self.code([line[4:] for line in code])
        return j

    def code(self, lines):
        text = "\n".join(lines)
        kind = ' class="drawn"' if re.search("[│┌└]", text) else ""
        self.out.append(f'<pre{kind} tabindex="0"><code>{html.escape(text)}</code></pre>')

    def table(self, i):
        rows, j = self.while_lines(i, lambda line: line.startswith("|"))
        cells = [[cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))] for row in rows]
        head = "".join(f'<th scope="col">{self.inline(cell)}</th>' for cell in cells[0])
        body = "".join("<tr>" + "".join(self.cell(name, cell) for name, cell in zip(cells[0], row)) + "</tr>" for row in cells[2:])
        self.out.append(f'<table class="stack"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')
        return j

    def cell(self, name, text):
        """With the name of its column, which stands before it on a telephone."""
        return f'<td data-l="{html.escape(name)}">{self.inline(text)}</td>'

    def items(self, i):
        """A list without lists in it; what stands in under an item belongs to it."""
        is_numbered = ITEM.match(self.lines[i])[2] is not None
        texts = []
        while i < len(self.lines):
            line, found = self.lines[i], ITEM.match(self.lines[i])
            if found and not found[1]:
                texts.append([[found[3]], []])
            elif line.strip() and line.startswith(" "):
                is_code = line.startswith("       ")
                texts[-1][1 if is_code else 0].append(line.strip())
            elif line.strip() or not (i + 1 < len(self.lines) and (self.lines[i + 1].startswith("  ") or ITEM.match(self.lines[i + 1]))):
                break
            i += 1
        tag = "ol" if is_numbered else "ul"
        made = ["<li>" + self.inline(" ".join(words)) + (f'<pre tabindex="0"><code>{html.escape(chr(10).join(code))}</code></pre>' if code else "") + "</li>"
                for words, code in texts]
        self.out.append(f"<{tag}>{''.join(made)}</{tag}>")
        return i

    def paragraph(self, i):
        words, j = self.while_lines(i, lambda line: line.strip() and not line.startswith(("#", "|", "```")) and not (ITEM.match(line) and not line.startswith(" ")))
        self.out.append(f"<p>{self.inline(' '.join(line.strip() for line in words))}</p>")
        return j

    def made(self):
        i = 0
        while i < len(self.lines):
            line, before = self.lines[i], i
            if not line.strip() or re.fullmatch(r"<!-- [^<>]* -->", line):  # a mark for who makes the lines after it
                i += 1
            elif re.match(r"#{1,6} ", line):
                i = self.heading(i)
            elif line.startswith("```"):
                i = self.fenced(i)
            elif line.startswith("    "):
                i = self.indented(i)
            elif line.startswith("|"):
                i = self.table(i)
            elif ITEM.match(line):
                i = self.items(i)
            elif re.match(r"!\[|<|>", line):
                raise ValueError(f"line {i + 1}: {line[:40]!r} is not among what documents are written in")
            else:
                i = self.paragraph(i)
            assert i > before
        return "".join(self.out)


def c_array(name, data):
    rows = (", ".join(map(str, data[i:i + 24])) for i in range(0, len(data), 24))
    return f"static const unsigned char {name}[] = {{\n    " + ",\n    ".join(rows) + "};\n"


def titles_in(language, named, texts):
    """The first heading of each page's document, of the language's where there are two."""
    found = {}
    for name, _, path in sorted(named, key=lambda row: row[1] == language):
        found[name] = texts[path].split("\n", 1)[0].lstrip("# ")
    return found


def main():
    named = [re.fullmatch(r"([\w-]+)\.(sv|en)=(.+)", word).groups() for word in sys.argv[2:]]
    pages = {posixpath.normpath(path): name for name, _, path in named}
    texts = {path: pathlib.Path(path).read_text(encoding="utf-8") for _, _, path in named}
    arrays, rows = [], []
    for i, (name, language, path) in enumerate(named):
        try:
            made = Document(path, texts[path], pages, titles_in(language, named, texts)).made().encode()
        except ValueError as fault:
            sys.exit(f"{path}: {fault}")
        arrays.append(c_array(f"text_{i}", made))
        rows.append(f'    {{"{name}", LANGUAGE_{language.upper()}, {{(const char *)text_{i}, sizeof text_{i}}}}},\n')
    source = '/* Made by docc.py of the documents: change those. */\n#include "manual/manual.h"\n\n' + "".join(arrays)
    source += "\nconst struct manual_text manual_texts[] = {\n" + "".join(rows) + "    {NULL, LANGUAGE_SV, {NULL, 0}}};\n"
    pathlib.Path(sys.argv[1]).write_text(source, encoding="utf-8")


if __name__ == "__main__":
    main()

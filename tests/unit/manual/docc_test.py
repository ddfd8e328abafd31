"""Documents become HTML: what means something in HTML is escaped, and what is not understood stops the build. usage: docc_test.py DOCC.py"""
import pathlib
import sys


def main():
    sys.path.insert(0, str(pathlib.Path(sys.argv[1]).parent))
    from docc import Document, titles_in

    pages = {"docs/operate.md": "drift", "docs/protection.md": "skydd", "docs/methods/protection.md": "avrundning"}
    titles = {"drift": "Operating Lykta", "skydd": "What", "avrundning": "How"}

    def made(text):
        return Document("docs/sv/backup.md", text, pages, titles).made()

    def is_refused(text):
        try:
            made(text)
        except ValueError:
            return True
        return False

    named = [("drift", "en", "docs/operate.md"), ("drift", "sv", "docs/sv/operate.md"), ("asvs", "en", "docs/asvs.md")]
    texts = {"docs/operate.md": "# Operating\n", "docs/sv/operate.md": "# Drift\n", "docs/asvs.md": "# ASVS\n"}
    facts = {
        "text is escaped": made('a < b & "c"') == "<p>a &lt; b &amp; &quot;c&quot;</p>",
        "code is escaped, and nothing in it means more": made("`<b> **x**`") == "<p><code>&lt;b&gt; **x**</code></p>",
        "the first heading is the page's": made("# A\n\n## B c\n") == '<h2 id="b-c">B c</h2>',
        "a block that is set in is code": made("    a\n\n    <b>\n\nc") == '<pre tabindex="0"><code>a\n\n&lt;b&gt;</code></pre><p>c</p>',
        "a drawing keeps its lines whole": made("    a\n    │\n") == '<pre class="drawn" tabindex="0"><code>a\n│</code></pre>',
        "a table has heads and cells": '<tr><td data-l="a">1</td><td data-l="b"><code>x</code></td></tr>' in made("| a | b |\n|---|---|\n| 1 | `x` |\n"),
        "a list has items of more than one line": made("- a\n  b\n- c\n") == "<ul><li>a b</li><li>c</li></ul>",
        "numbers make a numbered list": made("1. a\n2. b\n") == "<ol><li>a</li><li>b</li></ol>",
        "a link to a document leads to its page": made("[x](../operate.md#a)") == '<p><a href="drift#a">x</a></p>',
        "a link called by its file has the document's heading": made("[operate.md](../operate.md)") == '<p><a href="drift">Operating Lykta</a></p>',
        "documents that are called alike are told apart by their folders": made("[protection.md](../protection.md) [protection.md](../methods/protection.md)")
        == '<p><a href="skydd">What</a> <a href="avrundning">How</a></p>',
        "a link to a document that is not there leads nowhere": made("[x](operate.md)") == "<p>x</p>",
        "a title is of the language, or of the one there is": [titles_in(language, named, texts) for language in ("sv", "en")]
        == [{"drift": "Drift", "asvs": "ASVS"}, {"drift": "Operating", "asvs": "ASVS"}],
        "a link to a file of the source leads nowhere": made("[x](lib/a.c)") == "<p>x</p>",
        "a link that runs leads nowhere": made("[x](javascript:alert)") == "<p>x</p>",
        "HTML stops the build": is_refused("<script>"),
        "a picture stops the build": is_refused("![x](y.png)"),
    }
    for number, (fact, holds) in enumerate(facts.items(), 1):
        print(f"{'ok' if holds else 'not ok'} {number} - {fact}")
    return 0 if all(facts.values()) else 1


if __name__ == "__main__":
    sys.exit(main())

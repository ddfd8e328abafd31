"""Dependencies point one way: fails when a file includes what its layer may not know. See ARCHITECTURE.md."""
import pathlib
import re
import sys

# From the ground up: a folder may include itself and what its row names.
MAY_INCLUDE = {
    "lib/base": [],
    "lib/estimate": ["base"],
    "lib/link": ["base"],
    "lib/pool": ["base", "estimate"],
    "lib/protect": ["base"],
    "lib/seal": ["base"],
    "lib/secure": ["base", "link"],
    "lib/words": ["base"],
    "src/log": ["base"],
    "src/store": ["base", "log"],
    "src/backup": ["base", "link", "seal", "store", "calendar"],
    "src/child": ["base"],
    "src/picture": ["base"],
    "src/print": ["base", "walls"],
    "src/walls": ["base"],
    "src/process": ["base", "log", "child", "walls"],
    "src/vault": ["base", "seal", "walls", "process"],
    "src/keyring": ["base", "seal", "store", "vault"],
    "src/web": ["base", "log"],
    "src/mail": ["base", "store", "web"],
    "src/calendar": ["base"],
    "src/sheet": ["base"],
    "src/portal": ["base", "store", "web"],
    "src/account": ["base", "seal", "store", "web", "mail", "calendar", "portal"],
    "src/mailing": ["base", "store", "web", "mail", "portal"],
    "src/oidc": ["base", "store", "web", "portal", "account", "calendar"],
    "src/passkey": ["base", "store", "web", "calendar", "portal", "account"],
    "src/people": ["base", "store", "web", "mail", "calendar", "portal", "account", "passkey"],
    "src/audit": ["base", "store", "web", "calendar", "portal"],
    "src/extract": ["base", "store", "web", "calendar", "portal", "audit"],
    "src/network": ["base", "store", "web", "mail", "sheet", "portal", "account", "people"],
    "src/seminar": ["base", "store", "web", "mail", "calendar", "portal", "account", "people", "network"],
    "src/help": ["base", "store", "web", "portal"],
    "src/indicator": ["base", "words", "store", "web", "portal"],
    "src/learning": ["base", "store", "web", "portal", "indicator"],
    "src/observation": ["base", "protect", "seal", "words", "store", "child", "keyring", "calendar", "web", "portal", "passkey", "network", "indicator", "article", "chart", "help", "public"],
    "src/outreach": ["base", "store", "web", "calendar", "portal", "network", "chart"],
    "src/circular": ["base", "words", "store", "web", "mail", "calendar", "portal", "network", "seminar"],
    "src/chart": ["base", "web"],
    "src/mapping": ["base", "estimate", "protect", "store", "portal"],
    "src/release": ["base", "estimate", "protect", "store", "portal", "mapping"],
    "src/area": ["base", "store", "web", "network", "portal", "chart", "mapping", "release"],
    "src/plan": ["base", "store", "child", "web", "mail", "calendar", "sheet", "portal", "network", "seminar", "observation", "release"],
    "src/public": ["base", "store", "child", "web", "calendar", "portal", "help", "article", "chart", "mapping", "release", "seminar", "area"],
    "src/retention": ["base", "store", "keyring", "web", "mail", "calendar", "portal", "people", "network", "seminar", "circular", "observation", "plan", "publishing", "gathering", "programme", "research", "results", "incident"],
    "src/watch": ["base", "log", "store", "backup", "web", "mail", "process"],
    "src/check": ["base", "store", "backup", "mail", "calendar", "log", "walls", "watch"],
    "src/status": ["base", "store", "backup", "calendar", "web", "mail", "portal", "process", "check"],
    "src/setting": ["base", "store", "backup", "calendar", "web", "mail", "portal", "help", "indicator", "observation", "public", "retention"],
    "src/command": ["base", "estimate", "link", "pool", "protect", "seal", "secure", "words", "log", "store", "backup", "keyring", "web", "mail", "calendar", "sheet", "area",
                    "portal", "account", "passkey", "people", "extract", "network", "seminar", "circular", "indicator", "learning", "outreach", "observation", "chart", "mapping", "audit",
                    "release", "plan", "public", "retention", "mailing", "oidc", "publishing", "gathering", "programme", "research", "results", "article", "setting", "check", "template", "watch", "child", "walls", "process", "vault", "manual", "incident", "help", "status"],
    "src/manual": ["base", "web", "portal"],
    "src/incident": ["base", "store", "child", "keyring", "calendar", "web", "portal", "manual", "observation"],
    "src/publishing": ["base", "estimate", "protect", "store", "web", "mail", "calendar", "portal", "chart", "mapping", "release", "public", "observation"],
    "src/gathering": ["base", "link", "store", "web", "mail", "calendar", "portal", "publishing"],
    "src/programme": ["base", "estimate", "link", "pool", "protect", "secure", "store", "child", "calendar", "web", "mail", "sheet", "portal", "chart", "mapping", "release", "area"],
    "src/research": ["base", "store", "web", "mail", "calendar", "portal", "release", "programme"],
    "src/results": ["base", "words", "store", "web", "mail", "calendar", "portal", "programme", "research"],
    "src/template": ["base", "store", "web", "indicator", "mapping", "plan", "article", "release"],
    "src/article": ["base", "store", "child", "picture", "web", "mail", "calendar", "portal"],
}


def faults(root):
    for layer, below in MAY_INCLUDE.items():
        folder = root / layer
        own = folder.name
        for path in sorted(folder.glob("*.[ch]")):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                found = re.match(r'#include "([a-z_]+)/', line)
                if found and found.group(1) not in [own, *below]:
                    yield f"{path.relative_to(root)}:{number}: {layer} may not include {found.group(1)}/"
    known = {root / layer for layer in MAY_INCLUDE}
    for path in sorted([*root.glob("lib/*/*.c"), *root.glob("src/*/*.c")]):
        if path.parent not in known:
            yield f"{path.relative_to(root)}: its folder has no row in tests/layers.py"


def main():
    found = list(faults(pathlib.Path(sys.argv[1])))
    print("\n".join(found) or "every include points the right way")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

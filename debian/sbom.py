#!/usr/bin/env python3
"""What a package is made of, as SPDX 2.3: debian/sbom.py PACKAGE.deb PACKAGE.buildinfo >PACKAGE.spdx.json

The libraries are those the package depends on, in the versions it was built with (dpkg's .buildinfo); what it was built by is told apart
from them. The same package gives the same bytes: the time is that of the changelog, and the name is made of the package's own hash.
"""
import datetime
import hashlib
import json
import pathlib
import re
import subprocess
import sys

SITE = "https://example.org/lykta/spdx"


def fields_of(text):
    """A paragraph of Debian's control form."""
    fields, name = {}, None
    for line in text.splitlines():
        if line[:1].isspace() and name:
            fields[name] += "\n" + line.strip()
        elif ":" in line:
            name, value = line.split(":", 1)
            fields[name] = value.strip()
    return fields


def names_in(relations):
    """ "libc6 (>= 2.35), nginx | caddy" names three. """
    return [re.match(r"[a-z0-9.+-]+", one.strip()).group() for group in relations.split(",") for one in group.split("|") if one.strip()]


def spdx_id(name):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", name)


def package(name, version, architecture):
    return {"name": name, "SPDXID": spdx_id(name), "versionInfo": version, "supplier": "Organization: Debian", "downloadLocation": "NOASSERTION",
            "filesAnalyzed": False, "licenseConcluded": "NOASSERTION", "licenseDeclared": "NOASSERTION", "copyrightText": "NOASSERTION",
            "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
                              "referenceLocator": f"pkg:deb/debian/{name}@{version}?arch={architecture}&distro=debian-12"}]}


def own_package(control, content):
    return {"name": control["Package"], "SPDXID": spdx_id(control["Package"]), "versionInfo": control["Version"], "supplier": "NOASSERTION",
            "downloadLocation": "NOASSERTION", "filesAnalyzed": False, "licenseConcluded": "EUPL-1.2", "licenseDeclared": "EUPL-1.2",
            "copyrightText": "NOASSERTION", "checksums": [{"algorithm": "SHA256", "checksumValue": hashlib.sha256(content).hexdigest()}]}


def relation(of, kind, to):
    return {"spdxElementId": of, "relationshipType": kind, "relatedSpdxElement": to}


def document(control, content, buildinfo):
    installed = dict(re.findall(r"([a-z0-9.+-]+) \(= ([^)]+)\)", buildinfo["Installed-Build-Depends"]))
    needed = [name for name in names_in(control["Depends"]) if name != control["Package"]]
    builders = [name for name in sorted(installed) if name not in needed]
    own = spdx_id(control["Package"])
    epoch = re.search(r'SOURCE_DATE_EPOCH="(\d+)"', buildinfo["Environment"]).group(1)
    made = datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc)
    return {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": f"{control['Package']}-{control['Version']}",
        "documentNamespace": f"{SITE}/{control['Package']}-{control['Version']}-{hashlib.sha256(content).hexdigest()[:16]}",
        "creationInfo": {"created": made.strftime("%Y-%m-%dT%H:%M:%SZ"), "creators": ["Tool: debian/sbom.py"]},
        "packages": [own_package(control, content)]
                    + [package(name, installed.get(name, "NOASSERTION"), control["Architecture"]) for name in needed + builders],
        "relationships": [relation("SPDXRef-DOCUMENT", "DESCRIBES", own)] + [relation(own, "DEPENDS_ON", spdx_id(name)) for name in needed]
                         + [relation(spdx_id(name), "BUILD_DEPENDENCY_OF", own) for name in builders]}


def main():
    deb, info = (pathlib.Path(word) for word in sys.argv[1:])
    told = subprocess.run(["dpkg-deb", "--field", str(deb)], check=True, capture_output=True, text=True).stdout
    print(json.dumps(document(fields_of(told), deb.read_bytes(), fields_of(info.read_text(encoding="utf-8"))), indent=1))


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/python3
"""The archive package of the register, read by programs that are not ours: what METS.xml promises is there, the data are valid
against the schema that goes with them, and the PDF is PDF/A with the same records.

    package.py PACKAGE.zip

The numbers are those of the requirements in E-ARK CSIP 2.1.0.
"""
import hashlib
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree
import zipfile

METS = '{http://www.loc.gov/METS/}'
CSIP = '{https://DILCIS.eu/XML/METS/CSIPExtensionMETS}'
XLINK = '{http://www.w3.org/1999/xlink}'
OURS = '{urn:lykta:diarium:1}'


def run(*arguments):
    return subprocess.run(arguments, check=True, capture_output=True, text=True).stdout


def check_head(mets, name):
    assert mets.tag == METS + 'mets' and mets.get('OBJID') == name  # CSIP1
    assert mets.get('TYPE') and mets.get('PROFILE').startswith('https://earksip.dilcis.eu/')  # CSIP2, CSIP6
    head = mets.find(METS + 'metsHdr')  # CSIP117
    assert re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ', head.get('CREATEDATE'))  # CSIP7
    assert head.get(CSIP + 'OAISPACKAGETYPE') == 'SIP'  # CSIP9
    software = [a for a in head.findall(METS + 'agent') if a.get('OTHERTYPE') == 'SOFTWARE']
    assert len(software) == 1 and software[0].get('ROLE') == 'CREATOR' and software[0].get('TYPE') == 'OTHER'  # CSIP10 to 13
    assert software[0].find(METS + 'name').text and software[0].find(METS + 'note').text  # CSIP14, CSIP15
    assert any(a.get('ROLE') == 'ARCHIVIST' for a in head.findall(METS + 'agent'))  # SIP9


def check_order(mets):
    """The parts come in the schema's order."""
    assert [child.tag for child in mets] == [METS + part for part in ('metsHdr', 'fileSec', 'structMap')]


def check_files(mets, folder):
    """CSIP58 to CSIP79: each file once, with its size and hash; nothing in the package is left out."""
    told = {}
    for file in mets.find(METS + 'fileSec').iter(METS + 'file'):
        place = file.find(METS + 'FLocat')
        assert place.get(XLINK + 'type') == 'simple' and place.get('LOCTYPE') == 'URL'
        told[place.get(XLINK + 'href')] = file
    there = {str(p.relative_to(folder)) for p in folder.rglob('*') if p.is_file()}
    assert there - set(told) == {'METS.xml'} and set(told) <= there, (there, set(told))
    for path, file in told.items():
        data = (folder / path).read_bytes()
        assert int(file.get('SIZE')) == len(data), path
        assert file.get('CHECKSUMTYPE') == 'SHA-256' and file.get('CHECKSUM') == hashlib.sha256(data).hexdigest(), path
        assert file.get('MIMETYPE') and file.get('CREATED') and file.get('ID'), path


def check_structure(mets, name):
    """CSIP80 to CSIP119: one physical structure, whose divisions point at groups of files."""
    structure = mets.find(METS + 'structMap')
    assert structure.get('TYPE') == 'PHYSICAL' and structure.get('LABEL') == 'CSIP'
    package = structure.find(METS + 'div')
    assert package.get('LABEL') == name
    labels = [d.get('LABEL') for d in package.findall(METS + 'div')]
    assert labels == ['Metadata', 'Documentation', 'Schemas', 'Representations'], labels
    groups = {g.get('ID'): g.get('USE') for g in mets.iter(METS + 'fileGrp')}
    for division in package.findall(METS + 'div')[1:]:
        assert groups[division.find(METS + 'fptr').get('FILEID')] == division.get('LABEL')
    names = [e.get('ID') for e in mets.iter() if e.get('ID')]
    assert len(names) == len(set(names)) and all(re.fullmatch(r'[A-Za-z_][\w.-]*', n) for n in names)


def check_data(folder):
    data = folder / 'representations/rep1/data'
    run('xmllint', '--noout', '--nonet', '--schema', folder / 'schemas/diarium.xsd', data / 'diarium.xml')
    numbers = [r.get('nummer') for r in tree.parse(data / 'diarium.xml').getroot().findall(OURS + 'handling')]
    assert numbers and len(numbers) == len(set(numbers)), numbers
    about = run('pdfinfo', '-meta', data / 'diarium.pdf')
    assert 'pdfaid:part="3"' in about and 'pdfaid:conformance="B"' in about, about
    assert b'/GTS_PDFA1' in (data / 'diarium.pdf').read_bytes(), 'no colours are defined'
    fonts = run('pdffonts', data / 'diarium.pdf').splitlines()[2:]
    assert fonts and all(re.search(r'yes\s+yes\s+yes\s+\d+\s+\d+$', font) for font in fonts), fonts  # inside, and as text
    words = run('pdftotext', '-layout', data / 'diarium.pdf', '-')
    for number in numbers:
        assert number in words, number
    return len(numbers)


def main(path):
    with tempfile.TemporaryDirectory() as temporary:
        with zipfile.ZipFile(path) as package:
            assert package.testzip() is None
            package.extractall(temporary)
        folder, = pathlib.Path(temporary).iterdir()
        run('xmllint', '--noout', '--nonet', '--relaxng', pathlib.Path(__file__).with_name('mets.rng'), folder / 'METS.xml')
        mets = tree.parse(folder / 'METS.xml').getroot()
        check_head(mets, folder.name)
        check_order(mets)
        check_files(mets, folder)
        check_structure(mets, folder.name)
        print(check_data(folder), 'records')


main(sys.argv[1])

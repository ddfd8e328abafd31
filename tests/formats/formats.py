#!/usr/bin/python3
"""A release told in each format is read back by a program that is not ours, and says the same.

    formats.py LYKTA
"""
import csv
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import openpyxl
import pikepdf

import pdf_structure


EXAMPLE = pathlib.Path(__file__).resolve().parents[2] / 'src/mapping/example'


def run(*arguments):
    return subprocess.run(arguments, check=True, capture_output=True).stdout


def report(lykta, folder, ending):
    path = folder / f'report{ending}'
    run(lykta, 'report', folder / 'city/files/releases/1281-2013', '-o', path)
    return path


def square(code, west):
    ring = [[west, 55.6], [west + 0.1, 55.6], [west + 0.1, 55.7], [west, 55.7], [west, 55.6]]
    return {'type': 'Feature', 'properties': {'kod': code, 'namn': code}, 'geometry': {'type': 'Polygon', 'coordinates': [ring]}}


def mapped(lykta, folder):
    """A mapping of two areas and people whose area is not known, with its areas on a map."""
    (folder / 'h.csv').write_text('A,B,area,count\n' + ''.join(f'1,0,{a},{n}\n0,1,{a},{n}\n1,1,{a},{n}\n' for a, n in (('a1', 30), ('a2', 45), ('no', 8))))
    (folder / 'n.csv').write_text('code,sv,en,residents\narea,Område,Area,\narea=a1,Norr (exempel),North (example),9000\narea=a2,Söder (exempel),South (example),12000\n'
                                  'area=no,Okänt område,Not known,\n', encoding='utf-8')
    (folder / 'areas.geojson').write_text(json.dumps({'type': 'FeatureCollection', 'features': [square('a1', 13.1), square('a2', 13.2)]}))
    run(lykta, 'publish', folder / 'city', folder / 'h.csv', '--names', folder / 'n.csv', '--period', '2016', '--title', 'Områden (exempel)',
        '--title-en', 'Areas (example)', '--example', '--approve')
    path = folder / 'map.pdf'
    run(lykta, 'report', folder / 'city/files/releases/1281-2016', '-o', path, '--areas', f'area={folder / "areas.geojson"}', '--areas-source', 'Exempel, CC0')
    return path


def tables_of(whole):
    return whole['tables'].values()


def check_xlsx(path, whole):
    """Read by openpyxl: every table is a sheet with the figures as numbers, and no cell is a formula."""
    book = openpyxl.load_workbook(path)
    sheets = book.worksheets
    assert len(sheets) == len(whole['tables']) + 2, [s.title for s in sheets]
    for sheet, rows in zip(sheets[1:-1], tables_of(whole)):
        read = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        told = [[r['code'], r['sv'], r['en'], r['people'], r['lo'], r['hi'], r['shown_sv'], r['shown_en']] for r in rows]
        assert read == told, sheet.title
    for sheet in sheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type in ('s', 'n') for cell in row), 'a formula'
    cover = {row[0].value: row[1].value for row in sheets[0].iter_rows(min_row=3)}
    assert cover['Uppskattat antal, kända och okända'] == whole['estimate']['nhat']
    assert cover['Lägst (95 procent)'] == whole['estimate']['ci95'][0]


def check_compared(path, whole, earlier):
    """Read by openpyxl: a sheet has every list of both rounds, and the sums of the lists' entries."""
    rows = list(openpyxl.load_workbook(path)['Jämfört med tidigare'].iter_rows(min_row=2, values_only=True))
    read = {(row[0], row[4]): list(row[5:8]) for row in rows}
    for one in (earlier, whole):
        lists = one['tables']['lists']
        for row in lists:
            assert read[row['code'], one['release']] == [row['people'], row['lo'], row['hi']], row
        sums = [sum(row[column] for row in lists) for column in ('people', 'lo', 'hi')]
        assert read['entries', one['release']] == sums, sums
        assert read['known', one['release']][0] == one['estimate']['seen']['people'], one['estimate']


def check_same_bytes(first, second):
    assert first.read_bytes() == second.read_bytes(), 'the same release gave other bytes'


def check_pdf(path, whole):
    """Read by poppler: tagged, with a title and a language, and the figures of every table in the text."""
    facts = dict(line.split(':', 1) for line in run('pdfinfo', path).decode().splitlines() if ':' in line)
    assert 'Människohandel' in facts['Title'] or 'människohandel' in facts['Title'], facts['Title']
    assert facts['Tagged'].strip() == 'yes'
    text = re.sub(r'\s+', ' ', run('pdftotext', '-layout', path, '-').decode()).replace(' ', ' ')
    text = re.sub(r'(?<=\d) (?=\d{3}\b)', '', text)
    assert str(whole['estimate']['nhat']) in text, text[:600]
    for row in whole['tables']['lists']:
        assert row['sv'] in text, row['sv']
        assert row['shown_sv'] in text, row['shown_sv']


def check_pdf_structure(path, html):
    """Read by pikepdf: it can be heard. The finding of each drawing is text, since the drawings are not tagged."""
    found = list(pdf_structure.faults(path, 'sv'))
    assert not found, found
    text = re.sub(r'\s+', ' ', run('pdftotext', path, '-').decode())
    findings = re.findall(r'<desc [^>]*>([^<]*)</desc>', html.read_text(encoding='utf-8'))
    assert len(findings) >= 4, findings
    for finding in findings:
        assert re.sub(r'\s+', ' ', finding) in text, finding


def spoil_language(pdf):
    del pdf.Root.Lang


def spoil_headings(pdf):
    next(e for e in pdf_structure.elements(pdf.Root.StructTreeRoot) if e.S == '/H1').S = pikepdf.Name.H3


def spoil_rows(pdf):
    for element in pdf_structure.elements(pdf.Root.StructTreeRoot):
        if element.S == '/TH':
            element.S = pikepdf.Name.TD


def spoil_text(pdf):
    pdf.pages[0].contents_add(b'BT /F1 12 Tf (x) Tj ET', prepend=True)


def check_spoilt_pdf(path):
    """The check of the structure sees what is wrong."""
    for spoil in (spoil_language, spoil_headings, spoil_rows, spoil_text):
        spoilt = path.with_name('spoilt.pdf')
        with pikepdf.open(path) as pdf:
            spoil(pdf)
            pdf.save(spoilt)
        assert list(pdf_structure.faults(spoilt, 'sv')), spoil.__name__


def check_rows(lykta, html):
    """Of tables that begin at many heights of a page: each row is whole, under the row of headings, the name is with its table, the sum once."""
    style = re.search(r'<style>.*?</style>', html.read_text(encoding='utf-8'), re.S)[0]
    body = '<tr><th scope="row">Ort<br>(exempel)<br>2026</th><td>cirka 10</td></tr>' * 9
    page = ''.join(f'<div style="height:{13 * i}pt"></div><div class="tw"><table><caption>Tabell {i}</caption><thead><tr><th scope="col">Ort</th>'
                   f'<th scope="col">Kända</th></tr></thead><tbody>{body}</tbody><tfoot><tr><th scope="row">Summa</th><td>cirka 90</td></tr></tfoot>'
                   '</table></div>' for i in range(20))
    path = html.with_name('rows.pdf')
    path.write_bytes(subprocess.run([pathlib.Path(lykta).with_name('lykta-print'), 'pdf/ua-1'], check=True, capture_output=True,
                                    input=f'<html lang="sv"><head><title>Rader</title>{style}</head><body><h1>Rader</h1>{page}</body></html>'.encode()).stdout)
    found = list(pdf_structure.faults(path, 'sv', 20 * 9))
    assert not found, found
    with pikepdf.open(path) as pdf:
        sums = sum(len(pdf_structure.rows(e, 'TFoot')) for e in pdf_structure.elements(pdf.Root.StructTreeRoot) if pdf_structure.name(e) == 'Table')
    assert sums == 20, sums


def check_map(path):
    """Read by poppler: the map's classes, source and what is not on it."""
    text = re.sub(r'\s+', ' ', run('pdftotext', path, '-').decode())
    for told in ('Område på kartan', 'Gränser: Exempel, CC0', 'Inte på kartan, men i tabellen: Okänt område'):
        assert told in text, told
    assert not list(pdf_structure.faults(path, 'sv'))


def check_wrong_areas(lykta, folder):
    """What is wrong with areas on the command line is told, and nothing is written."""
    release, out, areas = folder / 'city/files/releases/1281-2016', folder / 'none.html', folder / 'areas.geojson'
    bow = square('a1', 13.1)
    bow['geometry']['coordinates'][0] = [[13.1, 55.6], [13.2, 55.7], [13.2, 55.6], [13.1, 55.7], [13.1, 55.6]]
    (folder / 'bow.geojson').write_text(json.dumps({'type': 'FeatureCollection', 'features': [bow]}))
    (folder / 'other.geojson').write_text(json.dumps({'type': 'FeatureCollection', 'features': [square('x', 13.1)]}))
    source = ['--areas-source', 'Exempel']
    for ending, options, status, told in [('.html', ['--areas', f'area={areas}'], 2, 'needed together'), ('.html', source, 2, 'needed together'),
                                          ('.html', ['--areas', str(areas), *source], 2, 'expected COLUMN=FILE'),
                                          ('.html', ['--areas', f'street={areas}', *source], 2, 'no table of this column'),
                                          ('.xlsx', ['--areas', f'area={areas}', *source], 2, '.html and .pdf alone'),
                                          ('.html', ['--areas', f'area={folder}/other.geojson', *source], 3, 'none of its areas'),
                                          ('.html', ['--areas', f'area={folder}/bow.geojson', *source], 3, 'crosses itself')]:
        done = subprocess.run([lykta, 'report', release, '-o', out.with_suffix(ending), *options], capture_output=True, text=True)
        assert done.returncode == status and told in done.stderr, (options, done.returncode, done.stderr)
        assert not out.with_suffix(ending).exists(), options


def check_px(path, cube):
    """Taken apart as the format's description says: as many figures as the values of all variables allow."""
    text = path.read_text(encoding='utf-8')
    keywords = dict(re.findall(r'^([A-Z-]+(?:\[en\])?(?:\("[^"]*"\))?)=((?:"[^"]*"|[^";])*);', text, re.M))
    assert max(len(line.encode()) for line in text.splitlines()) <= 256
    names = re.findall(r'"([^"]*)"', keywords['STUB']) + re.findall(r'"([^"]*)"', keywords['HEADING'])
    values = [re.findall(r'"([^"]*)"', keywords[f'VALUES("{name}")']) for name in names]
    cells = 1
    for some in values:
        cells *= len(some)
    data = text.split('DATA=\n', 1)[1].rstrip().rstrip(';').split()
    assert len(data) == cells, (len(data), cells)
    rows = list(csv.DictReader(io.StringIO(cube.read_text(encoding='utf-8'))))
    told = [row[column] for row in rows for column in ('people', 'lo', 'hi')]
    assert data == told


def main():
    lykta = sys.argv[1]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        run(lykta, 'demo', folder / 'city')
        whole = json.loads(report(lykta, folder, '.json').read_text(encoding='utf-8'))
        release = folder / 'city/files/releases/1281-2013'
        xlsx, pdf = report(lykta, folder, '.xlsx'), report(lykta, folder, '.pdf')
        (folder / 'again').mkdir()
        second = folder / 'again/report.xlsx'
        run(lykta, 'report', release, '-o', second)
        run(lykta, 'publish', folder / 'city', EXAMPLE / 'uk2013.csv', '--names', EXAMPLE / 'names.csv', '--period', '2014',
            '--title', 'Nästa år (exempel)', '--title-en', 'The next year (example)', '--example', '--approve')
        later = folder / 'city/files/releases/1281-2014'
        run(lykta, 'report', later, release, '-o', folder / 'two.xlsx')
        run(lykta, 'report', later, '-o', folder / 'later.json')
        after = json.loads((folder / 'later.json').read_text(encoding='utf-8'))
        checks = [('xlsx with an earlier round is read by openpyxl', check_compared, folder / 'two.xlsx', after, whole),
                  ('xlsx is read by openpyxl', check_xlsx, xlsx, whole),
                  ('xlsx is the same bytes each time', check_same_bytes, xlsx, second),
                  ('pdf is read by poppler', check_pdf, pdf, whole),
                  ('pdf has the structure of one that can be heard', check_pdf_structure, pdf, report(lykta, folder, '.html')),
                  ('rows of a pdf are whole, each table under its headings', check_rows, lykta, folder / 'report.html'),
                  ('a pdf that is spoilt is seen', check_spoilt_pdf, pdf),
                  ('pdf has the map of a file of areas', check_map, mapped(lykta, folder)),
                  ('what is wrong with areas is told', check_wrong_areas, lykta, folder),
                  ('px holds the cube', check_px, report(lykta, folder, '.px'), release / 'cube.csv')]
        print(f'1..{len(checks)}')
        failed = 0
        for number, (what, check, *arguments) in enumerate(checks, 1):
            try:
                check(*arguments)
                print(f'ok {number} - {what}')
            except (AssertionError, KeyError) as fault:
                failed = 1
                print(f'not ok {number} - {what}\n# {fault!r}')
    return failed


if __name__ == '__main__':
    sys.exit(main())

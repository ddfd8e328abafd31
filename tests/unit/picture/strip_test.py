"""lykta-picture on pictures that other programs made, read back by other programs: strip_test.py PROGRAM

Pictures are made by Pillow, their notes read by exiftool. The program is run through pipes, as `lykta serve` runs it.
"""
import io
import json
import random
import struct
import subprocess
import sys
import tempfile
import zlib

from PIL import Image, ImageOps

PROGRAM = sys.argv[1]


def run(data):
    done = subprocess.run([PROGRAM], input=data, capture_output=True, timeout=30)
    head, _, rest = done.stdout.partition(b'\n')
    return done.returncode, head.decode('ascii', 'replace'), rest


def saved(image, kind='JPEG', **how):
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def quarters(width=400, height=200):
    """Another colour in each quarter, so that a turn shows."""
    image = Image.new('RGB', (width, height), (200, 30, 30))
    image.paste((30, 200, 30), (width // 2, 0, width, height // 2))
    image.paste((30, 30, 200), (0, height // 2, width // 2, height))
    image.paste((220, 220, 60), (width // 2, height // 2, width, height))
    return image


def noted(orientation):
    image = quarters()
    notes = image.getexif()
    notes[0x0112] = orientation
    notes[0x010F] = 'Kamera exempel'
    notes[0x9003] = '2026:11:24 10:00:00'
    notes[0x8825] = {1: 'N', 2: (55.0, 42.0, 10.0), 3: 'E', 4: (13.0, 11.0, 30.0)}
    return saved(image, exif=notes, comment=b'en hemlig kommentar', quality=95)


def tags(data):
    """What exiftool finds, without what the file's system and its own shape tell."""
    with tempfile.NamedTemporaryFile(suffix='.jpg') as file:
        file.write(data)
        file.flush()
        told = subprocess.run(['exiftool', '-json', '-G', '-a', '-u', file.name], capture_output=True, check=True)
    found = json.loads(told.stdout)[0]
    return {k: v for k, v in found.items() if k.split(':')[0] in ('EXIF', 'XMP', 'IPTC', 'Photoshop', 'ICC_Profile', 'MakerNotes',
                                                                  'MPF', 'APP1', 'APP13', 'PNG') or 'Comment' in k}


def chunk(name, data):
    return struct.pack('>I', len(data)) + name + data + struct.pack('>I', zlib.crc32(name + data))


def png_of(width, height, packed, more=b''):
    head = chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0))
    return b'\x89PNG\r\n\x1a\n' + head + more + chunk(b'IDAT', packed) + chunk(b'IEND', b'')


def fault(data, word):
    status, head, rest = run(data)
    return status == 0 and head == f'fault {word}' and rest == b''


def close(a, b):
    return all(abs(x - y) <= 12 for x, y in zip(a, b))


def a_picture_with_a_place_comes_out_without_notes():
    before = noted(1)
    assert 'EXIF:GPSLatitude' in tags(before) and any('Comment' in k for k in tags(before))
    status, head, after = run(before)
    assert (status, head) == (0, 'jpeg 400 200') and tags(after) == {}, tags(after)
    assert b'hemlig' not in after and b'Kamera' not in after


def each_way_to_hold_a_camera_comes_out_upright():
    for orientation in range(1, 9):
        before = noted(orientation)
        upright = ImageOps.exif_transpose(Image.open(io.BytesIO(before)))
        after = Image.open(io.BytesIO(run(before)[2]))
        assert after.size == upright.size, orientation
        for x in (10, upright.size[0] - 10):
            for y in (10, upright.size[1] - 10):
                assert close(after.getpixel((x, y)), upright.convert('RGB').getpixel((x, y))), (orientation, x, y)


def texts_in_a_png_are_gone():
    hidden = chunk(b'tEXt', b'Author\0Kim Exempel') + chunk(b'eXIf', b'II*\0\x08\0\0\0\0\0')
    status, head, after = run(png_of(2, 1, zlib.compress(b'\0' + bytes(6)), hidden))
    assert (status, head) == (0, 'png 2 1') and b'Kim' not in after and b'eXIf' not in after and b'tEXt' not in after


def what_stands_behind_a_picture_is_gone():
    for tail in (b'PK\x03\x04 arkiv', b'<script>alert(1)</script>', b'#!/bin/sh\n', b'%PDF-1.7'):
        for whole in (saved(quarters()), saved(quarters(), 'PNG')):
            status, head, after = run(whole + tail)
            assert status == 0 and head.endswith('400 200') and tail not in after


def a_script_in_a_comment_is_gone():
    after = run(saved(quarters(), comment=b'*/=alert(1)/*<svg onload=alert(1)>'))[2]
    assert b'alert' not in after


def other_types_are_refused_whatever_they_are_called():
    for data in (b'', b'GIF89a' + bytes(40), saved(quarters(), 'GIF'), saved(quarters(), 'WEBP'), saved(quarters(), 'TIFF'),
                 saved(quarters(), 'BMP'), b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', b'%PDF-1.7 ', b'\xff\xd8',
                 b'<!doctype html>', b'BM'):
        assert fault(data, 'type'), data[:12]


def files_that_end_too_early_are_refused():
    for whole in (saved(quarters()), saved(quarters(), progressive=True), saved(quarters(), 'PNG')):
        for share in (0.15, 0.4, 0.7, 0.95):
            assert fault(whole[:int(len(whole) * share)], 'damaged'), share


def bombs_are_refused_by_their_head():
    packed = zlib.compress(bytes(10 ** 6))
    assert fault(png_of(50000, 50000, packed), 'large')
    assert fault(png_of(8000, 5001, packed), 'large')
    jpeg = bytearray(saved(quarters()))
    at = jpeg.index(b'\xff\xc0')
    jpeg[at + 5:at + 9] = struct.pack('>HH', 65000, 65000)
    assert fault(bytes(jpeg), 'large')


def more_packed_than_the_head_says_is_no_bomb():
    status, head, _ = run(png_of(2, 1, zlib.compress(bytes(50 * 10 ** 6))))
    assert status == 0 and (head.startswith('png') or head == 'fault damaged')


def forty_million_pixels_are_taken_and_brought_down():
    status, head, after = run(saved(Image.new('RGB', (8000, 5000), (10, 120, 200)), 'PNG'))
    assert status == 0 and head == 'png 1600 1000', head
    assert Image.open(io.BytesIO(after)).getpixel((800, 500)) == (10, 120, 200)


def a_file_of_more_bytes_than_may_be_sent_is_refused():
    assert fault(saved(quarters()) + bytes(10 * 1024 * 1024), 'large')


def colours_for_print_are_refused():
    assert fault(saved(Image.new('CMYK', (20, 20))), 'print')


def what_is_seen_through_becomes_white_and_grey_stays_grey():
    clear = Image.open(io.BytesIO(run(saved(Image.new('RGBA', (8, 8), (255, 0, 0, 0)), 'PNG'))[2]))
    assert clear.mode == 'RGB' and clear.getpixel((4, 4)) == (255, 255, 255)
    grey = Image.open(io.BytesIO(run(saved(Image.new('L', (16, 16), 90)))[2]))
    assert close(grey.getpixel((8, 8)), (90, 90, 90))


def whatever_is_broken_is_answered_in_words():
    """Random damage: the program answers or is ended by its own limits, never by a fault of memory."""
    chance = random.Random(20261124)
    whole = [noted(6), saved(quarters(), progressive=True), saved(quarters(), 'PNG')]
    for _ in range(150):
        data = bytearray(chance.choice(whole))
        for _ in range(chance.randrange(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        status, head, _ = run(bytes(data))
        assert status == 0 and (head.startswith(('jpeg ', 'png ', 'fault '))), (status, head)


def main():
    tests = [f for name, f in globals().items() if callable(f) and f.__module__ == '__main__' and
             name not in ('run', 'saved', 'quarters', 'noted', 'tags', 'chunk', 'png_of', 'fault', 'close', 'main')]
    failed = 0
    print(f'1..{len(tests)}')
    for number, test in enumerate(tests, 1):
        try:
            test()
            print(f'ok {number} - {test.__name__}')
        except (AssertionError, subprocess.SubprocessError, OSError) as why:
            failed += 1
            print(f'not ok {number} - {test.__name__}\n# {why!r}')
    return 1 if failed else 0


sys.exit(main())

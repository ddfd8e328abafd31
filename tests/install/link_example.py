"""Linkage from Python through liblykta.so: two agencies encode their lists, and whoever has no key sees who is on both.
All people are invented. usage: link_example.py liblykta.so"""
import ctypes
import struct
import sys

SCHEMA = b"""{"lykta_schema": 1, "project": "Example", "round": "1", "as_of": "2026-11-24", "fields": [
  {"kind": "name", "columns": ["name"]}, {"kind": "birth_date", "columns": ["born"]}]}"""
LIST_A = "name,born\nÅsa Exempelsson,1981-02-03\nBo Provsson,1990-05-06\n".encode()
LIST_B = "name,born\nEXEMPELSSON Aasa,1981-02-03\nCilla Hittepå,1975-07-08\nDan Påhittad,1966-09-10\n".encode()


def load(path):
    lykta = ctypes.CDLL(path)
    answer, size = ctypes.c_void_p, ctypes.c_size_t
    lykta.foreign_encode.restype = answer
    lykta.foreign_encode.argtypes = [ctypes.c_char_p, size, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_char_p, size,
                                     ctypes.c_char_p, ctypes.c_int64]
    lykta.foreign_similarities.restype = answer
    lykta.foreign_similarities.argtypes = [ctypes.c_char_p, size, ctypes.c_char_p, size, ctypes.c_int]
    lykta.foreign_status.argtypes = [answer]
    lykta.foreign_sentence.restype, lykta.foreign_sentence.argtypes = ctypes.c_char_p, [answer]
    lykta.foreign_bytes.restype, lykta.foreign_bytes.argtypes = ctypes.c_void_p, [answer, ctypes.POINTER(size)]
    lykta.foreign_close.argtypes = [answer]
    return lykta


def take(lykta, answer):
    """The bytes of an answer, which is closed; its sentence as an exception when there are none."""
    n = ctypes.c_size_t()
    status, sentence = lykta.foreign_status(answer), lykta.foreign_sentence(answer).decode()
    place = lykta.foreign_bytes(answer, ctypes.byref(n))
    content = ctypes.string_at(place, n.value) if status == 0 else b""
    lykta.foreign_close(answer)
    if status != 0:
        raise ValueError(f"{status}: {sentence}")
    return content


def main():
    lykta = load(sys.argv[1])
    key = bytes(range(32))
    encode = lambda rows, name, noise: take(lykta, lykta.foreign_encode(SCHEMA, len(SCHEMA), key, noise, rows, len(rows),
                                                                        name, 1795000000))
    a, b = encode(LIST_A, b"A", b"a" * 32), encode(LIST_B, b"B", b"b" * 32)
    doubles = take(lykta, lykta.foreign_similarities(a, len(a), b, len(b), 0))
    likeness = sorted(struct.unpack("6d", doubles), reverse=True)
    try:
        take(lykta, lykta.foreign_similarities(a, len(a), b[:-1], len(b) - 1, 0))
        refused = False
    except ValueError as fault:
        refused = "second list: cut short" in str(fault)
    print(f"most alike {likeness[0]:.2f}, next {likeness[1]:.2f}")
    return 0 if likeness[0] > 0.8 and likeness[1] < 0.5 and refused and "Exempelsson".encode() not in a else 1


if __name__ == "__main__":
    sys.exit(main())

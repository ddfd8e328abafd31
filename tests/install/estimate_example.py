"""An estimate from Python through liblykta.so. The people are invented. usage: estimate_example.py liblykta.so"""
import ctypes
import json
import sys

TABLE = b"police,shelter,health,count\n1,0,0,120\n0,1,0,90\n0,0,1,60\n1,1,0,20\n1,0,1,15\n0,1,1,10\n1,1,1,6\n"


def load(path):
    lykta = ctypes.CDLL(path)
    answer, size = ctypes.c_void_p, ctypes.c_size_t
    lykta.foreign_estimate.restype = answer
    lykta.foreign_estimate.argtypes = [ctypes.c_char_p, size, ctypes.c_char_p, ctypes.c_int64, ctypes.c_uint64, ctypes.c_int]
    lykta.foreign_status.argtypes = [answer]
    lykta.foreign_sentence.restype, lykta.foreign_sentence.argtypes = ctypes.c_char_p, [answer]
    lykta.foreign_bytes.restype, lykta.foreign_bytes.argtypes = ctypes.c_void_p, [answer, ctypes.POINTER(size)]
    lykta.foreign_close.argtypes = [answer]
    return lykta


def estimate(lykta, table, method="stepwise", replicates=0, seed=1):
    """What lykta estimate --json prints, as a dict; its sentence as an exception when there is none."""
    answer = lykta.foreign_estimate(table, len(table), method.encode(), replicates, seed, 0)
    n = ctypes.c_size_t()
    status, sentence = lykta.foreign_status(answer), lykta.foreign_sentence(answer).decode()
    place = lykta.foreign_bytes(answer, ctypes.byref(n))
    content = ctypes.string_at(place, n.value) if status == 0 else b""
    lykta.foreign_close(answer)
    if status != 0:
        raise ValueError(f"{status}: {sentence}")
    return json.loads(content)


def main():
    lykta = load(sys.argv[1])
    found = estimate(lykta, TABLE)
    try:
        estimate(lykta, TABLE, method="guess")
        refused = False
    except ValueError as fault:
        refused = "2: the method" in str(fault)
    print(f"{found['n']} seen, about {found['nhat']:.0f} in all")
    return 0 if refused else 1


if __name__ == "__main__":
    sys.exit(main())

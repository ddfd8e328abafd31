/* The orientation among a picture's notes: a TIFF directory, in either order of bytes. */
#include "picture/orientation.h"

#include <stdbool.h>
#include <stdint.h>

enum { TAG_ORIENTATION = 0x0112, TYPE_SHORT = 3, ENTRY_BYTES = 12, UPRIGHT = 1 };

struct tiff {
    struct str bytes;
    bool is_little;
};

static uint32_t byte_at(const struct tiff *t, size_t at)
{
    return at < t->bytes.n ? (unsigned char)t->bytes.p[at] : 0;
}

static uint32_t short_at(const struct tiff *t, size_t at)
{
    uint32_t first = byte_at(t, at);
    uint32_t second = byte_at(t, at + 1);

    return t->is_little ? first | second << 8 : first << 8 | second;
}

static uint32_t long_at(const struct tiff *t, size_t at)
{
    uint32_t first = short_at(t, at);
    uint32_t second = short_at(t, at + 2);

    return t->is_little ? first | second << 16 : first << 16 | second;
}

/* The value of the entry at `at`, or upright when it is another tag. */
static int entry_value(const struct tiff *t, size_t at)
{
    if (short_at(t, at) != TAG_ORIENTATION || short_at(t, at + 2) != TYPE_SHORT || long_at(t, at + 4) != 1)
        return UPRIGHT;
    uint32_t value = short_at(t, at + 8);
    return value >= 1 && value <= 8 ? (int)value : UPRIGHT;
}

int orientation_of(struct str segment)
{
    static const struct str head = {"Exif\0\0", 6};
    struct tiff t = {.bytes = str_part(segment, head.n, segment.n)};

    if (!str_starts(segment, head))
        return UPRIGHT;
    t.is_little = str_starts(t.bytes, (struct str){"II*\0", 4});
    if (!t.is_little && !str_starts(t.bytes, (struct str){"MM\0*", 4}))
        return UPRIGHT;
    size_t directory = long_at(&t, 4);
    for (size_t i = 0; i < short_at(&t, directory); i++) {
        size_t at = directory + 2 + i * ENTRY_BYTES;
        int value = entry_value(&t, at);

        if (value != UPRIGHT || at >= t.bytes.n)
            return value;
    }
    return UPRIGHT;
}

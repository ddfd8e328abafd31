/* Numbers from text, checked, and sizes that cannot overflow. */
#include "base/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool mul_size(size_t a, size_t b, size_t *out)
{
    size_t product = 0;

    if (__builtin_mul_overflow(a, b, &product))
        return false;
    *out = product;
    return true;
}

bool add_size(size_t a, size_t b, size_t *out)
{
    size_t sum = 0;

    if (__builtin_add_overflow(a, b, &sum))
        return false;
    *out = sum;
    return true;
}

bool i64_from_str(struct str s, int64_t lo, int64_t hi, int64_t *out)
{
    bool is_negative = s.n > 0 && s.p[0] == '-';
    size_t i = is_negative ? 1 : 0;
    int64_t value = 0;

    if (i == s.n)
        return false;
    for (; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        int64_t digit = s.p[i] - '0';
        if (__builtin_mul_overflow(value, (int64_t)10, &value))
            return false;
        if (__builtin_add_overflow(value, is_negative ? -digit : digit, &value))
            return false;
    }
    if (value < lo || value > hi)
        return false;
    *out = value;
    return true;
}

bool f64_from_str(struct str s, double lo, double hi, double *out)
{
    char copy[64];

    if (s.n == 0 || s.n >= sizeof copy)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!strchr("+-0123456789.eE", s.p[i]) || s.p[i] == '\0')
            return false;
    memcpy(copy, s.p, s.n);
    copy[s.n] = '\0';
    char *end = NULL;
    double value = strtod(copy, &end); /* the program never calls setlocale: the point is a point */
    if (end != copy + s.n || !isfinite(value) || value < lo || value > hi)
        return false;
    *out = value;
    return true;
}

struct str i64_to_text(int64_t value, char buffer[I64_TEXT_BYTES])
{
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    size_t i = I64_TEXT_BYTES;

    do {
        buffer[--i] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0)
        buffer[--i] = '-';
    return (struct str){buffer + i, I64_TEXT_BYTES - i};
}

struct str number_shown(struct str s)
{
    if (s.n == 0)
        return S("nothing");
    for (size_t i = 0; i < s.n; i++)
        if (s.n > 24 || s.p[i] == '\0' || !strchr("+-0123456789.,eE", s.p[i]))
            return S("text");
    return s;
}

/* A double as the shortest decimal text of 15 to 17 digits that reads back as itself.
 *
 * printf and strtod settle it for any number, with arithmetic of any length: some microseconds. A number of
 * everyday size is a whole number of 53 bits times a power of 2; times the power of 10 that makes 17 digits
 * of it, it fits in 128 bits, so that its digits and whether they read back are known exactly. The text is
 * the same either way. */
#include "base/number.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { FEWEST_DIGITS = 15, MOST_DIGITS = 17, FEWEST_BEFORE = -3 };

static const double least_plain = 1e-4; /* smaller and larger ones have an exponent */
static const double beyond_plain = 1e15;

/* The first numbers with more than so many digits before the point, from FEWEST_BEFORE on; below 1, zeros
 * after the point count as -1 each. */
static const double decade[] = {1e-3, 1e-2, 1e-1, 1e0,  1e1,  1e2,  1e3,  1e4,  1e5, 1e6,
                                1e7,  1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

__extension__ typedef unsigned __int128 wide;

static size_t put_plain(double x, char buffer[32]);

size_t f64_to_text(double x, char buffer[32])
{
    int n = 0;

    if (fabs(x) >= least_plain && fabs(x) < beyond_plain)
        return put_plain(x, buffer);
    for (int digits = FEWEST_DIGITS; digits <= MOST_DIGITS; digits++) {
        n = snprintf(buffer, 32, "%.*g", digits, x);
        if (strtod(buffer, NULL) == x)
            break;
    }
    return (size_t)n;
}

/* A number, exactly: mantissa / 2^shift, the mantissa of 53 bits. */
struct binary {
    uint64_t mantissa;
    int shift;
};

static struct binary binary_of(double size)
{
    int exponent = 0;
    double half = frexp(size, &exponent);

    return (struct binary){(uint64_t)ldexp(half, DBL_MANT_DIG), DBL_MANT_DIG - exponent};
}

/* The whole number nearest to x * power, a power of ten; of two as near the even one. */
static uint64_t nearest_whole(const struct binary *x, wide power)
{
    wide product = x->mantissa * power;
    wide half = (wide)1 << (x->shift - 1);
    uint64_t whole = (uint64_t)(product >> x->shift);
    wide rest = product - ((wide)whole << x->shift);

    return whole + (rest > half || (rest == half && whole % 2 == 1));
}

/* Is `whole` / power nearer to x than to its neighbours? Half-way it is read as the one with an even
 * mantissa; below a power of two the neighbour is half as far away. */
static bool reads_back(const struct binary *x, wide power, uint64_t whole)
{
    wide product = x->mantissa * power;
    wide read = (wide)whole << x->shift;
    wide off = read > product ? read - product : product - read;
    bool is_power_of_two = x->mantissa == UINT64_C(1) << (DBL_MANT_DIG - 1);
    wide twice = is_power_of_two && read < product ? 4 * off : 2 * off;

    return twice < power || (twice == power && x->mantissa % 2 == 0);
}

/* whole / 10^places without zeros at the end of the fraction. */
static size_t put_digits(bool is_negative, uint64_t whole, int places, char buffer[32])
{
    char digits[24];
    size_t n = 0;
    size_t out = 0;

    for (; places > 0 && whole % 10 == 0; places--)
        whole /= 10;
    for (int place = 0; whole > 0 || place <= places; place++) {
        if (place == places && places > 0)
            digits[n++] = '.';
        digits[n++] = (char)('0' + whole % 10);
        whole /= 10;
    }
    if (is_negative)
        buffer[out++] = '-';
    while (n > 0)
        buffer[out++] = digits[--n];
    buffer[out] = '\0';
    return out;
}

static size_t put_plain(double x, char buffer[32])
{
    struct binary size = binary_of(fabs(x));
    int before = FEWEST_BEFORE; /* digits before the point */
    int places = 0;
    wide power = 1;

    while (fabs(x) >= decade[before - FEWEST_BEFORE])
        before++;
    for (; places < FEWEST_DIGITS - before; places++)
        power *= 10;
    uint64_t whole = nearest_whole(&size, power);
    for (; places < MOST_DIGITS - before && !reads_back(&size, power, whole); places++) {
        power *= 10;
        whole = nearest_whole(&size, power);
    }
    return put_digits(x < 0.0, whole, places, buffer);
}

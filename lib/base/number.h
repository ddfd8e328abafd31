/* Numbers from text, checked, and sizes that cannot overflow. */
#ifndef LYKTA_BASE_NUMBER_H
#define LYKTA_BASE_NUMBER_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* *out = a * b, a + b; false, and *out untouched, when it does not fit. */
bool mul_size(size_t a, size_t b, size_t *out);
bool add_size(size_t a, size_t b, size_t *out);

/* The whole of `s` as a decimal integer in lo..hi: an optional minus sign and digits, nothing else. */
bool i64_from_str(struct str s, int64_t lo, int64_t hi, int64_t *out);

/* The whole of `s` as a finite decimal number in lo..hi with a point ("0.02", "1e-4"), whatever the locale.
 */
bool f64_from_str(struct str s, double lo, double hi, double *out);

/* `value` in decimal digits, with a minus sign below zero: a view into `buffer`. */
enum { I64_TEXT_BYTES = 20 };
struct str i64_to_text(int64_t value, char buffer[I64_TEXT_BYTES]);

/* `s` for a message that tells what was found where a number was expected: `s` itself when it looks like one
 * (24 of digits, signs, points, commas and "e" at most), else "text" or "nothing", so that no message quotes
 * what somebody wrote. */
struct str number_shown(struct str s);

/* `x` as the shortest decimal text that reads back as `x`, with a point, in `buffer`; returns its length.
 * Infinite and NaN have no JSON form: the caller decides what to write instead. */
size_t f64_to_text(double x, char buffer[32]);

#endif

/* A Swedish organisation number. */
#include "network/organisation_number.h"

#include "base/arena.h"

#include <stdbool.h>

enum { DIGITS = 10, MONTH_DIGIT = 2 };

/* Every second digit counts twice, from the first on; a sum over 9 counts as its two digits. */
static int luhn_digit(const char *digits)
{
    int sum = 0;

    for (int i = 0; i < DIGITS - 1; i++) {
        int value = (digits[i] - '0') * (i % 2 == 0 ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
    }
    return (10 - sum % 10) % 10;
}

/* The digits of `text` into `out`, twelve at most; false when something else than digits, hyphens and blanks
 * stands among them. *n counts all of them. */
static bool pick_digits(struct str text, char out[12], int *n)
{
    static const struct str no_break_space = {"\u00a0", 2};

    for (*n = 0; text.n > 0;) {
        if (str_starts(text, no_break_space)) {
            text = str_part(text, no_break_space.n, text.n);
            continue;
        }
        char c = text.p[0];
        text = str_part(text, 1, text.n);
        if (c == '-' || c == ' ' || c == '\t')
            continue;
        if (c < '0' || c > '9')
            return false;
        if (*n < 12)
            out[*n] = c;
        ++*n;
    }
    return true;
}

enum organisation_number_fault organisation_number_read(struct str text, struct arena *a, struct str *number,
                                                        int *digits)
{
    char found[12] = {0};
    const char *ten = found;

    *digits = 0;
    if (str_trim(text).n == 0)
        return ORGANISATION_NUMBER_EMPTY;
    if (!pick_digits(text, found, digits))
        return ORGANISATION_NUMBER_LETTERS;
    if (*digits == 12 && found[0] == '1' && found[1] == '6')
        ten = found + 2;
    else if (*digits != DIGITS)
        return ORGANISATION_NUMBER_LENGTH;
    if (ten[MONTH_DIGIT] < '2')
        return ORGANISATION_NUMBER_PERSON;
    if (ten[DIGITS - 1] - '0' != luhn_digit(ten))
        return ORGANISATION_NUMBER_CHECK;
    *number = str_of(arena_printf(a, "%.6s-%.4s", ten, ten + 6));
    return ORGANISATION_NUMBER_RIGHT;
}

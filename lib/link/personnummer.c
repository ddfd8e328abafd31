/* Swedish personnummer and samordningsnummer. */
#include "link/personnummer.h"

#include "link/birth.h"

#include <string.h>

enum { COORDINATION = 60, FULL = 12, SHORT = 10, TAIL = 4 };

/* Luhn over ten digits: every second one doubled, from the first; the digits of the products are added. */
static bool luhn_holds(const char ten[SHORT])
{
    int sum = 0;

    for (int i = 0; i < SHORT; i++) {
        int product = (ten[i] - '0') * (i % 2 == 0 ? 2 : 1);

        sum += product / 10 + product % 10;
    }
    return sum % 10 == 0;
}

/* The digits of `field` and the sign before its last four; false when it is written in another way. */
static bool take_digits(struct str field, char digits[FULL], size_t *n, char *sign)
{
    *n = 0;
    *sign = 0;
    for (size_t i = 0; i < field.n; i++) {
        char c = field.p[i];
        bool is_sign = (c == '-' || c == '+') && i + 1 + TAIL == field.n;

        if (is_sign)
            *sign = c;
        else if (c < '0' || c > '9' || *n == FULL)
            return false;
        else
            digits[(*n)++] = c;
    }
    return *n == SHORT || *n == FULL;
}

static int number_of(const char *p, int n)
{
    int value = 0;

    for (int i = 0; i < n; i++)
        value = value * 10 + (p[i] - '0');
    return value;
}

/* The four digits of the year; a + means that the person has turned, or turns this year, 100. */
static int year_of(const char ten[SHORT], int day, char sign, struct date today)
{
    int year = birth_century(number_of(ten, 2), number_of(ten + 2, 2), day, today);

    return sign == '+' && today.year - year < 100 ? year - 100 : year;
}

enum personnummer_reading personnummer_read(struct str field, struct date today, struct personnummer *out)
{
    struct personnummer p = {0};
    char digits[FULL];
    char text[11];
    char sign = 0;
    size_t n = 0;

    field = str_trim(field);
    if (field.n == 0)
        return PERSONNUMMER_MISSING;
    if (!take_digits(field, digits, &n, &sign))
        return PERSONNUMMER_ODD;
    const char *ten = digits + (n - SHORT);
    int day = number_of(ten + 4, 2);
    p.is_coordination = day > COORDINATION;
    day -= p.is_coordination ? COORDINATION : 0;
    int year = n == FULL ? number_of(digits, 4) : year_of(ten, day, sign, today);
    if (year < 1000 || number_of(ten + 6, 3) == 0 || !luhn_holds(ten))
        return PERSONNUMMER_ODD;
    date_to_text((struct date){year, number_of(ten + 2, 2), day}, text);
    if (!date_from_str(str_of(text), &p.birth) || date_days(p.birth) > date_days(today))
        return PERSONNUMMER_ODD;
    memcpy(p.digits, text, 4);
    memcpy(p.digits + 4, ten + 2, SHORT - 2);
    p.sex = (ten[8] - '0') % 2 == 1 ? 'M' : 'K';
    *out = p;
    return PERSONNUMMER_GOOD;
}

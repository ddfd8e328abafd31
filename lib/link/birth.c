/* When a person was born, as far as it is known. */
#include "link/birth.h"

#include "base/number.h"

#include <string.h>

enum { OLDEST = 130, MAX_FIELD = 16 };

/* A field cut into runs of digits; unknown marks count as the digit 0. */
struct runs {
    size_t n;
    int value[3];
    size_t digits[3];
    char end; /* a '-' or '+' after the last run, else 0 */
};

static bool runs_cut(struct str field, struct runs *out);
static bool is_possible(const struct birth *b, struct date today);

/* The year, month and day that the runs stand for; false when they stand for none. */
static bool from_runs(const struct runs *r, enum birth_order order, struct date today, struct birth *out)
{
    bool is_day_first = order == BIRTH_DAY_FIRST && r->n == 3 && r->digits[2] == 4;
    int whole = r->value[0];

    if (is_day_first) {
        *out = (struct birth){.year = r->value[2], .month = r->value[1], .day = r->value[0]};
    } else if (r->n == 1 && r->digits[0] == 8) {
        *out = (struct birth){.year = whole / 10000, .month = whole / 100 % 100, .day = whole % 100};
    } else if (r->n == 1 && r->digits[0] == 6) {
        int month = whole / 100 % 100;
        int year = birth_century(whole / 10000, month, whole % 100, today);
        *out = (struct birth){.year = r->end == '+' ? year - 100 : year, .month = month, .day = whole % 100};
    } else if (r->digits[0] == 4 && (r->n == 1 || r->digits[1] == 2) && (r->n < 3 || r->digits[2] == 2)) {
        *out = (struct birth){
            .year = whole, .month = r->n > 1 ? r->value[1] : 0, .day = r->n > 2 ? r->value[2] : 0};
    } else {
        return false;
    }
    bool has_end = r->end != 0 && !(r->n == 1 && r->digits[0] == 6);
    return !has_end && is_possible(out, today);
}

enum birth_reading birth_read(struct str field, enum birth_order order, struct date today, struct birth *out)
{
    struct birth b = {0};
    struct runs runs;

    *out = b;
    field = str_trim(field);
    bool says_nothing = true;
    for (size_t i = 0; i < field.n; i++)
        if (!strchr("0-/.?xX ", field.p[i]) || field.p[i] == '\0')
            says_nothing = false;
    if (says_nothing)
        return BIRTH_MISSING;
    if (!runs_cut(field, &runs) || !from_runs(&runs, order, today, &b))
        return BIRTH_ODD;
    if (b.month == 0)
        b.day = 0;
    bool is_default_day = b.month == 1 && b.day == 1;
    if (is_default_day)
        b = (struct birth){.year = b.year};
    *out = b;
    return b.month == 0 ? BIRTH_WEAK : BIRTH_GOOD;
}

enum birth_reading birth_of_age(struct str field, struct date today, struct birth *out)
{
    int64_t age = 0;

    *out = (struct birth){0};
    field = str_trim(field);
    if (field.n == 0)
        return BIRTH_MISSING;
    if (!i64_from_str(field, 0, OLDEST, &age))
        return BIRTH_ODD;
    *out = (struct birth){.year = today.year - (int)age, .is_estimate = true};
    return BIRTH_WEAK;
}

int birth_century(int two_digits, int month, int day, struct date today)
{
    int year = today.year - today.year % 100 + two_digits;
    bool is_later = year > today.year || (year == today.year &&
                                          (month > today.month || (month == today.month && day > today.day)));

    return is_later ? year - 100 : year;
}

/* Unknown marks become zeros, so that "1980-??-??" reads as "1980-00-00". */
static bool runs_cut(struct str field, struct runs *out)
{
    *out = (struct runs){0};
    if (field.n > MAX_FIELD)
        return false;
    for (size_t i = 0; i < field.n; i++) {
        char c = field.p[i];
        bool is_unknown = c == '?' || c == 'x' || c == 'X';
        bool is_new = i == 0 || out->end != 0;

        if (c == '-' || c == '/' || c == '.' || c == '+') {
            if (out->end != 0 || i == 0)
                return false;
            out->end = c;
            continue;
        }
        if (!is_unknown && (c < '0' || c > '9'))
            return false;
        if (is_new && (out->n == 3 || out->end == '+'))
            return false;
        out->n += is_new;
        out->end = 0;
        if (++out->digits[out->n - 1] > 8)
            return false;
        out->value[out->n - 1] = out->value[out->n - 1] * 10 + (is_unknown ? 0 : c - '0');
    }
    return out->n > 0;
}

static bool is_possible(const struct birth *b, struct date today)
{
    struct date probe = {b->year, b->month ? b->month : 1, b->day ? b->day : 1};

    if (b->year < today.year - OLDEST || b->year > today.year || b->month > 12 || b->day > 31)
        return false;
    int64_t days = date_days(probe);
    return date_equal(date_from_days(days), probe) && days <= date_days(today);
}

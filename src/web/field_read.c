/* A form's answers, read and checked. */
#include "web/field.h"

#include "base/arena.h"
#include "base/number.h"
#include "base/text.h"
#include "web/address.h"

/* Is there nothing to read? Says so at the field unless that is allowed. */
static bool is_empty(struct field_set *f, struct field *x, enum text_key error)
{
    if (!f->sent)
        return true;
    if (x->value.n > 0)
        return false;
    if (!x->is_optional)
        field_wrong(f, x, error);
    return true;
}

/* What an empty field means when it is allowed: a value in itself. */
static bool may_be_empty(const struct field_set *f, const struct field *x)
{
    return f->sent && x->is_optional;
}

static struct str filled(const struct field_set *f, enum text_key key, const struct insertion *values,
                         size_t n)
{
    struct text out = text_open(f->arena);

    catalogue_write(&out, f->texts, key, values, n);
    return text_str(&out);
}

bool field_str(struct field_set *f, struct field *x, size_t most_letters, struct str *out)
{
    if (is_empty(f, x, TEXT_WEB_FIELD_EMPTY)) {
        *out = S("");
        return may_be_empty(f, x);
    }
    if (str_letters(x->value) > most_letters)
        return field_wrong_text(
            f, x, filled(f, TEXT_WEB_FIELD_TOO_LONG, (struct insertion[]){insertion("n", most_letters)}, 1));
    *out = x->value;
    return true;
}

bool field_i64(struct field_set *f, struct field *x, int64_t lo, int64_t hi, int64_t *out)
{
    if (is_empty(f, x, TEXT_WEB_FIELD_EMPTY)) {
        *out = 0;
        return may_be_empty(f, x);
    }
    if (i64_from_str(x->value, lo, hi, out))
        return true;
    const struct insertion values[] = {insertion("lo", lo), insertion("hi", hi)};
    return field_wrong_text(f, x, filled(f, TEXT_WEB_FIELD_NUMBER, values, 2));
}

bool field_date(struct field_set *f, struct field *x, struct date earliest, struct date latest,
                struct date *out)
{
    int64_t part[FIELD_DATE_PARTS] = {0, 0, 0};
    bool is_whole = true;
    char iso[32];

    *out = (struct date){0};
    if (!f->sent)
        return false;
    if (x->part[0].n + x->part[1].n + x->part[2].n == 0)
        return x->is_optional || field_wrong(f, x, TEXT_WEB_FIELD_DATE_EMPTY);
    for (int i = 0; i < FIELD_DATE_PARTS; i++)
        is_whole = i64_from_str(x->part[i], 1, 9999, &part[i]) && is_whole;
    struct text day = {.arena = f->arena, .p = iso, .room = sizeof iso};
    text_format(&day, "%04d-%02d-%02d", (int)part[2], (int)part[1], (int)part[0]);
    if (!is_whole || !date_from_str(text_str(&day), out))
        return field_wrong(f, x, TEXT_WEB_FIELD_DATE);
    if (date_days(*out) >= date_days(earliest) && date_days(*out) <= date_days(latest))
        return true;
    const struct insertion values[] = {insertion("lo", earliest), insertion("hi", latest)};
    return field_wrong_text(f, x, filled(f, TEXT_WEB_FIELD_DATE_RANGE, values, 2));
}

bool field_time(struct field_set *f, struct field *x, int *minutes)
{
    struct str hours;
    struct str rest;
    int64_t h = 0;
    int64_t m = 0;

    *minutes = -1;
    if (is_empty(f, x, TEXT_WEB_FIELD_TIME))
        return may_be_empty(f, x);
    bool is_cut = str_cut(x->value, '.', &hours, &rest) || str_cut(x->value, ':', &hours, &rest);
    if (!is_cut || rest.n != 2 || !i64_from_str(hours, 0, 23, &h) || !i64_from_str(rest, 0, 59, &m))
        return field_wrong(f, x, TEXT_WEB_FIELD_TIME);
    *minutes = (int)(h * 60 + m);
    return true;
}

/* One @ with something before it and a host of two labels after it, all plain ASCII. */
bool field_email(struct field_set *f, struct field *x, struct str *out)
{
    if (is_empty(f, x, TEXT_WEB_FIELD_EMAIL)) {
        *out = S("");
        return may_be_empty(f, x);
    }
    *out = address_normal(x->value, f->arena);
    return address_is_valid(*out) || field_wrong(f, x, TEXT_WEB_FIELD_EMAIL);
}

bool field_choice(struct field_set *f, struct field *x, size_t *index)
{
    for (size_t i = 0; i < x->options && f->sent; i++)
        if (x->option[i].is_chosen) {
            *index = i;
            return true;
        }
    if (may_be_empty(f, x))
        *index = x->options;
    else if (f->sent)
        field_wrong(f, x, TEXT_WEB_FIELD_CHOICE);
    return may_be_empty(f, x);
}

bool field_choices(struct field_set *f, struct field *x, uint64_t *bits)
{
    *bits = 0;
    for (size_t i = 0; i < x->options && i < 64 && f->sent; i++)
        *bits |= (uint64_t)x->option[i].is_chosen << i;
    if (*bits || may_be_empty(f, x))
        return true;
    if (f->sent)
        field_wrong(f, x, TEXT_WEB_FIELD_CHOICES);
    return false;
}

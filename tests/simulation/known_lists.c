/* Lists of people whose truth is known. */
#include "known_lists.h"

#include "encoded.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/number.h"
#include "base/rng.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* "rec-1070-org": 1070. */
static uint64_t number_of(struct str line)
{
    struct str word = str_part(line, strlen("rec-"), line.n);
    struct str rest;
    int64_t number = 0;

    str_cut(word, '-', &word, &rest);
    if (!i64_from_str(word, 0, INT32_MAX, &number))
        die("febrl: expected rec-NUMBER-");
    return (uint64_t)number;
}

static void read_febrl(struct known_file *out, const char *folder, const char *name, struct arena *a)
{
    struct str rest;
    struct err e = {OK, ""};
    size_t n = 0;

    if (file_read(arena_printf(a, "%s/%s", folder, name), 1 << 24, a, &rest, &e) != OK)
        die("%s", e.what);
    str_cut(rest, '\n', &out->header, &rest);
    for (; rest.n > 0 && n < KNOWN_MOST_RECORDS; n++) {
        str_cut(rest, '\n', &out->line[n], &rest);
        out->number[n] = number_of(out->line[n]);
    }
    if (n != KNOWN_MOST_RECORDS)
        die("%s/%s: expected %d people", folder, name, (int)KNOWN_MOST_RECORDS);
}

static int by_number(const void *x, const void *y)
{
    uint64_t a = *(const uint64_t *)x;
    uint64_t b = *(const uint64_t *)y;

    return (a > b) - (a < b);
}

/* `n` numbers below `of`, in a random order (Fisher & Yates). */
static uint64_t *shuffled(struct rng *r, size_t of, struct arena *a)
{
    uint64_t *x = arena_new(a, of, uint64_t);

    for (size_t i = 0; i < of; i++)
        x[i] = i;
    for (size_t i = of; i > 1; i--) {
        size_t j = rng_u64(r) % i;
        uint64_t kept = x[i - 1];

        x[i - 1] = x[j];
        x[j] = kept;
    }
    return x;
}

/* Who is on list l: of two lists, from a random order, the first on one and the last of these on both. */
static void choose_people(const struct known_design *d, const uint64_t *order, size_t l, struct rng *r,
                          struct known_list *x, struct arena *a)
{
    if (d->people == 0) {
        x->n = d->size[l];
        x->person = arena_new(a, x->n, uint64_t);
        for (size_t i = 0; i < x->n; i++)
            x->person[i] = order[(l ? d->size[0] - d->both : 0) + i];
        return;
    }
    x->person = arena_new(a, d->people, uint64_t);
    for (uint64_t i = 0; i < d->people; i++)
        if (rng_unit(r) < (double)d->size[l] / (double)d->people)
            x->person[x->n++] = i;
}

static struct str febrl_rows(const struct known_file *file, struct known_list *x, struct arena *a)
{
    struct text csv = text_open(a);

    text_add(&csv, file->header);
    text_byte(&csv, '\n');
    qsort(x->person, x->n, sizeof *x->person, by_number);
    for (size_t i = 0; i < x->n; i++) {
        text_add(&csv, file->line[x->person[i]]);
        text_byte(&csv, '\n');
        x->person[i] = file->number[x->person[i]];
    }
    return text_str(&csv);
}

static struct str register_rows(const struct known_design *d, const struct known_list *x, uint64_t seed,
                                size_t l, struct arena *a)
{
    struct text csv = text_open(a);

    text_add(&csv, str_of(register_header));
    for (size_t i = 0; i < x->n; i++)
        register_row(&csv, seed, x->person[i], l, d->errors);
    return text_str(&csv);
}

/* The files have the same people in different orders. */
static uint64_t *in_order_of(const struct known_file *a, const struct known_file *b, const uint64_t *order,
                             struct arena *arena)
{
    uint64_t *of_number = arena_new(arena, KNOWN_MOST_RECORDS, uint64_t);
    uint64_t *x = arena_new(arena, KNOWN_MOST_RECORDS, uint64_t);

    for (size_t k = 0; k < KNOWN_MOST_RECORDS; k++)
        of_number[b->number[k]] = k;
    for (size_t k = 0; k < KNOWN_MOST_RECORDS; k++)
        x[k] = of_number[a->number[order[k]]];
    return x;
}

void known_lists_make(const struct known_design *d, const struct known_file *febrl, uint64_t seed,
                      struct known_list *list, struct arena *a)
{
    const struct schema *s = encoded_schema(d->profile, d->fields, a);
    struct rng r = rng_open(seed, 0x6C697374U);
    size_t people = d->errors ? d->size[0] + d->size[1] : KNOWN_MOST_RECORDS;
    const uint64_t *order = shuffled(&r, people, a);

    for (size_t l = 0; l < d->lists; l++) {
        const uint64_t *of_list = d->errors || l == 0 ? order : in_order_of(&febrl[0], &febrl[1], order, a);

        choose_people(d, of_list, l, &r, &list[l], a);
        struct str csv =
            d->errors ? register_rows(d, &list[l], seed, l, a) : febrl_rows(&febrl[l], &list[l], a);
        encoded_list(&list[l].people, s, csv, list[l].n, seed, l, a);
    }
}

void known_lists_read(struct known_file febrl[2], const char *folder, struct arena *a)
{
    read_febrl(&febrl[0], folder, "febrl4a.csv", a);
    read_febrl(&febrl[1], folder, "febrl4b.csv", a);
}

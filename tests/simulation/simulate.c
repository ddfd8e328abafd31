/* simulate: lists of agencies over people who do not exist, and the truth about them. See README.md. */
#include "register.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/number.h"
#include "base/rng.h"

#include <stdio.h>
#include <string.h>

enum { MOST_LISTS = 16 };

struct plan {
    int64_t seed;
    int64_t people; /* with --shares */
    size_t lists;
    double share[MOST_LISTS]; /* of the people on each list, or 0 */
    int64_t size[MOST_LISTS]; /* with --overlap */
    double overlap;           /* of the smallest list that is on all lists; below 0: not given */
    struct register_errors errors;
    const char *folder;
};

static bool read_numbers(struct str text, double hi, double *out, size_t *n)
{
    struct str word;

    for (*n = 0; text.n > 0; (*n)++) {
        str_cut(text, ',', &word, &text);
        if (*n == MOST_LISTS || !f64_from_str(word, 0.0, hi, &out[*n]))
            return false;
    }
    return *n > 0;
}

static bool read_word(struct plan *p, const char *name, const char *value)
{
    double numbers[MOST_LISTS];
    size_t n = 0;

    if (strcmp(name, "--seed") == 0)
        return i64_from_str(str_of(value), 0, INT64_MAX, &p->seed);
    if (strcmp(name, "--people") == 0)
        return i64_from_str(str_of(value), 1, 100000000, &p->people);
    if (strcmp(name, "--overlap") == 0)
        return f64_from_str(str_of(value), 0.0, 1.0, &p->overlap);
    if (strcmp(name, "--errors") == 0) {
        p->errors = strcmp(value, "careful") == 0 ? register_careful : register_field;
        return strcmp(value, "careful") == 0 || strcmp(value, "field") == 0;
    }
    if (strcmp(name, "--shares") == 0)
        return read_numbers(str_of(value), 1.0, p->share, &p->lists);
    if (strcmp(name, "--sizes") != 0 || !read_numbers(str_of(value), 1e8, numbers, &n))
        return false;
    for (size_t l = 0; l < n; l++)
        p->size[l] = (int64_t)numbers[l];
    p->lists = n;
    return true;
}

static bool read_plan(struct plan *p, int argc, char **argv)
{
    *p = (struct plan){.seed = 1, .people = 1000, .overlap = -1.0, .errors = register_field};
    for (int i = 1; i + 1 < argc; i += 2)
        if (!read_word(p, argv[i], argv[i + 1]))
            return false;
    if (argc % 2 != 0)
        return false;
    p->folder = argv[argc - 1];
    return p->lists >= 1 && (p->size[0] > 0) == (p->overlap >= 0.0);
}

/* Adds the people of list `l`, shuffled: a list says nothing by its order. */
static size_t choose(const struct plan *p, size_t l, uint64_t *who)
{
    struct rng r = rng_open((uint64_t)p->seed ^ 0x6C697374U, l);
    int64_t smallest = p->size[0];
    int64_t before = 0;
    size_t n = 0;

    for (size_t k = 0; k < p->lists; k++)
        smallest = p->size[k] < smallest ? p->size[k] : smallest;
    int64_t shared = (int64_t)(p->overlap * (double)smallest + 0.5);
    for (size_t k = 0; k < l; k++)
        before += p->size[k] - shared;
    if (p->overlap >= 0.0)
        for (int64_t i = 0; i < p->size[l]; i++)
            who[n++] = (uint64_t)(i < shared ? i : i + before);
    for (int64_t i = 0; p->overlap < 0.0 && i < p->people; i++)
        if (rng_unit(&r) < p->share[l])
            who[n++] = (uint64_t)i;
    for (size_t i = n; i > 1; i--) {
        size_t k = (size_t)(rng_unit(&r) * (double)i);
        uint64_t spare = who[i - 1];

        who[i - 1] = who[k];
        who[k] = spare;
    }
    return n;
}

static enum status write_list(const struct plan *p, size_t l, struct arena *a, struct err *e)
{
    struct text list = text_open(a);
    struct text truth = text_open(a);
    size_t most = (size_t)(p->overlap >= 0.0 ? p->size[l] : p->people);
    uint64_t *who = arena_new(a, most, uint64_t);
    size_t n = choose(p, l, who);

    text_add(&list, str_of(register_header));
    text_lit(&truth, "person\n");
    for (size_t i = 0; i < n; i++) {
        register_row(&list, (uint64_t)p->seed, who[i], l, &p->errors);
        text_format(&truth, "%llu\n", (unsigned long long)who[i]);
    }
    TRY(file_write(arena_printf(a, "%s/list%zu.csv", p->folder, l + 1), text_str(&list), 0644, e));
    return file_write(arena_printf(a, "%s/truth%zu.csv", p->folder, l + 1), text_str(&truth), 0644, e);
}

int main(int argc, char **argv)
{
    struct plan p;
    struct err e = {OK, ""};
    enum status s = OK;

    if (!read_plan(&p, argc, argv)) {
        fputs("usage: simulate [--seed N] [--errors field|careful] [--people N --shares P,P,..]\n"
              "                [--sizes N,N,.. --overlap S] FOLDER\n",
              stderr);
        return USAGE;
    }
    for (size_t l = 0; l < p.lists && s == OK; l++) {
        struct arena *a = arena_open();

        s = write_list(&p, l, a, &e);
        arena_close(a);
    }
    if (s != OK)
        fprintf(stderr, "simulate: %s\n", e.what);
    return (int)s;
}

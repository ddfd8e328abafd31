/* What the parts of protection cost by themselves: protect GROUPS SMALL.csv LARGE.csv. Suppresses both tables
 * by elimination, with single persons and without; has three attackers solve for every figure that is then
 * hidden in the small one; makes the table of perturbations. Processor time, as JSON. Built and run by
 * report_bench.py. */
#include "base/arena.h"
#include "base/file.h"
#include "protect/attack.h"
#include "protect/bounds.h"
#include "protect/cellkey.h"
#include "protect/ptable.h"
#include "protect/suppress.h"
#include "protect/table_csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double cpu_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void must(enum status s, const struct err *e)
{
    if (s != OK)
        die("%s", e->what);
}

static struct table read_table(const char *path, const char *groups, struct arena *a)
{
    struct str bytes;
    struct table t;
    struct err e;

    must(file_read(path, 1 << 24, a, &bytes, &e), &e);
    must(table_csv_read(path, bytes, &(struct table_csv_options){.groups = str_of(groups)}, a, &t, &e), &e);
    return t;
}

static struct suppression eliminate(const char *name, const struct table *t, enum suppress_singles singles,
                                    struct arena *a)
{
    const double begun = cpu_ms();
    struct suppression s;
    struct err e;

    must(suppress(t, &(struct suppress_options){.singles = singles}, a, &s, &e), &e);
    printf("\"%s\": {\"cells\": %zu, \"cpu_ms\": %.1f}, ", name, t->shape.published, cpu_ms() - begun);
    return s;
}

/* What is known of a hidden figure, by attacker: that it is no less than 0; that it is not 0, since zeros are
 * shown; whether it is small. */
enum attacker { SEES_FIGURES, KNOWS_ZEROS, KNOWS_SMALL, ATTACKERS };

static void know(const struct suppression *s, enum attacker who, size_t cell, int64_t *lo, int64_t *hi)
{
    *hi = BOUNDS_UNLIMITED;
    *lo = who == SEES_FIGURES ? 0 : 1;
    if (who != KNOWS_SMALL)
        return;
    if (s->state[cell] == SUPPRESS_PRIMARY)
        *hi = s->threshold - 1;
    else
        *lo = s->threshold;
}

static void attack(const struct table *t, const struct suppression *s, enum attacker who, struct arena *a)
{
    static const char *const names[ATTACKERS] = {
        "audit: shown figures", "audit: and that hidden ones are not 0", "audit: and which are small"};
    struct attack_knowledge k = {.sums = sums_of_table(&t->shape, a)};
    size_t *cell = arena_new(a, t->shape.published, size_t);
    struct attack_report r;
    struct err e;

    for (size_t i = 0; i < t->shape.published; i++) {
        k.sums.lo[i] = k.sums.hi[i] = s->n[i];
        if (s->n[i] != SUPPRESS_HIDDEN)
            continue;
        know(s, who, i, &k.sums.lo[i], &k.sums.hi[i]);
        cell[k.cells++] = i;
    }
    k.cell = cell;
    const double begun = cpu_ms();
    must(attack_cells(&k, &(struct attack_options){.depth = ATTACK_EXACT}, a, &r, &e), &e);
    printf("\"%s\": {\"hidden\": %zu, \"exact\": %zu, \"cpu_ms\": %.0f}, ", names[who], r.cells, r.exact,
           cpu_ms() - begun);
}

/* The mean of many: one is too short for the clock. */
static void perturb(struct arena *a)
{
    enum { TABLES = 50 };
    const double begun = cpu_ms();
    struct ptable *p = arena_new(a, 1, struct ptable);
    struct err e;

    for (int i = 0; i < TABLES; i++)
        must(ptable_make(CELLKEY_MOST_MOVE, CELLKEY_SMALL, CELLKEY_VARIANCE, p, &e), &e);
    printf("\"table of perturbations\": {\"cpu_ms\": %.2f}}\n", (cpu_ms() - begun) / TABLES);
}

int main(int argc, char **argv)
{
    struct arena *a = arena_open();

    if (argc != 4) {
        fprintf(stderr, "usage: protect GROUPS SMALL.csv LARGE.csv\n");
        return USAGE;
    }
    struct table small = read_table(argv[2], argv[1], a);
    struct table large = read_table(argv[3], argv[1], a);
    printf("{");
    struct suppression s = eliminate("elimination, small", &small, SUPPRESS_SINGLES_PROTECTED, a);
    eliminate("elimination, large", &large, SUPPRESS_SINGLES_IGNORED, a);
    eliminate("elimination, large, with single persons", &large, SUPPRESS_SINGLES_PROTECTED, a);
    for (enum attacker who = 0; who < ATTACKERS; who++)
        attack(&small, &s, who, a);
    perturb(a);
    arena_close(a);
    return OK;
}

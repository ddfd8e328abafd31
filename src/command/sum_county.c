/* lykta sum: what whoever adds does. */
#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "command/sum_run.h"
#include "command/verb.h"
#include "secure/asking.h"
#include "secure/county.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The round, and the own key, which must be that of whoever adds. */
static enum status begin_county(struct adding_up *x, struct err *e)
{
    TRY(verb_need(x->call, "-o", &x->out, e));
    TRY(sum_read_round(x, e));
    TRY(sum_read_own(x, e));
    if (memcmp(x->own.open.sign, x->round.county.sign, sizeof x->own.open.sign) != 0)
        return err_set(e, REFUSED, "the key of \"%.*s\" is not that of whoever adds in this round",
                       STR(x->own.open.name));
    return OK;
}

static enum status read_cells(struct adding_up *x, const char *path, struct err *e)
{
    static const char *const names[] = {"cell"};
    struct csv *in = arena_new(x->call->arena, 1, struct csv);
    bool has_row = false;
    size_t room = 0;

    TRY(sum_read_csv(in, path, names, 1, x->call->arena, e));
    for (;;) {
        TRY(csv_next(in, &has_row, e));
        if (!has_row)
            return OK;
        x->round.cell =
            arena_grow(x->call->arena, x->round.cell, x->round.cells + 1, &room, sizeof(struct str));
        x->round.cell[x->round.cells++] = in->fields[0];
    }
}

static enum status read_noise(struct adding_up *x, struct err *e)
{
    double epsilon = 0.0;
    int64_t touched = 1;

    TRY(call_f64(x->call, "--noise", 0.001, NOISE_MOST_BUDGET / 1000.0, &epsilon, e));
    TRY(call_i64(x->call, "--cells-a-person", 1, NOISE_MOST_TOUCHED, &touched, e));
    if (epsilon == 0.0 && call_has(x->call, "--cells-a-person"))
        return err_set(e, USAGE, "lykta sum open: --cells-a-person is for --noise");
    x->round.noise = (struct noise){(size_t)lround(1000.0 * epsilon), (size_t)touched};
    return OK;
}

void sum_tell_noise(const struct adding_up *x, size_t cities)
{
    const struct noise *noise = &x->round.noise;

    if (noise->budget > 0)
        fprintf(
            stderr,
            "noise: epsilon %g for each person, counted in at most %zu %s; a sum of %zu cities differs from "
            "the truth by %.1f in standard deviation\n",
            (double)noise->budget / 1000.0, noise->touched, noise->touched == 1 ? "cell" : "cells", cities,
            noise_sd(noise, cities));
}

enum status sum_verb_open(void *context, struct err *e)
{
    struct adding_up *x = context;
    const char *name = NULL;
    const char *cells = NULL;
    struct str bytes;
    struct text out = text_open(x->call->arena);

    TRY(verb_need(x->call, "-o", &x->out, e));
    TRY(verb_need(x->call, "--name", &name, e));
    TRY(verb_need(x->call, "--cells", &cells, e));
    TRY(sum_read_own(x, e));
    x->round.name = str_of(name);
    x->round.county = x->own.open;
    TRY(read_cells(x, cells, e));
    TRY(read_noise(x, e));
    x->round.city = arena_new(x->call->arena, x->call->n, struct public_key);
    for (size_t i = 1; i < x->call->n; i++) {
        TRY(sum_read_file(x, i, &bytes, e));
        TRY(public_key_read(&x->round.city[x->round.n++], x->call->arguments[i], bytes, x->call->arena, e));
    }
    TRY(round_write(&out, &x->round, &x->own, x->call->arena, e));
    return file_write(x->out, text_str(&out), 0644, e);
}

static enum status write_roster(struct adding_up *x, const char *folder, const struct joins *joins, size_t to,
                                struct err *e)
{
    struct text out = text_open(x->call->arena);
    const char *path = to == LETTER_COUNTY ? arena_printf(x->call->arena, "%s/county.roster", folder)
                                           : arena_printf(x->call->arena, "%s/%03zu.roster", folder, to + 1);

    county_roster(&out, &x->round, joins, to, &x->own, x->call->arena);
    return file_write(path, text_str(&out), 0644, e);
}

static enum status write_rosters(struct adding_up *x, const char *folder, const struct joins *joins,
                                 struct err *e)
{
    TRY(write_roster(x, folder, joins, LETTER_COUNTY, e));
    for (size_t i = 0; i < joins->n; i++)
        TRY(write_roster(x, folder, joins, joins->row[i].place, e));
    return OK;
}

enum status sum_verb_gather(void *context, struct err *e)
{
    struct adding_up *x = context;
    struct letter *letter = NULL;
    size_t n = 0;
    struct joins joins;
    struct text told = text_open(x->call->arena);

    TRY(begin_county(x, e));
    TRY(sum_read_letters(x, 2, &letter, &n, e));
    TRY(county_joins(&joins, &x->round, letter, n, x->call->arena, e));
    const char *folder = arena_printf(x->call->arena, "%s.%ld.new", x->out, (long)getpid());
    TRY(folder_make(folder, 0755, e));
    enum status s = write_rosters(x, folder, &joins, e);
    if (s == OK)
        s = folder_commit(folder, x->out, e);
    if (s != OK) {
        folder_remove(folder);
        return s;
    }
    for (size_t i = 0; i < joins.n; i++)
        text_format(&told, "%03zu.roster  %.*s\n", joins.row[i].place + 1,
                    STR(x->round.city[joins.row[i].place].name));
    return file_write("-", text_str(&told), 0, e);
}

enum status sum_verb_ask(void *context, struct err *e)
{
    struct adding_up *x = context;
    struct roster roster;
    struct letter *letter = NULL;
    size_t n = 0;
    struct text out = text_open(x->call->arena);

    TRY(sum_need_files(x->call, 3, COMMAND_MAX_ARGUMENTS, e));
    TRY(begin_county(x, e));
    TRY(sum_read_roster(x, LETTER_COUNTY, &roster, e));
    TRY(sum_read_letters(x, 3, &letter, &n, e));
    unsigned char *has_come = arena_new(x->call->arena, roster.n, unsigned char);
    TRY(county_came(has_come, &x->round, &roster, letter, n, e));
    asking_write(&out, &x->round, &roster, has_come, &x->own);
    return file_write(x->out, text_str(&out), 0644, e);
}

static enum status write_sums(const struct adding_up *x, const struct sum_cell *sum, struct err *e)
{
    struct text out = text_open(x->call->arena);

    text_lit(&out, "cell,cities,count\n");
    for (size_t i = 0; i < x->round.cells; i++) {
        csv_put(&out, x->round.cell[i], ',');
        text_byte(&out, ',');
        if (x->round.noise.budget == 0)
            text_i64(&out, sum[i].cities);
        text_format(&out, ",%lld\n", (long long)sum[i].total);
    }
    return file_write(x->out, text_str(&out), 0600, e);
}

static int compare_kinds(const void *a, const void *b)
{
    return (int)((const struct letter *)a)->kind - (int)((const struct letter *)b)->kind;
}

enum status sum_verb_add(void *context, struct err *e)
{
    struct adding_up *x = context;
    struct roster roster;
    struct gathered g = {.round = &x->round, .roster = &roster};
    struct letter *letter = NULL;
    size_t n = 0;
    struct sums sums;

    TRY(sum_need_files(x->call, 5, COMMAND_MAX_ARGUMENTS, e));
    TRY(verb_need(x->call, "-o", &x->out, e));
    TRY(sum_read_round(x, e));
    TRY(sum_read_roster(x, LETTER_COUNTY, &roster, e));
    TRY(sum_read_letter(x, 3, &g.asking, e));
    TRY(sum_read_letters(x, 4, &letter, &n, e));
    qsort(letter, n, sizeof *letter, compare_kinds); /* figures stand before shares */
    g.figures = letter;
    while (g.figures_n < n && letter[g.figures_n].kind < LETTER_REVEAL)
        g.figures_n++;
    g.reveal = letter + g.figures_n;
    g.reveals_n = n - g.figures_n;
    TRY(county_add(&sums, &g, x->call->arena, e));
    fprintf(stderr, "the figures of %zu cities of %zu were added\n", sums.came, x->round.n);
    sum_tell_noise(x, sums.came);
    return write_sums(x, sums.cell, e);
}

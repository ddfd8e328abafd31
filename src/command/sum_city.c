/* lykta sum: what a city does. */
#include "base/arena.h"
#include "base/file.h"
#include "base/number.h"
#include "command/guard.h"
#include "command/sum_run.h"
#include "command/verb.h"

#include <unistd.h>

static enum status begin_city(struct adding_up *x, struct err *e)
{
    struct str bytes;

    TRY(verb_need(x->call, "-o", &x->out, e));
    TRY(verb_need(x->call, "--part", &x->part_path, e));
    TRY(sum_read_round(x, e));
    TRY(sum_read_own(x, e));
    TRY(file_read(x->part_path, PART_MAX_BYTES, x->secret, &bytes, e));
    TRY(part_read(&x->part, &x->round, x->part_path, bytes, e));
    if (round_place(&x->round, &x->own.open) != x->part.place)
        return err_set(e, REFUSED, "%s: another city's part than that of the key", x->part_path);
    return OK;
}

/* The step's file, when the part that says the step was taken is safe on disk: never the other way round. */
static enum status write_step(const struct adding_up *x, const struct text *letter, struct err *e)
{
    struct file_out *file = NULL;
    struct text part = text_open(x->secret);

    part_write(&part, &x->part);
    TRY(guard_check(x->secret, e));
    TRY(file_begin(&file, x->out, 0644, x->call->arena, e));
    struct sink to = file_sink(file);
    enum status s = sink_put(&to, text_str(letter), e);
    if (s == OK)
        s = file_write(x->part_path, text_str(&part), 0600, e);
    if (s == OK)
        s = file_commit(file, e);
    file_abandon(file);
    return s;
}

enum status sum_verb_join(void *context, struct err *e)
{
    struct adding_up *x = context;
    const char *heard = NULL;
    const struct city_desk desk = {&x->round, &x->own, NULL, x->secret};
    char expected[VOICE_DIGITS + 1];
    struct text out = text_open(x->call->arena);

    TRY(sum_need_files(x->call, 1, 1, e));
    TRY(verb_need(x->call, "-o", &x->out, e));
    TRY(verb_need(x->call, "--part", &x->part_path, e));
    TRY(verb_need(x->call, "--digits", &heard, e));
    TRY(sum_read_round(x, e));
    TRY(sum_read_own(x, e));
    round_digits(&x->round, expected);
    if (!voice_same(heard, expected))
        return err_set(e, REFUSED,
                       "%s: the digits are others: somebody has another round than you were told of. Compare "
                       "them again by voice before anything else",
                       x->call->arguments[1]);
    if (access(x->part_path, F_OK) == 0)
        return err_set(e, USAGE, "%s: there is a part already: a part is never written over", x->part_path);
    TRY(city_join(&x->part, &out, &desk, e));
    return write_step(x, &out, e);
}

/* The city's figures, one for each cell of the round, in its order. */
static enum status read_counts(const struct adding_up *x, const char *path, int64_t *figure, struct err *e)
{
    static const char *const names[] = {"cell", "count"};
    struct csv *in = arena_new(x->secret, 1, struct csv);
    bool has_row = false;

    TRY(sum_read_csv(in, path, names, 2, x->secret, e));
    for (size_t i = 0; i < x->round.cells; i++) {
        TRY(csv_next(in, &has_row, e));
        if (!has_row || !str_equal(in->fields[0], x->round.cell[i]))
            return err_set(e, BAD_INPUT, "%s:%lld: expected the cell \"%.*s\", in the order of the round",
                           path, (long long)in->line, STR(x->round.cell[i]));
        if (!i64_from_str(in->fields[1], 0, ROUND_MOST_FIGURE, &figure[i]))
            return csv_fault(e, in, 1, "expected a count from 0 to %d", ROUND_MOST_FIGURE);
    }
    TRY(csv_next(in, &has_row, e));
    return has_row ? err_set(e, BAD_INPUT, "%s: more cells than the round has", path) : OK;
}

enum status sum_verb_figures(void *context, struct err *e)
{
    struct adding_up *x = context;
    struct roster roster;
    const struct city_desk desk = {&x->round, &x->own, &roster, x->secret};
    struct text out = text_open(x->call->arena);

    TRY(sum_need_files(x->call, 3, 3, e));
    TRY(begin_city(x, e));
    TRY(sum_read_roster(x, x->part.place, &roster, e));
    int64_t *figure = arena_new(x->secret, x->round.cells, int64_t);
    TRY(read_counts(x, x->call->arguments[3], figure, e));
    TRY(city_give(&x->part, &out, &desk, figure, e));
    return write_step(x, &out, e);
}

enum status sum_verb_reveal(void *context, struct err *e)
{
    struct adding_up *x = context;
    struct roster roster;
    const struct city_desk desk = {&x->round, &x->own, &roster, x->secret};
    struct letter asking;
    struct text out = text_open(x->call->arena);

    TRY(sum_need_files(x->call, 3, 3, e));
    TRY(begin_city(x, e));
    TRY(sum_read_roster(x, x->part.place, &roster, e));
    TRY(sum_read_letter(x, 3, &asking, e));
    TRY(city_reveal(&x->part, &out, &desk, &asking, e));
    return write_step(x, &out, e);
}

/* What the steps of lykta sum read. */
#include "command/sum_run.h"

#include "base/arena.h"
#include "base/file.h"
#include "command/verb.h"

enum { CSV_MAX_BYTES = 16 * 1024 * 1024 };

enum status sum_need_files(const struct call *call, size_t least, size_t most, struct err *e)
{
    if (call->n - 1 < least || call->n - 1 > most)
        return err_set(e, USAGE, "lykta sum %s: expected %zu%s files; see lykta help sum", call->arguments[0],
                       least, most > least ? " or more" : "");
    return OK;
}

enum status sum_read_file(const struct adding_up *x, size_t i, struct str *out, struct err *e)
{
    return file_read(x->call->arguments[i], LETTER_MAX_BYTES, x->call->arena, out, e);
}

enum status sum_read_letter(const struct adding_up *x, size_t i, struct letter *out, struct err *e)
{
    struct str bytes;

    TRY(sum_read_file(x, i, &bytes, e));
    return letter_read(out, x->call->arguments[i], bytes, e);
}

/* The letters of the arguments from `from` on. */
enum status sum_read_letters(const struct adding_up *x, size_t from, struct letter **out, size_t *n,
                             struct err *e)
{
    *n = x->call->n - from;
    *out = arena_new(x->call->arena, *n, struct letter);
    for (size_t i = 0; i < *n; i++)
        TRY(sum_read_letter(x, from + i, &(*out)[i], e));
    return OK;
}

enum status sum_read_own(struct adding_up *x, struct err *e)
{
    const char *path = NULL;
    struct str bytes;

    TRY(verb_need(x->call, "--key", &path, e));
    TRY(file_read(path, AGREEMENT_MAX_BYTES, x->secret, &bytes, e));
    return key_pair_read(&x->own, path, bytes, x->secret, e);
}

enum status sum_read_round(struct adding_up *x, struct err *e)
{
    struct str bytes;

    TRY(sum_read_file(x, 1, &bytes, e));
    return round_read(&x->round, x->call->arguments[1], bytes, x->call->arena, e);
}

enum status sum_read_csv(struct csv *in, const char *path, const char *const *names, size_t n,
                         struct arena *a, struct err *e)
{
    struct str bytes;

    TRY(file_read(path, CSV_MAX_BYTES, a, &bytes, e));
    TRY(csv_open(in, path, bytes, a, e));
    for (size_t i = 0; i < n; i++)
        if (in->n != n || !str_is(in->fields[i], names[i]))
            return err_set(e, BAD_INPUT, "%s:1: expected the column%s %s%s%s", path, n > 1 ? "s" : "",
                           names[0], n > 1 ? "," : "", n > 1 ? names[1] : "");
    return OK;
}

enum status sum_read_roster(const struct adding_up *x, size_t to, struct roster *out, struct err *e)
{
    struct letter l;

    TRY(sum_read_letter(x, 2, &l, e));
    return roster_read(out, &x->round, &l, to, x->call->arena, e);
}

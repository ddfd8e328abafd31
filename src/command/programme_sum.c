/* lykta programme post and fetch: whoever adds and the post box of secure sums. */
#include "command/programme_run.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/file.h"
#include "base/text.h"
#include "calendar/stockholm.h"
#include "command/verb.h"
#include "programme/sum_box.h"
#include "secure/round.h"
#include "store/city.h"

#include <unistd.h>

/* Three days, of which each ends at midnight on Swedish walls. */
static enum status read_days(const struct call *call, int64_t until[3], struct err *e)
{
    const char *days = NULL;

    TRY(verb_need(call, "--until", &days, e));
    struct str rest = str_of(days);
    for (size_t i = 0; i < 3; i++) {
        struct str word;
        struct date day;

        str_cut(rest, ' ', &word, &rest);
        if (!date_from_str(word, &day))
            return err_set(e, USAGE, "--until: expected three days, as \"2027-01-15 2027-02-01 2027-02-15\"");
        until[i] = stockholm_at(date_from_days(date_days(day) + 1), 0);
    }
    return rest.n == 0 ? OK : err_set(e, USAGE, "--until: expected three days, and no more");
}

static enum status open_round(struct programme_work *w, const char *path, struct str bytes, struct err *e)
{
    int64_t until[3];
    struct str hash;

    TRY(read_days(w->call, until, e));
    TRY(sum_box_open(w->city->db, &w->who, path, bytes, until, w->call->arena, &hash, e));
    text_format(w->out, "The round is open. Its page, for the cities alone: /summor/%.*s\n", STR(hash));
    return OK;
}

/* The round that the letter is of, which has to be in the box. */
static enum status find_round(const struct programme_work *w, const unsigned char *hash, const char *path,
                              struct sum_box_state *out, struct err *e)
{
    struct arena *a = w->call->arena;
    bool is_there = false;

    TRY(sum_box_read(w->city->db, sum_box_hash(hash, a), a, out, &is_there, e));
    return is_there ? OK : err_set(e, BAD_INPUT, "%s: its round is not in the box", path);
}

static enum status post_letter(struct programme_work *w, const char *path, struct err *e)
{
    struct sum_box_state state;
    struct err why = {OK, ""};
    struct letter l;
    struct str bytes;
    enum sum_posting posting = SUM_STRANGE;

    TRY(file_read(path, LETTER_MAX_BYTES, w->call->arena, &bytes, e));
    TRY(letter_read(&l, path, bytes, e));
    if (l.kind == LETTER_ROUND)
        return open_round(w, path, bytes, e);
    TRY(find_round(w, l.round, path, &state, e));
    TRY(sum_box_post(w->city->db, &w->who, &state, path, bytes, w->call->arena, &posting, &why, e));
    if (posting != SUM_TAKEN)
        return err_set(e, posting == SUM_STRANGE ? BAD_INPUT : REFUSED, "%s: %s", path, why.what);
    return OK;
}

enum status programme_verb_post(void *context, struct err *e)
{
    struct programme_work *w = context;

    if (w->call->n < 3)
        return err_set(e, USAGE,
                       "lykta programme post: expected letters of a secure sum; see lykta help programme");
    for (size_t i = 2; i < w->call->n; i++)
        TRY(post_letter(w, w->call->arguments[i], e));
    text_format(w->out, "%zu %s in the box.\n", w->call->n - 2,
                w->call->n == 3 ? "letter is" : "letters are");
    return OK;
}

static enum status write_letters(const struct programme_work *w, const struct sum_box_state *x,
                                 const char *folder, size_t *n, struct err *e)
{
    static const enum letter_kind kinds[] = {LETTER_JOIN, LETTER_FIGURES, LETTER_REVEAL};
    struct str bytes;

    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (size_t i = 0; i < x->cities; i++) {
            if (!x->has[kinds[k]][i])
                continue;
            struct arena *a = arena_open();
            enum status s = sum_box_letter(w->city->db, x, kinds[k], i, a, &bytes, e);
            if (s == OK)
                s = file_write(arena_printf(a, "%s/%s", folder, sum_box_name(kinds[k], i, a)), bytes, 0600,
                               e);
            arena_close(a);
            TRY(s);
            ++*n;
        }
    return OK;
}

enum status programme_verb_fetch(void *context, struct err *e)
{
    struct programme_work *w = context;
    const char *out = NULL;
    struct sum_box_state state;
    struct sum_round round;
    struct str bytes;
    size_t n = 0;

    if (w->call->n != 3)
        return err_set(e, USAGE,
                       "lykta programme fetch: expected the round's file; see lykta help programme");
    TRY(verb_need(w->call, "-o", &out, e));
    TRY(file_read(w->call->arguments[2], LETTER_MAX_BYTES, w->call->arena, &bytes, e));
    TRY(round_read(&round, w->call->arguments[2], bytes, w->call->arena, e));
    TRY(find_round(w, round.hash, w->call->arguments[2], &state, e));
    const char *folder = arena_printf(w->call->arena, "%s.%ld.new", out, (long)getpid());
    TRY(folder_make(folder, 0700, e));
    enum status s = write_letters(w, &state, folder, &n, e);
    if (s == OK)
        s = folder_commit(folder, out, e);
    if (s != OK) {
        folder_remove(folder);
        return s;
    }
    text_format(w->out, "%zu letters are in %s.\n", n, out);
    return OK;
}

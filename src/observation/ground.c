/* Legal grounds. */
#include "observation/ground.h"

#include "base/arena.h"
#include "base/csv.h"

extern const char grounds_csv[];
extern const char secrecy_csv[];

enum { COLUMNS = 7 };

static enum status read(const char *name, const char *rows, struct arena *a, struct grounds *out,
                        struct err *e)
{
    struct grounds all = {0};
    struct csv in;
    size_t room = 0;
    bool has_row = false;

    TRY(csv_open(&in, name, str_of(rows), a, e));
    if (in.n != COLUMNS)
        return csv_fault(e, &in, 0, "expected %d columns", (int)COLUMNS);
    TRY(csv_next(&in, &has_row, e));
    while (has_row) {
        const struct str *f = in.fields;

        all.ground = arena_grow(a, all.ground, all.n + 1, &room, sizeof *all.ground);
        all.ground[all.n++] = (struct ground){.code = f[0],
                                              .paragraph = f[1],
                                              .sv = f[2],
                                              .en = f[3],
                                              .needs_weighing = str_is(f[4], "1"),
                                              .not_for = f[5],
                                              .is_verified = str_is(f[6], "verified")};
        TRY(csv_next(&in, &has_row, e));
    }
    *out = all;
    return OK;
}

enum status grounds_read(struct arena *a, struct grounds *out, struct err *e)
{
    return read("grounds.csv", grounds_csv, a, out, e);
}

enum status secrecy_read(struct arena *a, struct grounds *out, struct err *e)
{
    return read("secrecy.csv", secrecy_csv, a, out, e);
}

const struct ground *ground_named(const struct grounds *all, struct str code)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_equal(all->ground[i].code, code))
            return &all->ground[i];
    return NULL;
}

bool ground_is_for(const struct ground *ground, struct str owner)
{
    struct str rest = ground->not_for;

    while (rest.n > 0) {
        struct str kind;

        if (!str_cut(rest, ';', &kind, &rest))
            rest = S("");
        if (str_equal(kind, owner))
            return false;
    }
    return true;
}

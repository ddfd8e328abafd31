/* lykta encode with a linkage schema of clkhash. */
#include "command/encode_list.h"

#include "base/arena.h"
#include "base/progress.h"
#include "command/guard.h"
#include "link/clk_json.h"
#include "link/clkhash.h"

#include <stdio.h>
#include <string.h>

enum { SECRET_BYTES = 16 * 1024, BLOCK = 1024 };

struct columns {
    int of[CLKHASH_MAX_FEATURES];
};

static enum status find_columns(const struct clkhash_schema *s, const struct csv *in, struct columns *out,
                                struct err *e)
{
    for (size_t i = 0; i < s->features; i++) {
        const struct clkhash_feature *f = &s->feature[i];

        out->of[i] = -1;
        for (size_t k = 0; k < in->n; k++)
            if (str_equal(in->fields[k], f->identifier))
                out->of[i] = (int)k;
        if (out->of[i] < 0 && !f->is_ignored)
            return csv_fault(e, in, 0, "no column named \"%.*s\", expected as in the schema",
                             STR(f->identifier));
    }
    return OK;
}

/* The filters of all rows, in `a`. The scratch of the encoder is `row`, which is reset with every row. */
static enum status encode_rows(const struct call *call, const struct clkhash_schema *s, struct csv *in,
                               struct clkhash *x, struct arena *row, unsigned char **out, size_t *n,
                               struct err *e)
{
    struct str cell[CLKHASH_MAX_FEATURES];
    struct columns columns;
    bool has_row = true;
    size_t bytes = s->bits / 8;
    size_t room = 0;

    TRY(find_columns(s, in, &columns, e));
    for (;;) {
        arena_reset(row);
        in->arena = row;
        TRY(csv_next(in, &has_row, e));
        if (!has_row)
            return OK;
        for (size_t i = 0; i < s->features; i++)
            cell[i] = columns.of[i] < 0 ? S("") : in->fields[columns.of[i]];
        *out = arena_grow(call->arena, *out, *n + 1, &room, bytes);
        enum status status = clkhash_encode(x, cell, row, *out + *n * bytes, e);
        if (status != OK)
            return err_in(e, "%s:%lld", in->name, (long long)in->line);
        if (++*n % BLOCK == 0 && progress_should_stop(call->progress))
            return err_set(e, SYSTEM, "stopped; nothing was written");
    }
}

enum status encode_as_clkhash(const struct call *call, struct str schema, const struct encode_list *list,
                              struct arena *secret, struct err *e)
{
    struct arena *row = arena_open_secret();
    struct clkhash_schema s;
    struct str key;
    struct file_out *file = NULL;
    struct csv *in = arena_new(call->arena, 1, struct csv);
    unsigned char *filters = NULL;
    size_t n = 0;
    enum status status = clkhash_schema_read(&s, call_option(call, "--schema"), schema, call->arena, e);

    if (status == OK)
        status = file_read(call_option(call, "--secret"), SECRET_BYTES, secret, &key, e);
    if (status == OK)
        key = str_ends(key, S("\n")) ? str_part(key, 0, key.n - 1) : key;
    if (status == OK)
        status = csv_open(in, list->path, list->bytes, secret, e);
    if (status == OK)
        status = encode_rows(call, &s, in, clkhash_open(&s, key, secret), row, &filters, &n, e);
    if (status == OK)
        status = guard_check(row, e);
    if (status == OK && s.warning)
        fprintf(stderr, "lykta: %s\n", s.warning);
    if (status == OK)
        status = file_begin(&file, call_option(call, "-o"), 0600, call->arena, e);
    if (status == OK) {
        struct sink to = file_sink(file);

        status = clk_json_write(filters, n, s.bits, &to, call->arena, e);
    }
    if (status == OK)
        status = file_commit(file, e);
    file_abandon(file);
    arena_close(row);
    return status;
}

/* What `lykta encode` writes. */
#include "command/encode_write.h"

#include "base/arena.h"
#include "base/str.h"
#include "link/clk_json.h"
#include "link/sealed.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* The name of the list: given, agreed, or that of the file without its folder and ending. */
static struct str list_name(const struct encoding *x)
{
    const char *given = call_option(x->call, "--list");
    const char *path = x->call->arguments[0];
    const char *slash = strrchr(path, '/');
    struct str name = given              ? str_of(given)
                      : x->key.is_agreed ? x->key.list
                                         : str_of(slash ? slash + 1 : path);

    if (!given && !x->key.is_agreed) {
        name = str_ends(name, S(".csv")) ? str_part(name, 0, name.n - 4) : name;
        name = str_equal(name, S("-")) ? S("list") : name;
    }
    return name;
}

static enum status check_name(struct str name, struct err *e)
{
    bool is_good = name.n > 0 && name.n <= SCHEMA_MAX_TEXT && str_is_utf8(name);

    for (size_t i = 0; i < name.n; i++)
        is_good &= (unsigned char)name.p[i] >= ' ' && name.p[i] != 0x7F;
    return is_good ? OK : err_set(e, USAGE, "lykta encode: --list: expected a name of 1 to 100 bytes");
}

static enum status write_rows(const struct encoding *x, const uint32_t *order, struct file_out *file,
                              struct err *e)
{
    struct sink to = file_sink(file);
    struct rows *rows = (struct rows *)&x->rows;
    int64_t line = 0;
    char buffer[64];

    TRY(sink_put(&to, S("place,line\n"), e));
    for (size_t i = 0; i < x->rows.n; i++) {
        TRY(rows_line(rows, order[i], x->row, &line, e));
        int n = snprintf(buffer, sizeof buffer, "%zu,%lld\n", i + 1, (long long)line);
        TRY(sink_put(&to, (struct str){buffer, (size_t)n}, e));
    }
    return file_commit(file, e);
}

/* Header, people and hash into `to`. */
static enum status put_people(struct encoding *x, const struct sink *to, uint32_t **order, struct err *e)
{
    struct clk_writer *w = NULL;
    struct clk_header h;

    clk_header_of(&h, &x->schema, x->encoder);
    h.list = list_name(x);
    h.created_at = (int64_t)time(NULL);
    h.n = x->rows.n;
    if (h.groups == 1)
        h.present[0] = x->rows.known;
    else
        memcpy(h.present, x->rows.present, sizeof h.present);
    TRY(check_name(h.list, e));
    TRY(clk_writer_open(&w, &h, to, x->call->arena, e));
    TRY(rows_encode(&x->rows, x->encoder, w, order, x->call->arena, x->row, x->call->progress, e));
    return clk_writer_close(w, e);
}

static enum status put_sealed(struct encoding *x, const struct sink *to, uint32_t **order, struct err *e)
{
    struct sealed_writer *sealed = NULL;

    if (!x->is_sealed)
        return put_people(x, to, order, e);
    TRY(sealed_writer_open(&sealed, x->reader, to, x->call->arena, e));
    struct sink inner = sealed_sink(sealed);
    TRY(put_people(x, &inner, order, e));
    return sealed_writer_close(sealed, e);
}

static enum status put_clkhash(struct encoding *x, const struct sink *to, uint32_t **order, struct err *e)
{
    struct text file = text_open(x->call->arena);
    struct sink memory = sink_to_text(&file);
    struct clk_header h;
    struct encodings people;

    if (x->schema.profile != PROFILE_CLK)
        return err_set(e, USAGE, "lykta encode: --format clkhash needs a schema with \"profile\": \"clk\"");
    TRY(put_people(x, &memory, order, e));
    struct str rest = text_str(&file);
    struct source from = source_of_str(&rest, "encodings");
    TRY(clk_read(&h, &people, &from, rest.n, x->call->arena, e));
    return clk_json_write(clk_json_order(&people, 0, x->call->arena), people.n, people.group[0].bits, to,
                          x->call->arena, e);
}

enum status encode_write(struct encoding *x, struct err *e)
{
    const char *format = call_option(x->call, "--format");
    const char *rows_path = call_option(x->call, "--rows");
    struct file_out *file = NULL;
    struct file_out *rows = NULL;
    uint32_t *order = NULL;

    TRY(file_begin(&file, call_option(x->call, "-o"), 0600, x->call->arena, e));
    struct sink to = file_sink(file);
    enum status s = format && strcmp(format, "clkhash") == 0 ? put_clkhash(x, &to, &order, e)
                                                             : put_sealed(x, &to, &order, e);
    if (s == OK && rows_path)
        s = file_begin(&rows, rows_path, 0600, x->call->arena, e);
    if (s == OK && rows_path)
        s = write_rows(x, order, rows, e);
    if (s == OK)
        s = file_commit(file, e);
    file_abandon(rows);
    file_abandon(file);
    return s;
}

/* Linkage for other programs and languages. */
#include "link/foreign.h"

#include "base/arena.h"
#include "base/foreign_answer_own.h"
#include "base/text.h"
#include "link/clk_file.h"
#include "link/rows.h"
#include "link/similarity.h"

#include <sodium.h>
#include <string.h>

static struct foreign_answer *answer_open(void)
{
    struct foreign_answer *answer = foreign_answer_open(arena_open_secret());

    if (sodium_init() < 0)
        err_set(&answer->e, SYSTEM,
                "the cryptographic library cannot start: is there a source of randomness?");
    return answer;
}

/* What is given to foreign_encode. */
struct asked {
    struct str schema;
    const unsigned char *key;
    const unsigned char *noise_key;
    struct str csv;
    struct str list;
    int64_t created_at;
};

static enum status encode(struct foreign_answer *answer, const struct asked *asked, struct arena *row)
{
    struct arena *a = answer->arena;
    struct err *e = &answer->e;
    struct schema *schema = arena_new(a, 1, struct schema);
    struct rows *rows = arena_new(a, 1, struct rows);
    struct text file = text_open(a);
    struct sink to = sink_to_text(&file);
    struct clk_writer *w = NULL;
    struct clk_header h;
    uint32_t *order = NULL;

    if (asked->list.n == 0 || asked->list.n > SCHEMA_MAX_TEXT || !str_is_utf8(asked->list))
        return err_set(e, USAGE, "the list's name: expected 1 to %d bytes of UTF-8", SCHEMA_MAX_TEXT);
    TRY(schema_read(schema, "schema", asked->schema, a, e));
    struct encoder *x = encoder_open(schema, asked->key, asked->noise_key, a);
    TRY(rows_scan(rows, schema, "list", asked->csv, x, a, row, NULL, e));
    clk_header_of(&h, schema, x);
    h.list = asked->list;
    h.created_at = asked->created_at;
    h.n = rows->n;
    if (h.groups == 1)
        h.present[0] = rows->known;
    else
        memcpy(h.present, rows->present, sizeof h.present);
    TRY(clk_writer_open(&w, &h, &to, a, e));
    TRY(rows_encode(rows, x, w, &order, a, row, NULL, e));
    TRY(clk_writer_close(w, e));
    answer->bytes = text_str(&file);
    return OK;
}

struct foreign_answer *foreign_encode(const char *schema, size_t schema_bytes, const unsigned char *key,
                                      const unsigned char *noise_key, const char *csv, size_t csv_bytes,
                                      const char *list, int64_t created_at)
{
    const struct asked asked = {.schema = {schema, schema_bytes},
                                .key = key,
                                .noise_key = noise_key,
                                .csv = {csv, csv_bytes},
                                .list = str_of(list),
                                .created_at = created_at};
    struct foreign_answer *answer = answer_open();
    struct arena *row = arena_open_secret();

    if (answer->e.status == OK)
        answer->e.status = encode(answer, &asked, row);
    arena_close(row);
    return answer;
}

static double similarity_of(const struct encodings *x, size_t i, const struct encodings *y, size_t k,
                            size_t group, int noise_percent)
{
    size_t bits = x->group[group].bits;
    const uint64_t *p = filter_of(x, group, i);
    const uint64_t *q = filter_of(y, group, k);
    unsigned common = 0;
    unsigned sum = 0;

    if (!(x->present[i] >> group & 1) || !(y->present[k] >> group & 1))
        return -1.0;
    for (size_t w = 0; w < bits / 64; w++) {
        common += (unsigned)__builtin_popcountll(p[w] & q[w]);
        sum += (unsigned)__builtin_popcountll(p[w]) + (unsigned)__builtin_popcountll(q[w]);
    }
    return similarity(common, sum, bits, noise_percent);
}

static enum status compare(struct foreign_answer *answer, struct str a_bytes, struct str b_bytes,
                           size_t group)
{
    struct err *e = &answer->e;
    size_t a_size = a_bytes.n;
    size_t b_size = b_bytes.n;
    struct source a_from = source_of_str(&a_bytes, "the first list");
    struct source b_from = source_of_str(&b_bytes, "the second list");
    struct clk_header a;
    struct clk_header b;
    struct encodings x;
    struct encodings y;

    TRY(clk_read(&a, &x, &a_from, a_size, answer->arena, e));
    TRY(clk_read(&b, &y, &b_from, b_size, answer->arena, e));
    TRY(clk_same_round(&a, &b, e));
    if (group >= x.groups || x.group[group].bits == 0)
        return err_set(e, USAGE, "the lists do not encode that group");
    double *out = arena_alloc(answer->arena, x.n ? x.n : 1, (y.n ? y.n : 1) * sizeof *out);
    for (size_t i = 0; i < x.n; i++)
        for (size_t k = 0; k < y.n; k++)
            out[i * y.n + k] = similarity_of(&x, i, &y, k, group, a.noise_percent);
    answer->bytes = (struct str){(const char *)out, x.n * y.n * sizeof *out};
    return OK;
}

struct foreign_answer *foreign_similarities(const unsigned char *a, size_t a_bytes, const unsigned char *b,
                                            size_t b_bytes, int group)
{
    struct foreign_answer *answer = answer_open();

    if (answer->e.status == OK)
        answer->e.status =
            compare(answer, (struct str){(const char *)a, a_bytes}, (struct str){(const char *)b, b_bytes},
                    group < 0 ? GROUPS : (size_t)group);
    return answer;
}

/* Encodings in the form that clkhash writes and anonlink takes. */
#include "link/clk_json.h"

#include "base/arena.h"
#include "base/text.h"

#include <jansson.h>
#include <sodium.h>
#include <string.h>

enum { MAX_FILTER = CLK_MAX_BITS / 8, MAX_BASE64 = (MAX_FILTER + 2) / 3 * 4 + 1, FLUSH = 64 * 1024 };

/* What is being read, for messages. */
struct reading {
    const char *name;
    const json_t *list;
    bool has_blocks;
    struct err *e;
};

static enum status read_list(struct clk_header *h, struct encodings *x, const struct reading *r,
                             struct arena *a);

bool clk_json_starts(struct str bytes)
{
    struct str before;
    struct str after;

    bytes = str_trim(str_part(bytes, 0, 200));
    if (!str_starts(bytes, S("{")) || !str_cut(str_trim(str_part(bytes, 1, bytes.n)), ':', &before, &after))
        return false;
    before = str_trim(before);
    return str_equal(before, S("\"clks\"")) || str_equal(before, S("\"clknblocks\""));
}

enum status clk_json_read(struct clk_header *header, struct encodings *out, const char *name,
                          struct str bytes, struct arena *a, struct err *e)
{
    json_error_t fault;
    json_t *root = json_loadb(bytes.n ? bytes.p : "", bytes.n, JSON_REJECT_DUPLICATES, &fault);
    struct reading r = {.name = name, .list = json_object_get(root, "clks"), .e = e};
    struct clk_header h = {
        .list = str_copy(str_part(str_of(name), 0, SCHEMA_MAX_TEXT), a), .profile = PROFILE_CLK, .groups = 1};
    struct encodings x;

    if (!root)
        return err_set(e, BAD_INPUT, "%s:%d:%d: not JSON: expected {\"clks\": [\"base64\", ..]}", name,
                       fault.line, fault.column);
    if (!r.list) {
        r.list = json_object_get(root, "clknblocks");
        r.has_blocks = true;
    }
    enum status s = json_is_array(r.list)
                        ? read_list(&h, &x, &r, a)
                        : err_set(e, BAD_INPUT, "%s: expected {\"clks\": [\"base64\", ..]}", name);
    json_decref(root);
    if (s == OK) {
        *header = h;
        *out = x;
    }
    return s;
}

/* The filter of one entry, as clkhash orders its bits; *n is its length in bytes. */
static enum status take_filter(const struct reading *r, size_t i, unsigned char out[MAX_FILTER], size_t *n)
{
    const json_t *entry = json_array_get(r->list, i);
    const json_t *text = r->has_blocks ? json_array_get(entry, 0) : entry;

    if (!json_is_string(text) || json_string_length(text) > MAX_BASE64 ||
        sodium_base642bin(out, MAX_FILTER, json_string_value(text), json_string_length(text), NULL, n, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0 ||
        *n == 0 || *n % 8 != 0)
        return err_set(r->e, BAD_INPUT, "%s: filter %zu: expected base64 of 8 to %d bytes, a multiple of 8",
                       r->name, i + 1, MAX_FILTER);
    return OK;
}

static enum status read_list(struct clk_header *h, struct encodings *x, const struct reading *r,
                             struct arena *a)
{
    unsigned char filter[MAX_FILTER];
    size_t n = json_array_size(r->list);
    size_t bytes = 0;

    if (n == 0 || n > ENCODINGS_MAX_PEOPLE)
        return err_set(r->e, BAD_INPUT, "%s: holds no filters, or too many", r->name);
    TRY(take_filter(r, 0, filter, &bytes));
    h->n = n;
    h->bits[0] = 8 * bytes;
    clk_room(x, h, n, a);
    for (size_t i = 0; i < n; i++) {
        uint64_t *word = x->group[0].word + i * (bytes / 8);
        size_t found = 0;

        TRY(take_filter(r, i, filter, &found));
        if (found != bytes)
            return err_set(r->e, BAD_INPUT, "%s: filter %zu is of another length than the first", r->name,
                           i + 1);
        for (size_t b = 0; b < 8 * bytes; b++)
            word[b / 64] |= (uint64_t)(filter[b / 8] >> (7 - b % 8) & 1) << b % 64;
        for (size_t w = 0; w < bytes / 8; w++)
            x->present[i] |= word[w] != 0;
        h->present[0] += x->present[i];
    }
    return OK;
}

enum status clk_json_write(const unsigned char *filters, size_t n, size_t bits, const struct sink *to,
                           struct arena *a, struct err *e)
{
    struct text out = text_open(a);
    char base64[MAX_BASE64];

    text_lit(&out, "{\"clks\": [");
    for (size_t i = 0; i < n; i++) {
        sodium_bin2base64(base64, sizeof base64, filters + i * (bits / 8), bits / 8,
                          sodium_base64_VARIANT_ORIGINAL);
        text_format(&out, "%s\"%s\"", i ? ", " : "", base64);
        if (out.n > FLUSH) {
            TRY(sink_put(to, text_str(&out), e));
            out.n = 0;
        }
    }
    text_lit(&out, "]}\n");
    return sink_put(to, text_str(&out), e);
}

unsigned char *clk_json_order(const struct encodings *x, size_t group, struct arena *a)
{
    size_t bits = x->group[group].bits;
    unsigned char *out = arena_new(a, x->n * (bits / 8), unsigned char);

    for (size_t i = 0; i < x->n; i++) {
        const uint64_t *word = filter_of(x, group, i);
        unsigned char *to = out + i * (bits / 8);

        for (size_t b = 0; b < bits; b++)
            to[b / 8] = (unsigned char)(to[b / 8] | (word[b / 64] >> b % 64 & 1) << (7 - b % 8));
    }
    return out;
}

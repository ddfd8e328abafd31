/* OUT.clk: a list of people as encodings in a file. */
#include "link/clk_file.h"

#include "base/arena.h"
#include "link/clk_header.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

enum {
    BLOCK = 256 /* people written or read at once */
};

struct clk_writer {
    struct clk_header header;
    struct sink to;
    crypto_hash_sha256_state hash;
    size_t written;
    int64_t present[GROUPS];
    unsigned char *block;
};

struct clk_reader {
    struct clk_header header;
    struct source from;
    crypto_hash_sha256_state hash;
    size_t taken;
    bool is_ended;
    int64_t present[GROUPS];
    unsigned char *block;
};

static void record_write(const struct clk_header *h, const struct encodings *x, size_t i, unsigned char *to);
static const char *record_read(const struct clk_header *h, const unsigned char *from, struct encodings *x,
                               size_t i);
static enum status end_read(struct clk_reader *r, struct err *e);

void clk_header_of(struct clk_header *out, const struct schema *schema, const struct encoder *x)
{
    struct arena *a = arena_open();
    struct encodings none;

    encodings_new(&none, schema, 0, a);
    *out = (struct clk_header){.project = schema->project,
                               .round = schema->round,
                               .profile = schema->profile,
                               .normaliser = NORMALISE_VERSION,
                               .noise_percent = schema->noise_percent,
                               .groups = none.groups,
                               .has_gender = schema->gives_gender,
                               .has_age = schema->gives_age};
    for (size_t g = 0; g < none.groups; g++)
        out->bits[g] = none.group[g].bits;
    memcpy(out->schema_hash, schema->hash, sizeof out->schema_hash);
    encoder_check(x, out->key_check);
    arena_close(a);
}

size_t clk_record_bytes(const struct clk_header *h)
{
    size_t n = 1 + (size_t)h->has_gender + (size_t)h->has_age;

    for (size_t g = 0; g < h->groups; g++)
        n += h->bits[g] / 8;
    return n;
}

enum status clk_same_round(const struct clk_header *a, const struct clk_header *b, struct err *e)
{
    const char *differs = NULL;

    if (!str_equal(a->project, b->project))
        differs = "belong to different projects";
    else if (!str_equal(a->round, b->round))
        differs = "belong to different rounds";
    else if (memcmp(a->schema_hash, b->schema_hash, sizeof a->schema_hash) != 0)
        differs = "were encoded under different schemas";
    else if (a->normaliser != b->normaliser)
        differs = "were encoded by versions of lykta that spell names differently";
    else if (memcmp(a->key_check, b->key_check, sizeof a->key_check) != 0)
        differs = "were encoded with different keys";
    else if (a->profile != b->profile || memcmp(a->bits, b->bits, sizeof a->bits) != 0)
        differs = "have encodings of different kinds";
    if (differs)
        return err_set(e, BAD_INPUT,
                       "the lists \"%.*s\" and \"%.*s\" %s: nothing would match; encode them again for "
                       "one round",
                       STR(a->list), STR(b->list), differs);
    return OK;
}

static enum status put(struct clk_writer *w, struct str bytes, struct err *e)
{
    crypto_hash_sha256_update(&w->hash, (const unsigned char *)bytes.p, bytes.n);
    return sink_put(&w->to, bytes, e);
}

enum status clk_writer_open(struct clk_writer **out, const struct clk_header *h, const struct sink *to,
                            struct arena *a, struct err *e)
{
    struct clk_writer *w = arena_new(a, 1, struct clk_writer);
    struct text line = text_open(a);

    w->header = *h;
    w->to = *to;
    w->block = arena_new(a, BLOCK * clk_record_bytes(h), unsigned char);
    crypto_hash_sha256_init(&w->hash);
    clk_header_write(&line, h, a);
    assert(line.n <= CLK_HEADER_BYTES);
    TRY(put(w, text_str(&line), e));
    *out = w;
    return OK;
}

enum status clk_writer_add(struct clk_writer *w, const struct encodings *x, struct err *e)
{
    size_t bytes = clk_record_bytes(&w->header);

    for (size_t from = 0; from < x->n; from += BLOCK) {
        size_t n = x->n - from < BLOCK ? x->n - from : BLOCK;

        for (size_t i = 0; i < n; i++) {
            record_write(&w->header, x, from + i, w->block + i * bytes);
            for (size_t g = 0; g < w->header.groups; g++)
                w->present[g] += x->present[from + i] >> g & 1;
        }
        TRY(put(w, (struct str){(const char *)w->block, n * bytes}, e));
    }
    w->written += x->n;
    return OK;
}

enum status clk_writer_close(struct clk_writer *w, struct err *e)
{
    unsigned char hash[crypto_hash_sha256_BYTES];

    assert(w->written == w->header.n);
    for (size_t g = 0; g < w->header.groups; g++)
        assert(w->present[g] == w->header.present[g]);
    crypto_hash_sha256_final(&w->hash, hash);
    return sink_put(&w->to, (struct str){(const char *)hash, sizeof hash}, e);
}

/* Byte by byte until the newline: the header is short, and nothing after it may be taken. */
static enum status take_line(struct clk_reader *r, char *line, size_t *n, struct err *e)
{
    for (*n = 0; *n < CLK_HEADER_BYTES; (*n)++) {
        TRY(source_take(&r->from, line + *n, 1, e));
        crypto_hash_sha256_update(&r->hash, (const unsigned char *)line + *n, 1);
        if (line[*n] == '\n')
            return OK;
        if (*n == 0 && line[0] != '{')
            break;
    }
    return err_set(e, BAD_INPUT, "%s: not a list of encodings: it does not begin with a line of JSON",
                   r->from.name);
}

enum status clk_reader_open(struct clk_reader **out, struct clk_header *header, const struct source *from,
                            struct arena *a, struct err *e)
{
    struct clk_reader *r = arena_new(a, 1, struct clk_reader);
    char line[CLK_HEADER_BYTES];
    size_t n = 0;

    r->from = *from;
    crypto_hash_sha256_init(&r->hash);
    TRY(take_line(r, line, &n, e));
    TRY(clk_header_read(&r->header, from->name, (struct str){line, n}, a, e));
    r->block = arena_new(a, BLOCK * clk_record_bytes(&r->header), unsigned char);
    *header = r->header;
    *out = r;
    return OK;
}

enum status clk_reader_next(struct clk_reader *r, struct encodings *out, size_t at, size_t room, size_t *n,
                            struct err *e)
{
    size_t bytes = clk_record_bytes(&r->header);
    size_t left = r->header.n - r->taken;
    size_t more = left < BLOCK ? left : BLOCK;

    if (more > room)
        more = room;
    TRY(source_take(&r->from, r->block, more * bytes, e));
    crypto_hash_sha256_update(&r->hash, r->block, more * bytes);
    for (size_t i = 0; i < more; i++) {
        const char *wrong = record_read(&r->header, r->block + i * bytes, out, at + i);

        if (wrong)
            return err_set(e, BAD_INPUT, "%s: record %zu %s", r->from.name, r->taken + i + 1, wrong);
        for (size_t g = 0; g < r->header.groups; g++)
            r->present[g] += out->present[at + i] >> g & 1;
    }
    r->taken += more;
    *n = more;
    return left == 0 && !r->is_ended ? end_read(r, e) : OK;
}

void clk_room(struct encodings *out, const struct clk_header *h, size_t n, struct arena *a)
{
    *out = (struct encodings){.n = n, .groups = h->groups};
    for (size_t g = 0; g < h->groups; g++) {
        out->group[g].bits = h->bits[g];
        if (h->bits[g])
            out->group[g].word = arena_new(a, n * (h->bits[g] / 64), uint64_t);
    }
    out->present = arena_new(a, n, uint8_t);
    out->gender = h->has_gender ? arena_new(a, n, uint8_t) : NULL;
    out->age = h->has_age ? arena_new(a, n, uint8_t) : NULL;
}

enum status clk_read(struct clk_header *header, struct encodings *out, const struct source *from, size_t size,
                     struct arena *a, struct err *e)
{
    struct clk_reader *r = NULL;
    struct clk_header h;
    struct encodings x;
    size_t at = 0;
    size_t n = 1;

    TRY(clk_reader_open(&r, &h, from, a, e));
    if (size / clk_record_bytes(&h) < h.n)
        return err_set(e, BAD_INPUT, "%s: cut short: it says %zu people, more than its %zu bytes hold",
                       from->name, h.n, size);
    clk_room(&x, &h, h.n, a);
    while (n > 0) {
        TRY(clk_reader_next(r, &x, at, BLOCK, &n, e));
        at += n;
    }
    *header = h;
    *out = x;
    return OK;
}

enum status clk_write(struct clk_header *h, const struct encodings *x, const struct sink *to, struct arena *a,
                      struct err *e)
{
    struct clk_writer *w = NULL;

    h->n = x->n;
    memset(h->present, 0, sizeof h->present);
    for (size_t i = 0; i < x->n; i++)
        for (size_t g = 0; g < h->groups; g++)
            h->present[g] += x->present[i] >> g & 1;
    TRY(clk_writer_open(&w, h, to, a, e));
    TRY(clk_writer_add(w, x, e));
    return clk_writer_close(w, e);
}

static void record_write(const struct clk_header *h, const struct encodings *x, size_t i, unsigned char *to)
{
    *to++ = x->present[i];
    for (size_t g = 0; g < h->groups; g++)
        for (size_t w = 0; w < h->bits[g] / 64; w++) {
            uint64_t word = filter_of(x, g, i)[w];

            for (int byte = 0; byte < 8; byte++)
                *to++ = (unsigned char)(word >> 8 * byte);
        }
    if (h->has_gender)
        *to++ = x->gender[i];
    if (h->has_age)
        *to++ = x->age[i];
}

static uint64_t word_at(const unsigned char *p)
{
    uint64_t word = 0;

    for (int byte = 0; byte < 8; byte++)
        word |= (uint64_t)p[byte] << 8 * byte;
    return word;
}

/* NULL, or what is wrong with the record. */
static const char *record_read(const struct clk_header *h, const unsigned char *from, struct encodings *x,
                               size_t i)
{
    unsigned known = *from++;

    for (size_t g = 0; g < h->groups; g++) {
        uint64_t any = 0;
        size_t words = h->bits[g] / 64;

        for (size_t w = 0; w < words; w++, from += 8)
            any |= x->group[g].word[i * words + w] = word_at(from);
        if (any && !(known >> g & 1))
            return "has a filter of something that it says is not known";
        if (words == 0 && known >> g & 1)
            return "knows something that the list does not encode";
    }
    if (known >> h->groups)
        return "knows something that no group is for";
    x->present[i] = (uint8_t)known;
    if (h->has_gender && (x->gender[i] = *from++) >= GENDERS)
        return "has a gender that is none of the categories";
    if (h->has_age && (x->age[i] = *from++) >= AGE_CLASSES)
        return "has an age that is none of the categories";
    return NULL;
}

static enum status end_read(struct clk_reader *r, struct err *e)
{
    unsigned char expected[crypto_hash_sha256_BYTES];
    unsigned char found[crypto_hash_sha256_BYTES + 1];
    size_t n = 0;

    crypto_hash_sha256_final(&r->hash, expected);
    TRY(source_fill(&r->from, found, sizeof found, &n, e));
    if (n < sizeof expected)
        return err_set(e, BAD_INPUT, "%s: cut short: its hash at the end is missing", r->from.name);
    if (memcmp(found, expected, sizeof expected) != 0)
        return err_set(e, BAD_INPUT, "%s: changed on the way: its hash is another", r->from.name);
    if (n > sizeof expected)
        return err_set(e, BAD_INPUT, "%s: bytes follow its end", r->from.name);
    for (size_t g = 0; g < r->header.groups; g++)
        if (r->present[g] != r->header.present[g])
            return err_set(e, BAD_INPUT, "%s: says %lld people for a group, and holds %lld", r->from.name,
                           (long long)r->header.present[g], (long long)r->present[g]);
    r->is_ended = true;
    return OK;
}

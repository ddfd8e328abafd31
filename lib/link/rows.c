/* A list whose rows can be read in any order. */
#include "link/rows.h"

#include "base/arena.h"
#include "base/progress.h"
#include "link/clk_file.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 256 };

/* A list being read for the first time. */
struct scan {
    struct rows *rows;
    struct encoder *encoder; /* or NULL */
    struct arena *arena;     /* what is kept */
    struct arena *passing;   /* what is needed for as long as the scan */
    struct arena *scratch;
    uint64_t *print;
    size_t print_room;
    unsigned char key[crypto_shorthash_KEYBYTES];
};

static enum status scan_rows(struct scan *scan, struct progress *p, struct err *e);
static int64_t count_doubles(uint64_t *print, size_t n);

enum status rows_scan(struct rows *out, const struct schema *schema, const char *name, struct str bytes,
                      struct encoder *x, struct arena *a, struct arena *scratch, struct progress *p,
                      struct err *e)
{
    struct scan scan = {.rows = out, .encoder = x, .arena = a, .scratch = scratch};

    scan.passing = arena_open();
    *out = (struct rows){0};
    enum status s = intake_open(&out->intake, schema, name, bytes, a, e);
    if (s == OK) {
        progress_begin(p, "reading", (int64_t)bytes.n);
        s = scan_rows(&scan, p, e);
    }
    if (s == OK) {
        out->doubles = out->n <= ROWS_MOST_COMPARED ? count_doubles(scan.print, out->n) : -1;
        size_t steps = (out->n + ROWS_STEP - 1) / ROWS_STEP;
        const char **start = arena_new(a, steps, const char *);
        int64_t *line = arena_new(a, steps, int64_t);

        if (steps > 0) {
            memcpy(start, out->start, steps * sizeof *start);
            memcpy(line, out->line, steps * sizeof *line);
        }
        out->start = start;
        out->line = line;
        out->end = bytes.p + bytes.n;
        out->reader = out->intake;
    }
    arena_close(scan.passing);
    return s;
}

/* A number that is the same for rows that say the same of a person, under a key of this run alone. */
static uint64_t print_of(const struct person *p, const unsigned char key[crypto_shorthash_KEYBYTES])
{
    unsigned char hash[crypto_shorthash_BYTES];
    uint64_t sum = 0;
    uint64_t whole[5] = {(uint64_t)p->birth.year, (uint64_t)p->birth.month, (uint64_t)p->birth.day,
                         (uint64_t)p->sex, 0};

    for (size_t i = 0; i < p->names.n; i++) {
        uint64_t part = 0;

        crypto_shorthash(hash, (const unsigned char *)p->names.part[i].p, p->names.part[i].n, key);
        memcpy(&part, hash, sizeof part);
        sum += part;
    }
    crypto_shorthash(hash, (const unsigned char *)p->personnummer, strlen(p->personnummer), key);
    memcpy(&whole[4], hash, sizeof hash);
    whole[4] += sum;
    crypto_shorthash(hash, (const unsigned char *)whole, sizeof whole, key);
    memcpy(&sum, hash, sizeof sum);
    return sum;
}

/* Keeps where the row that is read next begins. */
static void keep_start(struct rows *rows, struct arena *a)
{
    size_t at = rows->n / ROWS_STEP;

    if (rows->n % ROWS_STEP != 0)
        return;
    rows->start = arena_grow(a, rows->start, at + 1, &rows->room, sizeof *rows->start);
    rows->line = arena_grow(a, rows->line, at + 1, &rows->line_room, sizeof *rows->line);
    rows->start[at] = rows->intake.in.rest.p;
    rows->line[at] = rows->intake.in.next_line;
}

/* Encodes the person of the row at hand, where there is still room. */
static void keep_encoding(struct scan *scan, const struct person *person)
{
    struct rows *rows = scan->rows;
    size_t chunk = rows->n / ROWS_CHUNK;

    if (!scan->encoder || chunk >= ROWS_MOST_KEPT)
        return;
    if (chunk == rows->chunks)
        encodings_new(&rows->kept[rows->chunks++], rows->intake.schema, ROWS_CHUNK, scan->arena);
    encode_person(scan->encoder, person, rows->n + 1, &rows->kept[chunk], rows->n % ROWS_CHUNK);
}

static void take_person(struct scan *scan, const struct person *person)
{
    struct rows *rows = scan->rows;
    unsigned known = encode_known(rows->intake.schema, person);

    for (size_t g = 0; g < GROUPS; g++)
        rows->present[g] += known >> g & 1;
    rows->known += known != 0;
    if (rows->n < ROWS_MOST_COMPARED) {
        scan->print =
            arena_grow(scan->passing, scan->print, rows->n + 1, &scan->print_room, sizeof *scan->print);
        scan->print[rows->n] = known >> GROUP_NAMES & 1 ? print_of(person, scan->key) : 0;
    }
    keep_encoding(scan, person);
}

static enum status scan_rows(struct scan *scan, struct progress *p, struct err *e)
{
    struct rows *rows = scan->rows;
    struct person person;
    bool has_person = true;

    crypto_shorthash_keygen(scan->key);
    for (;;) {
        size_t left = rows->intake.in.rest.n;

        keep_start(rows, scan->passing);
        arena_reset(scan->scratch);
        TRY(intake_next(&rows->intake, scan->scratch, &person, &has_person, e));
        if (!has_person)
            return OK;
        take_person(scan, &person);
        if (++rows->n > ENCODINGS_MAX_PEOPLE)
            return err_set(e, BAD_INPUT, "%s: more than %d people, the most that a list may hold",
                           rows->intake.in.name, ENCODINGS_MAX_PEOPLE);
        progress_step(p, (int64_t)(left - rows->intake.in.rest.n));
        if (rows->n % BLOCK == 0 && progress_should_stop(p))
            return err_set(e, SYSTEM, "stopped; nothing was written");
    }
}

static int compare_prints(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

/* 0 stands for a row without a name, which is nobody's double. */
static int64_t count_doubles(uint64_t *print, size_t n)
{
    int64_t doubles = 0;

    if (n > 1)
        qsort(print, n, sizeof *print, compare_prints);
    for (size_t i = 1; i < n; i++)
        doubles += print[i] != 0 && print[i] == print[i - 1];
    return doubles;
}

/* Puts the reader before row `i`. */
static enum status seek(struct rows *rows, size_t i, struct arena *scratch, struct err *e)
{
    const char *start = rows->start[i / ROWS_STEP];
    struct csv *csv = &rows->reader.in;
    bool has_row = true;

    arena_reset(scratch);
    csv->rest = (struct str){start, (size_t)(rows->end - start)};
    csv->next_line = rows->line[i / ROWS_STEP];
    csv->arena = scratch;
    for (size_t skip = i % ROWS_STEP; skip > 0; skip--)
        TRY(csv_next(csv, &has_row, e));
    return OK;
}

enum status rows_read(struct rows *rows, size_t i, struct arena *scratch, struct person *out, struct err *e)
{
    bool has_person = false;

    TRY(seek(rows, i, scratch, e));
    return intake_next(&rows->reader, scratch, out, &has_person, e);
}

enum status rows_line(struct rows *rows, size_t i, struct arena *scratch, int64_t *line, struct err *e)
{
    bool has_row = false;

    TRY(seek(rows, i, scratch, e));
    TRY(csv_next(&rows->reader.in, &has_row, e));
    *line = rows->reader.in.line;
    return OK;
}

static uint32_t *draw_order(size_t n, struct arena *a)
{
    uint32_t *order = arena_new(a, n, uint32_t);
    uint64_t draw[BLOCK];

    for (size_t i = 0; i < n; i++) {
        if (i % BLOCK == 0)
            randombytes_buf(draw, sizeof draw);
        size_t k = (size_t)(draw[i % BLOCK] % (i + 1)); /* the remainder's bias is below 2^-40 */

        order[i] = order[k];
        order[k] = (uint32_t)i;
    }
    return order;
}

static void clear_block(struct encodings *x)
{
    for (size_t g = 0; g < x->groups; g++)
        if (x->group[g].bits)
            memset(x->group[g].word, 0, BLOCK * x->group[g].bits / 8);
}

/* Copies number `k` of `from` to number `i` of `to`. */
static void copy_encoding(struct encodings *to, size_t i, const struct encodings *from, size_t k)
{
    for (size_t g = 0; g < to->groups; g++) {
        size_t words = to->group[g].bits / 64;

        if (words)
            memcpy(to->group[g].word + i * words, from->group[g].word + k * words, words * sizeof(uint64_t));
    }
    to->present[i] = from->present[k];
    if (to->gender)
        to->gender[i] = from->gender[k];
    if (to->age)
        to->age[i] = from->age[k];
}

/* The encoding of row `row` as number `i` of `block`: kept from the scan, or made now. */
static enum status encode_row(struct rows *rows, struct encoder *x, size_t row, struct encodings *block,
                              size_t i, struct arena *scratch, struct err *e)
{
    struct person person;

    if (row / ROWS_CHUNK < rows->chunks) {
        copy_encoding(block, i, &rows->kept[row / ROWS_CHUNK], row % ROWS_CHUNK);
        return OK;
    }
    TRY(rows_read(rows, row, scratch, &person, e));
    encode_person(x, &person, row + 1, block, i);
    return OK;
}

enum status rows_encode(struct rows *rows, struct encoder *x, struct clk_writer *w, uint32_t **order,
                        struct arena *a, struct arena *scratch, struct progress *p, struct err *e)
{
    struct encodings block;

    *order = draw_order(rows->n, a);
    encodings_new(&block, rows->intake.schema, BLOCK, a);
    progress_begin(p, "encoding", (int64_t)rows->n);
    for (size_t from = 0; from < rows->n; from += BLOCK) {
        block.n = rows->n - from < BLOCK ? rows->n - from : BLOCK;
        clear_block(&block);
        for (size_t i = 0; i < block.n; i++)
            TRY(encode_row(rows, x, (*order)[from + i], &block, i, scratch, e));
        TRY(clk_writer_add(w, &block, e));
        progress_step(p, (int64_t)block.n);
        if (progress_should_stop(p))
            return err_set(e, SYSTEM, "stopped; nothing was written");
    }
    return OK;
}

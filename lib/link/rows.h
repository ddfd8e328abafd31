/* A list whose rows can be read in any order, so that its people are encoded in an order that says nothing of
 * the rows, and no more of the list is in memory than the person at hand. */
#ifndef LYKTA_LINK_ROWS_H
#define LYKTA_LINK_ROWS_H

#include "link/encode.h"
#include "link/person.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct clk_writer;
struct progress;

enum {
    ROWS_STEP = 8,
    ROWS_CHUNK = 4096,   /* encodings that are kept together */
    ROWS_MOST_KEPT = 64, /* chunks: 50 MiB of the profile grouped */
    ROWS_MOST_COMPARED = 1000000
};

/* Where every eighth row begins, and what the list is like as a whole. `intake` has the account of its
 * columns. */
struct rows {
    struct intake intake;
    struct intake reader; /* reads a row; its account says nothing */
    const char *end;
    size_t n;
    const char **start; /* (n + 7) / 8 */
    int64_t *line;
    size_t room, line_room;
    struct encodings kept[ROWS_MOST_KEPT]; /* of lists that are short enough, encoded as they were read */
    size_t chunks;
    int64_t present[GROUPS]; /* people with each group, as under the profile grouped */
    int64_t known;           /* people of whom anything is known */
    int64_t doubles;         /* rows that say the same as a row before them; -1 for longer lists than
                                ROWS_MOST_COMPARED, where they are not counted */
};

/* Reads the whole of `bytes` once; `name` stands for the list in messages. With an encoder `x` the first
 * ROWS_CHUNK * ROWS_MOST_KEPT people are encoded at once; NULL only looks. What is kept lives in `a`, names
 * only in `scratch`, which is reset with every row. BAD_INPUT for what intake_open and intake_next refuse and
 * for more than ENCODINGS_MAX_PEOPLE rows; REFUSED when `p` was asked to stop. */
enum status rows_scan(struct rows *out, const struct schema *schema, const char *name, struct str bytes,
                      struct encoder *x, struct arena *a, struct arena *scratch, struct progress *p,
                      struct err *e) MUST_USE;

/* The person of row `i`, counted from 0; texts in `scratch`, which is reset before. */
enum status rows_read(struct rows *rows, size_t i, struct arena *scratch, struct person *out,
                      struct err *e) MUST_USE;

/* Encodes all people in a random order (Fisher & Yates, from the system's randomness) into `w`, with the
 * encoder of the scan, if it had one. *order, in `a`, holds the row of each, counted from 0: it stays at the
 * agency. */
enum status rows_encode(struct rows *rows, struct encoder *x, struct clk_writer *w, uint32_t **order,
                        struct arena *a, struct arena *scratch, struct progress *p, struct err *e) MUST_USE;

/* The line of row `i`, counted from 1 for the header. */
enum status rows_line(struct rows *rows, size_t i, struct arena *scratch, int64_t *line,
                      struct err *e) MUST_USE;

#endif

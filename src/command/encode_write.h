/* One run of `lykta encode`, and what it writes. */
#ifndef LYKTA_COMMAND_ENCODE_WRITE_H
#define LYKTA_COMMAND_ENCODE_WRITE_H

#include "command/encode_list.h"
#include "link/rows.h"
#include "link/secret.h"

/* One run of the command. */
struct encoding {
    const struct call *call;
    struct arena *secret; /* names, keys and the encoder */
    struct arena *row;    /* the person at hand */
    struct encode_list list;
    struct schema schema;
    struct secret key;
    struct rows rows;
    struct encoder *encoder; /* NULL for a preview */
    bool is_sealed;
    unsigned char reader[SECRET_READER_BYTES];
};

/* Writes the encodings of x->rows, sealed or not, as x->call asks, and the lines they come from: all whole or
 * not at all. */
enum status encode_write(struct encoding *x, struct err *e) MUST_USE;

#endif

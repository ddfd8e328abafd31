/* A file of results as it was sent: is it of a kind that is taken, by its name and by what it holds?
 *
 * Nothing here unpacks or shows what a file holds: it is kept, and given as an attachment to whoever fetches
 * it. What is in a ZIP file is told by its table of contents. */
#ifndef LYKTA_RESULTS_RESULTS_FILE_H
#define LYKTA_RESULTS_RESULTS_FILE_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum { RESULTS_FILE_BYTES = 5 * 1024 * 1024, RESULTS_ZIP_FILES = 500 };

enum results_part { RESULTS_METHOD, RESULTS_CODE, RESULTS_PARTS };

/* `name` is ours, and says the kind: "metod.pdf", "kod.zip". What somebody calls a file may name a person. */
struct results_file {
    struct str name;
    struct str hash; /* SHA-256 of its bytes, 64 hexadecimal digits */
    int64_t size;    /* bytes */
    struct str bytes;
};

enum results_fault {
    RESULTS_FINE,
    RESULTS_TOO_LARGE,
    RESULTS_WRONG_NAME, /* no kind that is taken for this part ends so */
    RESULTS_OTHERWISE,  /* it does not hold what its name says */
    RESULTS_PERSON      /* a text with a personal identity number in it */
};

/* Judges `bytes`, sent as `filename`, for `part`: RESULTS_FINE fills *out but for its hash; in `a`. */
enum results_fault results_file_judge(enum results_part part, struct str filename, struct str bytes,
                                      struct arena *a, struct results_file *out);

/* "metod" and "kod": how the files of a part begin; "method" and "code": how the database names it. */
const char *results_part_name(enum results_part part);
const char *results_part_code(enum results_part part);

/* The type of a file by its name, for who fetches it. */
const char *results_file_type(struct str name);

/* The names in the ZIP file `bytes`, in `a`. False when it is damaged, encrypted or empty, holds more than
 * RESULTS_ZIP_FILES, or a name that leads out of the folder it is unpacked in. Read by libzip. */
bool results_zip_names(struct str bytes, struct arena *a, struct str **name, size_t *n);

#endif

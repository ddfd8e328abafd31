/* Pooled figures as files, by their names: what the programme's pages offer, to its own people and, when they
 * have been published, to everyone. */
#ifndef LYKTA_PROGRAMME_POOLED_FILES_H
#define LYKTA_PROGRAMME_POOLED_FILES_H

#include "base/err.h"
#include "programme/programme_view.h"
#include "web/language.h"

#include <stddef.h>

struct pooled;
struct pooled_map;
struct text;

/* What is shown or written, for whom. */
struct pooled_edition {
    const struct pooled *pooled;
    const struct pooled_map *map; /* NULL: without */
    enum language language;
};

struct pooled_file {
    const char *name;      /* "tillsammans.pdf" */
    const char *type;      /* its media type */
    const char *file_type; /* in catalogues of open data: "PDF" */
    enum text_key what;    /* "Sidan som den är (PDF)": for a link */
    enum status (*write)(struct text *out, const struct pooled_edition *x, struct err *e);
};

enum { POOLED_FILES = 5 };

extern const struct pooled_file pooled_files[POOLED_FILES];

/* NULL for another name. */
const struct pooled_file *pooled_file_named(struct str name);

/* What a page or file of the figures shows; its layout and addresses are left to the caller. In `a`. */
struct pooled_view pooled_view_of(const struct pooled_edition *x, struct arena *a);

#endif

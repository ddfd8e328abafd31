/* The reports of a release in other programs' formats, made when they are first asked for and kept by the
 * worker for as long as the earlier rounds it is compared with are the same: a release never changes. */
#ifndef LYKTA_PUBLIC_REPORT_FORMATS_H
#define LYKTA_PUBLIC_REPORT_FORMATS_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct series;
struct public_release;
struct release;
struct text;

enum { REPORT_FORMATS = 9 };

struct report_format {
    const char *name;      /* of the file: "rapport.xlsx" */
    const char *type;      /* IANA media type, or the customary one */
    const char *file_type; /* in the European Union's table of file types: "XLSX"; NULL: it does not hold all
                              the figures */
    bool has_maps; /* the whole report to look at: drawn with the release's maps, and not by `write` */
    enum status (*write)(const struct release *r, const struct series *series, struct text *out,
                         struct err *e);
};

extern const struct report_format report_formats[REPORT_FORMATS];

/* The format whose file is called `name`; NULL when there is none. */
const struct report_format *report_format_named(struct str name);

/* The file in `format`. SYSTEM when a library or WeasyPrint cannot make it. */
enum status report_in_format(struct public_release *published, const struct report_format *format,
                             struct str *bytes, struct err *e) MUST_USE;

#endif

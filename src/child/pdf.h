/* Pages as PDF, made by WeasyPrint. */
#ifndef LYKTA_CHILD_PDF_H
#define LYKTA_CHILD_PDF_H

#include "base/err.h"
#include "base/str.h"

struct text;

enum pdf_variant {
    PDF_ACCESSIBLE, /* PDF/UA-1: tagged, as far as WeasyPrint goes */
    PDF_ARCHIVED    /* PDF/A-3b: fonts and colours inside, for decades (ISO 19005-3) */
};

/* Appends the page `html`, which must be whole by itself, to `out` as PDF. It is made by lykta-print, which
 * reaches neither the city's files nor the network (print/bound.h). SYSTEM when that or WeasyPrint is not
 * installed, or it fails, takes more than a minute or makes more than 32 MiB. */
enum status pdf_print(enum pdf_variant variant, struct str html, struct text *out, struct err *e) MUST_USE;

#endif

/* A page of HTML as a PDF, by WeasyPrint. */
#ifndef LYKTA_CHILD_PRINT_H
#define LYKTA_CHILD_PRINT_H

#include "base/err.h"
#include "base/str.h"
#include "base/text.h"

enum print_variant {
    PRINT_ACCESSIBLE, /* PDF/UA-1: tagged, as far as that program goes */
    PRINT_ARCHIVED    /* PDF/A-3b: fonts and colours inside, for decades (ISO 19005-3) */
};

/* Appends the PDF of `html`, which stands alone: nothing is fetched. SYSTEM when WeasyPrint is not installed,
 * fails, takes longer than a minute or writes more than 32 MiB. */
enum status print_pdf(enum print_variant variant, struct str html, struct text *out, struct err *e) MUST_USE;

#endif

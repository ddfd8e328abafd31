/* What a person reads when a page cannot be shown. */
#ifndef LYKTA_WEB_ERROR_H
#define LYKTA_WEB_ERROR_H

#include "base/str.h"
#include "web/language.h"

/* Everything a page about an error shows; `title` and `advice` are texts of web/catalogue.po. */
struct error_view {
    int http_status; /* 400, 403, 404, 405, 413, 422, 431, 500 … */
    struct str language_code;
    enum text_key title;
    enum text_key advice;
    struct str number; /* of the log line, for who is asked to help; empty when it would not help */
    struct str start;  /* the start page in this language */
};

/* The title and advice for `http_status` in `language`; statuses without texts of their own get those of 400
 * or 500. */
struct error_view error_view_of(int http_status, enum language language, struct str number);

#endif

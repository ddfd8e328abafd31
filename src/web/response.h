/* An answer as its handler fills it in. The server adds the security headers, ETag and length. */
#ifndef LYKTA_WEB_RESPONSE_H
#define LYKTA_WEB_RESPONSE_H

#include "base/err.h"
#include "base/str.h"
#include "web/html.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum { RESPONSE_MAX_HEADERS = 8 };

struct response_header {
    const char *name;
    struct str value; /* in `arena`, NUL-ended */
};

/* Plain data, made by the server (response_open) or by a test. What a handler hands over may live in the
 * request's arena: the server copies it before the arena is given back.                                  */
struct response {
    int http_status; /* 200 unless a function below changes it */
    const char *type;
    struct str bytes;
    int fd; /* of a file that is sent instead of `bytes`; -1: none */
    int64_t file_bytes;
    size_t n_headers;
    struct response_header headers[RESPONSE_MAX_HEADERS];
    struct html page;
    bool is_corrected; /* by response_correct or response_told: the page stands, though the status is a
                          fault's */
    struct arena *arena;
};

/* An empty answer whose page is written into `page_buffer`, emptied. */
struct response response_open(struct text page_buffer, const struct catalogue *texts, struct arena *a);

/* The page to write: page_plan(response_page(out), &view). Its bytes become the answer. */
struct html *response_page(struct response *out);

/* Bytes of another type: "application/json", "text/csv; charset=utf-8". */
void response_bytes(struct response *out, const char *type, struct str bytes);

/* `file_bytes` bytes of the open file `fd`, sent without being read into memory; the server closes it. */
void response_file(struct response *out, const char *type, int fd, int64_t file_bytes);

/* `svg`, a drawing without scripts and with its style inside, that other sites may show in their pages. */
void response_drawing(struct response *out, struct str svg);

/* The browser saves the answer under `filename`; what is not a letter, digit, - _ . becomes _. */
void response_download(struct response *out, struct str filename);

/* 303: the browser goes on to `address`, one of our own (what html_is_safe_url says begins with /). Returns
 * OK, for the handler's return. */
enum status response_redirect(struct response *out, struct str address);

/* 303 to another site: for sign-in at a provider alone, whose address (https) the city has chosen. Never from
 * a form: our content security policy lets forms lead to our own pages only. Returns OK. */
enum status response_leave(struct response *out, struct str address);

/* `http_status`, 400-599, with the page that is written: what went wrong, in the room's own words. Returns
 * OK.
 */
enum status response_told(struct response *out, int http_status);

/* 301: what was asked for has moved to `address`, one of our own, for good. Returns OK. */
enum status response_moved(struct response *out, struct str address);

/* 422 with the page that is written: a form to be corrected, with what was typed. Returns OK. */
enum status response_correct(struct response *out);

/* The error page for `http_status`, 400-599, instead of anything written so far. Returns OK. */
enum status response_error(struct response *out, int http_status);

/* Another header, such as Set-Cookie, instead of one that the server adds to every answer; `name` is a
 * literal. Ends the process when `value` holds a line end. */
void response_header(struct response *out, const char *name, struct str value);

#endif

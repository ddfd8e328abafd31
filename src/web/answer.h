/* What goes out on the wire: an answer with the headers that every answer has. */
#ifndef LYKTA_WEB_ANSWER_H
#define LYKTA_WEB_ANSWER_H

#include "base/str.h"
#include "web/response.h"

#include <microhttpd.h>

#include <stdbool.h>
#include <stdint.h>

/* `bytes` and the headers' values live until the answer has been sent: they are not copied. */
struct answer {
    int http_status;
    const char *type; /* NULL: without a body */
    struct str bytes;
    int fd; /* sent instead of `bytes`, and closed; -1: none */
    int64_t file_bytes;
    const char *caching; /* Cache-Control */
    size_t n_headers;
    const struct response_header *headers;
};

/* Queues `a` with the security headers, but for those it has in its own way (response_drawing). MHD_NO, which
 * closes the connection, when there is no memory. */
enum MHD_Result answer_send(struct MHD_Connection *connection, const struct answer *a);

/* "0123456789abcdef" in quotes: the same for the same bytes. */
void answer_etag(struct str bytes, char out[19]);

#endif

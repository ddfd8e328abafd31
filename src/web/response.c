/* An answer as its handler fills it in. */
#include "web/response.h"

#include "base/arena.h"

#include <assert.h>
#include <string.h>

struct response response_open(struct text page_buffer, const struct catalogue *texts, struct arena *a)
{
    page_buffer.n = 0;
    return (struct response){
        .http_status = 200,
        .type = "text/html; charset=utf-8",
        .fd = -1,
        .page = {.out = page_buffer, .texts = texts},
        .arena = a,
    };
}

struct html *response_page(struct response *out)
{
    return &out->page;
}

void response_bytes(struct response *out, const char *type, struct str bytes)
{
    out->type = type;
    out->bytes = bytes;
}

void response_file(struct response *out, const char *type, int fd, int64_t file_bytes)
{
    assert(fd >= 0 && file_bytes >= 0);
    out->type = type;
    out->fd = fd;
    out->file_bytes = file_bytes;
}

void response_drawing(struct response *out, struct str svg)
{
    response_bytes(out, "image/svg+xml", svg);
    response_header(out, "Content-Security-Policy",
                    S("default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"));
    response_header(out, "Cross-Origin-Resource-Policy", S("cross-origin"));
}

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
}

void response_download(struct response *out, struct str filename)
{
    struct text value = text_open(out->arena);

    text_lit(&value, "attachment; filename=\"");
    for (size_t i = 0; i < filename.n; i++) {
        if (is_plain(filename.p[i]))
            text_byte(&value, filename.p[i]);
        else
            text_byte(&value, '_');
    }
    text_byte(&value, '"');
    response_header(out, "Content-Disposition", text_str(&value));
}

enum status response_redirect(struct response *out, struct str address)
{
    assert(html_is_safe_url(address) && address.p[0] == '/');
    out->http_status = 303;
    out->page.out.n = 0;
    response_header(out, "Location", address);
    return OK;
}

enum status response_moved(struct response *out, struct str address)
{
    TRY(response_redirect(out, address));
    out->http_status = 301;
    return OK;
}

enum status response_leave(struct response *out, struct str address)
{
    assert(html_is_safe_url(address) && str_starts(address, S("https://")));
    out->http_status = 303;
    out->page.out.n = 0;
    response_header(out, "Location", address);
    return OK;
}

enum status response_told(struct response *out, int http_status)
{
    assert(http_status >= 400 && http_status <= 599);
    out->http_status = http_status;
    out->is_corrected = true;
    return OK;
}

enum status response_correct(struct response *out)
{
    return response_told(out, 422);
}

enum status response_error(struct response *out, int http_status)
{
    assert(http_status >= 400 && http_status <= 599);
    out->http_status = http_status;
    return OK;
}

void response_header(struct response *out, const char *name, struct str value)
{
    if (memchr(value.p, '\n', value.n) || memchr(value.p, '\r', value.n) || memchr(value.p, '\0', value.n))
        die("the header %s of an answer holds a line end", name);
    assert(out->n_headers < RESPONSE_MAX_HEADERS);
    out->headers[out->n_headers++] = (struct response_header){name, str_copy(value, out->arena)};
}

/* What goes out on the wire. */
#include "web/answer.h"

#include <sodium.h>

#include <string.h>

/* Nothing but what we serve ourselves runs, is shown or is sent to; nobody may frame us or learn where a
 * reader came from. (OWASP ASVS 5.0, V3.4) */
static const struct {
    const char *name;
    const char *value;
} security_headers[] = {
    {"Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
                                "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
                                "require-trusted-types-for 'script'"},
    {"X-Frame-Options", "DENY"}, /* for browsers older than frame-ancestors */
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy",
     "accelerometer=(), autoplay=(), bluetooth=(), browsing-topics=(), camera=(), clipboard-read=(), "
     "display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), "
     "hid=(), "
     "idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), "
     "picture-in-picture=(), screen-wake-lock=(), serial=(), usb=(), web-share=(), xr-spatial-tracking=()"},
    {"Strict-Transport-Security", "max-age=31536000; includeSubDomains"},
};

/* Does the answer say it itself, in its own way? */
static bool has_own(const struct answer *a, const char *name)
{
    for (size_t i = 0; i < a->n_headers; i++)
        if (strcmp(a->headers[i].name, name) == 0)
            return true;
    return false;
}

static bool add_headers(struct MHD_Response *response, const struct answer *a)
{
    bool is_done = true;

    for (size_t i = 0; i < sizeof security_headers / sizeof security_headers[0]; i++)
        if (!has_own(a, security_headers[i].name))
            is_done = MHD_add_response_header(response, security_headers[i].name,
                                              security_headers[i].value) == MHD_YES &&
                      is_done;
    is_done = MHD_add_response_header(response, "Cache-Control", a->caching) == MHD_YES && is_done;
    if (a->type)
        is_done = MHD_add_response_header(response, "Content-Type", a->type) == MHD_YES && is_done;
    for (size_t i = 0; i < a->n_headers; i++)
        is_done = MHD_add_response_header(response, a->headers[i].name, a->headers[i].value.p) == MHD_YES &&
                  is_done;
    return is_done;
}

enum MHD_Result answer_send(struct MHD_Connection *connection, const struct answer *a)
{
    enum MHD_Result queued = MHD_NO;
    struct MHD_Response *response =
        a->fd >= 0 ? MHD_create_response_from_fd64((uint64_t)a->file_bytes, a->fd)
                   : MHD_create_response_from_buffer(a->bytes.n, (void *)a->bytes.p, MHD_RESPMEM_PERSISTENT);

    if (!response)
        return MHD_NO;
    if (add_headers(response, a))
        queued = MHD_queue_response(connection, (unsigned)a->http_status, response);
    MHD_destroy_response(response);
    return queued;
}

void answer_etag(struct str bytes, char out[19])
{
    /* A key that everybody knows: an ETag tells bytes apart and proves nothing. */
    static const unsigned char key[crypto_shorthash_KEYBYTES] = "Lykta page ETag";
    unsigned char hash[crypto_shorthash_BYTES];

    crypto_shorthash(hash, (const unsigned char *)bytes.p, bytes.n, key);
    out[0] = '"';
    sodium_bin2hex(out + 1, 17, hash, sizeof hash);
    memcpy(out + 17, "\"", 2);
}

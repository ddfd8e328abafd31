/* Addresses for letters and numbers for calls. */
#include "network/email.h"

#include "base/arena.h"

#include <string.h>

static bool is_plain(struct str part)
{
    if (part.n == 0 || part.p[0] == '.' || part.p[part.n - 1] == '.')
        return false;
    for (size_t i = 0; i < part.n; i++) {
        unsigned char c = (unsigned char)part.p[i];

        if (c <= ' ' || c == 0x7f || strchr("()<>[]:;@\\,\"", c) || (c == '.' && part.p[i + 1] == '.'))
            return false;
    }
    return true;
}

static bool is_domain(struct str domain)
{
    struct str label;
    size_t labels = 0;

    for (bool has_more = true; has_more; labels++) {
        has_more = str_cut(domain, '.', &label, &domain);
        if (label.n == 0 || label.n > 63 || label.p[0] == '-' || label.p[label.n - 1] == '-')
            return false;
        for (size_t i = 0; i < label.n; i++) {
            unsigned char c = (unsigned char)label.p[i];
            bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;

            if (!is_letter && !(c >= '0' && c <= '9') && c != '-')
                return false;
        }
    }
    return labels >= 2;
}

bool email_is_valid(struct str text)
{
    struct str local;
    struct str domain;

    return text.n <= EMAIL_MAX_BYTES && str_is_utf8(text) && str_cut(text, '@', &local, &domain) &&
           local.n <= 64 && is_plain(local) && is_domain(domain);
}

struct str email_canonical(struct str text, struct arena *a)
{
    char *p = arena_cstr(a, text.p, text.n);
    bool is_after = false;

    for (size_t i = 0; i < text.n; i++) {
        is_after = is_after || p[i] == '@';
        if (is_after && p[i] >= 'A' && p[i] <= 'Z')
            p[i] = (char)(p[i] - 'A' + 'a');
    }
    return (struct str){p, text.n};
}

bool phone_is_valid(struct str text)
{
    int digits = 0;

    if (text.n > PHONE_MAX_BYTES)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];

        digits += c >= '0' && c <= '9';
        if ((c < '0' || c > '9') && !(c == '+' && i == 0) && !strchr(" -/().", c))
            return false;
    }
    return digits >= 5 && digits <= 15;
}

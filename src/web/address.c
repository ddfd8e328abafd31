/* E-mail addresses. */
#include "web/address.h"

#include <string.h>

enum { LOCAL_MAX_BYTES = 64, LABEL_MAX_BYTES = 63 };

static bool is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Pieces of atext with single dots between them. */
static bool is_dot_atom(struct str s)
{
    if (s.n == 0 || s.n > LOCAL_MAX_BYTES || s.p[0] == '.' || s.p[s.n - 1] == '.')
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.' && s.p[i + 1] == '.')
            return false;
        if (s.p[i] != '.' && !is_alnum(s.p[i]) && (s.p[i] == '\0' || !strchr("!#$%&'*+-/=?^_`{|}~", s.p[i])))
            return false;
    }
    return true;
}

static bool is_label(struct str s)
{
    if (s.n == 0 || s.n > LABEL_MAX_BYTES || s.p[0] == '-' || s.p[s.n - 1] == '-')
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!is_alnum(s.p[i]) && s.p[i] != '-')
            return false;
    return true;
}

static bool is_host(struct str s)
{
    struct str label;
    size_t labels = 0;
    bool has_more = true;

    while (has_more) {
        has_more = str_cut(s, '.', &label, &s);
        if (!is_label(label))
            return false;
        labels++;
    }
    return labels >= 2;
}

bool address_is_valid(struct str s)
{
    struct str local;
    struct str host;

    return s.n <= ADDRESS_MAX_BYTES && str_cut(s, '@', &local, &host) && is_dot_atom(local) && is_host(host);
}

struct str address_normal(struct str s, struct arena *a)
{
    struct str out = str_copy(str_trim(s), a);
    char *p = (char *)out.p;

    for (size_t i = 0; i < out.n; i++)
        if (p[i] >= 'A' && p[i] <= 'Z')
            p[i] = (char)(p[i] - 'A' + 'a');
    return out;
}

struct str address_host(struct str s)
{
    struct str local;
    struct str host;

    return str_cut(s, '@', &local, &host) ? host : S("");
}

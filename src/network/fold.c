/* Text as it is compared and searched. */
#include "network/fold.h"

#include "base/arena.h"
#include "base/err.h"

#include <stdlib.h>

#include <utf8proc.h>

struct str fold(struct str text, struct arena *a)
{
    const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                                      UTF8PROC_CASEFOLD | UTF8PROC_IGNORE | UTF8PROC_LUMP;
    utf8proc_uint8_t *folded = NULL;

    if (text.n == 0)
        return S("");
    utf8proc_ssize_t n =
        utf8proc_map((const utf8proc_uint8_t *)text.p, (utf8proc_ssize_t)text.n, &folded, options);
    if (n == UTF8PROC_ERROR_NOMEM)
        give_up("out of memory: a text of %zu bytes", text.n);
    if (n < 0)
        die("text that is not UTF-8 reached a comparison: %s", utf8proc_errmsg(n));
    struct str out = str_copy((struct str){(const char *)folded, (size_t)n}, a);
    free(folded);
    return out;
}

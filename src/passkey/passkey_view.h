/* What the pages of passkeys show. */
#ifndef LYKTA_PASSKEY_PASSKEY_VIEW_H
#define LYKTA_PASSKEY_PASSKEY_VIEW_H

#include "base/date.h"
#include "base/str.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>

/* Signing in. */
struct passkey_enter_view {
    struct layout layout;
    bool is_offered; /* the city's address is one that browsers keep passkeys for */
    bool has_failed;
    struct str host, script_href, target, action, password_href;
};

struct passkey_row {
    struct str name;
    struct date made, used; /* used.year 0: never */
    struct str remove_href;
};

/* One's own. */
struct passkey_own_view {
    struct layout layout;
    bool is_offered;
    bool has_failed;
    struct str host, city, person, account, known, script_href, action, back;
    size_t passkeys;
    const struct passkey_row *passkey;
};

#endif

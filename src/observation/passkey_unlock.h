/* Unlocking with a passkey: on the inbox, where it is asked for, and on the recipients' page, where one is
 * let to open the key and all are taken away again. */
#ifndef LYKTA_OBSERVATION_PASSKEY_UNLOCK_H
#define LYKTA_OBSERVATION_PASSKEY_UNLOCK_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct keyring;
struct request;
struct response;

/* What a page needs to ask a browser's device. */
struct passkey_unlock_view {
    bool is_offered;  /* browsers keep passkeys for where the city is served */
    size_t passkeys;  /* that open this recipient's key */
    struct str known; /* their ids, as the browser's script reads them */
    struct str host, script_href, question;
    struct str unlock_action, make_action, remove_action;
};

enum status passkey_unlock_view(const struct request *r, struct keyring *k, int64_t recipient,
                                struct passkey_unlock_view *out, struct err *e) MUST_USE;

enum status passkey_unlock_take(const struct request *r, struct response *out, struct err *e);
enum status passkey_unlock_make(const struct request *r, struct response *out, struct err *e);
enum status passkey_unlock_remove(const struct request *r, struct response *out, struct err *e);

#endif

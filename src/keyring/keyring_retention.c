/* What is forgotten when of who holds shares. */
#include "keyring/keyring_retention.h"

#include <stddef.h>

/* Three months for asking where the paper is; somebody else is then to be named. */
#define OF_WHO_LEFT                                                                                          \
    "from share_holder where account in (select id from person where state = 'closed' and signed_in_at < $1)"

const struct retention_rule keyring_retention[] = {
    {.class = "keyring.holder",
     .what = "who held a share of the recovery key, after they signed in for the last time and their account "
             "was closed",
     .ground = "GDPR 5.1 e: who has left is not called for a share any more",
     .stays = "the naming, in the audit log",
     .kept = {.months = 3},
     .count = "select count(*) " OF_WHO_LEFT,
     .erase = {"delete " OF_WHO_LEFT}},
    {.class = NULL},
};

/* What the outbox deletes when. */
#include "mail/mail_retention.h"

#include <stddef.h>

/* Letters that wait are not due: they are sent, or given up after five days. An address that has said no to
 * mailings is kept for as long as it says so, or it would get them again. */
const struct retention_rule mail_retention[] = {
    {.class = "mail.letter",
     .what = "letters that were sent, or could not be",
     .ground = "GDPR 5.1 e: a letter is kept for as long as somebody may ask where it is",
     .kept = {.days = 7},
     .count = "select count(*) from mail_letter where state in ('sent', 'failed', 'unsure') and "
              "state_at < $1",
     .erase = {"delete from mail_letter where state in ('sent', 'failed', 'unsure') and state_at < $1"}},
    {.class = "mail.address",
     .what = "addresses that letters did not reach",
     .ground = "GDPR 5.1 d: an address that failed a year ago may work again",
     .stays = "an address that has said no to mailings, for as long as it says so",
     .kept = {.months = 12},
     .count = "select count(*) from mail_address where failed_at < $1",
     .erase = {"delete from mail_address where failed_at < $1 and unsubscribed_at is null",
               "update mail_address set failed_at = null, reason = '' where failed_at < $1"}},
    {.class = NULL},
};

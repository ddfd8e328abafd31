/* The page that shows new recovery codes, once. */
#ifndef LYKTA_ACCOUNT_RECOVERY_PAGE_H
#define LYKTA_ACCOUNT_RECOVERY_PAGE_H

#include "account/second_factor.h"

struct request;
struct response;

/* `target`: where the reader goes on to; empty: the page of the account. */
void recovery_codes_show(const struct request *r, struct response *out,
                         const struct str codes[RECOVERY_CODES], struct str target);

#endif

/* Order as in Swedish, by ICU. */
#include "store/collation.h"

#include <stddef.h>

#include <unicode/ucol.h>

static int compare(void *collator, int a_bytes, const void *a, int b_bytes, const void *b)
{
    UErrorCode outcome = U_ZERO_ERROR;

    return (int)ucol_strcollUTF8(collator, a, a_bytes, b, b_bytes, &outcome);
}

static void forget(void *collator)
{
    ucol_close(collator);
}

enum status collation_add(sqlite3 *handle, struct err *e)
{
    UErrorCode outcome = U_ZERO_ERROR;
    UCollator *collator = ucol_open("sv", &outcome);

    if (U_FAILURE(outcome))
        return err_set(e, SYSTEM, "the order of Swedish letters cannot be had from ICU: %s",
                       u_errorName(outcome));
    if (sqlite3_create_collation_v2(handle, "sv-x-icu", SQLITE_UTF8, collator, compare, forget) != SQLITE_OK)
        return err_set(e, SYSTEM, "the database does not take the order of Swedish letters: %s",
                       sqlite3_errmsg(handle));
    return OK;
}

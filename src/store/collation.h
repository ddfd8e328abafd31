/* Order as in Swedish: å, ä and ö come after z, and every script has its place (ICU, locale "sv").
 *
 * SQL asks for it with `collate "sv-x-icu"`, the name PostgreSQL has for the same order. It stands in `order
 * by` alone and never in an index: the order may change with the version of ICU, and an index would then be
 * wrong. */
#ifndef LYKTA_STORE_COLLATION_H
#define LYKTA_STORE_COLLATION_H

#include "base/err.h"

#include <sqlite3.h>

/* Gives the connection the order; it is taken away when the connection closes. SYSTEM when ICU lacks the
 * data. */
enum status collation_add(sqlite3 *handle, struct err *e) MUST_USE;

#endif

/* The example city's network: an agreement, and a few organisations that are not there. */
#ifndef LYKTA_NETWORK_NETWORK_EXAMPLE_H
#define LYKTA_NETWORK_NETWORK_EXAMPLE_H

#include "base/err.h"
#include "store/audit.h"

struct db;

/* Publishes the agreement's template, and adds members and listed organisations, each with "exempel" in its
 * name and addresses that no letter reaches (RFC 2606). */
enum status network_example(struct db *db, const struct who *who, struct err *e) MUST_USE;

#endif

/* Where the ledger of a programme has its releases: what src/programme/ledger.c and taking.c share. */
#ifndef LYKTA_PROGRAMME_LEDGER_H
#define LYKTA_PROGRAMME_LEDGER_H

#include "base/err.h"
#include "base/str.h"

#include <stddef.h>

struct arena;
struct city;
struct db;

/* The folder where all releases lie, made when it is not there yet; in `a`. */
enum status ledger_folder(const struct city *programme, struct arena *a, const char **folder,
                          struct err *e) MUST_USE;

/* The folder of the release with this manifest; in `a`. */
const char *ledger_place(const struct city *programme, struct str manifest_hash, struct arena *a);

/* The folders of all releases that were taken, the earliest first: *path has room for PROGRAMME_MAX_RELEASES,
 * of which *n are used. In `a`. */
enum status ledger_paths(const struct city *programme, struct db *db, struct arena *a, const char ***path,
                         size_t *n, struct err *e) MUST_USE;

#endif

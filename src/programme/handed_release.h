/* A release that a form brings as files, taken as programme_take takes a folder.
 *
 * Browsers send the names of files without their folders, so the folder is put together again: the files that
 * lie in a release's folder itself have names of their own (docs/release-format.md), and every other one lies
 * in its tables/. Where a file is put decides nothing: the signed manifest names each with its place and its
 * hash, and programme_take reads the folder as it would from anybody. */
#ifndef LYKTA_PROGRAMME_HANDED_RELEASE_H
#define LYKTA_PROGRAMME_HANDED_RELEASE_H

#include "base/err.h"
#include "base/str.h"
#include "programme/arrival.h"
#include "release/bundle.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct city;
struct db;
struct who;

enum {
    HANDED_MOST_FILES = BUNDLE_MAX_FILES + 2, /* with manifest.json and manifest.sig */
    HANDED_MOST_BYTES = 16 << 20              /* together: what a form may make the server hold in memory */
};

struct handed_file {
    struct str name; /* as the sender says: never opened before it is found to be a release's */
    struct str bytes;
    bool is_table; /* was chosen among the files of tables/ */
};

enum handed_fault {
    HANDED_TAKEN, /* nothing is wrong: it is in the ledger */
    HANDED_NOTHING,
    HANDED_TOO_MANY,
    HANDED_TOO_LARGE,
    HANDED_NAME,  /* `detail` is a name that no file of a release has */
    HANDED_TWICE, /* `detail` is the name of two of them */
    HANDED_NO_MANIFEST,
    HANDED_NO_SIGNATURE,
    HANDED_REFUSED /* the release itself: `arrival` says why, and `detail` its sentence in English */
};

struct handed {
    enum handed_fault fault;
    enum arrival_fault arrival;
    struct str detail;
    struct str municipality; /* what a release that is whole says of itself, as is */
    struct str public_key;   /* the key that it is signed with, 64 hexadecimal digits */
};

/* Takes the release whose files are `file[n]`. OK with what became of it in *out, in `a`: when that is not
 * HANDED_TAKEN nothing has been kept. SYSTEM when the disk or the database fails. `db` must be in a change:
 * the folder in which the files lie meanwhile is one, and who writes to the database has it. */
enum status handed_release_take(const struct city *programme, struct db *db, const struct handed_file *file,
                                size_t n, const struct who *who, struct arena *a, struct handed *out,
                                struct err *e) MUST_USE;

#endif

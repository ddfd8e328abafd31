/* A signed folder: files, a manifest with their sizes and hashes, and a signature of the manifest.
 *
 *   manifest.json   facts about the whole and a list "files" of name, bytes and sha256
 *   manifest.sig    the public key, the SHA-256 of manifest.json and an Ed25519 signature of its bytes (RFC
 * 8032), as text the files       in the folder itself or in tables/
 *
 * Any byte changed, file missing and file added is found and named.                                        */
#ifndef LYKTA_RELEASE_BUNDLE_H
#define LYKTA_RELEASE_BUNDLE_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct json;
struct key;

enum {
    BUNDLE_MAX_FILES = 32,
    BUNDLE_MAX_BYTES = 32 << 20,       /* of a file */
    BUNDLE_MAX_TOTAL_BYTES = 64 << 20, /* of all of them */
    BUNDLE_HASH_HEX = 64,
    BUNDLE_KEY_HEX = 64
};

struct bundle_file {
    struct str name; /* "estimate.json", "tables/lists.csv": letters, digits, "." "_" "-" */
    struct str bytes;
};

struct bundle {
    size_t files;
    struct bundle_file file[BUNDLE_MAX_FILES];
    struct str manifest;      /* the bytes of manifest.json */
    struct str manifest_hash; /* its SHA-256 in hexadecimal */
    struct str public_key;    /* in hexadecimal */
};

/* May a file of a release be called so? "tables/" and letters, digits, "." "_" "-": a name that can lead
 * nowhere but into the folder and its tables/. */
bool bundle_is_file_name(struct str name);

/* Adds a file. Its name and bytes must outlive the bundle. */
void bundle_add(struct bundle *b, const char *name, struct str bytes);

/* The bytes of the file `name`; BAD_INPUT when there is none. */
enum status bundle_find(const struct bundle *b, const char *name, struct str *bytes, struct err *e) MUST_USE;

/* Writes the list of files, "files": [...], into the manifest being made. */
void bundle_put_files(const struct bundle *b, struct json *manifest);

/* Signs b->manifest and writes all to the new folder `path`, whole or not at all; sets manifest_hash and
 * public_key. SYSTEM when the disk is full or may not be written; BAD_INPUT when there is something at
 * `path`. */
enum status bundle_write(struct bundle *b, const char *path, const struct key *key, struct arena *a,
                         struct err *e) MUST_USE;

/* Reads and verifies the folder at `path`: the signature, by `public_key` or, when that is empty, by the key
 * in it; then every file's size and hash; then that nothing else is there. Everything is in `a`. BAD_INPUT
 * names the first file that is wrong: "tables/lists.csv: changed: …". */
enum status bundle_read(const char *path, struct str public_key, struct arena *a, struct bundle *out,
                        struct err *e) MUST_USE;

#endif

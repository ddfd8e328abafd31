/* Where a database is: the path of a file (SQLite), or an address of PostgreSQL,
 *
 *     postgresql://lykta@db.example/lykta?sslmode=verify-full#lykta_1280
 *
 * in the form that PostgreSQL's own programs take, with the schema that holds the city after "#". A password
 * is never part of it: it stands in a password file (`passfile`, or ~/.pgpass) or the server needs none. */
#ifndef LYKTA_STORE_DB_ADDRESS_H
#define LYKTA_STORE_DB_ADDRESS_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum { SCHEMA_MAX_BYTES = 63 };

struct db_address {
    const char *server; /* what PostgreSQL's library takes */
    const char *schema; /* lower-case letters, digits and "_"; "" when the address names none */
};

/* Is `text` the address of a server, and not a path? */
bool db_is_address(const char *text);

/* Divides the address `text`; in `a`. BAD_INPUT when it is not one, holds a password, or its schema is not a
 * name; the sentence never repeats a password. */
enum status db_address_read(const char *text, struct arena *a, struct db_address *out,
                            struct err *e) MUST_USE;

/* A city's own address: `text` with the schema lykta_CODE where it names none; in `a`. BAD_INPUT when it is
 * no address. */
enum status db_address_complete(struct str text, struct str municipality, struct arena *a, struct str *out,
                                struct err *e) MUST_USE;

/* The files that a connection to `text` may read: a password file, certificates, keys, as the address, the
 * environment and PostgreSQL's habits name them; in `a`. Fills path[most], and returns how many there are. */
size_t db_address_files(const char *text, struct arena *a, const char **path, size_t most);

#endif

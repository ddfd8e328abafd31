/* Where a database is. */
#include "store/db_address.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

#include <libpq-fe.h>

bool db_is_address(const char *text)
{
    return str_starts(str_of(text), S("postgresql://")) || str_starts(str_of(text), S("postgres://"));
}

static bool is_schema(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz_0123456789";
    const size_t n = strlen(name);

    return n > 0 && n <= SCHEMA_MAX_BYTES && strspn(name, letters) == n && strspn(name, "0123456789") == 0 &&
           strncmp(name, "pg_", 3) != 0; /* PostgreSQL's own begin so */
}

/* The sentence of PostgreSQL's library may repeat the address, and with it a password: it is not shown. */
static enum status check_server(const char *server, struct err *e)
{
    char *why = NULL;
    PQconninfoOption *options = PQconninfoParse(server, &why);
    bool has_password = false;

    PQfreemem(why);
    if (!options)
        return err_set(e, BAD_INPUT,
                       "the database's address is not one of PostgreSQL: expected "
                       "postgresql://USER@HOST/DATABASE");
    for (const PQconninfoOption *o = options; o->keyword; o++)
        if (o->val && (strcmp(o->keyword, "password") == 0 || strcmp(o->keyword, "sslpassword") == 0))
            has_password = true;
    PQconninfoFree(options);
    if (has_password)
        return err_set(e, BAD_INPUT,
                       "the database's address holds a password, which anybody can read there: write it in a "
                       "password file (~/.pgpass, or ?passfile=FILE) and take it out of the address");
    return OK;
}

enum status db_address_read(const char *text, struct arena *a, struct db_address *out, struct err *e)
{
    const char *mark = strrchr(text, '#');
    struct db_address found = {.server = mark ? arena_cstr(a, text, (size_t)(mark - text)) : text,
                               .schema = mark ? arena_cstr(a, mark + 1, strlen(mark + 1)) : ""};

    TRY(check_server(found.server, e));
    if (mark && !is_schema(found.schema))
        return err_set(
            e, BAD_INPUT,
            "the database's address: after # stands the name of a schema: at most %d small letters "
            "a-z, digits and _, a letter first",
            (int)SCHEMA_MAX_BYTES);
    *out = found;
    return OK;
}

enum status db_address_complete(struct str text, struct str municipality, struct arena *a, struct str *out,
                                struct err *e)
{
    const char *address = arena_cstr(a, text.p, text.n);
    struct db_address parts;

    if (!db_is_address(address))
        return err_set(e, BAD_INPUT,
                       "a database's address is that of PostgreSQL: postgresql://USER@HOST/DATABASE");
    TRY(db_address_read(address, a, &parts, e));
    if (parts.schema[0] == '\0')
        text = str_of(arena_printf(a, "%s#lykta_%.*s", address, STR(municipality)));
    *out = text;
    return OK;
}

/* An option that is a path names a file, or the folder of a socket, which is not read. */
static size_t add_files(PQconninfoOption *options, struct arena *a, const char **path, size_t most)
{
    size_t n = 0;

    for (const PQconninfoOption *o = options; o && o->keyword && n < most; o++)
        if (o->val && o->val[0] == '/' && strcmp(o->keyword, "host") != 0)
            path[n++] = arena_cstr(a, o->val, strlen(o->val));
    PQconninfoFree(options);
    return n;
}

size_t db_address_files(const char *text, struct arena *a, const char **path, size_t most)
{
    static const char *const usual[] = {".pgpass", ".postgresql"};
    const char *home = getenv("HOME");
    struct db_address address;
    struct err e;
    char *why = NULL;
    size_t n = 0;

    if (db_address_read(text, a, &address, &e) != OK)
        return 0;
    n = add_files(PQconninfoParse(address.server, &why), a, path, most);
    PQfreemem(why);
    n += add_files(PQconndefaults(), a, path + n, most - n);
    for (size_t i = 0; home && i < sizeof usual / sizeof *usual && n < most; i++)
        path[n++] = arena_printf(a, "%s/%s", home, usual[i]);
    return n;
}

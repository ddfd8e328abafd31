/* A city's database, moved from one engine to the other. */
#include "store/city_copy.h"

#include "base/arena.h"
#include "base/file.h"
#include "store/city.h"
#include "store/db_address.h"
#include "store/migrate.h"

static enum status note(struct db *to, const struct who *who, const struct db_content *content,
                        struct arena *a, struct err *e)
{
    const char *rows =
        arena_printf(a, "%lld rows in %lld tables", (long long)content->rows, (long long)content->tables);
    const struct audit_line line = {.who = *who, .action = "city.copy", .detail = str_of(rows)};

    return audit_note(to, &line, e);
}

static enum status fill(struct city *city, struct db *to, const struct who *who,
                        const struct progress *progress, struct db_content *out, struct err *e)
{
    struct db *from = NULL;
    size_t applied = 0;
    enum status s = migrate(to, migrations, who->now_at, &applied, e);

    if (s == OK)
        s = city_connect(city, DB_READ, &from, e);
    if (s == OK)
        s = db_hold(from, e);
    if (s == OK)
        s = db_transfer(from, to, progress, out, e);
    db_close(from);
    return s == OK ? note(to, who, out, city->arena, e) : s;
}

static enum status name_database(const struct city *city, struct str address, struct arena *a, struct err *e)
{
    const char *name = city_file(city, "lykta.conf", a);
    struct str conf;

    TRY(file_read(name, CONFIG_MAX_BYTES, a, &conf, e));
    return file_write(name, config_with_database(conf, address, a), 0600, e);
}

static enum status make(struct city *city, const char *path, struct str address, const struct who *who,
                        const struct progress *progress, struct db_content *out, struct err *e)
{
    struct db *to = NULL;

    TRY(db_open(path, DB_CREATE, &to, e));
    enum status s = fill(city, to, who, progress, out, e);
    db_close(to);
    if (s == OK)
        s = name_database(city, address, city->arena, e);
    if (s != OK)
        db_discard(path);
    return s;
}

enum status city_copy(struct city *city, struct str address, const struct who *who,
                      const struct progress *progress, struct db_content *out, struct err *e)
{
    const char *path = city_file(city, "lykta.db", city->arena);

    if (address.n > 0) {
        TRY(db_address_complete(address, city->municipality, city->arena, &address, e));
        path = arena_cstr(city->arena, address.p, address.n);
    }
    /* The city's one write lock: who writes otherwise would write to what is left behind. */
    TRY(db_begin(city->db, e));
    return db_end(city->db, make(city, path, address, who, progress, out, e), e);
}

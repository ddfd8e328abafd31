/* Carrying out the rules in a city. */
#include "retention/retention_work.h"

#include "keyring/keyring.h"
#include "keyring/regain.h"
#include "retention/retention_rules.h"
#include "store/city.h"
#include "store/db.h"

#include <stddef.h>

enum status retention_clear(const struct city *city, struct db *db, const struct who *who, struct arena *a,
                            struct retention_classes *out, struct err *e)
{
    struct retention_rules rules = {.tables = retention_tables};
    enum status s = OK;

    if (keyring_exists(city))
        TRY(keyring_open(city, db, &rules.keyring, e));
    if (rules.keyring)
        s = regain_forget(rules.keyring, date_of(who->now_at), e);
    if (s == OK)
        s = retention_run(db, &rules, who, a, out, e);
    keyring_close(rules.keyring);
    return s;
}

enum status retention_scrub(const struct city *city, struct db *db, struct err *e)
{
    struct keyring *k = NULL;
    enum status s = db_scrub(db, e);

    if (s == OK && keyring_exists(city))
        s = keyring_open(city, db, &k, e);
    if (s == OK && k)
        s = db_scrub(keyring_file(k), e);
    keyring_close(k);
    return s;
}

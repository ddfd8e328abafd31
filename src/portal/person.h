/* People with an account: who they are and which roles they have. How they prove who they are is src/account.
 */
#ifndef LYKTA_PORTAL_PERSON_H
#define LYKTA_PORTAL_PERSON_H

#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"
#include "web/language.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

enum { PERSON_NAME_LETTERS = 100 };

struct person {
    int64_t id;
    struct str email; /* in small letters: what a person signs in with */
    struct str name;
    enum language language;
    uint32_t roles; /* bits of enum role; no roles: nothing may be done */
    bool is_closed; /* signs in no more; kept for what refers to it */
    int64_t made_at;
    int64_t signed_in_at; /* 0: never */
    int64_t version;      /* raised by every change */
};

struct people {
    size_t n;
    struct person *person;
};

/* The person `id`, or with the address; texts in `a`. REFUSED when there is none. */
enum status person_find(struct db *db, int64_t id, struct arena *a, struct person *out,
                        struct err *e) MUST_USE;
enum status person_by_email(struct db *db, struct str email, struct arena *a, struct person *out,
                            struct err *e) MUST_USE;

/* All of them, by name as in Swedish, closed ones last. */
enum status people_list(struct db *db, struct arena *a, struct people *out, struct err *e) MUST_USE;

/* Adds `person` with its roles; sets its id. BAD_INPUT when the address has an account already. */
enum status person_add(struct db *db, const struct who *who, struct person *person, struct err *e) MUST_USE;

/* Saves name, address, language, roles and is_closed, if nobody has saved since `person->version`; ends the
 * person's sessions when roles or is_closed changed. REFUSED when somebody has (*is_overtaken) or when nobody
 * who may change people would be left; BAD_INPUT when another account has the address. */
enum status person_save(struct db *db, const struct who *who, const struct person *person, bool *is_overtaken,
                        struct err *e) MUST_USE;

/* "person 7": how the log names somebody. In `a`. */
const char *person_in_log(int64_t id, struct arena *a);

#endif

/* A city with its tables, for the tests of this room. */
#ifndef LYKTA_TESTS_NETWORK_CITY_H
#define LYKTA_TESTS_NETWORK_CITY_H

#include "../unit.h"

#include "../tables.h"
#include "network/agreement.h"
#include "network/organisation.h"
#include "store/db.h"

enum { DAY = 86400, NOON = 1795521600 /* 2026-11-24 12:00 UTC */ };

static const struct who coordinator = {.name = "samordnaren (exempel)", .now_at = NOON};

/* The caller closes it. */
static inline struct db *city_db(struct scratch *scratch)
{
    struct db *db = NULL;
    struct err e = {0};

    assert_int_equal(scratch_tables(scratch, "lykta", NOON, &db, &e), OK);
    return db;
}

static inline int64_t add_organisation(struct db *db, const char *name, const char *number,
                                       enum actor_kind actor, enum organisation_state state)
{
    struct organisation o = {.name = str_of(name), .number = str_of(number), .actor = actor, .state = state};
    struct err e = {0};
    int64_t id = 0;

    assert_int_equal(organisation_add(db, &o, &coordinator, &id, &e), OK);
    return id;
}

static inline int64_t add_contact(struct db *db, int64_t organisation, const char *name, const char *email,
                                  enum contact_place place)
{
    struct contact c = {.organisation = organisation,
                        .place = place,
                        .name = str_of(name),
                        .email = str_of(email),
                        .language = S("sv"),
                        .wants_letters = true};
    struct err e = {0};
    int64_t id = 0;

    assert_int_equal(contact_add(db, &c, &coordinator, &id, &e), OK);
    return id;
}

/* The first text of the agreement, which holds for two years. */
static inline int64_t publish_text(struct db *db)
{
    struct agreement_text text = {.title = {S("Överenskommelse"), S("Agreement")},
                                  .body = {S("Vi håller tyst."), S("We keep silent.")},
                                  .valid_months = 24};
    struct err e = {0};
    int64_t number = 0;

    assert_int_equal(agreement_text_publish(db, &text, &coordinator, &number, &e), OK);
    return number;
}

static inline int64_t count_rows(struct db *db, const char *sql)
{
    struct err e = {0};
    struct query q = db_query(db, sql);
    int64_t n = query_next(&q) ? query_int(&q, 0) : -1;

    assert_int_equal(query_end(&q, &e), OK);
    return n;
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

#endif

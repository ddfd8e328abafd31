/* A city's database and an outside whose clock the test sets and whose randomness counts. */
#ifndef LYKTA_TESTS_HOUSE_H
#define LYKTA_TESTS_HOUSE_H

#include "../tables.h"
#include "../unit.h"

#include "portal/outside.h"
#include "portal/permission.h"
#include "portal/person.h"
#include "store/audit.h"
#include "store/db.h"
#include "store/db_turn.h"

enum { HOUSE_NOON = 1795521600 /* 2026-11-24 12:00 UTC */ };

struct house {
    struct outside outside; /* first: what is passed on is the house */
    int64_t now_at;
    unsigned char next; /* of what is "random" */
    struct db *db;
    struct db_turn *turn; /* of further connections that write */
    struct arena *arena;
    const char *folder;
};

static inline int64_t house_now_at(const struct outside *self)
{
    return ((const struct house *)(const void *)self)->now_at;
}

static inline void house_random(const struct outside *self, void *bytes, size_t n)
{
    struct house *h = (struct house *)(uintptr_t)self;

    memset(bytes, ++h->next, n);
}

static inline struct house *house_of(void **state)
{
    return ((struct scratch *)*state)->mine;
}

static inline int house_open(void **state)
{
    if (scratch_open(state) != 0)
        return -1;
    struct scratch *s = *state;
    struct house *h = arena_new(s->arena, 1, struct house);
    struct err e = {0};

    *h = (struct house){.outside = {.now_at = house_now_at, .random = house_random},
                        .now_at = HOUSE_NOON,
                        .turn = db_turn_open(s->arena),
                        .arena = s->arena,
                        .folder = s->folder};
    s->mine = h;
    return scratch_tables(s, "lykta", HOUSE_NOON, &h->db, &e) == OK ? 0 : -1;
}

static inline int house_close(void **state)
{
    db_close(house_of(state)->db);
    db_turn_close(house_of(state)->turn);
    return scratch_close(state);
}

static inline struct who house_who(const struct house *h)
{
    return (struct who){.name = "test", .now_at = h->now_at};
}

static inline struct person house_person(struct house *h, const char *email, uint32_t roles)
{
    struct person p = {.email = str_of(email), .name = S("Kim Exempel"), .roles = roles};
    const struct who who = house_who(h);
    struct err e = {0};

    assert_int_equal(person_add(h->db, &who, &p, &e), OK);
    return p;
}

/* The number that `sql` gives. */
static inline int64_t house_count(struct house *h, const char *sql)
{
    struct err e = {0};
    struct query q = db_query(h->db, sql);
    int64_t n = query_next(&q) ? query_int(&q, 0) : -1;

    assert_int_equal(query_end(&q, &e), OK);
    return n;
}

#define IN_HOUSE(test) cmocka_unit_test_setup_teardown(test, house_open, house_close)

#endif

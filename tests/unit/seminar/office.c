/* An office of a test. */
#include "office.h"

#include "../tables.h"

#include "store/db.h"

static const unsigned char key[32] = "a key of a test, of 32 bytes ...";

const struct seminar office_breakfast = {.title = {"Frukostseminarium", 17},
                                         .about = {"Om *m\xc3\xa4nniskohandel*.", 21},
                                         .speakers = {"Kim Exempel, polisen\nLo Exempel, kommunen", 41},
                                         .place = {"Stadshuset, sal A", 17},
                                         .access = {"H\xc3\xb6rslinga", 10},
                                         .held_on = {2026, 8, 19},
                                         .from_minute = 510,
                                         .to_minute = 630,
                                         .seats = 2,
                                         .last_day = {2026, 8, 17}};

int office_begin(void **state)
{
    struct db *db = NULL;
    struct err e = {0};

    if (scratch_open(state) != 0)
        return -1;
    struct scratch *s = *state;
    struct office *office = arena_new(s->arena, 1, struct office);
    if (scratch_tables(s, "lykta", 0, &db, &e) != OK)
        return -1;
    *office = (struct office){.o = {.db = db,
                                    .city = S("Lund (exempel)"),
                                    .address = S("https://lykta.example.org"),
                                    .organiser = S("nat@example.org"),
                                    .link_key = key},
                              .who = {.name = "test", .now_at = OFFICE_NOON}};
    s->mine = office;
    return 0;
}

int office_end(void **state)
{
    db_close(office_of(state)->o.db);
    return scratch_close(state);
}

struct office *office_of(void **state)
{
    return ((struct scratch *)*state)->mine;
}

struct arena *office_arena(void **state)
{
    return ((struct scratch *)*state)->arena;
}

struct db *office_connect(const struct seminar_office *o)
{
    struct db *db = NULL;
    struct err e = {0};

    if (db_open(db_path(o->db), DB_WRITE, &db, &e) != OK)
        die("%s", e.what);
    return db;
}

int64_t office_seminar(void **state, int64_t seats)
{
    struct office *w = office_of(state);
    struct seminar s = office_breakfast;
    struct err e = {0};
    int64_t id = 0;

    s.seats = seats;
    assert_int_equal(seminar_make(&w->o, &s, &w->who, &id, &e), OK);
    assert_int_equal(seminar_open(&w->o, id, &w->who, &e), OK);
    return id;
}

struct seminar office_read(void **state, int64_t id)
{
    struct seminar s = {0};
    struct err e = {0};

    assert_int_equal(seminar_find(office_of(state)->o.db, id, office_arena(state), &s, &e), OK);
    return s;
}

static int64_t sign_up(void **state, int64_t seminar, const char *address, enum signup_proof proof)
{
    struct office *w = office_of(state);
    const struct signup ask = {.seminar = seminar,
                               .actor = S("hotel"),
                               .organisation_name = S("Hotell Exempel"),
                               .name = S("Kim Exempel"),
                               .address = str_of(address),
                               .needs = S("vegetariskt")};
    struct err e = {0};
    int64_t id = 0;

    assert_int_equal(signup_add(&w->o, &ask, proof, &w->who, &id, &e), OK);
    return id;
}

int64_t office_asks(void **state, int64_t seminar, const char *address)
{
    return sign_up(state, seminar, address, SIGNUP_TYPED);
}

int64_t office_comes(void **state, int64_t seminar, const char *address)
{
    return sign_up(state, seminar, address, SIGNUP_BY_LETTER);
}

struct signup office_guest(void **state, int64_t id)
{
    struct signup s = {0};
    struct err e = {0};

    assert_int_equal(signup_find(office_of(state)->o.db, id, office_arena(state), &s, &e), OK);
    return s;
}

int64_t office_letters(void **state, const char *address, const char *subject)
{
    static const char sql[] =
        "select count(*) from mail_letter where address like $1 and substr(subject, 1, length($2)) = $2";
    struct query q = db_query(office_of(state)->o.db, sql);
    struct err e = {0};

    bind_str(&q, 1, str_of(address));
    bind_str(&q, 2, str_of(subject));
    int64_t n = query_next(&q) ? query_int(&q, 0) : -1;
    assert_int_equal(query_end(&q, &e), OK);
    return n;
}

static struct str last(void **state, const char *sql, const char *address)
{
    struct query q = db_query(office_of(state)->o.db, sql);
    struct str found = S("");
    struct err e = {0};

    bind_str(&q, 1, str_of(address));
    if (query_next(&q))
        found = query_str(&q, 0, office_arena(state));
    assert_int_equal(query_end(&q, &e), OK);
    return found;
}

struct str office_last_letter(void **state, const char *address)
{
    static const char sql[] =
        "select subject || '\n' || plain from mail_letter where address = $1 order by id desc";

    return last(state, sql, address);
}

struct str office_last_calendar(void **state, const char *address)
{
    static const char sql[] =
        "select calendar from mail_letter where address = $1 and calendar <> '' order by id desc";

    return last(state, sql, address);
}

bool office_holds(struct str s, const char *part)
{
    return memmem(s.p, s.n, part, strlen(part)) != NULL;
}

/* A city with a gathering in each of its states. */
#include "handed_in.h"

#include "../scratch_city.h"
#include "../unit.h"

#include "link/encode.h"
#include "link/sealed.h"
#include "store/db.h"

#include <sodium.h>

const struct who tester = {.name = "test", .now_at = NOON};

const char gathering_schema[] =
    "{\"lykta_schema\": 1, \"project\": \"Exempel\", \"round\": \"2026-1\", \"as_of\": \"2026-08-05\", "
    "\"profile\": \"grouped\", \"fields\": [{\"kind\": \"name\", \"columns\": [\"namn\"]}, "
    "{\"kind\": \"sex\", \"columns\": [\"kön\"]}]}";

const char gathering_persons[] =
    "insert into person (id, email, name, language, state, made_at, signed_in_at, version) values "
    "(1, 'a@lund.example', 'x', 'sv', 'active', 1, 1, 1), (2, 'b@lund.example', 'x', 'sv', 'active', 1, 1, 1), "
    "(3, 'c@lund.example', 'x', 'sv', 'active', 1, 1, 1), (4, 'd@lund.example', 'x', 'sv', 'active', 1, 1, 1);"
    "insert into mapping_round (id, state, first_year, last_year, title_sv, title_en, people_sv, people_en, "
    "source_sv, source_en, is_example, specification, corrects, reason) values "
    "(1, 'open', 2025, 2025, 'x', 'x', 'x', 'x', 'x', 'x', 1, 'x', '', ''), "
    "(2, 'open', 2026, 2026, 'x', 'x', 'x', 'x', 'x', 'x', 1, 'x', '', '');"
    "insert into person_role (person, role) values (1, 'coordinator'), (2, 'analyst'), "
    "(3, 'list-keeper'), (4, 'list-keeper')";

struct db *db_of(void **state)
{
    return ((struct city *)((struct scratch *)*state)->mine)->db;
}

struct arena *arena_of(void **state)
{
    return ((struct scratch *)*state)->arena;
}

int begin(void **state)
{
    struct err e = {0};

    if (sodium_init() < 0 || scratch_city_open(state, &tester) != 0)
        return -1;
    struct city *city = scratch_city(state);
    return db_script(city->db, gathering_persons, &e) == OK ? 0 : -1;
}

void pair_of(struct key_pair *out, const char *name, unsigned char number)
{
    unsigned char seed[AGREEMENT_KEY_BYTES] = {number};

    key_pair_of(out, str_of(name), seed);
}

struct str open_half(const char *name, unsigned char number, struct arena *a)
{
    struct text out = text_open(a);
    struct key_pair pair;

    pair_of(&pair, name, number);
    public_key_write(&out, &pair.open);
    return text_str(&out);
}

struct gathering found(void **state)
{
    struct gathering g;
    struct err e = {0};
    bool is_there = false;

    assert_int_equal(gathering_find(db_of(state), 1, arena_of(state), &g, &is_there, &e), OK);
    assert_true(is_there);
    return g;
}

enum status open_first(void **state, struct err *e)
{
    return gathering_open(db_of(state), 1, str_of(gathering_schema), (struct date){2026, 9, 1}, 0, &tester,
                          e);
}

void hand_in_keys(void **state)
{
    struct arena *a = arena_of(state);
    struct db *db = db_of(state);
    struct err e = {0};

    assert_int_equal(open_first(state, &e), OK);
    assert_int_equal(gathering_take_reader(db, 1, open_half("Länkaren", 9, a), ANALYST, &tester, &e), OK);
    assert_int_equal(gathering_take_key(db, 1, open_half("Polisen", 1, a), KEEPER, &tester, &e), OK);
    assert_int_equal(gathering_take_key(db, 1, open_half("Boendet", 2, a), KEEPER + 1, &tester, &e), OK);
    assert_int_equal(gathering_close_keys(db, 1, &tester, &e), OK);
    assert_int_equal(found(state).state, GATHERING_DIGITS);
}

void compare_digits(void **state)
{
    struct err e = {0};

    for (int64_t i = 0; i < 2; i++)
        assert_int_equal(gathering_compare(db_of(state), 1, KEEPER + i, true, &tester, &e), OK);
    assert_int_equal(found(state).state, GATHERING_SECRET);
}

struct str secret_of(unsigned char first, struct arena *a)
{
    static const unsigned char key[ENCODE_KEY_BYTES] = {7};
    struct schema s;
    struct members m = {.n = 2};
    struct key_pair pair[3];
    struct text out = text_open(a);
    struct err e = {0};

    assert_int_equal(schema_read(&s, "s", str_of(gathering_schema), a, &e), OK);
    pair_of(&pair[0], "Polisen", first);
    pair_of(&pair[1], "Boendet", 2);
    pair_of(&pair[2], "Länkaren", 9);
    m.member[0] = pair[0].open;
    m.member[1] = pair[1].open;
    m.reader = pair[2].open;
    assert_int_equal(agreement_write(&out, &s, &m, &pair[1], key, a, &e), OK);
    return text_str(&out);
}

void share_secret(void **state)
{
    struct err e = {0};

    hand_in_keys(state);
    compare_digits(state);
    assert_int_equal(
        gathering_take_secret(db_of(state), 1, secret_of(1, arena_of(state)), KEEPER, &tester, &e), OK);
    assert_int_equal(found(state).state, GATHERING_HANDING_IN);
}

struct str sealed_list(struct arena *a)
{
    struct key_pair reader;
    struct text out = text_open(a);
    struct sink to = sink_to_text(&out);
    struct sealed_writer *w = NULL;
    struct err e = {0};

    pair_of(&reader, "Länkaren", 9);
    assert_int_equal(sealed_writer_open(&w, reader.open.box, &to, a, &e), OK);
    assert_int_equal(sealed_writer_close(w, &e), OK);
    return text_str(&out);
}

void hand_in_lists(void **state)
{
    const struct gathering_told told = {.people = 40, .fields = 1, .field = {{S("namn"), 3}}};
    struct err e = {0};

    share_secret(state);
    for (int64_t i = 0; i < 2; i++)
        assert_int_equal(gathering_take_list(db_of(state), 1, sealed_list(arena_of(state)), &told, KEEPER + i,
                                             &tester, &e),
                         OK);
    assert_int_equal(found(state).state, GATHERING_WHOLE);
}

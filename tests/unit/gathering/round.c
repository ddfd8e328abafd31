/* Agencies whose lists go round. */
#include "round.h"

#include "../unit.h"
#include "handed_in.h"

#include "base/text.h"
#include "link/schema.h"
#include "store/db.h"

#include <sodium.h>
#include <string.h>

const char *const agency_names[ROUND_AGENCIES] = {"Polisen (exempel)", "Boendet (exempel)",
                                                  "Socialtjänsten (exempel)"};

static const unsigned kinds = 1U << RING_PERSONNUMMER | 1U << RING_NAMES_DATE;

void agencies_come(struct agencies *x, struct db *db, struct arena *a)
{
    static const char third[] =
        "insert into person (id, email, name, language, state, made_at, signed_in_at, version) values "
        "(5, 'e@lund.example', 'x', 'sv', 'active', 1, 1, 1);"
        "insert into person_role (person, role) values (5, 'list-keeper')";
    struct err e = {0};

    assert_true(sodium_init() >= 0);
    *x = (struct agencies){.db = db, .arena = a};
    assert_int_equal(db_script(db, third, &e), OK);
    for (size_t i = 0; i < ROUND_AGENCIES; i++)
        ring_secret_new(&x->secret[i]);
}

static struct str file_of(const struct ring_list *list, struct arena *a)
{
    struct text out = text_open(a);
    struct sink to = sink_to_text(&out);
    struct err e = {0};

    assert_int_equal(ring_write(list, &to, a, &e), OK);
    return text_str(&out);
}

/* Person `i` of agency `agency` in place of a name: the first ten have the same number everywhere. */
static void put_person(struct ring_list *list, size_t row, size_t agency)
{
    unsigned char hash[crypto_core_ristretto255_HASHBYTES];

    for (size_t k = 0; k < list->width; k++) {
        const size_t number[3] = {row < 10 ? 0 : agency + 1, row, k};

        crypto_generichash(hash, sizeof hash, (const unsigned char *)number, sizeof number, NULL, 0);
        crypto_core_ristretto255_from_hash(list->point + (row * list->width + k) * RING_POINT, hash);
    }
}

struct str started_list(const struct agencies *x, size_t i, size_t n)
{
    struct schema schema;
    struct ring_list list;
    struct err e = {0};

    assert_int_equal(schema_read(&schema, "s", str_of(gathering_schema), x->arena, &e), OK);
    ring_list_new(&list, &schema, str_of(agency_names[i]), kinds, n, x->arena);
    for (size_t row = 0; row < n; row++)
        put_person(&list, row, i);
    assert_int_equal(ring_raise(&list, &x->secret[i], x->arena, NULL, &e), OK);
    return file_of(&list, x->arena);
}

struct str waiting_list(const struct agencies *x, size_t of)
{
    struct gathering g = found_ring(x);
    struct str bytes = S("");
    struct err e = {0};

    for (size_t i = 0; i < g.lists; i++)
        if (str_is(g.list[i].name, agency_names[of]))
            assert_int_equal(gathering_ring_file(x->db, 1, g.list[i].id, x->arena, &bytes, &e), OK);
    assert_true(bytes.n > 0);
    return bytes;
}

struct str raised_list(const struct agencies *x, size_t of, size_t by)
{
    struct ring_list list;
    struct err e = {0};

    assert_int_equal(ring_read(&list, "list", waiting_list(x, of), x->arena, &e), OK);
    assert_int_equal(ring_raise(&list, &x->secret[by], x->arena, NULL, &e), OK);
    return file_of(&list, x->arena);
}

struct gathering found_ring(const struct agencies *x)
{
    struct gathering g;
    struct err e = {0};
    bool is_there = false;

    assert_int_equal(gathering_find(x->db, 1, x->arena, &g, &is_there, &e), OK);
    assert_true(is_there);
    return g;
}

enum gathering_ring_fault join(const struct agencies *x, size_t i, struct str file)
{
    enum gathering_ring_fault fault = RING_FAULT_NONE;
    struct err e = {0};
    enum status s = gathering_ring_join(x->db, 1, file, ROUND_KEEPER + (int64_t)i, &tester, &fault, &e);

    assert_int_equal(s, fault == RING_FAULT_NONE ? OK : BAD_INPUT);
    return fault;
}

enum gathering_ring_fault pass_on(const struct agencies *x, size_t by, struct str file)
{
    enum gathering_ring_fault fault = RING_FAULT_NONE;
    struct err e = {0};
    enum status s = gathering_ring_pass(x->db, 1, file, ROUND_KEEPER + (int64_t)by, &tester, &fault, &e);

    assert_int_equal(s, fault == RING_FAULT_NONE ? OK : BAD_INPUT);
    return fault;
}

void open_ring(const struct agencies *x)
{
    struct err e = {0};

    assert_int_equal(
        gathering_open(x->db, 1, str_of(gathering_schema), (struct date){2026, 9, 1}, kinds, &tester, &e),
        OK);
    assert_int_equal(found_ring(x).state, GATHERING_JOINING);
}

void let_go_round(const struct agencies *x)
{
    struct err e = {0};

    open_ring(x);
    for (size_t i = 0; i < ROUND_AGENCIES; i++)
        assert_int_equal(join(x, i, started_list(x, i, ROUND_PEOPLE)), RING_FAULT_NONE);
    assert_int_equal(gathering_ring_close(x->db, 1, &tester, &e), OK);
    assert_int_equal(found_ring(x).state, GATHERING_GOING_ROUND);
}

void go_all_the_way(const struct agencies *x)
{
    let_go_round(x);
    for (size_t step = 1; step < ROUND_AGENCIES; step++)
        for (size_t of = 0; of < ROUND_AGENCIES; of++) {
            size_t by = (of + step) % ROUND_AGENCIES;

            assert_int_equal(pass_on(x, by, raised_list(x, of, by)), RING_FAULT_NONE);
        }
    assert_int_equal(found_ring(x).state, GATHERING_WHOLE);
}

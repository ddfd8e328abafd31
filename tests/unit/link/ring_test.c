/* Lists that go round, and what can be counted of them. All people are invented. */
#include "link/ring_count.h"

#include "../unit.h"

#include "base/text.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { AGENCIES = 3 };

static const unsigned all_kinds = (1U << RING_KEYS) - 1;

static struct schema *schema_of(struct arena *a)
{
    static const char json[] =
        "{\"lykta_schema\": 1, \"project\": \"Example\", \"round\": \"1\", \"as_of\": \"2026-11-24\", \"fields\": "
        "[{\"kind\": \"name\", \"columns\": [\"name\"]}, {\"kind\": \"birth_date\", \"columns\": [\"born\"]}, "
        "{\"kind\": \"personnummer\", \"columns\": [\"pnr\"], \"optional\": true}]}";
    struct schema *s = arena_new(a, 1, struct schema);
    struct err e = {OK, ""};

    assert_true(sodium_init() >= 0);
    assert_int_equal(schema_read(s, "schema", str_of(json), a, &e), OK);
    return s;
}

/* The people of the rows (name,born,pnr) as a list that has not been raised. */
static struct ring_list list_of(const char *name, const char *rows, struct arena *a)
{
    const struct schema *s = schema_of(a);
    struct ring_list list;
    struct intake in;
    struct person p;
    struct err e = {OK, ""};
    bool has_person = false;

    ring_list_new(&list, s, str_of(name), all_kinds, 20, a);
    list.n = 0;
    assert_int_equal(intake_open(&in, s, name, str_of(arena_printf(a, "name,born,pnr\n%s", rows)), a, &e),
                     OK);
    while (intake_next(&in, a, &p, &has_person, &e) == OK && has_person)
        ring_hash(&list, list.n++, s, &p, a);
    return list;
}

/* Raises every list by `n` fresh exponents, each in another order. */
static void go_round(struct ring_list *list, size_t lists, size_t n, struct arena *a)
{
    struct ring_secret secret[RING_MAX_AGENCIES];
    struct err e = {OK, ""};

    for (size_t k = 0; k < n; k++)
        ring_secret_new(&secret[k]);
    for (size_t l = 0; l < lists; l++)
        for (size_t k = 0; k < n; k++) {
            ring_shuffle(&list[l], a);
            assert_int_equal(ring_raise(&list[l], &secret[(k + l) % n], a, NULL, &e), OK);
        }
}

/* RFC 9380, appendix K.3: expand_message_xmd with SHA-512. */
static void messages_are_expanded_as_in_the_standard(void **state)
{
    static const struct str purpose = {"QUUX-V01-CS02-with-expander-SHA512-256", 38};
    unsigned char out[32];
    char hex[65];

    (void)state;
    ring_expand(S(""), purpose, out, sizeof out);
    sodium_bin2hex(hex, sizeof hex, out, sizeof out);
    assert_string_equal(hex, "6b9a7312411d92f921c6f68ca0b6380730a1a4d982c507211a90964c394179ba");
    ring_expand(S("abc"), purpose, out, sizeof out);
    sodium_bin2hex(hex, sizeof hex, out, sizeof out);
    assert_string_equal(hex, "0da749f12fbe5483eb066a5f595055679b976e93abe9be6f0f6318bce7aca8dc");
}

static void combinations_are_counted_whatever_the_order_of_the_ring(void **state)
{
    struct ring_list list[AGENCIES] = {
        list_of("A", "Anna Prov,1980-02-03,\nBo Prov,1990-05-06,\nCia Prov,1970-01-02,\n", *state),
        list_of("B", "PROV Anna,1980-02-03,\nDan Prov,1985-07-08,\n", *state),
        list_of("C", "Anna Prov,1980-02-03,\nBo Prov,1990-05-06,\n", *state)};
    struct ring_counts c;
    struct err e = {OK, ""};

    go_round(list, AGENCIES, AGENCIES, *state);
    assert_int_equal(ring_count(&c, list, AGENCIES, *state, &e), OK);
    assert_int_equal(c.count[0], 1); /* A alone: Cia */
    assert_int_equal(c.count[1], 1); /* B alone: Dan */
    assert_int_equal(c.count[4], 1); /* A and C: Bo */
    assert_int_equal(c.count[6], 1); /* all three: Anna */
    assert_int_equal(c.count[2] + c.count[3] + c.count[5], 0);
}

static void every_row_is_counted_once(void **state)
{
    struct ring_list list[2] = {list_of("A", "Anna Prov,1980-02-03,\n,,\n,,\n", *state),
                                list_of("B", "Anna Prov,1980-02-03,\nBo Prov,,\n", *state)};
    struct ring_counts c;
    struct err e = {OK, ""};

    go_round(list, 2, 2, *state);
    assert_int_equal(ring_count(&c, list, 2, *state, &e), OK);
    assert_int_equal(c.count[0] + c.count[2], 3);
    assert_int_equal(c.count[1] + c.count[2], 2);
}

static void later_keys_find_who_the_first_missed(void **state)
{
    struct ring_list list[2] = {
        list_of("A", "Kristina Prov,1980-02-03,\nEva Prov,1990-06-02,19900602-2397\n", *state),
        list_of("B", "Christina Prov,1980-02-03,\nEva Annat,1990-06-02,19900602-2397\nKristina Prov,1980,\n",
                *state)};
    struct ring_counts c;
    struct err e = {OK, ""};

    go_round(list, 2, 2, *state);
    assert_int_equal(ring_count(&c, list, 2, *state, &e), OK);
    assert_int_equal(c.matched[RING_PERSONNUMMER], 1);
    assert_int_equal(c.matched[RING_NAMES_DATE], 0);
    assert_int_equal(c.matched[RING_NAMES_YEAR], 1);
    assert_int_equal(c.count[2], 2);
}

static void a_key_that_would_join_two_of_one_list_is_passed_over(void **state)
{
    struct ring_list list[2] = {list_of("A", "Anna Prov,1980-02-03,\n", *state),
                                list_of("B", "Anna Prov,1980-02-03,\nProv Anna,1980-02-03,\n", *state)};
    struct ring_counts c;
    struct err e = {OK, ""};

    go_round(list, 2, 2, *state);
    assert_int_equal(ring_count(&c, list, 2, *state, &e), OK);
    assert_true(c.ambiguous > 0);
    assert_int_equal(c.count[2], 0);
}

static void doubles_leave_their_list_before_it_leaves_the_agency(void **state)
{
    struct ring_list list =
        list_of("A", "Anna Prov,1980-02-03,\nProv Anna,1980-02-03,\nBo Prov,1990-05-06,\n,,\n,,\n", *state);

    assert_int_equal(ring_dedupe(&list, *state), 1);
    assert_int_equal(list.n, 4);
}

static void lists_that_have_not_been_raised_by_the_same_agencies_are_refused(void **state)
{
    struct ring_list list[2] = {list_of("A", "Anna Prov,1980-02-03,\n", *state),
                                list_of("B", "Anna Prov,1980-02-03,\n", *state)};
    struct ring_secret more;
    struct ring_counts c;
    struct err e = {OK, ""};

    assert_int_equal(ring_count(&c, list, 2, *state, &e), REFUSED);
    go_round(list, 2, 2, *state);
    ring_secret_new(&more);
    assert_int_equal(ring_raise(&list[1], &more, *state, NULL, &e), OK);
    assert_int_equal(ring_count(&c, list, 2, *state, &e), REFUSED);
    assert_says(e, "dropped out");
}

/* The third agency has gone, and with it its exponent: the first two begin again, and are counted. */
static void after_a_drop_out_the_others_start_again(void **state)
{
    struct ring_list list[2] = {list_of("A", "Anna Prov,1980-02-03,\n", *state),
                                list_of("B", "Anna Prov,1980-02-03,\nBo Prov,1990-05-06,\n", *state)};
    struct ring_counts c;
    struct err e = {OK, ""};

    go_round(list, 2, 2, *state);
    assert_int_equal(ring_count(&c, list, 2, *state, &e), OK);
    assert_int_equal(c.count[2], 1);
    assert_int_equal(c.count[1], 1);
}

static void nobody_raises_a_list_twice(void **state)
{
    struct ring_list list = list_of("A", "Anna Prov,1980-02-03,\n", *state);
    struct ring_secret secret;
    struct err e = {OK, ""};

    ring_secret_new(&secret);
    assert_int_equal(ring_raise(&list, &secret, *state, NULL, &e), OK);
    assert_int_equal(ring_raise(&list, &secret, *state, NULL, &e), REFUSED);
}

static void an_honest_raising_is_proved(void **state)
{
    struct ring_list before = list_of("A", "Anna Prov,1980-02-03,\nBo Prov,1990,\n,,\n", *state);
    struct ring_list after = before;
    struct ring_secret secret;
    unsigned char proof[RING_PROOF];
    struct err e = {OK, ""};

    ring_secret_new(&secret);
    assert_int_equal(ring_raise(&after, &secret, *state, NULL, &e), OK);
    ring_prove(proof, &before, &after, &secret);
    assert_int_equal(ring_verify(proof, &before, &after, &e), OK);
}

static void an_element_raised_to_something_else_is_found(void **state)
{
    struct ring_list before = list_of("A", "Anna Prov,1980-02-03,\nBo Prov,1990-05-06,\n", *state);
    struct ring_list after = before;
    struct ring_secret secret;
    struct ring_secret other;
    unsigned char proof[RING_PROOF];
    struct err e = {OK, ""};

    ring_secret_new(&secret);
    ring_secret_new(&other);
    assert_int_equal(ring_raise(&after, &secret, *state, NULL, &e), OK);
    unsigned char *point = after.point + 6 * RING_POINT;
    assert_int_equal(crypto_scalarmult_ristretto255(point, other.scalar, before.point + 6 * RING_POINT), 0);
    ring_prove(proof, &before, &after, &secret);
    assert_int_equal(ring_verify(proof, &before, &after, &e), REFUSED);
    assert_says(e, "does not hold");
}

static void two_elements_that_have_changed_places_are_found(void **state)
{
    struct ring_list before = list_of("A", "Anna Prov,1980-02-03,\nBo Prov,1990-05-06,\n", *state);
    struct ring_list after = before;
    struct ring_secret secret;
    unsigned char proof[RING_PROOF];
    unsigned char spare[RING_POINT];
    struct err e = {OK, ""};

    ring_secret_new(&secret);
    assert_int_equal(ring_raise(&after, &secret, *state, NULL, &e), OK);
    memcpy(spare, after.point + RING_POINT, RING_POINT);
    memcpy(after.point + RING_POINT, after.point + 5 * RING_POINT, RING_POINT);
    memcpy(after.point + 5 * RING_POINT, spare, RING_POINT);
    ring_prove(proof, &before, &after, &secret);
    assert_int_equal(ring_verify(proof, &before, &after, &e), REFUSED);
}

static void a_row_that_was_put_in_is_found(void **state)
{
    struct ring_list a = list_of("A", "Anna Prov,1980-02-03,\n", *state);
    struct ring_list b = list_of("A", "Bo Prov,1980-02-03,\n", *state);
    struct err e = {OK, ""};

    assert_int_equal(ring_same_rows(&a, &a, *state, &e), OK);
    assert_int_equal(ring_same_rows(&a, &b, *state, &e), REFUSED);
}

static struct str file_of(const struct ring_list *list, struct arena *a)
{
    struct text out = text_open(a);
    struct sink to = sink_to_text(&out);
    struct err e = {OK, ""};

    assert_int_equal(ring_write(list, &to, a, &e), OK);
    return text_str(&out);
}

static void a_list_is_read_back_from_its_file(void **state)
{
    struct ring_list list = list_of("A", "Anna Prov,1980-02-03,\nBo Prov,,\n", *state);
    struct ring_list read;
    struct err e = {OK, ""};

    go_round(&list, 1, 2, *state);
    assert_int_equal(ring_read(&read, "a.ring", file_of(&list, *state), *state, &e), OK);
    assert_int_equal(read.n, 2);
    assert_int_equal(read.passed, 2);
    assert_memory_equal(read.by, list.by, 2 * RING_POINT);
    assert_memory_equal(read.point, list.point, 2 * RING_KEYS * RING_POINT);
}

static void every_cut_and_every_changed_byte_is_found(void **state)
{
    struct ring_list list = list_of("A", "Anna Prov,1980-02-03,\n", *state);
    struct str bytes = file_of(&list, *state);
    struct ring_list read;
    struct err e = {OK, ""};

    for (size_t at = 0; at < bytes.n; at++) {
        char *copy = arena_cstr(*state, bytes.p, bytes.n);

        copy[at] = (char)(copy[at] ^ 1);
        assert_int_equal(ring_read(&read, "a", (struct str){copy, bytes.n}, *state, &e), BAD_INPUT);
        assert_int_equal(ring_read(&read, "a", str_part(bytes, 0, at), *state, &e), BAD_INPUT);
    }
}

static void an_exponent_is_good_for_one_round(void **state)
{
    struct schema *s = schema_of(*state);
    struct ring_secret secret;
    struct ring_secret read;
    struct text out = text_open(*state);
    struct err e = {OK, ""};

    ring_secret_new(&secret);
    ring_secret_write(&out, &secret, s);
    assert_int_equal(ring_secret_read(&read, s, "k", text_str(&out), &e), OK);
    assert_memory_equal(read.open, secret.open, RING_POINT);
    s->round = S("2");
    assert_int_equal(ring_secret_read(&read, s, "k", text_str(&out), &e), BAD_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(messages_are_expanded_as_in_the_standard),
        WITH_ARENA(combinations_are_counted_whatever_the_order_of_the_ring),
        WITH_ARENA(every_row_is_counted_once),
        WITH_ARENA(later_keys_find_who_the_first_missed),
        WITH_ARENA(a_key_that_would_join_two_of_one_list_is_passed_over),
        WITH_ARENA(doubles_leave_their_list_before_it_leaves_the_agency),
        WITH_ARENA(lists_that_have_not_been_raised_by_the_same_agencies_are_refused),
        WITH_ARENA(after_a_drop_out_the_others_start_again),
        WITH_ARENA(nobody_raises_a_list_twice),
        WITH_ARENA(an_honest_raising_is_proved),
        WITH_ARENA(an_element_raised_to_something_else_is_found),
        WITH_ARENA(two_elements_that_have_changed_places_are_found),
        WITH_ARENA(a_row_that_was_put_in_is_found),
        WITH_ARENA(a_list_is_read_back_from_its_file),
        WITH_ARENA(every_cut_and_every_changed_byte_is_found),
        WITH_ARENA(an_exponent_is_good_for_one_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* People as encodings under a key. All people are invented. */
#include "link/encode.h"

#include "../unit.h"

#include <string.h>

static const unsigned char key[ENCODE_KEY_BYTES] = {1, 2, 3};
static const unsigned char noise_key[ENCODE_KEY_BYTES] = {4, 5, 6};

static struct schema *schema_of(const char *profile, int noise, struct arena *a)
{
    struct schema *s = arena_new(a, 1, struct schema);
    struct err e = {OK, ""};
    const char *json = arena_printf(
        a,
        "{\"lykta_schema\": 1, \"project\": \"Example\", \"round\": \"1\", \"as_of\": \"2026-11-24\", "
        "\"profile\": \"%s\", \"noise_percent\": %d, \"strata\": [\"gender\", \"age\"], \"fields\": ["
        "{\"kind\": \"name\", \"columns\": [\"name\"]}, {\"kind\": \"name\", \"columns\": [\"family\"]}, "
        "{\"kind\": \"birth_date\", \"columns\": [\"born\"]}, {\"kind\": \"sex\", \"columns\": [\"sex\"]}, "
        "{\"kind\": \"place\", \"columns\": [\"town\"], \"optional\": true}]}",
        profile, noise);

    assert_int_equal(schema_read(s, "schema", str_of(json), a, &e), OK);
    return s;
}

/* Encodes the rows of a CSV with the columns name, family, born, sex, town. */
static struct encodings encode_rows(const struct schema *s, const char *rows, struct arena *a)
{
    const char *csv = arena_printf(a, "name,family,born,sex,town\n%s", rows);
    struct encoder *x = encoder_open(s, key, noise_key, a);
    struct encodings out;
    struct intake in;
    struct person p;
    struct err e = {OK, ""};
    bool has_person = false;

    encodings_new(&out, s, 10, a);
    out.n = 0;
    assert_int_equal(intake_open(&in, s, "rows.csv", str_of(csv), a, &e), OK);
    while (intake_next(&in, a, &p, &has_person, &e) == OK && has_person) {
        encode_person(x, &p, out.n + 1, &out, out.n);
        out.n++;
    }
    return out;
}

static size_t common(const struct encodings *x, size_t group, size_t i, size_t j)
{
    size_t n = 0;

    for (size_t w = 0; w < x->group[group].bits / 64; w++)
        n += (size_t)__builtin_popcountll(filter_of(x, group, i)[w] & filter_of(x, group, j)[w]);
    return n;
}

static void swapped_and_respelled_names_have_the_same_filter(void **state)
{
    struct encodings x =
        encode_rows(schema_of("grouped", 0, *state),
                    "Åsa,Exempelsson,1981-02-03,K,\nEXEMPELSSON,Aasa,1981-02-03,K,\n", *state);

    assert_memory_equal(filter_of(&x, GROUP_NAMES, 0), filter_of(&x, GROUP_NAMES, 1), ENCODE_NAME_BITS / 8);
}

static void a_group_that_is_missing_has_an_empty_filter_and_no_presence(void **state)
{
    struct encodings x = encode_rows(schema_of("grouped", 5, *state), "okänd,NN,1981,,\n,,,,Lund\n", *state);

    assert_int_equal(x.present[0], 1 << GROUP_BIRTH);
    assert_int_equal(x.present[1], 1 << GROUP_PLACE);
    assert_int_equal(common(&x, GROUP_NAMES, 0, 0), 0);
    assert_int_equal(common(&x, GROUP_BIRTH, 1, 1), 0);
}

static void an_unlike_name_shares_few_bits(void **state)
{
    struct encodings x = encode_rows(schema_of("grouped", 0, *state),
                                     "Maria,Provsson,1981-02-03,K,\nOlof,Hittepå,1950-11-20,M,\n", *state);

    assert_true(common(&x, GROUP_NAMES, 0, 1) * 3 < common(&x, GROUP_NAMES, 0, 0));
    assert_true(common(&x, GROUP_BIRTH, 0, 1) * 2 < common(&x, GROUP_BIRTH, 0, 0));
}

static void a_date_with_day_and_month_swapped_is_nearer_than_another_date(void **state)
{
    struct encodings x =
        encode_rows(schema_of("grouped", 0, *state),
                    "A b,Cd,1981-02-03,K,\nA b,Cd,1981-03-02,K,\nA b,Cd,1981-07-19,K,\n", *state);

    assert_true(common(&x, GROUP_BIRTH, 0, 1) > common(&x, GROUP_BIRTH, 0, 2));
}

static void another_key_gives_other_bits_and_another_check(void **state)
{
    static const unsigned char other[ENCODE_KEY_BYTES] = {9};
    const struct schema *s = schema_of("grouped", 0, *state);
    unsigned char first[ENCODE_CHECK_BYTES];
    unsigned char second[ENCODE_CHECK_BYTES];

    encoder_check(encoder_open(s, key, noise_key, *state), first);
    encoder_check(encoder_open(s, other, noise_key, *state), second);
    assert_memory_not_equal(first, second, ENCODE_CHECK_BYTES);
    encoder_check(encoder_open(s, key, other, *state), second);
    assert_memory_equal(first, second, ENCODE_CHECK_BYTES);
}

static void noise_is_stable_for_a_row_and_differs_between_rows(void **state)
{
    const struct schema *s = schema_of("grouped", 5, *state);
    const char *twins = "Maria,Provsson,1981-02-03,K,\nMaria,Provsson,1981-02-03,K,\n";
    struct encodings x = encode_rows(s, twins, *state);
    struct encodings again = encode_rows(s, twins, *state);

    assert_memory_equal(filter_of(&x, 0, 0), filter_of(&again, 0, 0), 2 * (size_t)ENCODE_NAME_BITS / 8);
    assert_memory_not_equal(filter_of(&x, 0, 0), filter_of(&x, 0, 1), ENCODE_NAME_BITS / 8);
}

/* 1024 bits, each flipped with probability 0.025: 25.6 expected with a deviation of 5.0; 60 is seven of them
 * away. */
static void noise_flips_about_the_share_that_was_agreed(void **state)
{
    const char *row = "Maria,Provsson,1981-02-03,K,\n";
    struct encodings noisy = encode_rows(schema_of("grouped", 5, *state), row, *state);
    size_t weight = common(&noisy, GROUP_NAMES, 0, 0);

    assert_in_range(weight, 180, 280);
}

static void the_profile_clk_has_one_filter(void **state)
{
    struct encodings x =
        encode_rows(schema_of("clk", 0, *state), "Åsa,Provsson,1981-02-03,K,Lund\n,,,,\n", *state);

    assert_int_equal(x.groups, 1);
    assert_int_equal(x.present[0], 1);
    assert_int_equal(x.present[1], 0);
    assert_true(common(&x, 0, 0, 0) > 250);
}

static void strata_are_coarse_and_unknown_where_they_could_be_either(void **state)
{
    struct encodings x = encode_rows(schema_of("grouped", 5, *state),
                                     "A,B,2008-11-24,K,\nA,B,2008-11-25,M,\nA,B,2008,X,\nA,B,,,\n", *state);

    assert_int_equal(x.age[0], AGE_ADULT);
    assert_int_equal(x.age[1], AGE_CHILD);
    assert_int_equal(x.age[2], AGE_UNKNOWN);
    assert_int_equal(x.age[3], AGE_UNKNOWN);
    assert_int_equal(x.gender[0], GENDER_FEMALE);
    assert_int_equal(x.gender[2], GENDER_OTHER);
    assert_int_equal(x.gender[3], GENDER_UNKNOWN);
}

static void shuffling_keeps_every_person_whole(void **state)
{
    struct encodings x = encode_rows(schema_of("grouped", 0, *state),
                                     "Ab,Cd,1981-02-03,K,\nEf,Gh,,M,\nIj,Kl,1990,,Lund\n", *state);
    struct encodings before = x;
    uint32_t from[3];

    encodings_shuffle(&x, from, *state);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(x.present[i], before.present[from[i]]);
        assert_memory_equal(filter_of(&x, 0, i), filter_of(&before, 0, from[i]), ENCODE_NAME_BITS / 8);
    }
    assert_int_equal(from[0] + from[1] + from[2], 3);
}

static void what_is_odd_is_counted_with_its_row(void **state)
{
    const struct schema *s = schema_of("grouped", 5, *state);
    struct intake in;
    struct person p;
    struct err e;
    bool has_person = true;

    assert_int_equal(intake_open(&in, s, "rows.csv",
                                 S("name;family;born;sex\nA;B;1981-02-30;K\nC;;1981;q\n;;;\n"), *state, &e),
                     OK);
    while (has_person)
        assert_int_equal(intake_next(&in, *state, &p, &has_person, &e), OK);
    assert_int_equal(in.people, 3);
    assert_int_equal(in.nameless, 1);
    assert_int_equal(in.account[2].odd, 1);
    assert_int_equal(in.account[2].row[0], 2);
    assert_int_equal(in.account[2].weak, 1);
    assert_int_equal(in.account[3].row[0], 3);
}

static void a_column_that_is_not_there_is_told(void **state)
{
    struct intake in;
    struct err e;

    assert_int_equal(
        intake_open(&in, schema_of("grouped", 5, *state), "l.csv", S("name,family,sex\n"), *state, &e),
        BAD_INPUT);
    assert_says(e, "l.csv:1:1: no column named \"born\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(swapped_and_respelled_names_have_the_same_filter),
        WITH_ARENA(a_group_that_is_missing_has_an_empty_filter_and_no_presence),
        WITH_ARENA(an_unlike_name_shares_few_bits),
        WITH_ARENA(a_date_with_day_and_month_swapped_is_nearer_than_another_date),
        WITH_ARENA(another_key_gives_other_bits_and_another_check),
        WITH_ARENA(noise_is_stable_for_a_row_and_differs_between_rows),
        WITH_ARENA(noise_flips_about_the_share_that_was_agreed),
        WITH_ARENA(the_profile_clk_has_one_filter),
        WITH_ARENA(strata_are_coarse_and_unknown_where_they_could_be_either),
        WITH_ARENA(shuffling_keeps_every_person_whole),
        WITH_ARENA(what_is_odd_is_counted_with_its_row),
        WITH_ARENA(a_column_that_is_not_there_is_told),
    };

    return cmocka_run_group_tests_name("encode", tests, NULL, NULL);
}

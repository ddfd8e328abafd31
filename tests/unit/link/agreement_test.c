/* How agencies come to share a key. */
#include "link/agreement.h"

#include "../unit.h"

#include <sodium.h>
#include <string.h>

static const unsigned char key[ENCODE_KEY_BYTES] = {9, 8, 7};

/* Three agencies and a linkage unit, of fixed seeds, and the project they agree on. */
struct round {
    struct key_pair agency[3];
    struct key_pair reader;
    struct schema schema;
    struct members members;
    char digits[AGREEMENT_DIGITS + 1];
};

static struct round *round_of(struct arena *a)
{
    static const char *const names[] = {"Socialtjänsten (exempel)", "Boendet (exempel)", "Polisen (exempel)"};
    struct round *r = arena_new(a, 1, struct round);
    unsigned char seed[AGREEMENT_KEY_BYTES] = {0};

    assert_true(sodium_init() >= 0);
    r->schema.project = S("Example");
    r->schema.round = S("2026-1");
    memset(r->schema.hash, 5, sizeof r->schema.hash);
    r->members.n = 3;
    for (size_t i = 0; i < 3; i++) {
        seed[0] = (unsigned char)(i + 1);
        key_pair_of(&r->agency[i], str_of(names[i]), seed);
        r->members.member[i] = r->agency[i].open;
    }
    seed[0] = 99;
    key_pair_of(&r->reader, S("Länsstyrelsen (exempel)"), seed);
    r->members.reader = r->reader.open;
    agreement_digits(&r->schema, &r->members, r->digits);
    return r;
}

static struct str shared(const struct round *r, struct arena *a)
{
    struct text out = text_open(a);
    struct err e = {OK, ""};

    assert_int_equal(agreement_write(&out, &r->schema, &r->members, &r->agency[0], key, a, &e), OK);
    return text_str(&out);
}

static enum status take(const struct round *r, size_t who, const char *digits, struct str bytes,
                        struct secret *out, struct arena *a, struct err *e)
{
    return agreement_take(out, &r->schema, &r->agency[who], digits, "round.keys", bytes, a, e);
}

static void each_agency_takes_out_the_same_key_and_reader(void **state)
{
    struct round *r = round_of(*state);
    struct str bytes = shared(r, *state);

    for (size_t i = 0; i < 3; i++) {
        struct secret s;
        struct err e = {OK, ""};

        assert_int_equal(take(r, i, r->digits, bytes, &s, *state, &e), OK);
        assert_memory_equal(s.key, key, sizeof key);
        assert_memory_equal(s.reader, r->reader.open.box, sizeof s.reader);
        assert_true(s.is_agreed);
    }
}

static void digits_are_thirty_and_the_same_in_any_order(void **state)
{
    struct round *r = round_of(*state);
    struct members m = r->members;
    char digits[AGREEMENT_DIGITS + 1];

    m.member[0] = r->members.member[2];
    m.member[2] = r->members.member[0];
    agreement_digits(&r->schema, &m, digits);
    assert_string_equal(digits, r->digits);
    assert_int_equal(strlen(digits), AGREEMENT_DIGITS);
    for (size_t i = 0; i < AGREEMENT_DIGITS; i++)
        assert_true(i % 6 == 5 ? digits[i] == ' ' : digits[i] >= '0' && digits[i] <= '9');
}

static void another_key_in_any_place_gives_other_digits(void **state)
{
    struct round *r = round_of(*state);
    char digits[AGREEMENT_DIGITS + 1];

    for (size_t i = 0; i < 4; i++) {
        struct members m = r->members;

        (i < 3 ? m.member[i].box : m.reader.box)[3] ^= 1;
        agreement_digits(&r->schema, &m, digits);
        assert_string_not_equal(digits, r->digits);
    }
}

static void other_digits_are_refused(void **state)
{
    struct round *r = round_of(*state);
    struct str bytes = shared(r, *state);
    struct secret s;
    struct err e = {OK, ""};
    char digits[AGREEMENT_DIGITS + 2];

    memcpy(digits, r->digits, sizeof r->digits);
    digits[0] = digits[0] == '9' ? '0' : (char)(digits[0] + 1);
    assert_int_equal(take(r, 1, digits, bytes, &s, *state, &e), REFUSED);
    assert_int_equal(take(r, 1, "", bytes, &s, *state, &e), REFUSED);
    memcpy(digits, r->digits, sizeof r->digits);
    digits[AGREEMENT_DIGITS - 1] = '\0';
    assert_int_equal(take(r, 1, digits, bytes, &s, *state, &e), REFUSED);
    memcpy(digits, r->digits, sizeof r->digits);
    memcpy(digits + AGREEMENT_DIGITS, "1", 2);
    assert_int_equal(take(r, 1, digits, bytes, &s, *state, &e), REFUSED);
}

static void digits_without_blanks_are_the_same(void **state)
{
    struct round *r = round_of(*state);
    struct secret s;
    struct err e = {OK, ""};
    char digits[AGREEMENT_DIGITS + 1];
    size_t n = 0;

    for (size_t i = 0; r->digits[i]; i++)
        if (r->digits[i] != ' ')
            digits[n++] = r->digits[i];
    digits[n] = '\0';
    assert_int_equal(take(r, 2, digits, shared(r, *state), &s, *state, &e), OK);
}

/* Who stands between them makes a file of his own, with his key in the place of the reader's. */
static void a_file_with_another_reader_has_other_digits(void **state)
{
    struct round *r = round_of(*state);
    struct round *attack = round_of(*state);
    unsigned char seed[AGREEMENT_KEY_BYTES] = {77};
    struct key_pair attacker;
    struct secret s;
    struct err e = {OK, ""};

    key_pair_of(&attacker, S("Länsstyrelsen (exempel)"), seed);
    attack->members.reader = attacker.open;
    assert_int_equal(take(r, 1, r->digits, shared(attack, *state), &s, *state, &e), REFUSED);
}

static void an_old_round_is_refused_when_it_is_sent_again(void **state)
{
    struct round *r = round_of(*state);
    struct str bytes = shared(r, *state);
    struct secret s;
    struct err e = {OK, ""};

    r->schema.round = S("2027-1");
    assert_int_equal(take(r, 1, r->digits, bytes, &s, *state, &e), BAD_INPUT);
    assert_says(e, "another project or round");
    r->schema.round = S("2026-1");
    r->schema.hash[0] ^= 1;
    assert_int_equal(take(r, 1, r->digits, bytes, &s, *state, &e), BAD_INPUT);
    assert_says(e, "another schema");
}

static void every_changed_byte_is_found(void **state)
{
    struct round *r = round_of(*state);
    struct str bytes = shared(r, *state);

    for (size_t at = 0; at < bytes.n; at += 3) {
        char *copy = arena_cstr(*state, bytes.p, bytes.n);
        struct secret s;
        struct err e = {OK, ""};

        copy[at] = (char)(copy[at] ^ 2);
        assert_int_not_equal(take(r, 1, r->digits, (struct str){copy, bytes.n}, &s, *state, &e), OK);
    }
}

static void every_cut_is_found(void **state)
{
    struct round *r = round_of(*state);
    struct str bytes = shared(r, *state);

    for (size_t n = 0; n + 1 < bytes.n; n += 11) {
        struct secret s;
        struct err e = {OK, ""};

        assert_int_equal(take(r, 1, r->digits, str_part(bytes, 0, n), &s, *state, &e), BAD_INPUT);
    }
}

static void who_is_not_among_the_agencies_gets_nothing(void **state)
{
    struct round *r = round_of(*state);
    struct str bytes = shared(r, *state);
    struct secret s;
    struct err e = {OK, ""};

    assert_int_equal(agreement_take(&s, &r->schema, &r->reader, r->digits, "round.keys", bytes, *state, &e),
                     BAD_INPUT);
    assert_says(e, "not shared with");
}

static void who_carries_the_file_sees_that_it_is_for_just_these_keys(void **state)
{
    struct round *r = round_of(*state);
    struct str bytes = shared(r, *state);
    struct members fewer = r->members;
    struct members other = r->members;
    struct schema next = r->schema;
    struct err e = {OK, ""};

    assert_int_equal(agreement_check(&r->schema, &r->members, "round.keys", bytes, *state, &e), OK);
    fewer.n--;
    assert_int_equal(agreement_check(&r->schema, &fewer, "round.keys", bytes, *state, &e), BAD_INPUT);
    other.reader = r->agency[1].open;
    assert_int_equal(agreement_check(&r->schema, &other, "round.keys", bytes, *state, &e), BAD_INPUT);
    other = r->members;
    other.member[2] = r->reader.open;
    assert_int_equal(agreement_check(&r->schema, &other, "round.keys", bytes, *state, &e), BAD_INPUT);
    next.round = S("2026-2");
    assert_int_equal(agreement_check(&next, &r->members, "round.keys", bytes, *state, &e), BAD_INPUT);
}

static void wrong_sets_of_agencies_are_told(void **state)
{
    struct round *r = round_of(*state);
    struct text out = text_open(*state);
    struct err e = {OK, ""};

    assert_int_equal(agreement_write(&out, &r->schema, &r->members, &r->reader, key, *state, &e), USAGE);
    r->members.member[1] = r->members.member[0];
    assert_int_equal(agreement_write(&out, &r->schema, &r->members, &r->agency[0], key, *state, &e), USAGE);
    r->members.member[1] = r->members.reader;
    assert_int_equal(agreement_write(&out, &r->schema, &r->members, &r->agency[0], key, *state, &e), USAGE);
    assert_says(e, "must not have their key");
    r->members.n = 1;
    assert_int_equal(agreement_write(&out, &r->schema, &r->members, &r->agency[0], key, *state, &e), USAGE);
}

static void keys_are_read_back_from_their_files(void **state)
{
    struct round *r = round_of(*state);
    struct text pair = text_open(*state);
    struct text open = text_open(*state);
    struct key_pair read;
    struct public_key read_open;
    struct err e = {OK, ""};

    key_pair_write(&pair, &r->agency[1]);
    public_key_write(&open, &r->agency[1].open);
    assert_int_equal(key_pair_read(&read, "b.key", text_str(&pair), *state, &e), OK);
    assert_memory_equal(read.box_secret, r->agency[1].box_secret, sizeof read.box_secret);
    assert_int_equal(public_key_read(&read_open, "b.pub", text_str(&open), *state, &e), OK);
    assert_memory_equal(read_open.sign, r->agency[1].open.sign, sizeof read_open.sign);
    assert_int_equal(public_key_read(&read_open, "b.key", text_str(&pair), *state, &e), BAD_INPUT);
    assert_int_equal(key_pair_read(&read, "b.pub", text_str(&open), *state, &e), BAD_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(each_agency_takes_out_the_same_key_and_reader),
        WITH_ARENA(digits_are_thirty_and_the_same_in_any_order),
        WITH_ARENA(another_key_in_any_place_gives_other_digits),
        WITH_ARENA(other_digits_are_refused),
        WITH_ARENA(digits_without_blanks_are_the_same),
        WITH_ARENA(a_file_with_another_reader_has_other_digits),
        WITH_ARENA(an_old_round_is_refused_when_it_is_sent_again),
        WITH_ARENA(every_changed_byte_is_found),
        WITH_ARENA(every_cut_is_found),
        WITH_ARENA(who_is_not_among_the_agencies_gets_nothing),
        WITH_ARENA(who_carries_the_file_sees_that_it_is_for_just_these_keys),
        WITH_ARENA(wrong_sets_of_agencies_are_told),
        WITH_ARENA(keys_are_read_back_from_their_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

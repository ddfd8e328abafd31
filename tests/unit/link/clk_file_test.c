/* A list of encodings in a file. The people are random bits. */
#include "link/clk_file.h"

#include "../unit.h"

#include "base/rng.h"
#include "base/text.h"

#include <string.h>

/* A header as of a list under some schema, with room for birth left out when `birth_bits` is 0. */
static struct clk_header header_of(size_t birth_bits)
{
    return (struct clk_header){.project = S("Example \"city\" ö"),
                               .round = S("2026-1"),
                               .list = S("A list (exempel)"),
                               .profile = PROFILE_GROUPED,
                               .schema_hash = {1, 2, 3},
                               .key_check = {4, 5, 6},
                               .normaliser = NORMALISE_VERSION,
                               .noise_percent = 5,
                               .created_at = 1795000000,
                               .groups = GROUPS,
                               .bits = {1024, birth_bits, 256},
                               .has_gender = true,
                               .has_age = true};
}

/* `n` people of random bits; every third lacks the last group. */
static struct encodings people_of(const struct clk_header *h, size_t n, struct arena *a)
{
    struct rng r = rng_open(7, n);
    struct encodings x;

    clk_room(&x, h, n, a);
    for (size_t i = 0; i < n; i++) {
        for (size_t g = 0; g < h->groups; g++) {
            size_t words = h->bits[g] / 64;

            if (words == 0 || (g == GROUP_PLACE && i % 3 == 0))
                continue;
            x.present[i] = (uint8_t)(x.present[i] | 1U << g);
            for (size_t w = 0; w < words; w++)
                x.group[g].word[i * words + w] = rng_u64(&r);
        }
        x.gender[i] = (uint8_t)(rng_u64(&r) % GENDERS);
        x.age[i] = (uint8_t)(rng_u64(&r) % AGE_CLASSES);
    }
    return x;
}

static struct str file_of(struct clk_header *h, const struct encodings *x, struct arena *a)
{
    struct text out = text_open(a);
    struct sink to = sink_to_text(&out);
    struct err e = {OK, ""};

    assert_int_equal(clk_write(h, x, &to, a, &e), OK);
    return text_str(&out);
}

static enum status read_file(struct str bytes, struct clk_header *h, struct encodings *x, struct arena *a,
                             struct err *e)
{
    struct str rest = bytes;
    struct source from = source_of_str(&rest, "A.clk");

    return clk_read(h, x, &from, bytes.n, a, e);
}

static void assert_refused(struct str bytes, const char *says, struct arena *a)
{
    struct clk_header h;
    struct encodings x;
    struct err e = {OK, ""};

    assert_int_equal(read_file(bytes, &h, &x, a, &e), BAD_INPUT);
    assert_says(e, says);
}

/* The bytes with those from `at` on replaced by `by`. */
static struct str changed(struct str bytes, size_t at, struct str by, struct arena *a)
{
    char *copy = arena_cstr(a, bytes.p, bytes.n);

    memcpy(copy + at, by.p, by.n);
    return (struct str){copy, bytes.n};
}

static size_t place_of(struct str bytes, const char *part)
{
    const char *found = memmem(bytes.p, bytes.n, part, strlen(part));

    assert_non_null(found);
    return (size_t)(found - bytes.p);
}

static void what_is_written_is_read_back(void **state)
{
    struct clk_header h = header_of(256);
    struct encodings x = people_of(&h, 1000, *state);
    struct clk_header read;
    struct encodings y;
    struct err e = {OK, ""};

    assert_int_equal(read_file(file_of(&h, &x, *state), &read, &y, *state, &e), OK);
    assert_int_equal(y.n, 1000);
    for (size_t g = 0; g < GROUPS; g++)
        assert_memory_equal(x.group[g].word, y.group[g].word, 1000 * x.group[g].bits / 8);
    assert_memory_equal(x.present, y.present, 1000);
    assert_memory_equal(x.gender, y.gender, 1000);
    assert_memory_equal(x.age, y.age, 1000);
}

static void the_header_is_read_back(void **state)
{
    struct clk_header h = header_of(256);
    struct encodings x = people_of(&h, 30, *state);
    struct clk_header read;
    struct encodings y;
    struct err e = {OK, ""};

    assert_int_equal(read_file(file_of(&h, &x, *state), &read, &y, *state, &e), OK);
    assert_true(str_equal(read.project, h.project) && str_equal(read.round, h.round));
    assert_true(str_equal(read.list, h.list));
    assert_memory_equal(read.schema_hash, h.schema_hash, sizeof h.schema_hash);
    assert_memory_equal(read.key_check, h.key_check, sizeof h.key_check);
    assert_int_equal(read.created_at, h.created_at);
    assert_int_equal(read.noise_percent, 5);
    assert_int_equal(read.present[GROUP_PLACE], 20);
}

static void a_file_is_as_long_as_its_records(void **state)
{
    struct clk_header h = header_of(0);
    struct encodings x = people_of(&h, 77, *state);
    struct str bytes = file_of(&h, &x, *state);
    struct str line;
    struct str rest;

    assert_true(str_cut(bytes, '\n', &line, &rest));
    assert_int_equal(clk_record_bytes(&h), 1 + 128 + 32 + 2);
    assert_int_equal(rest.n, 77 * clk_record_bytes(&h) + 32);
}

static void a_list_of_nobody_is_a_file_too(void **state)
{
    struct clk_header h = header_of(256);
    struct encodings x = people_of(&h, 0, *state);
    struct encodings y;
    struct err e = {OK, ""};

    assert_int_equal(read_file(file_of(&h, &x, *state), &h, &y, *state, &e), OK);
    assert_int_equal(y.n, 0);
}

static void people_written_in_blocks_are_the_same_file(void **state)
{
    struct clk_header h = header_of(256);
    struct encodings x = people_of(&h, 600, *state);
    struct str whole = file_of(&h, &x, *state);
    struct text out = text_open(*state);
    struct sink to = sink_to_text(&out);
    struct clk_writer *w = NULL;
    struct err e = {OK, ""};

    assert_int_equal(clk_writer_open(&w, &h, &to, *state, &e), OK);
    for (size_t i = 0; i < 600; i += 100) {
        struct encodings part = x;

        part.n = 100;
        for (size_t g = 0; g < GROUPS; g++)
            part.group[g].word += i * (x.group[g].bits / 64);
        part.present += i;
        part.gender += i;
        part.age += i;
        assert_int_equal(clk_writer_add(w, &part, &e), OK);
    }
    assert_int_equal(clk_writer_close(w, &e), OK);
    assert_true(str_equal(text_str(&out), whole));
}

static void a_file_cut_anywhere_is_refused(void **state)
{
    struct clk_header h = header_of(256);
    struct encodings x = people_of(&h, 3, *state);
    struct str bytes = file_of(&h, &x, *state);

    for (size_t n = 0; n < bytes.n; n++) {
        struct clk_header read;
        struct encodings y;
        struct err e = {OK, ""};

        assert_int_equal(read_file(str_part(bytes, 0, n), &read, &y, *state, &e), BAD_INPUT);
    }
}

static void any_changed_byte_is_found(void **state)
{
    struct clk_header h = header_of(256);
    struct encodings x = people_of(&h, 3, *state);
    struct str bytes = file_of(&h, &x, *state);

    for (size_t at = 0; at < bytes.n; at++) {
        char flipped = (char)(bytes.p[at] ^ 1);
        struct clk_header read;
        struct encodings y;
        struct err e = {OK, ""};

        assert_int_equal(
            read_file(changed(bytes, at, (struct str){&flipped, 1}, *state), &read, &y, *state, &e),
            BAD_INPUT);
    }
}

static void bytes_after_the_end_are_refused(void **state)
{
    struct clk_header h = header_of(256);
    struct encodings x = people_of(&h, 3, *state);
    struct text more = text_open(*state);

    text_add(&more, file_of(&h, &x, *state));
    text_byte(&more, 'x');
    assert_refused(text_str(&more), "bytes follow its end", *state);
}

static void more_people_than_the_file_can_hold_are_refused_before_room_is_made(void **state)
{
    struct clk_header h = header_of(256);
    struct encodings x = people_of(&h, 100, *state);
    struct str bytes = file_of(&h, &x, *state);
    struct text many = text_open(*state);
    size_t at = place_of(bytes, "\"n\": 100");

    text_add(&many, str_part(bytes, 0, at));
    text_lit(&many, "\"n\": 9999999");
    text_add(&many, str_part(bytes, at + 8, bytes.n));
    size_t before = arena_bytes(*state);
    assert_refused(text_str(&many), "cut short: it says 9999999 people", *state);
    assert_true(arena_bytes(*state) - before < 1 << 20);
}

static void a_header_out_of_bounds_is_told_by_its_key(void **state)
{
    struct clk_header h = header_of(256);
    struct encodings x = people_of(&h, 3, *state);
    struct str bytes = file_of(&h, &x, *state);

    assert_refused(changed(bytes, place_of(bytes, "lykta-clk"), S("other"), *state), "\"format\"", *state);
    assert_refused(changed(bytes, place_of(bytes, "1024"), S("1023"), *state), "\"bits\"", *state);
    assert_refused(changed(bytes, place_of(bytes, "[3, 3"), S("[9, 3"), *state), "\"present\"", *state);
    assert_refused(changed(bytes, place_of(bytes, "grouped"), S("clk\", \""), *state), "", *state);
    assert_refused(changed(bytes, place_of(bytes, "0102"), S("xx02"), *state), "\"schema_sha256\"", *state);
    assert_refused(S("{\"format\": \"lykta-clk\"}\n"), "\"version\"", *state);
    assert_refused(S("name,born\n"), "does not begin with a line of JSON", *state);
    assert_refused(S("{\n"), "its first line is no JSON", *state);
}

static void a_filter_of_what_is_not_known_is_refused(void **state)
{
    struct clk_header h = header_of(256);
    struct encodings x = people_of(&h, 3, *state);

    x.group[GROUP_PLACE].word[0] = 1;
    assert_refused(file_of(&h, &x, *state), "record 1 has a filter of something", *state);
    x.group[GROUP_PLACE].word[0] = 0;
    x.gender[2] = GENDERS;
    assert_refused(file_of(&h, &x, *state), "record 3 has a gender", *state);
    x.gender[2] = 0;
    x.present[1] |= 8;
    assert_refused(file_of(&h, &x, *state), "record 2 knows something", *state);
}

static void lists_of_one_round_go_together(void **state)
{
    struct clk_header a = header_of(256);
    struct clk_header b = a;
    struct err e = {OK, ""};

    (void)state;
    b.list = S("Another");
    b.n = 77;
    b.created_at++;
    assert_int_equal(clk_same_round(&a, &b, &e), OK);
}

static void lists_that_cannot_match_are_told_apart_by_what_differs(void **state)
{
    struct clk_header a = header_of(256);
    struct clk_header b = a;
    struct err e = {OK, ""};

    (void)state;
    b.round = S("2025-2");
    assert_int_equal(clk_same_round(&a, &b, &e), BAD_INPUT);
    assert_says(e, "different rounds");
    b = a;
    b.project = S("Another");
    assert_int_equal(clk_same_round(&a, &b, &e), BAD_INPUT);
    assert_says(e, "different projects");
    b = a;
    b.key_check[0] ^= 1;
    assert_int_equal(clk_same_round(&a, &b, &e), BAD_INPUT);
    assert_says(e, "different keys");
    b = a;
    b.schema_hash[0] ^= 1;
    assert_int_equal(clk_same_round(&a, &b, &e), BAD_INPUT);
    assert_says(e, "different schemas");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(what_is_written_is_read_back),
        WITH_ARENA(the_header_is_read_back),
        WITH_ARENA(a_file_is_as_long_as_its_records),
        WITH_ARENA(a_list_of_nobody_is_a_file_too),
        WITH_ARENA(people_written_in_blocks_are_the_same_file),
        WITH_ARENA(a_file_cut_anywhere_is_refused),
        WITH_ARENA(any_changed_byte_is_found),
        WITH_ARENA(bytes_after_the_end_are_refused),
        WITH_ARENA(more_people_than_the_file_can_hold_are_refused_before_room_is_made),
        WITH_ARENA(a_header_out_of_bounds_is_told_by_its_key),
        WITH_ARENA(a_filter_of_what_is_not_known_is_refused),
        WITH_ARENA(lists_of_one_round_go_together),
        WITH_ARENA(lists_that_cannot_match_are_told_apart_by_what_differs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

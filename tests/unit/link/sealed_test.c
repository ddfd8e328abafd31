/* A stream that only the holder of one key can read. */
#include "link/sealed.h"

#include "../unit.h"

#include "base/text.h"

#include <sodium.h>
#include <string.h>

enum { LONG = 200000 /* three pieces and a bit */ };

struct pair {
    unsigned char public_key[SEALED_KEY_BYTES];
    unsigned char secret_key[SEALED_KEY_BYTES];
};

static struct pair fresh_pair(void)
{
    struct pair p;

    assert_true(sodium_init() >= 0);
    crypto_box_keypair(p.public_key, p.secret_key);
    return p;
}

static struct str long_text(size_t n, struct arena *a)
{
    char *p = arena_new(a, n + 1, char);

    for (size_t i = 0; i < n; i++)
        p[i] = (char)('a' + i % 23);
    return (struct str){p, n};
}

static struct str seal(struct str clear, const struct pair *to, struct arena *a)
{
    struct text out = text_open(a);
    struct sink text = sink_to_text(&out);
    struct sealed_writer *w = NULL;
    struct err e = {OK, ""};

    assert_int_equal(sealed_writer_open(&w, to->public_key, &text, a, &e), OK);
    struct sink sealed = sealed_sink(w);
    for (size_t at = 0; at < clear.n; at += 7001) /* in pieces of another size than the seal's */
        assert_int_equal(sink_put(&sealed, str_part(clear, at, 7001), &e), OK);
    assert_int_equal(sealed_writer_close(w, &e), OK);
    return text_str(&out);
}

static enum status unseal(struct str sealed, const struct pair *by, struct str *out, struct arena *a,
                          struct err *e)
{
    struct source from = source_of_str(&sealed, "A.clk");
    unsigned char *clear = arena_new(a, LONG + 1, unsigned char);
    struct sealed_reader *r = NULL;
    size_t n = 0;

    TRY(sealed_reader_open(&r, by->public_key, by->secret_key, &from, a, e));
    struct source source = sealed_source(r);
    TRY(source_fill(&source, clear, LONG + 1, &n, e));
    *out = (struct str){(const char *)clear, n};
    return OK;
}

static void what_is_sealed_is_read_with_the_key(void **state)
{
    static const size_t lengths[] = {0, 1, 65535, 65536, 65537, 131072, LONG};
    struct pair p = fresh_pair();

    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        struct str clear = long_text(lengths[i], *state);
        struct str out = {NULL, 0};
        struct err e = {OK, ""};

        assert_int_equal(unseal(seal(clear, &p, *state), &p, &out, *state, &e), OK);
        assert_true(str_equal(out, clear));
    }
}

static void nothing_of_it_is_in_the_sealed_bytes(void **state)
{
    struct pair p = fresh_pair();
    struct str sealed = seal(long_text(LONG, *state), &p, *state);

    assert_true(sealed_starts(sealed));
    assert_null(memmem(sealed.p, sealed.n, "abcdefg", 7));
}

static void another_key_does_not_open_it(void **state)
{
    struct pair p = fresh_pair();
    struct pair other = fresh_pair();
    struct str out;
    struct err e = {OK, ""};

    assert_int_equal(unseal(seal(S("text"), &p, *state), &other, &out, *state, &e), BAD_INPUT);
    assert_says(e, "sealed to another key");
}

static void every_cut_is_found(void **state)
{
    struct pair p = fresh_pair();
    struct str sealed = seal(long_text(LONG, *state), &p, *state);
    static const size_t kept[] = {0, 15, 16, 100, 120, 121, 65673, 131226, 196779, 65674, 131227};

    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        struct str out;
        struct err e = {OK, ""};

        assert_int_equal(unseal(str_part(sealed, 0, kept[i]), &p, &out, *state, &e), BAD_INPUT);
    }
}

static void a_change_in_any_part_is_found(void **state)
{
    struct pair p = fresh_pair();
    struct str sealed = seal(long_text(70000, *state), &p, *state);

    for (size_t at = 0; at < sealed.n; at += at < 130 ? 1 : 4099) {
        char *copy = arena_cstr(*state, sealed.p, sealed.n);
        struct str out;
        struct err e = {OK, ""};

        copy[at] = (char)(copy[at] ^ 4);
        assert_int_equal(unseal((struct str){copy, sealed.n}, &p, &out, *state, &e), BAD_INPUT);
    }
}

static void bytes_after_its_end_are_refused(void **state)
{
    struct pair p = fresh_pair();
    struct text more = text_open(*state);
    struct str out;
    struct err e = {OK, ""};

    text_add(&more, seal(long_text(65519, *state), &p, *state));
    text_byte(&more, 'x');
    assert_int_equal(unseal(text_str(&more), &p, &out, *state, &e), BAD_INPUT);
}

static void the_same_text_is_sealed_otherwise_each_time(void **state)
{
    struct pair p = fresh_pair();

    assert_false(str_equal(seal(S("text"), &p, *state), seal(S("text"), &p, *state)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(what_is_sealed_is_read_with_the_key),
        WITH_ARENA(nothing_of_it_is_in_the_sealed_bytes),
        WITH_ARENA(another_key_does_not_open_it),
        WITH_ARENA(every_cut_is_found),
        WITH_ARENA(a_change_in_any_part_is_found),
        WITH_ARENA(bytes_after_its_end_are_refused),
        WITH_ARENA(the_same_text_is_sealed_otherwise_each_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

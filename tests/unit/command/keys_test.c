/* lykta keys, from the making of keys to an encoded list and the receipt. */
#include "../scratch.h"
#include "program.h"

#include "link/agreement.h"
#include "link/clk_file.h"
#include "link/sealed.h"

#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define WITH_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

static const char agreed_schema[] =
    "{\"lykta_schema\": 1, \"project\": \"Example\", \"round\": \"2026-1\", \"as_of\": \"2026-11-24\", "
    "\"fields\": [{\"kind\": \"name\", \"columns\": [\"name\"]}, {\"kind\": \"birth_date\", \"columns\": "
    "[\"born\"]}]}";

static void make_keys(struct scratch *s)
{
    scratch_write(s, "schema.json", str_of(agreed_schema));
    assert_int_equal(program_run_line(s, "keys make --name A(exempel) -o @a.key").status, OK);
    assert_int_equal(program_run_line(s, "keys make --name B(exempel) -o @b.key").status, OK);
    assert_int_equal(program_run_line(s, "keys make --name L(exempel) -o @l.key").status, OK);
    assert_int_equal(
        program_run_line(
            s, "keys share --schema @schema.json --reader @l.pub --key @a.key @a.pub @b.pub -o @round.keys")
            .status,
        OK);
}

static struct program take(struct scratch *s, const char *who)
{
    struct program p = program_run_line(s, "keys digits --schema @schema.json --reader @l.pub @b.pub @a.pub");
    const char *key = scratch_path(s, arena_printf(s->arena, "%s.key", who));
    const char *out = scratch_path(s, arena_printf(s->arena, "%s.secret", who));
    const char *digits = arena_printf(s->arena, "%.*s", STR(str_trim(p.out)));

    assert_int_equal(p.status, OK);
    return program_run(ARGUMENTS("keys", "take", "--schema", scratch_path(s, "schema.json"), "--key", key,
                                 "--digits", digits, scratch_path(s, "round.keys"), "-o", out),
                       S(""), s->arena);
}

/* The header of a list that was sealed to the key of `pair`. */
static void open_list(struct scratch *s, const char *name, const struct key_pair *pair, struct clk_header *h)
{
    struct str bytes;
    struct sealed_reader *r = NULL;
    struct encodings x;
    struct err e = {OK, ""};

    assert_int_equal(file_read(scratch_path(s, name), 1 << 20, s->arena, &bytes, &e), OK);
    size_t size = bytes.n;
    struct source from = source_of_str(&bytes, name);
    assert_int_equal(sealed_reader_open(&r, pair->open.box, pair->box_secret, &from, s->arena, &e), OK);
    struct source inner = sealed_source(r);
    assert_int_equal(clk_read(h, &x, &inner, size, s->arena, &e), OK);
}

static void two_agencies_encode_with_one_key_and_the_linkage_unit_reads_both(void **state)
{
    struct scratch *s = *state;
    struct key_pair reader;
    struct clk_header a;
    struct clk_header b;
    struct str bytes;
    struct err e = {OK, ""};

    make_keys(s);
    assert_int_equal(take(s, "a").status, OK);
    assert_int_equal(take(s, "b").status, OK);
    scratch_write(s, "list.csv", S("name,born\nProv Exempelsson,1980-02-03\n"));
    assert_int_equal(
        program_run_line(s, "encode --schema @schema.json --secret @a.secret @list.csv -o @a.clk").status,
        OK);
    assert_int_equal(
        program_run_line(s, "encode --schema @schema.json --secret @b.secret @list.csv -o @b.clk").status,
        OK);
    assert_int_equal(file_read(scratch_path(s, "l.key"), 4096, s->arena, &bytes, &e), OK);
    assert_int_equal(key_pair_read(&reader, "l.key", bytes, s->arena, &e), OK);
    open_list(s, "a.clk", &reader, &a);
    open_list(s, "b.clk", &reader, &b);
    assert_int_equal(clk_same_round(&a, &b, &e), OK);
    assert_str(a.list, "A(exempel)");
}

static void wrong_digits_give_no_secret(void **state)
{
    struct scratch *s = *state;

    make_keys(s);
    struct program p = program_run_line(
        s,
        "keys take --schema @schema.json --key @b.key --digits 123451234512345123451234512345 @round.keys -o @x");
    assert_int_equal(p.status, REFUSED);
    assert_int_not_equal(access(scratch_path(s, "x"), F_OK), 0);
}

static void a_secret_is_removed_with_a_receipt_that_does_not_tell_it(void **state)
{
    struct scratch *s = *state;
    struct str receipt;
    struct err e;

    make_keys(s);
    assert_int_equal(take(s, "b").status, OK);
    assert_int_equal(program_run_line(s, "keys delete @b.secret -o @receipt").status, OK);
    assert_int_not_equal(access(scratch_path(s, "b.secret"), F_OK), 0);
    assert_int_equal(file_read(scratch_path(s, "receipt"), 4096, s->arena, &receipt, &e), OK);
    assert_non_null(strstr(receipt.p, "round 2026-1"));
    assert_null(strstr(receipt.p, "key"));
    assert_null(strstr(receipt.p, "noise"));
}

static void what_is_no_secret_is_not_removed(void **state)
{
    struct scratch *s = *state;

    make_keys(s);
    assert_int_equal(program_run_line(s, "keys delete @a.key -o @receipt").status, BAD_INPUT);
    assert_int_equal(access(scratch_path(s, "a.key"), F_OK), 0);
}

static void a_key_is_never_written_over(void **state)
{
    struct scratch *s = *state;

    make_keys(s);
    assert_int_equal(program_run_line(s, "keys make --name A -o @a.key").status, USAGE);
}

static void wrong_words_are_told(void **state)
{
    struct scratch *s = *state;

    assert_int_equal(program_run_line(s, "keys").status, USAGE);
    assert_int_equal(program_run_line(s, "keys lose").status, USAGE);
    assert_int_equal(program_run_line(s, "keys make -o @x").status, USAGE);
    assert_int_equal(program_run_line(s, "keys make --name A -o @x --digits 1").status, USAGE);
    assert_int_equal(program_run_line(s, "keys take --schema @no --key @no --digits 1 @no -o @x").status,
                     BAD_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCRATCH(two_agencies_encode_with_one_key_and_the_linkage_unit_reads_both),
        WITH_SCRATCH(wrong_digits_give_no_secret),
        WITH_SCRATCH(a_secret_is_removed_with_a_receipt_that_does_not_tell_it),
        WITH_SCRATCH(what_is_no_secret_is_not_removed),
        WITH_SCRATCH(a_key_is_never_written_over),
        WITH_SCRATCH(wrong_words_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* lykta regain: a recipient who lost the passphrase, and the shares on paper. */
#include "program.h"

#include "base/arena.h"
#include "keyring/keyring.h"
#include "keyring/unlock.h"
#include "store/city.h"

#include <string.h>

#define RECIPIENT "kim@exempel.example"

struct paper {
    const char *city;
    struct str share[5];
};

/* A city with one account that has `role`, and the shares as they were printed. */
static struct paper make_city(const struct scratch *s, const char *role)
{
    struct paper p = {.city = scratch_path(s, "city")};
    struct str rest;
    struct str line;
    size_t n = 0;

    assert_int_equal(program_run(ARGUMENTS("init", p.city, "--municipality", "1281"), S(""), s->arena).status,
                     OK);
    assert_int_equal(program_run(ARGUMENTS("user", "add", p.city, "--email", RECIPIENT, "--name",
                                           "Kim Exempel", "--role", role),
                                 S(""), s->arena)
                         .status,
                     OK);
    rest = program_run(ARGUMENTS("recovery", p.city), S(""), s->arena).out;
    while (str_cut(rest, '\n', &line, &rest))
        if (line.n > 0 && !str_starts(line, S("Share")) && n < 5)
            p.share[n++] = line;
    assert_int_equal(n, 5);
    return p;
}

static struct program regain(const struct scratch *s, const char *city, const char *typed)
{
    return program_run(ARGUMENTS("regain", city, "--email", RECIPIENT), str_of(typed), s->arena);
}

static bool says(struct program p, const char *words)
{
    return memmem(p.err.p, p.err.n, words, strlen(words)) != NULL;
}

static enum unlock_answer try_to_unlock(const char *path, struct str passphrase)
{
    struct unlocks *all = unlocks_open(NULL);
    enum unlock_answer answer = UNLOCK_BUSY;
    char cookie[UNLOCK_COOKIE_CHARS + 1];
    struct keyring *k = NULL;
    struct city *city = NULL;
    struct err e = {0};

    assert_int_equal(city_open(path, DB_WRITE, &city, &e), OK);
    assert_int_equal(keyring_open(city, city->db, &k, &e), OK);
    assert_int_equal(unlock_enter(all, k, 1, passphrase, 0, &answer, cookie, &e), OK);
    keyring_close(k);
    city_close(city);
    unlocks_close(all);
    return answer;
}

static struct str passphrase_of(struct program p)
{
    struct str words;
    struct str rest;

    assert_true(str_starts(p.out, S("passphrase: ")));
    str_cut(str_part(p.out, 12, p.out.n - 12), '\n', &words, &rest);
    return words;
}

static void three_shares_give_a_passphrase_that_opens(void **state)
{
    const struct scratch *s = *state;
    struct paper p = make_city(s, "triage");
    struct program done = regain(s, p.city,
                                 arena_printf(s->arena, "%.*s\n\n  %.*s  \r\n%.*s", STR(p.share[4]),
                                              STR(p.share[0]), STR(p.share[2])));

    assert_int_equal(done.status, OK);
    assert_int_equal(try_to_unlock(p.city, passphrase_of(done)), UNLOCK_OPEN);
}

static void the_passphrase_before_opens_no_more(void **state)
{
    const struct scratch *s = *state;
    struct paper p = make_city(s, "triage");
    const char *typed =
        arena_printf(s->arena, "%.*s\n%.*s\n%.*s\n", STR(p.share[0]), STR(p.share[1]), STR(p.share[2]));
    struct str before = passphrase_of(regain(s, p.city, typed));
    struct str after = passphrase_of(regain(s, p.city, typed));

    assert_int_equal(try_to_unlock(p.city, before), UNLOCK_WRONG);
    assert_int_equal(try_to_unlock(p.city, after), UNLOCK_OPEN);
}

static void two_shares_or_none_give_nothing(void **state)
{
    const struct scratch *s = *state;
    struct paper p = make_city(s, "triage");
    struct program two =
        regain(s, p.city, arena_printf(s->arena, "%.*s\n%.*s\n", STR(p.share[0]), STR(p.share[1])));

    assert_int_equal(two.status, REFUSED);
    assert_true(says(two, "3 shares are needed, and 2 were given"));
    assert_int_equal(two.out.n, 0);
    assert_int_equal(regain(s, p.city, "").status, REFUSED);
}

static void a_wrong_letter_is_told_with_its_line(void **state)
{
    const struct scratch *s = *state;
    struct paper p = make_city(s, "triage");
    char *wrong = arena_printf(s->arena, "%.*s", STR(p.share[1]));

    wrong[9] = wrong[9] == 'A' ? 'B' : 'A';
    struct program done = regain(s, p.city, arena_printf(s->arena, "%.*s\n%s\n", STR(p.share[0]), wrong));
    assert_int_equal(done.status, BAD_INPUT);
    assert_true(says(done, "standard input:2:1: a letter in the share is wrong"));
}

static void one_share_typed_twice_is_told(void **state)
{
    const struct scratch *s = *state;
    struct paper p = make_city(s, "triage");
    struct program done =
        regain(s, p.city, arena_printf(s->arena, "%.*s\n%.*s\n", STR(p.share[3]), STR(p.share[3])));

    assert_int_equal(done.status, BAD_INPUT);
    assert_true(says(done, "standard input:2:1: share number 4 stands here twice"));
}

static void who_may_not_read_reports_gets_no_key(void **state)
{
    const struct scratch *s = *state;
    struct paper p = make_city(s, "administrator");
    struct program done = regain(
        s, p.city,
        arena_printf(s->arena, "%.*s\n%.*s\n%.*s\n", STR(p.share[0]), STR(p.share[1]), STR(p.share[2])));

    assert_int_equal(done.status, BAD_INPUT);
    assert_true(says(done, "has not the role triage"));
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(three_shares_give_a_passphrase_that_opens),
        IN_SCRATCH(the_passphrase_before_opens_no_more),
        IN_SCRATCH(two_shares_or_none_give_nothing),
        IN_SCRATCH(a_wrong_letter_is_told_with_its_line),
        IN_SCRATCH(one_share_typed_twice_is_told),
        IN_SCRATCH(who_may_not_read_reports_gets_no_key),
    };

    return cmocka_run_group_tests_name("regain", tests, NULL, NULL);
}

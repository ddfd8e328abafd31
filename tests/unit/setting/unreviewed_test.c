/* What a person has still to check: everything that is marked so, and nothing else. */
#include "setting/unreviewed.h"

#include "../keyring/town.h"
#include "../unit.h"

#include "base/arena.h"
#include "help/helpline.h"
#include "indicator/indicator.h"
#include "observation/ground.h"
#include "public/public.h"

static struct town *town_with_texts(void **state)
{
    struct town *t = *state;
    struct err e = {0};

    assert_int_equal(public_seed(t->city->db, &t->who, t->arena, &e), OK);
    return t;
}

static void look(struct town *t, struct unreviewed out[UNREVIEWED_KINDS])
{
    struct err e = {0};

    assert_int_equal(unreviewed_read(t->city->db, LANGUAGE_SV, t->arena, out, &e), OK);
}

static void a_number_that_has_been_checked_is_no_longer_among_them(void **state)
{
    struct town *t = town_with_texts(state);
    struct unreviewed before[UNREVIEWED_KINDS];
    struct unreviewed after[UNREVIEWED_KINDS];
    struct helplines lines;
    struct err e = {0};

    look(t, before);
    assert_true(before[UNREVIEWED_NUMBERS].n > 1);
    const struct unreviewed_item first = before[UNREVIEWED_NUMBERS].item[0];
    assert_int_equal(helpline_check(t->city->db, first.place, S("031-390 06 99"), &t->who, &e), REFUSED);
    assert_int_equal(helpline_check(t->city->db, first.place, first.what, &t->who, &e), OK);
    look(t, after);
    assert_int_equal(after[UNREVIEWED_NUMBERS].n, before[UNREVIEWED_NUMBERS].n - 1);
    assert_int_equal(helplines_all(t->city->db, S("sv"), t->arena, &lines, &e), OK);
    assert_true(lines.line[0].is_verified);
    assert_int_equal(date_days(lines.line[0].checked_on), date_days(date_of(t->who.now_at)));
}

static void all_law_that_nobody_has_checked_is_there(void **state)
{
    struct town *t = *state;
    struct unreviewed left[UNREVIEWED_KINDS];
    struct grounds all;
    struct err e = {0};
    size_t n = 0;

    assert_int_equal(grounds_read(t->arena, &all, &e), OK);
    for (size_t i = 0; i < all.n; i++)
        n += !all.ground[i].is_verified;
    assert_int_equal(secrecy_read(t->arena, &all, &e), OK);
    for (size_t i = 0; i < all.n; i++)
        n += !all.ground[i].is_verified;
    look(t, left);
    assert_int_equal(left[UNREVIEWED_LAW].n, n);
    for (size_t i = 0; i < n; i++)
        assert_true(left[UNREVIEWED_LAW].item[i].about.n > 0);
}

static void a_sign_whose_source_has_been_read_or_that_is_withdrawn_is_not(void **state)
{
    struct town *t = *state;
    struct unreviewed left[UNREVIEWED_KINDS];
    struct indicators all;
    struct err e = {0};

    assert_int_equal(indicators_load(t->city->db, t->arena, &all, &e), OK);
    look(t, left);
    for (size_t i = 0; i < left[UNREVIEWED_SIGNS].n; i++) {
        const struct indicator *x = indicator_find(&all, left[UNREVIEWED_SIGNS].item[i].what);

        assert_non_null(x);
        assert_false(x->is_source_seen);
        assert_false(x->is_withdrawn);
    }
    assert_in_range(left[UNREVIEWED_SIGNS].n, 1, all.n - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_number_that_has_been_checked_is_no_longer_among_them),
        IN_TOWN(all_law_that_nobody_has_checked_is_there),
        IN_TOWN(a_sign_whose_source_has_been_read_or_that_is_withdrawn_is_not),
    };

    return cmocka_run_group_tests_name("unreviewed", tests, NULL, NULL);
}

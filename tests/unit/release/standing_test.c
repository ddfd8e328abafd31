/* Versions of a release: corrected, withdrawn, and refused when two of them together would tell a figure. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../scratch_city.h"
#include "base/csv.h"
#include "base/number.h"
#include "base/text.h"
#include "mapping/example.h"
#include "release/propose.h"
#include "release/release.h"
#include "release/release_audit.h"
#include "release/standing.h"

#include <stdbool.h>

static const struct who who = {.name = "test", .now_at = 1000};

static int city_make_and_open(void **state)
{
    return scratch_city_open(state, &who);
}

static struct db *db_of(void **state)
{
    return ((struct city *)((struct scratch *)*state)->mine)->db;
}

/* The example's histories with `more` people in the first row. */
static struct str histories_with(struct arena *a, int64_t more)
{
    struct text out = text_open(a);
    struct csv in;
    struct err e;
    bool has_row = true;
    bool is_first = true;
    int64_t people = 0;

    assert_int_equal(csv_open(&in, "h", str_of(example_histories), a, &e), OK);
    while (has_row) {
        for (size_t i = 0; i + 1 < in.n; i++) {
            csv_put(&out, in.fields[i], ',');
            text_byte(&out, ',');
        }
        if (i64_from_str(in.fields[in.n - 1], 0, 10000, &people)) {
            text_format(&out, "%d\n", (int)(people + (is_first ? more : 0)));
            is_first = false;
        } else {
            text_lit(&out, "count\n");
        }
        assert_int_equal(csv_next(&in, &has_row, &e), OK);
    }
    return text_str(&out);
}

static struct release *proposed_by(void **state, bool has_example_key, struct mapping *m, int64_t more)
{
    struct scratch *scratch = *state;
    struct release *out = arena_new(scratch->arena, 1, struct release);
    struct proposal p = {.histories_name = "h",
                         .histories = histories_with(scratch->arena, more),
                         .names_name = "n",
                         .names = str_of(example_names),
                         .estimate = estimate_options_default(),
                         .has_example_key = has_example_key,
                         .now_at = 2000};
    struct err e = {0};

    p.estimate.replicates = 0;
    mapping_example(m);
    assert_int_equal(release_propose(scratch->mine, &p, m, scratch->arena, out, &e), OK);
    return out;
}

static struct release *proposed(void **state, struct mapping *m, int64_t more)
{
    return proposed_by(state, false, m, more);
}

static void publish_first(void **state)
{
    struct scratch *scratch = *state;
    struct mapping *m = arena_new(scratch->arena, 1, struct mapping);
    struct release *r = proposed(state, m, 0);
    struct err e = {0};

    assert_int_equal(release_publish(scratch->mine, m, r, &who, scratch->arena, &e), OK);
}

/* Corrects the first version with `more` people in one cell, under another title. */
static enum status correct(void **state, int64_t more, const char *of, struct err *e)
{
    struct scratch *scratch = *state;
    struct mapping *m = arena_new(scratch->arena, 1, struct mapping);
    struct release *r = proposed(state, m, more);
    const struct release_correction why = {str_of(of), S("Fel källa angavs.")};

    m->title_sv = r->mapping.title_sv = S("Rättad titel");
    return release_correct(scratch->mine, m, r, &why, &who, scratch->arena, e);
}

static void a_correction_of_words_is_a_new_version_and_the_old_one_says_so(void **state)
{
    struct scratch *scratch = *state;
    struct release_standing old;
    struct release_standing new;
    struct err e = {0};

    publish_first(state);
    assert_int_equal(correct(state, 0, "1281-2013", &e), OK);
    assert_int_equal(release_standing(db_of(state), S("1281-2013"), scratch->arena, &old, &e), OK);
    assert_int_equal(release_standing(db_of(state), S("1281-2013-v2"), scratch->arena, &new, &e), OK);
    assert_true(str_is(old.corrected_by, "1281-2013-v2"));
    assert_true(str_is(old.correction_reason, "Fel källa angavs."));
    assert_true(str_is(new.corrects, "1281-2013"));
    assert_int_equal(new.corrected_by.n, 0);
}

static void a_release_is_remembered_with_what_rounded_it(void **state)
{
    struct scratch *scratch = *state;

    for (int has_example_key = 0; has_example_key < 2; has_example_key++) {
        struct mapping *m = arena_new(scratch->arena, 1, struct mapping);
        struct release *r = proposed_by(state, has_example_key, m, 0);
        struct err e = {0};
        int64_t base = 0;
        bool found = !has_example_key;
        bool of_people = true;

        r->name = has_example_key ? S("1281-2014") : r->name;
        m->first_year = m->last_year = r->mapping.first_year = r->mapping.last_year = 2013 + has_example_key;
        assert_int_equal(release_publish(scratch->mine, m, r, &who, scratch->arena, &e), OK);
        assert_int_equal(release_rounding(db_of(state), r->name, true, &base, &found, &e), OK);
        assert_int_equal(base, r->protection.base);
        assert_int_equal(found, has_example_key);
        assert_int_equal(release_rounding(db_of(state), r->name, false, &base, &of_people, &e), OK);
        assert_false(of_people);
    }
}

static void the_rounding_of_no_release_is_refused(void **state)
{
    struct err e = {0};
    int64_t base = 0;
    bool has_example_key = false;

    assert_int_equal(release_rounding(db_of(state), S("1281-2013"), true, &base, &has_example_key, &e),
                     REFUSED);
    assert_non_null(strstr(e.what, "1281-2013: the city has published no such release"));
}

static void the_latest_version_alone_is_in_force(void **state)
{
    struct scratch *scratch = *state;
    struct release_entry *entries = NULL;
    struct err e = {0};
    size_t n = 0;

    publish_first(state);
    assert_int_equal(correct(state, 0, "1281-2013", &e), OK);
    assert_int_equal(release_list(db_of(state), scratch->arena, &entries, &n, &e), OK);
    assert_int_equal(n, 2);
    assert_true(str_is(entries[0].name, "1281-2013-v2") && entries[0].is_in_force);
    assert_false(entries[1].is_in_force);
    assert_int_equal(release_verify_all(scratch->mine, &n, &e), OK);
}

/* Five more people move the rounded figure one step: of 6-14 and 11-19 only 11-14 is left. */
static void a_correction_that_would_tell_a_figure_is_refused_and_names_it(void **state)
{
    struct err e = {0};

    publish_first(state);
    assert_int_equal(correct(state, 5, "1281-2013", &e), REFUSED);
    assert_non_null(strstr(e.what, "1281-2013 and 1281-2013-v2 together"));
    assert_non_null(strstr(e.what, "between"));
}

static void what_is_refused_leaves_nothing_behind(void **state)
{
    struct scratch *scratch = *state;
    struct release_standing standing;
    struct err e = {0};
    size_t n = 0;

    publish_first(state);
    assert_int_equal(correct(state, 5, "1281-2013", &e), REFUSED);
    assert_int_equal(release_verify_all(scratch->mine, &n, &e), OK);
    assert_int_equal(n, 1);
    assert_int_equal(release_standing(db_of(state), S("1281-2013"), scratch->arena, &standing, &e), OK);
    assert_int_equal(standing.corrected_by.n, 0);
}

static void versions_that_no_true_figure_agrees_with_are_refused(void **state)
{
    struct scratch *scratch = *state;
    struct mapping *m = arena_new(scratch->arena, 1, struct mapping);
    struct release *first = proposed(state, m, 0);
    struct release *second = proposed(state, m, 100);
    struct release_audit found;
    struct err e = {0};

    assert_int_equal(release_audit(second, first, NULL, scratch->arena, &found, &e), OK);
    assert_true(found.exposed > 0);
    assert_true(found.first.is_contradiction);
}

/* A release that shows x, y and their total; `rows` as in cube.csv. */
static const struct release *showing(const char *name, const char *rows, struct arena *a)
{
    struct release *r = arena_new(a, 1, struct release);

    r->name = str_of(name);
    r->cube_csv = str_of(arena_printf(a, "u,people,lo,hi,shown_sv,shown_en\n%s", rows));
    return r;
}

/* x and y are 10 to 14 together; y is at least 6, says the second, and x is, says the third. So with the
 * first each leaves nine values for the other; all three leave 6, 7 and 8. */
static void what_no_two_versions_tell_three_may(void **state)
{
    struct arena *a = ((struct scratch *)*state)->arena;
    const struct release *first = showing("1", "Total,12,10,14,a,a\nx,5,0,14,a,a\ny,5,0,14,a,a\n", a);
    const struct release *second = showing("2", "Total,10,0,40,a,a\nx,10,0,20,a,a\ny,10,6,20,a,a\n", a);
    const struct release *third = showing("3", "Total,10,0,40,a,a\nx,10,6,20,a,a\ny,10,0,20,a,a\n", a);
    const struct release *earlier[] = {first, second};
    struct release_audit found;
    struct err e = {0};

    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(release_audit(third, earlier[i], NULL, a, &found, &e), OK);
        assert_int_equal(found.exposed, 0);
    }
    assert_int_equal(release_audit(second, first, NULL, a, &found, &e), OK);
    assert_int_equal(found.exposed, 0);
    assert_int_equal(release_audit_together(third, earlier, 2, NULL, a, &found, &e), OK);
    assert_true(found.exposed > 0);
    assert_int_equal(found.narrowest, 2);
}

static void versions_with_the_same_figures_count_once(void **state)
{
    struct arena *a = ((struct scratch *)*state)->arena;
    const struct release *first = showing("1", "Total,12,10,14,a,a\nx,5,0,14,a,a\ny,5,0,14,a,a\n", a);
    const struct release *again = showing("2", "Total,12,10,14,a,a\nx,5,0,14,a,a\ny,5,0,14,a,a\n", a);
    const struct release *third = showing("3", "Total,10,0,40,a,a\nx,10,6,20,a,a\ny,10,0,20,a,a\n", a);
    const struct release *earlier[] = {first, again};
    struct release_audit found;
    struct err e = {0};

    assert_int_equal(release_audit_together(third, earlier, 2, NULL, a, &found, &e), OK);
    assert_int_equal(found.exposed, 0);
    assert_int_equal(found.figures, 0);
}

static void a_release_alone_leaves_five_values_for_every_figure(void **state)
{
    struct scratch *scratch = *state;
    struct mapping *m = arena_new(scratch->arena, 1, struct mapping);
    struct release_audit found;
    struct err e = {0};

    assert_int_equal(release_audit(proposed(state, m, 0), NULL, NULL, scratch->arena, &found, &e), OK);
    assert_int_equal(found.exposed, 0);
    assert_true(found.narrowest >= 4);
    assert_true(found.figures > 0);
}

static void an_earlier_version_is_not_corrected_twice(void **state)
{
    struct err e = {0};

    publish_first(state);
    assert_int_equal(correct(state, 0, "1281-2013", &e), OK);
    assert_int_equal(correct(state, 0, "1281-2013", &e), REFUSED);
    assert_non_null(strstr(e.what, "1281-2013 has a later version, 1281-2013-v2"));
}

static void a_release_is_withdrawn_once_and_keeps_its_reason(void **state)
{
    struct scratch *scratch = *state;
    struct release_standing standing;
    struct err e = {0};

    publish_first(state);
    assert_int_equal(release_withdraw(db_of(state), S("1281-2013"), S("  "), &who, &e), BAD_INPUT);
    assert_int_equal(release_withdraw(db_of(state), S("1281-2013"), S("Listan var fel."), &who, &e), OK);
    assert_int_equal(release_withdraw(db_of(state), S("1281-2013"), S("Igen."), &who, &e), REFUSED);
    assert_int_equal(release_standing(db_of(state), S("1281-2013"), scratch->arena, &standing, &e), OK);
    assert_int_equal(standing.withdrawn_at, 1000);
    assert_true(str_is(standing.withdrawn_reason, "Listan var fel."));
}

static void the_ledger_forgets_no_withdrawal(void **state)
{
    static const char sql[] = "delete from release_withdrawal";
    struct err e = {0};

    publish_first(state);
    assert_int_equal(release_withdraw(db_of(state), S("1281-2013"), S("Fel."), &who, &e), OK);
    struct query q = db_query(db_of(state), sql);
    assert_int_not_equal(query_run(&q, &e), OK);
    assert_non_null(strstr(e.what, "append-only"));
}

static void assert_before(void **state, int first_year, const char *name)
{
    struct scratch *scratch = *state;
    struct str names[1];
    struct err e = {0};
    size_t n = 0;

    assert_int_equal(release_before(db_of(state), first_year, 1, scratch->arena, names, &n, &e), OK);
    assert_int_equal(n, name ? 1 : 0);
    assert_true(!name || str_is(names[0], name));
}

static void an_earlier_release_is_of_years_before_and_in_force(void **state)
{
    struct err e = {0};

    publish_first(state);
    assert_before(state, 2013, NULL);
    assert_before(state, 2014, "1281-2013");
    assert_int_equal(correct(state, 0, "1281-2013", &e), OK);
    assert_before(state, 2014, "1281-2013-v2");
    assert_int_equal(release_withdraw(db_of(state), S("1281-2013-v2"), S("Fel."), &who, &e), OK);
    assert_before(state, 2014, NULL);
}

static void a_version_is_named_after_the_first(void **state)
{
    struct arena *a = ((struct scratch *)*state)->arena;

    assert_true(str_is(release_next_name(S("1281-2013"), a), "1281-2013-v2"));
    assert_true(str_is(release_next_name(S("1281-2013-2015"), a), "1281-2013-2015-v2"));
    assert_true(str_is(release_next_name(S("1281-2013-v9"), a), "1281-2013-v10"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_correction_of_words_is_a_new_version_and_the_old_one_says_so,
                                        city_make_and_open, scratch_city_close),
        cmocka_unit_test_setup_teardown(a_release_is_remembered_with_what_rounded_it, city_make_and_open,
                                        scratch_city_close),
        cmocka_unit_test_setup_teardown(the_rounding_of_no_release_is_refused, city_make_and_open,
                                        scratch_city_close),
        cmocka_unit_test_setup_teardown(the_latest_version_alone_is_in_force, city_make_and_open,
                                        scratch_city_close),
        cmocka_unit_test_setup_teardown(a_correction_that_would_tell_a_figure_is_refused_and_names_it,
                                        city_make_and_open, scratch_city_close),
        cmocka_unit_test_setup_teardown(what_is_refused_leaves_nothing_behind, city_make_and_open,
                                        scratch_city_close),
        cmocka_unit_test_setup_teardown(versions_that_no_true_figure_agrees_with_are_refused,
                                        city_make_and_open, scratch_city_close),
        cmocka_unit_test_setup_teardown(what_no_two_versions_tell_three_may, city_make_and_open,
                                        scratch_city_close),
        cmocka_unit_test_setup_teardown(versions_with_the_same_figures_count_once, city_make_and_open,
                                        scratch_city_close),
        cmocka_unit_test_setup_teardown(a_release_alone_leaves_five_values_for_every_figure,
                                        city_make_and_open, scratch_city_close),
        cmocka_unit_test_setup_teardown(an_earlier_version_is_not_corrected_twice, city_make_and_open,
                                        scratch_city_close),
        cmocka_unit_test_setup_teardown(a_release_is_withdrawn_once_and_keeps_its_reason, city_make_and_open,
                                        scratch_city_close),
        cmocka_unit_test_setup_teardown(the_ledger_forgets_no_withdrawal, city_make_and_open,
                                        scratch_city_close),
        cmocka_unit_test_setup_teardown(an_earlier_release_is_of_years_before_and_in_force,
                                        city_make_and_open, scratch_city_close),
        cmocka_unit_test_setup_teardown(a_version_is_named_after_the_first, city_make_and_open,
                                        scratch_city_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

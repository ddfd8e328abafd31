/* The catalogue of signs: whole, fair, readable; the city's own wording of it. */
#include "indicator/indicator.h"

#include "../keyring/town.h"
#include "../unit.h"

#include "words/lix.h"
#include "words/terms.h"

#include <string.h>

static struct indicators delivered(struct arena *a)
{
    struct indicators all;
    struct err e = {0};

    if (indicators_delivered(a, &all, &e) != OK)
        fail_msg("%s", e.what);
    return all;
}

static void there_are_signs_for_every_actor_and_their_numbers_are_unique(void **state)
{
    struct indicators all = delivered(*state);

    assert_int_equal(all.n, 166);
    assert_int_equal(all.n_actors, 14);
    for (size_t k = 0; k < all.n_actors; k++) {
        size_t n = 0;

        for (size_t i = 0; i < all.n; i++)
            n += all.indicator[i].actor == &all.actors[k];
        assert_true(n >= 8);
    }
    for (size_t i = 0; i < all.n; i++)
        assert_ptr_equal(indicator_find(&all, all.indicator[i].id), &all.indicator[i]);
}

static void no_sign_rests_on_origin_looks_language_or_dress(void **state)
{
    struct indicators all = delivered(*state);
    struct str word;

    for (size_t i = 0; i < all.n; i++)
        if (terms_forbidden(all.indicator[i].sv, &word) || terms_forbidden(all.indicator[i].en, &word))
            fail_msg("%.*s holds \"%.*s\"", STR(all.indicator[i].id), STR(word));
}

static void assert_easy(struct str id, struct str text)
{
    struct lix count = {0};

    lix_add(&count, text);
    if (lix_value(&count) > LIX_MOST)
        fail_msg("%.*s: LIX %.1f", STR(id), lix_value(&count));
}

static void every_sign_and_caution_is_easy_to_read_in_swedish_and_there_in_english(void **state)
{
    struct indicators all = delivered(*state);

    for (size_t i = 0; i < all.n; i++) {
        assert_easy(all.indicator[i].id, all.indicator[i].sv);
        assert_true(all.indicator[i].en.n > 10 && all.indicator[i].source.n > 0);
    }
    for (size_t i = 0; i < all.n_cautions; i++) {
        assert_easy(all.cautions[i].code, all.cautions[i].sv);
        assert_true(all.cautions[i].en.n > 10);
    }
}

static bool has(const struct indicator *i, const char *codes)
{
    for (size_t k = 0; k < i->n_cautions; k++)
        if (memmem(codes, strlen(codes), i->caution[k]->code.p, 3))
            return true;
    return false;
}

static void every_sign_says_what_it_does_not_mean(void **state)
{
    struct indicators all = delivered(*state);

    for (size_t i = 0; i < all.n; i++) {
        const struct indicator *sign = &all.indicator[i];

        assert_true(sign->n_cautions >= 1);
        if (memmem(sign->forms.p, sign->forms.n, "child", 5) && !has(sign, "BAR ELE"))
            fail_msg("%.*s is about children and does not say whom to tell", STR(sign->id));
        if (sign->strength == STRENGTH_STRONG && !has(sign, "SAK AKU BAR SEK SJA SIT"))
            fail_msg("%.*s is strong and does not say what to do first", STR(sign->id));
    }
}

static void search_finds_beginnings_of_words_in_both_languages(void **state)
{
    struct indicators all = delivered(*state);
    const struct indicator *sign = indicator_find(&all, S("LL01"));

    assert_true(indicator_matches(sign, S("lägenhet KORTA")));
    assert_true(indicator_matches(sign, S("visits")));
    assert_true(indicator_matches(sign, S("ll01")));
    assert_true(indicator_matches(sign, S("  ")));
    assert_false(indicator_matches(sign, S("lägenhet madrass")));
}

static const struct indicator_change change = {.id = {"LL01", 4},
                                               .version = 1,
                                               .strength = STRENGTH_WEAK,
                                               .sv = {"Det kommer folk hela kvällen.", 30},
                                               .en = {"People come all evening.", 24},
                                               .reason = {"Lättare att läsa", 17}};

static void a_new_wording_is_the_next_version_and_the_old_is_kept(void **state)
{
    struct town *t = *state;
    struct indicator_versions versions;
    struct indicators all;
    struct err e = {0};

    if (indicator_save(t->city->db, &change, &t->who, &e) != OK)
        fail_msg("%s", e.what);
    assert_int_equal(indicators_load(t->city->db, t->arena, &all, &e), OK);
    const struct indicator *sign = indicator_find(&all, S("LL01"));
    assert_int_equal(sign->version, 2);
    assert_int_equal(sign->strength, STRENGTH_WEAK);
    assert_str(sign->en, "People come all evening.");
    assert_int_equal(indicator_history(t->city->db, S("LL01"), t->arena, &versions, &e), OK);
    assert_int_equal(versions.n, 1);
    assert_int_equal(indicator_save(t->city->db, &change, &t->who, &e), REFUSED);
}

static void a_wording_that_is_unfair_hard_or_empty_is_refused(void **state)
{
    struct town *t = *state;
    struct indicator_change bad = change;
    struct err e = {0};

    bad.sv = S("Kvinnorna är rumänska.");
    assert_int_equal(indicator_save(t->city->db, &bad, &t->who, &e), BAD_INPUT);
    assert_says(e, "rumänska");
    bad.sv = S("Verksamhetsutövarens personalförteckning överensstämmer ofullständigt.");
    assert_int_equal(indicator_save(t->city->db, &bad, &t->who, &e), BAD_INPUT);
    assert_says(e, "hard to read");
    bad = change;
    bad.en = S(" ");
    assert_int_equal(indicator_save(t->city->db, &bad, &t->who, &e), BAD_INPUT);
    bad = change;
    bad.id = S("XX99");
    assert_int_equal(indicator_save(t->city->db, &bad, &t->who, &e), BAD_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(there_are_signs_for_every_actor_and_their_numbers_are_unique),
        WITH_ARENA(no_sign_rests_on_origin_looks_language_or_dress),
        WITH_ARENA(every_sign_and_caution_is_easy_to_read_in_swedish_and_there_in_english),
        WITH_ARENA(every_sign_says_what_it_does_not_mean),
        WITH_ARENA(search_finds_beginnings_of_words_in_both_languages),
        IN_TOWN(a_new_wording_is_the_next_version_and_the_old_is_kept),
        IN_TOWN(a_wording_that_is_unfair_hard_or_empty_is_refused),
    };

    return cmocka_run_group_tests_name("indicator", tests, NULL, NULL);
}

/* The register: without gaps, without content; requests and the review; grounds. */
#include "arrivals.h"

#include "observation/disclosure.h"
#include "observation/ground.h"
#include "observation/register.h"
#include "store/db.h"

static void the_register_has_no_gap_and_one_is_named(void **state)
{
    struct town *t = *state;
    int64_t gap = -1;
    struct err e = {0};

    for (unsigned char form = 1; form <= 4; form++)
        arrive(t, S("x"), form, NOON_AT);
    assert_int_equal(register_gap(t->city->db, 2026, &gap, &e), OK);
    assert_int_equal(gap, 0);
    assert_int_equal(db_script(t->city->db, "delete from register_entry where number = 3", &e), OK);
    assert_int_equal(register_gap(t->city->db, 2026, &gap, &e), OK);
    assert_int_equal(gap, 3);
}

static void the_export_holds_numbers_and_days_and_nothing_of_what_was_told(void **state)
{
    struct town *t = *state;
    struct register_entries entries;
    struct text csv = text_open(t->arena);
    struct err e = {0};

    arrive(t, S("MARKER"), 1, NOON_AT);
    assert_int_equal(register_read(t->city->db, 2026, t->arena, &entries, &e), OK);
    register_csv(&entries, &csv);
    assert_non_null(strstr(text_str(&csv).p, "2026-001;2026-11-20;anyone;Iakttagelse;;;\r\n"));
    assert_null(strstr(text_str(&csv).p, "MARKER"));
}

static void an_authority_gives_a_ground_and_anyone_need_not(void **state)
{
    struct town *t = *state;
    struct disclosure police = {.year = 2026, .number = 1, .asker = S("police")};
    struct disclosure anyone = {.year = 2026, .number = 1, .asker = S("anyone")};
    struct disclosure nothing = {.year = 2026, .number = 2, .asker = S("anyone")};
    struct disclosures all;
    struct err e = {0};

    arrive(t, S("x"), 1, NOON_AT);
    assert_int_equal(disclosure_ask(t->city->db, &police, &t->who, &e), BAD_INPUT);
    assert_int_equal(disclosure_ask(t->city->db, &anyone, &t->who, &e), OK);
    assert_int_equal(disclosure_ask(t->city->db, &nothing, &t->who, &e), BAD_INPUT);
    police.ground = S("ALLVARLIGT");
    police.is_urgent = true;
    assert_int_equal(disclosure_ask(t->city->db, &police, &t->who, &e), OK);
    assert_int_equal(disclosures_list(t->city->db, t->arena, &all, &e), OK);
    assert_int_equal(all.n, 2);
    assert_true(all.disclosure[0].is_urgent);
    assert_int_equal(disclosure_decide(t->city->db, police.id, DISCLOSURE_MASKED, S(""), &t->who, &e),
                     BAD_INPUT);
    assert_int_equal(disclosure_decide(t->city->db, police.id, DISCLOSURE_MASKED, S("SOCIAL"), &t->who, &e),
                     OK);
    assert_int_equal(disclosure_decide(t->city->db, police.id, DISCLOSURE_WHOLE, S(""), &t->who, &e),
                     REFUSED);
    assert_int_equal(disclosure_find(t->city->db, police.id, t->arena, &police, &e), OK);
    assert_int_equal(police.outcome, DISCLOSURE_MASKED);
    assert_str(police.secrecy, "SOCIAL");
    assert_true(police.observation > 0);
    assert_int_equal(disclosure_find(t->city->db, 99, t->arena, &police, &e), REFUSED);
}

static void what_is_masked_tells_not_even_its_length(void **state)
{
    struct str text = S("Hon är gravid och det är 070-174 06 05.");
    struct scan marks = scan_text(text, *state);
    struct str masked = review_mask(text, &marks, *state);

    assert_str(masked, "Hon är █████ och det är █████.");
}

static struct str held_back(struct str text, const struct scan *chosen, struct str more, struct arena *a)
{
    struct scan marks = review_marks(text, chosen, more, a);

    return review_mask(text, &marks, a);
}

static void words_the_clerk_adds_are_masked_wherever_they_stand(void **state)
{
    struct str text = S("Källaren vid Exempeltorget. Exempeltorget, källaren och 070-174 06 05.");
    struct scan proposed = scan_text(text, *state);
    struct scan none = {0};

    assert_str(held_back(text, &none, S(""), *state),
               "Källaren vid Exempeltorget. Exempeltorget, källaren och 070-174 06 05.");
    assert_str(held_back(text, &proposed, S(" exempeltorget \n\nKällaren"), *state),
               "█████ vid █████. █████, █████ och █████.");
    assert_str(held_back(S("abcdef"), &none, S("bcd\ncde"), *state), "a█████f");
    assert_str(held_back(S("aaaa"), &none, S("aa"), *state), "█████");
    assert_str(held_back(S("På ÖVRE gatan"), &none, S("övre"), *state), "På █████ gatan");
    assert_str(held_back(S(""), &none, S("a"), *state), "");
}

static void every_ground_waits_for_a_lawyer_and_the_general_clause_is_not_for_social_services(void **state)
{
    struct grounds all;
    struct err e = {0};

    assert_int_equal(grounds_read(*state, &all, &e), OK);
    assert_int_equal(all.n, 10);
    for (size_t i = 0; i < all.n; i++) {
        assert_false(all.ground[i].is_verified);
        assert_true(all.ground[i].sv.n > 10 && all.ground[i].en.n > 10);
    }
    const struct ground *general = ground_named(&all, S("GENERAL"));
    assert_false(ground_is_for(general, S("social_services")));
    assert_false(ground_is_for(general, S("health")));
    assert_true(ground_is_for(general, S("municipality")));
    assert_null(ground_named(&all, S("NEJ")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(the_register_has_no_gap_and_one_is_named),
        IN_TOWN(the_export_holds_numbers_and_days_and_nothing_of_what_was_told),
        IN_TOWN(an_authority_gives_a_ground_and_anyone_need_not),
        WITH_ARENA(what_is_masked_tells_not_even_its_length),
        WITH_ARENA(words_the_clerk_adds_are_masked_wherever_they_stand),
        WITH_ARENA(every_ground_waits_for_a_lawyer_and_the_general_clause_is_not_for_social_services),
    };

    return cmocka_run_group_tests_name("register", tests, NULL, NULL);
}

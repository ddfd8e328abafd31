/* Legal grounds by day: the first and the last are days on which they hold; every activity has one for all of
 * it today. */
#include "../scratch.h"
#include "../unit.h"

#include "manual/activity.h"
#include "manual/legal_ground.h"

#include <string.h>

#define HEAD "id,lag,paragraf,vad den säger,gäller från,gäller till\n"
#define RESTS "behandling,grund,del\n"

static const char grounds[] = HEAD "gammal,lag (2001:1),1 §,det gamla,2002-01-01,2025-06-30\n"
                                   "ny,lag (2025:1),2 §,det nya,2025-07-01,\n"
                                   "evig,lag (1990:1),3 §,det som alltid gällt,1990-01-01,\n";

static const char rests[] = RESTS "bytt,gammal,\nbytt,ny,\n"
                                  "upphörd,gammal,\n"
                                  "delad,evig,\ndelad,gammal,hälsa\n"
                                  "bara del,evig,hälsa\n";

static struct legal_grounds read(struct scratch *s)
{
    struct legal_grounds all;
    struct err e = {0};

    assert_int_equal(legal_grounds_from(str_of(grounds), str_of(rests), s->arena, &all, &e), OK);
    return all;
}

static void a_ground_holds_from_its_first_day_to_its_last(void **state)
{
    const struct legal_grounds all = read(*state);
    const struct legal_ground *old = &all.ground[0];

    assert_int_equal(legal_ground_on(old, (struct date){2001, 12, 31}), LEGAL_GROUND_NOT_YET);
    assert_int_equal(legal_ground_on(old, (struct date){2002, 1, 1}), LEGAL_GROUND_HOLDS);
    assert_int_equal(legal_ground_on(old, (struct date){2025, 6, 30}), LEGAL_GROUND_HOLDS);
    assert_int_equal(legal_ground_on(old, (struct date){2025, 7, 1}), LEGAL_GROUND_ENDED);
    assert_int_equal(legal_ground_on(&all.ground[2], (struct date){2100, 1, 1}), LEGAL_GROUND_HOLDS);
}

static void an_activity_needs_a_ground_for_all_of_it_and_for_each_part(void **state)
{
    static const struct date before = {2025, 6, 30}, after = {2025, 7, 1};
    const struct legal_grounds all = read(*state);

    assert_true(legal_grounds_hold(&all, S("bytt"), before) && legal_grounds_hold(&all, S("bytt"), after));
    assert_true(legal_grounds_hold(&all, S("upphörd"), before));
    assert_false(legal_grounds_hold(&all, S("upphörd"), after));
    assert_true(legal_grounds_hold(&all, S("delad"), before));
    assert_false(legal_grounds_hold(&all, S("delad"), after));
    assert_false(legal_grounds_hold(&all, S("bara del"), before));
    assert_false(legal_grounds_hold(&all, S("ingen"), before));
}

static void words_tell_what_held_on_the_day_alone(void **state)
{
    const struct legal_grounds all = read(*state);
    struct scratch *s = *state;

    assert_true(str_is(legal_grounds_words(&all, S("bytt"), (struct date){2025, 6, 30}, s->arena),
                       "lag (2001:1), 1 § (det gamla)"));
    assert_true(str_is(legal_grounds_words(&all, S("delad"), (struct date){2024, 1, 1}, s->arena),
                       "lag (1990:1), 3 § (det som alltid gällt); hälsa: lag (2001:1), 1 § (det gamla)"));
    assert_int_equal(legal_grounds_words(&all, S("upphörd"), (struct date){2026, 1, 1}, s->arena).n, 0);
}

static void what_is_wrong_in_the_files_is_told_with_its_line(void **state)
{
    static const struct {
        const char *grounds, *rests, *told;
    } cases[] = {{HEAD "a,l,p,s,2002-13-01,\n", RESTS, "legal_grounds.csv:2:5: "},
                 {HEAD "a,l,p,s,2002-01-01,snart\n", RESTS, "legal_grounds.csv:2:6: "},
                 {HEAD "a,l,p,s,2002-01-02,2002-01-01\n", RESTS, "legal_grounds.csv:2:6: "},
                 {HEAD "a,l,p,s,2002-01-01,\n", RESTS "x,b,\n", "rests_on.csv:2:2: "}};
    struct scratch *s = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct legal_grounds all;
        struct err e = {0};

        assert_int_equal(
            legal_grounds_from(str_of(cases[i].grounds), str_of(cases[i].rests), s->arena, &all, &e),
            BAD_INPUT);
        if (strncmp(e.what, cases[i].told, strlen(cases[i].told)) != 0)
            fail_msg("%s", e.what);
    }
}

static void every_activity_of_the_register_rests_on_what_holds(void **state)
{
    struct scratch *s = *state;
    struct activities activities;
    struct legal_grounds all;
    struct err e = {0};

    assert_int_equal(activities_read(s->arena, &activities, &e), OK);
    assert_int_equal(legal_grounds_read(s->arena, &all, &e), OK);
    assert_true(activities.n > 10);
    for (size_t i = 0; i < activities.n; i++)
        assert_true(legal_grounds_hold(&all, activities.activity[i].id, (struct date){2026, 1, 1}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ground_holds_from_its_first_day_to_its_last),
        cmocka_unit_test(an_activity_needs_a_ground_for_all_of_it_and_for_each_part),
        cmocka_unit_test(words_tell_what_held_on_the_day_alone),
        cmocka_unit_test(what_is_wrong_in_the_files_is_told_with_its_line),
        cmocka_unit_test(every_activity_of_the_register_rests_on_what_holds),
    };

    return cmocka_run_group_tests_name("legal grounds", tests, scratch_open, scratch_close);
}

/* A researcher's application: who may decide it, what its link opens, and when it ends. */
#include "research/study.h"

#include "../made_city.h"
#include "../programme/towns.h"
#include "../scratch.h"
#include "../unit.h"

#include "portal/outside.h"
#include "portal/permission.h"
#include "portal/person.h"
#include "programme/programme.h"
#include "research/study_decide.h"
#include "research/study_notice.h"
#include "store/city.h"
#include "store/db.h"

#include <string.h>

#include <zip.h>

enum { NOON = 1785924000 /* 5 August 2026 */, DAY = 86400, LEAD = 1, OFFICER = 2, BOTH = 3 };

static const struct who who = {.name = "test", .now_at = NOON};
static const struct date last_day = {2026, 12, 31};

static struct city *city_of(void **state)
{
    return ((struct scratch *)*state)->mine;
}

static struct arena *arena_of(void **state)
{
    return ((struct scratch *)*state)->arena;
}

static int add_person(struct city *city, const char *email, uint32_t roles)
{
    struct person p = {.email = str_of(email), .name = S("Exempel"), .roles = roles};
    struct err e = {0};

    return person_add(city->db, &who, &p, &e) == OK ? 0 : -1;
}

/* Two towns with a release each. */
static int take_towns(void **state, struct city *city)
{
    static const char *const towns[] = {"1280", "1281"};
    const struct scratch *s = *state;
    struct arrivals all;
    struct err e = {0};

    for (size_t i = 0; i < 2; i++) {
        const struct programme_city town = {
            .municipality = str_of(towns[i]), .name = S("Ort"), .public_key = town_key(towns[i], s->arena)};
        const char *path = scratch_path(s, towns[i]);

        (void)town_publish(&(struct town){.municipality = towns[i]}, path, s->arena);
        if (programme_join(city->db, &who, &town, &e) != OK ||
            programme_take(city, city->db, &path, 1, &who, s->arena, &all, &e) != OK)
            return -1;
    }
    return 0;
}

/* A programme with its lead, its data protection officer, and one who is both. */
static int begin(void **state)
{
    const struct city_make make = {.municipality = S(PROGRAMME_CODE), .name = S("Programmet"), .who = who};
    struct city *city = NULL;
    struct err e = {0};

    if (scratch_open(state) != 0)
        return -1;
    const char *path = scratch_path(*state, "programme");
    if (made_city(path, &make, &e) != OK || city_open(path, DB_WRITE, &city, &e) != OK ||
        programme_make(city->db, &who, &e) != OK)
        return -1;
    ((struct scratch *)*state)->mine = city;
    if (add_person(city, "a@lan.example", ROLE_BIT(ROLE_PROGRAMME_LEAD)) != 0 ||
        add_person(city, "b@lan.example", ROLE_BIT(ROLE_DPO)) != 0 ||
        add_person(city, "c@lan.example", ROLE_BIT(ROLE_DPO) | ROLE_BIT(ROLE_COORDINATOR)) != 0)
        return -1;
    return take_towns(state, city);
}

static int end(void **state)
{
    city_close(city_of(state));
    return scratch_close(state);
}

static int64_t count_of(void **state, const char *sql)
{
    struct query q = db_query(city_of(state)->db, sql);
    struct err e = {0};
    int64_t n = query_next(&q) ? query_int(&q, 0) : -1;

    assert_int_equal(query_end(&q, &e), OK);
    return n;
}

static struct str text_of(void **state, const char *sql)
{
    struct query q = db_query(city_of(state)->db, sql);
    struct err e = {0};
    struct str found = query_next(&q) ? query_str(&q, 0, arena_of(state)) : S("");

    assert_int_equal(query_end(&q, &e), OK);
    return found;
}

static struct study asked(void)
{
    return (struct study){.title = S("Mörkertal i Skåne"),
                          .institution = S("Exempeluniversitetet"),
                          .name = S("Forskare Exempel"),
                          .email = S("forskare@exempel.se"),
                          .purpose = S("Pröva metoden."),
                          .wanted = S("Alla orter 2025."),
                          .wanted_until = last_day,
                          .ethics_number = S("2026-01234-01"),
                          .ethics_until = last_day};
}

static enum status apply(void **state, struct study *x, struct err *e)
{
    return study_apply(city_of(state), city_of(state)->db, &outside_machine, x, &who, e);
}

/* What follows `before` in the latest letter to the researcher. */
static struct str token_after(void **state, const char *before)
{
    struct str letter = text_of(state, "select plain from mail_letter where address = 'forskare@exempel.se' "
                                       "order by id desc limit 1");
    const char *at = memmem(letter.p, letter.n, before, strlen(before));

    assert_non_null(at);
    at += strlen(before);
    return (struct str){at, strcspn(at, "\n ")};
}

static struct study found(void **state)
{
    struct study x;
    struct err e = {0};

    assert_int_equal(study_find(city_of(state)->db, 1, arena_of(state), &x, &e), OK);
    return x;
}

/* Application 1, confirmed. */
static void applied(void **state)
{
    struct study x = asked();
    struct err e = {0};

    assert_int_equal(apply(state, &x, &e), OK);
    struct str token = token_after(state, "/forskning/bekrafta/");
    assert_int_equal(study_to_confirm(city_of(state)->db, token, arena_of(state), &x, &e), OK);
    assert_int_equal(x.id, 1);
    assert_int_equal(study_confirm(city_of(state), city_of(state)->db, &x, &who, &e), OK);
}

static enum status advise(void **state, int64_t by, bool is_to_grant, struct err *e)
{
    const struct study_advice advice = {.study = 1,
                                        .version = found(state).version,
                                        .by = by,
                                        .is_to_grant = is_to_grant,
                                        .words = S("Siffrorna är skyddade.")};

    return study_advise(city_of(state), city_of(state)->db, &advice, &who, e);
}

static struct arrivals taken(void **state)
{
    struct arrivals all;
    struct err e = {0};

    assert_int_equal(programme_arrivals(city_of(state), city_of(state)->db, NOON, arena_of(state), &all, &e),
                     OK);
    return all;
}

/* The first town's release until `until`. */
static enum status grant(void **state, int64_t by, struct date until, struct err *e)
{
    const struct city_release *x = &taken(state).arrival[0].release;
    struct study_release release = {.manifest_hash = x->manifest_hash,
                                    .release = x->name,
                                    .city = x->city,
                                    .first_year = x->first_year,
                                    .last_year = x->last_year};
    const struct study_decision d = {.study = 1,
                                     .version = found(state).version,
                                     .by = by,
                                     .words = S("Studien behöver dem."),
                                     .until = until,
                                     .granted = {1, &release}};

    return study_grant(city_of(state), city_of(state)->db, &outside_machine, &d, &who, e);
}

/* The link of application 1, granted by the lead on the officer's advice, and agreed to. */
static struct str granted(void **state)
{
    struct study x = {.id = 1};
    struct err e = {0};

    applied(state);
    assert_int_equal(advise(state, OFFICER, true, &e), OK);
    if (grant(state, LEAD, last_day, &e) != OK)
        fail_msg("%s", e.what);
    assert_int_equal(study_agree(city_of(state)->db, &x, &who, &e), OK);
    return token_after(state, "/forskning/atkomst/");
}

static int64_t opened(void **state, struct str token, int64_t now_at)
{
    struct study x;
    struct err e = {0};

    assert_int_equal(study_by_link(city_of(state)->db, token, now_at, arena_of(state), &x, &e), OK);
    return x.id;
}

static void an_application_waits_until_its_address_is_confirmed(void **state)
{
    struct study x = asked();
    struct err e = {0};

    assert_int_equal(apply(state, &x, &e), OK);
    assert_int_equal(found(state).id, 0);
    assert_int_equal(count_of(state, "select count(*) from mail_letter"), 1);
    struct str token = token_after(state, "/forskning/bekrafta/");
    assert_int_equal(study_to_confirm(city_of(state)->db, token, arena_of(state), &x, &e), OK);
    assert_int_equal(study_confirm(city_of(state), city_of(state)->db, &x, &who, &e), OK);
    assert_int_equal(found(state).id, 1);
    assert_int_equal(count_of(state, "select count(*) from mail_letter where address like '%@lan.example'"),
                     3);
}

static void nobody_is_written_to_more_than_three_times_a_day_unconfirmed(void **state)
{
    struct err e = {0};

    for (int i = 0; i < 5; i++) {
        struct study x = asked();
        assert_int_equal(apply(state, &x, &e), OK);
    }
    assert_int_equal(count_of(state, "select count(*) from mail_letter"), STUDY_UNCONFIRMED_MOST);
}

static void an_application_without_its_ethics_decision_is_refused(void **state)
{
    struct study x = asked();
    struct err e = {0};

    x.ethics_number = S(" ");
    assert_int_equal(apply(state, &x, &e), BAD_INPUT);
    x = asked();
    x.ethics_until = (struct date){2026, 8, 5};
    assert_int_equal(apply(state, &x, &e), BAD_INPUT);
    assert_int_equal(count_of(state, "select count(*) from research_study"), 0);
}

static void nothing_is_granted_before_the_officer_has_said_yes(void **state)
{
    struct err e = {0};

    applied(state);
    assert_int_equal(grant(state, LEAD, last_day, &e), REFUSED);
    assert_int_equal(advise(state, OFFICER, false, &e), OK);
    assert_int_equal(grant(state, LEAD, last_day, &e), REFUSED);
    assert_says(e, "has not said yes");
    assert_int_equal(advise(state, OFFICER, true, &e), OK);
    assert_int_equal(grant(state, LEAD, last_day, &e), OK);
}

static void whoever_advised_does_not_decide(void **state)
{
    struct err e = {0};

    applied(state);
    assert_int_equal(advise(state, BOTH, true, &e), OK);
    assert_int_equal(grant(state, BOTH, last_day, &e), REFUSED);
    assert_says(e, "does not decide");
    assert_int_equal(count_of(state, "select count(*) from research_grant"), 0);
}

static void an_access_lasts_no_longer_than_the_ethics_decision(void **state)
{
    struct err e = {0};

    applied(state);
    assert_int_equal(advise(state, OFFICER, true, &e), OK);
    assert_int_equal(grant(state, LEAD, (struct date){2027, 1, 1}, &e), REFUSED);
    assert_int_equal(grant(state, LEAD, (struct date){2026, 8, 4}, &e), BAD_INPUT);
    assert_int_equal(grant(state, LEAD, last_day, &e), OK);
}

static void what_was_decided_stays_decided(void **state)
{
    const struct study_decision d = {.study = 1, .version = 1, .by = LEAD, .words = S("Fel frågor.")};
    struct err e = {0};

    applied(state);
    assert_int_equal(study_refuse(city_of(state), city_of(state)->db, &d, &who, &e), OK);
    assert_int_equal(advise(state, OFFICER, true, &e), REFUSED);
    assert_int_equal(grant(state, LEAD, last_day, &e), REFUSED);
    assert_str(found(state).reason, "Fel frågor.");
    assert_int_equal(count_of(state,
                              "select count(*) from mail_letter where address = 'forskare@exempel.se' and "
                              "plain like '%Fel frågor.%'"),
                     1);
}

static void a_link_opens_until_the_last_moment_of_its_last_day(void **state)
{
    struct str token = granted(state);
    int64_t ends_at = found(state).ends_at;

    assert_int_equal(opened(state, token, NOON), 1);
    assert_int_equal(opened(state, token, ends_at - 1), 1);
    assert_int_equal(opened(state, token, ends_at), 0);
    assert_int_equal(ends_at, 1798758000); /* 2027-01-01 00:00 in Stockholm */
    assert_int_equal(opened(state, S("x"), NOON), 0);
}

static void an_access_that_was_ended_opens_nothing(void **state)
{
    struct str token = granted(state);
    const struct study_decision d = {
        .study = 1, .version = found(state).version, .by = LEAD, .words = S("Etikbeslutet är återkallat.")};
    struct study x = {.id = 1};
    struct err e = {0};

    assert_int_equal(study_end(city_of(state), city_of(state)->db, &d, &who, &e), OK);
    assert_int_equal(opened(state, token, NOON), 0);
    assert_int_equal(study_note_read(city_of(state)->db, &x, "page", &who, &e), REFUSED);
}

static void nothing_is_read_before_the_terms_are_agreed_to(void **state)
{
    struct study x = {.id = 1};
    struct err e = {0};

    applied(state);
    assert_int_equal(advise(state, OFFICER, true, &e), OK);
    assert_int_equal(grant(state, LEAD, last_day, &e), OK);
    assert_int_equal(study_note_read(city_of(state)->db, &x, "page", &who, &e), REFUSED);
    assert_int_equal(study_agree(city_of(state)->db, &x, &who, &e), OK);
    assert_int_equal(study_note_read(city_of(state)->db, &x, "page", &who, &e), OK);
    assert_int_equal(count_of(state, "select count(*) from audit where action = 'research.read'"), 1);
}

static void the_figures_are_those_that_were_granted_and_no_others(void **state)
{
    struct study_grants grants;
    struct err e = {0};

    (void)granted(state);
    assert_int_equal(study_granted(city_of(state)->db, 1, arena_of(state), &grants, &e), OK);
    struct arrivals all = taken(state);
    struct arrivals own = study_arrivals(&all, &grants, arena_of(state));
    assert_int_equal(all.accepted, 2);
    assert_int_equal(own.accepted, 1);
    assert_str(own.arrival[0].release.name, "1280-2025");
}

static void a_city_that_has_left_is_no_longer_among_them(void **state)
{
    struct study_grants grants;
    struct err e = {0};

    (void)granted(state);
    assert_int_equal(programme_withdraw(city_of(state)->db, &who, S("1280"), &e), OK);
    assert_int_equal(study_granted(city_of(state)->db, 1, arena_of(state), &grants, &e), OK);
    struct arrivals all = taken(state);
    assert_int_equal(study_arrivals(&all, &grants, arena_of(state)).accepted, 0);
}

static void the_package_holds_the_release_as_it_was_signed(void **state)
{
    struct arrivals all = taken(state);
    struct str bytes = {NULL, 0};
    struct err e = {0};
    zip_error_t fault;

    all.n = all.accepted = 1;
    assert_int_equal(study_package(&all, arena_of(state), &bytes, &e), OK);
    zip_t *zip =
        zip_open_from_source(zip_source_buffer_create(bytes.p, bytes.n, 0, &fault), ZIP_RDONLY, &fault);
    assert_non_null(zip);
    for (const char *const *name = (const char *const[]){"1280-2025/manifest.json", "1280-2025/manifest.sig",
                                                         "1280-2025/estimate.json", NULL};
         *name; name++)
        assert_true(zip_name_locate(zip, *name, 0) >= 0);
    for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); i++)
        assert_int_equal(strncmp(zip_get_name(zip, (zip_uint64_t)i, 0), "1280-2025/", 10), 0);
    zip_discard(zip);
}

/* How many notices are written at `now_at`. */
static int notices(void **state, int64_t now_at)
{
    const struct who clock = {.name = "lykta serve", .now_at = now_at};
    struct err e = {0};
    bool has_told = true;
    int n = -1;

    for (; has_told; n++)
        assert_int_equal(study_notice_next(city_of(state), city_of(state)->db, &clock, &has_told, &e), OK);
    return n;
}

static void notices_come_60_30_and_7_days_before_and_at_the_end_once_each(void **state)
{
    int64_t before[5] = {0};
    size_t n = 0;

    (void)granted(state);
    int64_t ends_at = found(state).ends_at;
    for (int64_t at = NOON; at < ends_at + 3 * DAY; at += DAY)
        for (int told = notices(state, at); told > 0; told--)
            before[n++ % 5] = (ends_at - at) / DAY;
    assert_int_equal(n, 4);
    assert_memory_equal(before, ((int64_t[]){60, 30, 7, 0, 0}), sizeof before);
}

static void a_short_access_has_no_notice_of_what_its_letter_says(void **state)
{
    struct err e = {0};

    applied(state);
    assert_int_equal(advise(state, OFFICER, true, &e), OK);
    assert_int_equal(grant(state, LEAD, (struct date){2026, 8, 25}, &e), OK);
    assert_int_equal(notices(state, NOON + DAY), 0);
    assert_int_equal(notices(state, NOON + 14 * DAY), 1);
}

static void no_letter_holds_a_figure(void **state)
{
    (void)granted(state);
    assert_int_equal(count_of(state,
                              "select count(*) from mail_letter where plain like '%cirka%' or plain like "
                              "'%300%'"),
                     0);
}

static void a_decision_is_due_within_twenty_working_days(void **state)
{
    (void)state;
    const struct date day = study_decide_by(NOON);

    assert_true(date_equal(day, (struct date){2026, 9, 2}));
}

#define IN_A_PROGRAMME(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_PROGRAMME(an_application_waits_until_its_address_is_confirmed),
        IN_A_PROGRAMME(nobody_is_written_to_more_than_three_times_a_day_unconfirmed),
        IN_A_PROGRAMME(an_application_without_its_ethics_decision_is_refused),
        IN_A_PROGRAMME(nothing_is_granted_before_the_officer_has_said_yes),
        IN_A_PROGRAMME(whoever_advised_does_not_decide),
        IN_A_PROGRAMME(an_access_lasts_no_longer_than_the_ethics_decision),
        IN_A_PROGRAMME(what_was_decided_stays_decided),
        IN_A_PROGRAMME(a_link_opens_until_the_last_moment_of_its_last_day),
        IN_A_PROGRAMME(an_access_that_was_ended_opens_nothing),
        IN_A_PROGRAMME(nothing_is_read_before_the_terms_are_agreed_to),
        IN_A_PROGRAMME(the_figures_are_those_that_were_granted_and_no_others),
        IN_A_PROGRAMME(a_city_that_has_left_is_no_longer_among_them),
        IN_A_PROGRAMME(the_package_holds_the_release_as_it_was_signed),
        IN_A_PROGRAMME(notices_come_60_30_and_7_days_before_and_at_the_end_once_each),
        IN_A_PROGRAMME(a_short_access_has_no_notice_of_what_its_letter_says),
        IN_A_PROGRAMME(no_letter_holds_a_figure),
        cmocka_unit_test(a_decision_is_due_within_twenty_working_days),
    };

    return cmocka_run_group_tests_name("study", tests, NULL, NULL);
}

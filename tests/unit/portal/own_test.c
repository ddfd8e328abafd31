/* What is whose: a permission to one's own things reaches nobody else's, by whatever number is asked for. */
#include "route_walk.h"
#include "served.h"

#include "../network/city.h"
#include "account/password.h"
#include "plan/measure.h"
#include "store/city.h"

#include <inttypes.h>
#include <string.h>

static const char live[] = "select count(*) from session where id = $1";

static const char *session_path(struct served *s, int64_t id)
{
    return arena_printf(s->scratch->arena, "/konto/session/%" PRId64, id);
}

static void a_person_ends_a_session_of_their_own(void **state)
{
    struct served *s = *state;
    struct caller here = served_caller(s, ROLE_MEMBER);
    struct caller there = served_caller(s, ROLE_MEMBER);
    int64_t before = served_version(s);

    assert_int_equal(served_ask_as(s, &here, "POST", session_path(s, there.session)).http_status, 303);
    assert_int_equal(served_count(s, live, there.session), 0);
    assert_int_equal(served_count(s, live, here.session), 1);
    assert_int_not_equal(served_version(s), before);
}

static void nobody_ends_the_session_of_another_person(void **state)
{
    struct served *s = *state;
    struct caller victim = served_caller(s, ROLE_COORDINATOR);

    for (int role = 0; role < SERVED_CALLERS; role++) {
        struct caller other = served_caller(s, role);

        if (other.person == victim.person)
            continue;
        (void)served_ask_as(s, &other, "POST", session_path(s, victim.session));
        assert_int_equal(served_count(s, live, victim.session), 1);
        (void)served_ask_as(s, &other, "POST", "/konto/sessioner");
        assert_int_equal(served_count(s, live, victim.session), 1);
    }
}

static void ending_a_session_that_is_not_ones_own_leaves_no_line_in_the_log(void **state)
{
    static const char lines[] = "select count(*) from audit where action = 'account.session_end' and $1 = 0";
    struct served *s = *state;
    struct caller victim = served_caller(s, ROLE_COORDINATOR);
    struct caller other = served_caller(s, ROLE_MEMBER);
    int64_t before = served_count(s, lines, 0);

    assert_int_equal(served_ask_as(s, &other, "POST", session_path(s, victim.session)).http_status, 404);
    assert_int_equal(served_ask_as(s, &other, "POST", session_path(s, 1000000)).http_status, 404);
    assert_int_equal(served_count(s, lines, 0), before);
}

static void ones_own_page_shows_ones_own_sessions_alone(void **state)
{
    struct served *s = *state;
    struct caller other = served_caller(s, ROLE_COORDINATOR);
    struct caller first = served_caller(s, ROLE_MEMBER);
    struct caller second = served_caller(s, ROLE_MEMBER);
    const char *theirs = arena_printf(s->scratch->arena, "%s\"", session_path(s, other.session));
    const char *own = arena_printf(s->scratch->arena, "%s\"", session_path(s, first.session));

    const char *page = served_ask_as(s, &second, "GET", "/konto").body;
    assert_null(strstr(page, theirs));
    assert_non_null(strstr(page, own));
}

static int change_password(struct served *s, const struct caller *caller, const char *now)
{
    const char *fields = arena_printf(
        s->scratch->arena, "now=%s&wanted=ett+nytt+ord+och+ett+till&again=ett+nytt+ord+och+ett+till", now);

    return served_ask(s, &(struct asked){.method = "POST",
                                         .path = "/konto/losenord",
                                         .caller = caller,
                                         .token = served_token(s, caller),
                                         .fields = fields})
        .http_status;
}

static bool is_password(struct served *s, int64_t person, struct str password)
{
    bool is_right = false;
    struct err e = {0};

    assert_int_equal(password_check(s->city->db, person, password, &is_right, &e), OK);
    return is_right;
}

static void a_person_changes_their_password_with_the_one_they_have_and_ends_other_sessions(void **state)
{
    struct served *s = *state;
    struct caller here = served_caller(s, ROLE_ANALYST);
    struct caller there = served_caller(s, ROLE_ANALYST);
    struct str hash;
    struct err e = {0};

    assert_int_equal(password_hash(S("ord+som+gäller+nu"), s->scratch->arena, &hash, &e), OK);
    assert_int_equal(password_set(s->city->db, here.person, hash, 0, &e), OK);
    assert_int_equal(change_password(s, &here, "ett+annat+ord+alls"), 422);
    assert_true(is_password(s, here.person, S("ord+som+gäller+nu")));
    assert_int_equal(served_count(s, live, there.session), 1);
    assert_int_equal(change_password(s, &here, "ord%2Bsom%2Bg%C3%A4ller%2Bnu"), 303);
    assert_true(is_password(s, here.person, S("ett nytt ord och ett till")));
    assert_int_equal(served_count(s, live, there.session), 0);
    assert_int_equal(served_count(s, live, here.session), 1);
}

/* A measure of the plan that waits, of the organisation `owner`. */
static int64_t measure_of(struct served *s, int64_t owner)
{
    struct db *db = s->city->db;
    struct measure m = {.goal = PLAN_PREVENT, .title = S("Granska hyresavtal (exempel)"), .owner = owner};
    struct err e = {0};
    int64_t id = 0;

    assert_int_equal(measure_add(db, &m, &coordinator, &id, &e), OK);
    return id;
}

static int report_on(struct served *s, const struct caller *caller, int64_t measure)
{
    const char *path = arena_printf(s->scratch->arena, "/plan/matt/%" PRId64 "/lage", measure);

    return served_ask(s, &(struct asked){.method = "POST",
                                         .path = path,
                                         .caller = caller,
                                         .token = served_token(s, caller),
                                         .fields = "state=done&note=Klart"})
        .http_status;
}

static const char done[] = "select count(*) from plan_measure where id = $1 and state = 'done'";

static void a_member_reports_on_the_measure_of_their_own_organisation(void **state)
{
    struct served *s = *state;
    int64_t own = 0;
    struct err e = {0};
    assert_int_equal(contact_organisation(s->city->db, S("medlem@lund.example"), &own, &e), OK);
    int64_t measure = measure_of(s, own);
    struct caller member = served_caller(s, ROLE_MEMBER);

    assert_int_equal(report_on(s, &member, measure), 303);
    assert_int_equal(served_count(s, done, measure), 1);
}

static void a_member_reports_on_no_measure_of_another_organisation(void **state)
{
    struct served *s = *state;
    int64_t other =
        add_organisation(s->city->db, "Annan bostad (exempel)", "", ACTOR_LANDLORD, ORGANISATION_MEMBER);
    int64_t measure = measure_of(s, other);
    struct caller member = served_caller(s, ROLE_MEMBER);
    int64_t before = served_version(s);

    assert_int_equal(report_on(s, &member, measure), 403);
    assert_int_equal(served_count(s, done, measure), 0);
    assert_int_equal(served_version(s), before);
}

static void an_answer_in_a_lesson_is_kept_for_who_gave_it(void **state)
{
    static const char own[] = "select count(*) from learning_progress where account = $1";
    static const char others[] = "select count(*) from learning_progress where account <> $1";
    struct served *s = *state;
    struct caller member = served_caller(s, ROLE_MEMBER);
    struct answered got = served_ask(s, &(struct asked){.method = "POST",
                                                        .path = "/utbildning/hotell",
                                                        .caller = &member,
                                                        .token = served_token(s, &member),
                                                        .fields = "nummer=1&val=0&account=2&person=2"});

    assert_int_equal(got.http_status, 303);
    assert_int_equal(served_count(s, own, member.person), 1);
    assert_int_equal(served_count(s, others, member.person), 0);
}

/* What a member must not read of another organisation's contact person. */
static const char *const not_theirs[] = {"Zebulon Annorstädes", "zebulon@annan.example", "031-390 06 98"};

/* Asks for every page a member may, with `id` for whatever the page is about. */
static void look_everywhere(struct served *s, const struct caller *member, const char *id)
{
    struct walk w = {0};

    for (const struct route *route = walk_next(&w); route; route = walk_next(&w)) {
        if (strcmp(route->method, "GET") != 0 ||
            !permission_has((enum permission)route->permission, ROLE_BIT(ROLE_MEMBER)))
            continue;
        struct answered got = served_ask_as(s, member, "GET", walk_path(route, id, s->scratch->arena));
        for (size_t i = 0; i < sizeof not_theirs / sizeof *not_theirs; i++)
            if (strstr(got.body, not_theirs[i]))
                fail_msg("%s with %s shows %s", route->pattern, id, not_theirs[i]);
    }
}

static void no_page_shows_a_member_the_contact_people_of_another_organisation(void **state)
{
    struct served *s = *state;
    int64_t other =
        add_organisation(s->city->db, "Annan bostad två (exempel)", "", ACTOR_LANDLORD, ORGANISATION_MEMBER);
    struct contact c = {.organisation = other,
                        .place = CONTACT_FIRST,
                        .name = S("Zebulon Annorstädes"),
                        .email = S("zebulon@annan.example"),
                        .phone = S("031-390 06 98"),
                        .language = S("sv"),
                        .is_shown = true,
                        .wants_letters = true};
    struct caller coordinator_there = served_caller(s, ROLE_COORDINATOR);
    struct caller member = served_caller(s, ROLE_MEMBER);
    struct arena *a = s->scratch->arena;
    struct err e = {0};
    int64_t id = 0;

    assert_int_equal(contact_add(s->city->db, &c, &coordinator, &id, &e), OK);
    measure_of(s, other);
    const char *page = arena_printf(a, "/natverket/organisation/%" PRId64, other);
    assert_non_null(strstr(served_ask_as(s, &coordinator_there, "GET", page).body, not_theirs[0]));
    look_everywhere(s, &member, "1");
    look_everywhere(s, &member, arena_printf(a, "%" PRId64, other));
    look_everywhere(s, &member, arena_printf(a, "%" PRId64, id));
}

static void a_member_changes_only_their_own_row(void **state)
{
    static const char others[] = "select coalesce(sum(version), 0) from contact where id <> $1";
    static const char own[] = "select count(*) from contact where id = $1 and name = 'Nytt Exempel'";
    struct served *s = *state;
    struct caller member = served_caller(s, ROLE_MEMBER);
    struct contact me;
    struct err e = {0};

    assert_int_equal(contact_by_email(s->city->db, S("medlem@lund.example"), s->scratch->arena, &me, &e), OK);
    int64_t before = served_count(s, others, me.id);
    const char *fields = arena_printf(s->scratch->arena,
                                      "version=%" PRId64
                                      "&name=Nytt%%20Exempel&language=sv&id=2&organisation=2&email=x%%40y.se",
                                      me.version);
    struct answered got = served_ask(s, &(struct asked){.method = "POST",
                                                        .path = "/natverket/min/uppgifter",
                                                        .caller = &member,
                                                        .token = served_token(s, &member),
                                                        .fields = fields});
    assert_int_equal(got.http_status, 303);
    assert_int_equal(served_count(s, own, me.id), 1);
    assert_int_equal(served_count(s, others, me.id), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_ends_a_session_of_their_own),
        cmocka_unit_test(nobody_ends_the_session_of_another_person),
        cmocka_unit_test(ending_a_session_that_is_not_ones_own_leaves_no_line_in_the_log),
        cmocka_unit_test(ones_own_page_shows_ones_own_sessions_alone),
        cmocka_unit_test(a_person_changes_their_password_with_the_one_they_have_and_ends_other_sessions),
        cmocka_unit_test(a_member_reports_on_the_measure_of_their_own_organisation),
        cmocka_unit_test(a_member_reports_on_no_measure_of_another_organisation),
        cmocka_unit_test(an_answer_in_a_lesson_is_kept_for_who_gave_it),
        cmocka_unit_test(no_page_shows_a_member_the_contact_people_of_another_organisation),
        cmocka_unit_test(a_member_changes_only_their_own_row),
    };

    return cmocka_run_group_tests_name("what is whose", tests, served_begin, served_end);
}

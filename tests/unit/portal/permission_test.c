/* What holds of the table of permissions, whatever rows come. The rules are those of separation of duties: no
 * role sees all, and who decides does not decide of their own work. */
#include "portal/permission.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"

#include "../unit.h"

#include <string.h>

static uint32_t roles_of(enum permission p)
{
    return permissions[p].roles;
}

static void assert_apart(enum permission one, enum permission other)
{
    if (roles_of(one) & roles_of(other))
        fail_msg("a role has both %s and %s", permissions[one].name, permissions[other].name);
}

static void every_permission_has_a_name_of_its_own_and_somebody(void **state)
{
    (void)state;
    for (int i = PERMISSION_ANYONE; i < PERMISSIONS; i++) {
        assert_non_null(permissions[i].name);
        assert_int_not_equal(permissions[i].roles, 0);
        for (int j = PERMISSION_NOBODY; j < i; j++)
            assert_string_not_equal(permissions[i].name, permissions[j].name);
    }
}

static void nobody_has_what_is_nobodys(void **state)
{
    (void)state;
    assert_false(permission_has(PERMISSION_NOBODY, UINT32_MAX));
    assert_false(permission_has(PERMISSIONS, UINT32_MAX));
}

static void who_has_no_role_may_do_what_anyone_may_alone(void **state)
{
    (void)state;
    for (int i = PERMISSION_NOBODY; i < PERMISSIONS; i++)
        assert_int_equal(permission_has((enum permission)i, 0), i == PERMISSION_ANYONE);
}

static void more_roles_never_take_a_permission_away(void **state)
{
    (void)state;
    for (int i = PERMISSION_ANYONE; i < PERMISSIONS; i++)
        for (int role = 0; role < ROLES; role++)
            for (int more = 0; more < ROLES; more++)
                assert_true(!permission_has((enum permission)i, ROLE_BIT(role)) ||
                            permission_has((enum permission)i, ROLE_BIT(role) | ROLE_BIT(more)));
}

static void without_a_session_one_may_read_and_sign_in_alone(void **state)
{
    const uint32_t without = ROLE_BIT(ROLE_READER) | ROLE_BIT(ROLE_HALF_SIGNED_IN);

    (void)state;
    for (int i = PERMISSION_ANYONE; i < PERMISSIONS; i++)
        if (roles_of((enum permission)i) & without)
            assert_true(i == PERMISSION_ANYONE || i == PERMISSION_SIGN_IN || i == PERMISSION_SECOND_FACTOR);
}

static void no_role_has_everything(void **state)
{
    (void)state;
    for (int role = 0; role < ROLES; role++) {
        int lacking = 0;

        for (int i = PERMISSION_ANYONE; i < PERMISSIONS; i++)
            lacking += !permission_has((enum permission)i, ROLE_BIT(role));
        assert_true(lacking > PERMISSIONS / 3);
    }
}

static void sealed_reports_are_opened_by_recipients_alone(void **state)
{
    (void)state;
    assert_int_equal(roles_of(PERMISSION_OBSERVATION_READ), ROLE_BIT(ROLE_TRIAGE));
    assert_int_equal(roles_of(PERMISSION_OBSERVATION_TRIAGE), ROLE_BIT(ROLE_TRIAGE));
}

static void who_lets_people_in_opens_no_reports_and_reads_no_log(void **state)
{
    (void)state;
    assert_apart(PERMISSION_PEOPLE_CHANGE, PERMISSION_OBSERVATION_READ);
    assert_apart(PERMISSION_PEOPLE_CHANGE, PERMISSION_AUDIT_READ);
    assert_apart(PERMISSION_SETTINGS, PERMISSION_OBSERVATION_READ);
    assert_apart(PERMISSION_INCIDENT_NOTE, PERMISSION_OBSERVATION_READ);
    assert_apart(PERMISSION_DOORS_CHANGE, PERMISSION_AUDIT_READ);
}

static void who_proposes_a_release_does_not_approve_it(void **state)
{
    (void)state;
    assert_apart(PERMISSION_MAPPING_RUN, PERMISSION_RELEASE_APPROVE);
    assert_apart(PERMISSION_MAPPING_UPLOAD, PERMISSION_MAPPING_RUN);
}

static void who_advises_on_a_study_does_not_decide_it(void **state)
{
    (void)state;
    assert_apart(PERMISSION_RESEARCH_ADVISE, PERMISSION_RESEARCH_DECIDE);
    assert_apart(PERMISSION_RESEARCH_ADVISE, PERMISSION_RESEARCH_PUBLISH);
}

/* The auditor and the data protection officer see, and change nothing but their own account. To advise is the
 * officer's task (GDPR 39.1), and another person decides. What has gone wrong is no part of the city's work:
 * the officer leads it (GDPR 33, 34), and shuts no door. */
static void who_reads_the_log_changes_nothing(void **state)
{
    (void)state;
    for (int i = PERMISSION_ANYONE; i < PERMISSIONS; i++) {
        const char *end = strrchr(permissions[i].name, '.');

        if (!(roles_of((enum permission)i) & roles_of(PERMISSION_AUDIT_READ)) || !end)
            continue;
        if (strcmp(end, ".read") != 0 && strcmp(end, ".own") != 0 && strcmp(end, ".take") != 0 &&
            strcmp(end, ".advise") != 0 && i != PERMISSION_INCIDENT_NOTE)
            fail_msg("%s is given to who reads the log", permissions[i].name);
    }
}

/* T1: a member sees their own organisation and what is shared. */
static void a_member_reads_neither_the_network_nor_people_nor_the_register(void **state)
{
    static const enum permission closed[] = {PERMISSION_NETWORK_READ,   PERMISSION_PEOPLE_READ,
                                             PERMISSION_REGISTER_READ,  PERMISSION_EVIDENCE_READ,
                                             PERMISSION_MAPPING_READ,   PERMISSION_AUDIT_READ,
                                             PERMISSION_MAIL_READ,      PERMISSION_OBSERVATION_READ,
                                             PERMISSION_PROGRAMME_READ, PERMISSION_RETENTION_READ};

    (void)state;
    for (size_t i = 0; i < sizeof closed / sizeof closed[0]; i++)
        assert_false(permission_has(closed[i], ROLE_BIT(ROLE_MEMBER)));
}

static void a_role_is_found_by_its_name_and_by_nothing_near_it(void **state)
{
    enum role found = ROLES;

    (void)state;
    for (int i = 0; i < ROLES; i++) {
        assert_true(role_from_str(str_of(role_name((enum role)i)), &found));
        assert_int_equal(found, i);
    }
    assert_false(role_from_str(S("Coordinator"), &found));
    assert_false(role_from_str(S("coordinator "), &found));
    assert_false(role_from_str(S(""), &found));
}

static void the_log_names_the_roles_that_gave_the_right_and_no_others(void **state)
{
    const uint32_t roles = ROLE_BIT(ROLE_COORDINATOR) | ROLE_BIT(ROLE_TRIAGE) | ROLE_BIT(ROLE_ANALYST);

    assert_string_equal(permission_ground(PERMISSION_REGISTER_READ, roles, *state), "coordinator+triage");
    assert_string_equal(permission_ground(PERMISSION_MAPPING_RUN, roles, *state), "analyst");
    assert_string_equal(permission_ground(PERMISSION_ANYONE, ROLE_BIT(ROLE_READER), *state), "reader");
}

/* The roles that docs/roles.md gives `name`, as it tells them: "coordinator, triage". */
static struct str documented(struct str page, const char *name, struct arena *a)
{
    const char *row = strstr(arena_cstr(a, page.p, page.n), arena_printf(a, "\n| `%s` | ", name));

    if (!row)
        fail_msg("docs/roles.md has no row for %s", name);
    struct str line = str_of(row + 1);
    struct str cell = {NULL, 0};
    str_cut(line, '\n', &line, &cell);
    for (int i = 0; i < 4; i++)
        str_cut(line, '|', &cell, &line);
    return str_trim(cell);
}

/* The same of the table, in the order of the roles. */
static struct str given(uint32_t roles, struct arena *a)
{
    struct text t = text_open(a);
    const uint32_t every = ROLE_BIT(ROLES) - 1;

    if (roles & ROLE_BIT(ROLE_READER))
        text_lit(&t, ", reader");
    if (roles & ROLE_BIT(ROLE_HALF_SIGNED_IN))
        text_lit(&t, ", half signed in");
    if ((roles & every) == every)
        text_lit(&t, ", every role");
    for (int i = 0; i < ROLES && (roles & every) != every; i++)
        if (roles & ROLE_BIT(i))
            text_format(&t, ", %s", role_name((enum role)i));
    return t.n ? str_part(text_str(&t), 2, t.n) : S("nobody");
}

static void every_right_is_given_to_those_whom_the_document_names(void **state)
{
    struct arena *a = arena_open();
    struct str page;
    struct err e;

    (void)state;
    assert_int_equal(file_read(TEST_DATA "/../../docs/roles.md", 1000000, a, &page, &e), OK);
    for (int i = PERMISSION_NOBODY; i < PERMISSIONS; i++)
        if (!str_equal(documented(page, permissions[i].name, a), given(permissions[i].roles, a)))
            fail_msg("%s: the table gives it to %.*s, docs/roles.md to %.*s", permissions[i].name,
                     STR(given(permissions[i].roles, a)), STR(documented(page, permissions[i].name, a)));
    arena_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_right_is_given_to_those_whom_the_document_names),
        cmocka_unit_test(every_permission_has_a_name_of_its_own_and_somebody),
        cmocka_unit_test(nobody_has_what_is_nobodys),
        cmocka_unit_test(who_has_no_role_may_do_what_anyone_may_alone),
        cmocka_unit_test(more_roles_never_take_a_permission_away),
        cmocka_unit_test(without_a_session_one_may_read_and_sign_in_alone),
        cmocka_unit_test(no_role_has_everything),
        cmocka_unit_test(sealed_reports_are_opened_by_recipients_alone),
        cmocka_unit_test(who_lets_people_in_opens_no_reports_and_reads_no_log),
        cmocka_unit_test(who_proposes_a_release_does_not_approve_it),
        cmocka_unit_test(who_advises_on_a_study_does_not_decide_it),
        cmocka_unit_test(who_reads_the_log_changes_nothing),
        cmocka_unit_test(a_member_reads_neither_the_network_nor_people_nor_the_register),
        cmocka_unit_test(a_role_is_found_by_its_name_and_by_nothing_near_it),
        WITH_ARENA(the_log_names_the_roles_that_gave_the_right_and_no_others),
    };

    return cmocka_run_group_tests_name("permission", tests, NULL, NULL);
}

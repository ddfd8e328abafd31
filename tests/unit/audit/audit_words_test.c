/* The log in plain words. */
#include "audit/audit_words.h"

#include "../unit.h"

static struct audit_words load(struct arena *a)
{
    struct audit_words words = {0};
    struct err e = {0};

    assert_int_equal(audit_words_load(a, &words, &e), OK);
    return words;
}

static struct str what(const char *action, int64_t subject, enum language language, struct arena *a)
{
    struct audit_words words = load(a);
    const struct audit_entry entry = {.action = str_of(action), .subject = subject};

    return audit_what(&words, &entry, language, a);
}

static struct str detail(const char *action, const char *detail, enum language language, struct arena *a)
{
    struct audit_words words = load(a);
    const struct audit_entry entry = {.action = str_of(action), .detail = str_of(detail)};

    return audit_detail(&words, &entry, language, a);
}

static void what_was_done_is_told_with_its_number(void **state)
{
    assert_str(what("person.add", 7, LANGUAGE_SV, *state), "Lade upp konto 7");
    assert_str(what("person.add", 7, LANGUAGE_EN, *state), "Added account 7");
    assert_str(what("plan.measure_change", 12, LANGUAGE_SV, *state), "Ändrade åtgärd 12 i handlingsplanen");
    assert_str(what("city.init", 0, LANGUAGE_SV, *state), "Skapade staden i Lykta");
}

static void a_year_or_number_has_no_space_in_it(void **state)
{
    assert_str(what("register.export", 2026, LANGUAGE_SV, *state), "Laddade ner diariet för år 2026");
}

static void an_account_that_is_not_there_is_unknown(void **state)
{
    assert_str(what("account.sign_in_failed", 0, LANGUAGE_SV, *state),
               "Misslyckades med att logga in på konto (okänt)");
}

static void an_action_without_words_is_told_by_its_code(void **state)
{
    assert_str(what("later.version", 7, LANGUAGE_SV, *state), "later.version 7");
}

static void codes_of_a_detail_have_words(void **state)
{
    assert_str(detail("person.change", "roles coordinator list-keeper; closed", LANGUAGE_SV, *state),
               "roller: samordnare listansvarig; stängt");
    assert_str(detail("account.sign_in", "password+code", LANGUAGE_SV, *state), "lösenord+kod");
    assert_str(detail("audit.read", "rows 51-100", LANGUAGE_SV, *state), "rad 51-100");
    assert_str(detail("audit.read", "rows 51-100", LANGUAGE_EN, *state), "rows 51-100");
}

static void a_sentence_of_a_detail_has_words_as_a_whole(void **state)
{
    assert_str(detail("account.sign_in_failed", "the passkey is not known", LANGUAGE_SV, *state),
               "passernyckeln är inte känd");
    assert_str(detail("account.reset", "password and device", LANGUAGE_SV, *state), "lösenord och enhet");
    assert_str(detail("account.sign_in", "password+recovery", LANGUAGE_SV, *state),
               "lösenord+återställningskod");
}

static void a_detail_that_somebody_wrote_is_left_as_it_is(void **state)
{
    assert_str(detail("network.organisation.add", "rows and roles AB", LANGUAGE_SV, *state),
               "rows and roles AB");
    assert_str(detail("later.version", "roles", LANGUAGE_SV, *state), "roles");
}

static void a_kind_has_a_gap_where_the_number_is(void **state)
{
    struct audit_words words = load(*state);

    for (size_t i = 0; i < words.actions; i++)
        if (str_is(words.action[i].code, "person.add")) {
            assert_str(audit_kind(&words.action[i], LANGUAGE_SV, *state), "Lade upp konto …");
            return;
        }
    fail();
}

static void who_acts_is_a_number_or_what_it_is_called(void **state)
{
    assert_str(audit_who(S("person 7"), LANGUAGE_SV, *state), "Konto 7");
    assert_str(audit_who(S("command line"), LANGUAGE_EN, *state), "The server's command line");
    assert_str(audit_who(S("person"), LANGUAGE_SV, *state), "person");
    assert_str(audit_who(S("something else"), LANGUAGE_SV, *state), "something else");
}

static void roles_are_named_and_a_reader_has_none(void **state)
{
    assert_str(audit_role(S("coordinator+triage"), LANGUAGE_SV, *state), "samordnare, mottagare");
    assert_str(audit_role(S("reader"), LANGUAGE_SV, *state), "");
    assert_str(audit_role(S(""), LANGUAGE_SV, *state), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(what_was_done_is_told_with_its_number),
        WITH_ARENA(a_year_or_number_has_no_space_in_it),
        WITH_ARENA(an_account_that_is_not_there_is_unknown),
        WITH_ARENA(an_action_without_words_is_told_by_its_code),
        WITH_ARENA(codes_of_a_detail_have_words),
        WITH_ARENA(a_sentence_of_a_detail_has_words_as_a_whole),
        WITH_ARENA(a_detail_that_somebody_wrote_is_left_as_it_is),
        WITH_ARENA(a_kind_has_a_gap_where_the_number_is),
        WITH_ARENA(who_acts_is_a_number_or_what_it_is_called),
        WITH_ARENA(roles_are_named_and_a_reader_has_none),
    };

    return cmocka_run_group_tests_name("audit words", tests, NULL, NULL);
}

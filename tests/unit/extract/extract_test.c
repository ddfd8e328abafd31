/* What a city keeps of one person is all told, and nothing of another. */
#include "../scratch.h"
#include "../unit.h"

#include "base/text.h"
#include "extract/extract.h"
#include "extract/extract_words.h"
#include "store/city.h"
#include "store/db.h"
#include "store/db_table.h"

#include <string.h>

static const struct who who = {.name = "test", .now_at = 1795656600};

static struct city *open_city(struct scratch *s)
{
    struct city *city = NULL;
    struct err e;

    assert_int_equal(
        city_init(scratch_path(s, "lund"), &(struct city_make){.municipality = S("1281"), .who = who}, &e),
        OK);
    assert_int_equal(city_open(scratch_path(s, "lund"), DB_WRITE, &city, &e), OK);
    return city;
}

static const char *extract(struct city *city, const char *email, struct arena *a)
{
    struct text out = text_open(a);
    struct err e = {0};

    assert_int_equal(extract_json(city->db, str_of(email), who.now_at, a, &out, &e), OK);
    return arena_printf(a, "%.*s", STR(text_str(&out)));
}

static const char people[] =
    "insert into person (id, email, name, language, state, made_at, signed_in_at, version) values "
    "(1, 'kim@exempel.example', 'Kim Exempel', 'sv', 'active', 1000000000, 0, 1), "
    "(11, 'bo@exempel.example', 'Bo Exempel', 'sv', 'active', 1000000000, 0, 1);"
    "insert into person_role values (1, 'member'), (11, 'auditor');"
    "insert into organisation (id, name, folded, actor, state, since_at) values (7, 'Hotell Exempel', 'hotell exempel', 'hotel', "
    "'member', 1);"
    "insert into contact (organisation, place, name, folded, email, phone, since_at, seen_at) values "
    "(7, 'first', 'Kim Exempel', 'kim exempel', 'kim@exempel.example', '070-174 06 05', 1, 1), "
    "(7, 'deputy', 'Bo Exempel', 'bo exempel', 'bo@exempel.example', '', 1, 1);"
    "insert into mail_letter (message, address, name, language, subject, plain, html, calendar, calendar_method, unsubscribe, "
    "state, tries, queued_at, next_at, state_at, reason) values ('m', 'kim@exempel.example', 'Kim', 'sv', 'Frukost', 'Hej Kim', "
    "'', '', '', '', 'sent', 1, 1, 1, 1, '');";

static void what_an_address_leads_to_is_told_and_nothing_of_another(void **state)
{
    struct scratch *s = *state;
    struct city *city = open_city(s);
    struct err e = {0};

    assert_int_equal(db_script(city->db, people, &e), OK);
    const char *kim = extract(city, "kim@exempel.example", s->arena);
    assert_non_null(strstr(kim, "\"rows\": 4"));
    assert_non_null(strstr(kim, "\"made_at\": \"2001-09-09T01:46:40Z\""));
    assert_non_null(strstr(kim, "\"signed_in_at\": null"));
    assert_non_null(strstr(kim, "\"phone\": \"070-174 06 05\""));
    assert_non_null(strstr(kim, "\"text\": \"Hej Kim\""));
    assert_null(strstr(kim, "Bo Exempel"));
    assert_null(strstr(kim, "auditor"));
    assert_non_null(strstr(extract(city, "ingen@exempel.example", s->arena), "\"rows\": 0"));
    city_close(city);
}

/* Tables with an address or an account in them that the extract does not read, and why. */
static const char *const left_out[] = {
    "password",           /* a hash that says nothing of a person */
    "recovery_code",      /* hashes */
    "recipient",          /* in the key file, by account: who is one is told by the role */
    "mapping_round_step", /* by the log's name of an account, as the log itself */
};

static bool is_left_out(struct str table)
{
    for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++)
        if (str_is(table, left_out[i]))
            return true;
    return false;
}

static bool leads_to_a_person(const struct table *t)
{
    static const char *const names[] = {"email", "address", "person", "account", "keeper", "contact_email"};

    for (size_t i = 0; i < t->columns; i++)
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            if (str_is(t->column[i].name, names[k]))
                return true;
    return false;
}

static bool is_read(struct str table, struct arena *a)
{
    const char *from = arena_printf(a, "from %.*s ", STR(table));

    for (const struct extract_part *p = extract_parts; p->name; p++)
        if (strstr(arena_printf(a, "%s ", p->sql), from))
            return true;
    return false;
}

static void every_table_that_an_address_or_account_leads_to_is_read(void **state)
{
    static const char *const not_of_persons[] = {"city", "form_sent", "article_address", "mail_server"};
    struct scratch *s = *state;
    struct city *city = open_city(s);
    struct tables all;
    struct err e = {0};

    assert_int_equal(db_tables(city->db, s->arena, &all, &e), OK);
    for (size_t i = 0; i < all.n; i++) {
        bool is_expected = leads_to_a_person(&all.table[i]) && !is_left_out(all.table[i].name);

        for (size_t k = 0; k < sizeof not_of_persons / sizeof *not_of_persons; k++)
            is_expected = is_expected && !str_is(all.table[i].name, not_of_persons[k]);
        if (is_expected && !is_read(all.table[i].name, s->arena))
            fail_msg("what a person has in %.*s is not in the extract", STR(all.table[i].name));
    }
    city_close(city);
}

/* On the page a name of the program would stand where nobody has written a word. */
static void every_part_and_column_has_its_word(void **state)
{
    (void)state;
    for (const struct extract_part *p = extract_parts; p->name; p++) {
        struct str rest = str_of(p->columns);
        struct str column;

        assert_false(str_is(extract_part_word(str_of(p->name), LANGUAGE_SV), p->name));
        while (rest.n > 0) {
            str_cut(rest, ' ', &column, &rest);
            while (column.n > 0 && (column.p[column.n - 1] == '@' || column.p[column.n - 1] == '#'))
                column.n--;
            if (str_equal(extract_column_word(column, LANGUAGE_SV), column))
                fail_msg("%.*s has no word", STR(column));
        }
    }
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(what_an_address_leads_to_is_told_and_nothing_of_another),
        cmocka_unit_test(every_part_and_column_has_its_word),
        IN_SCRATCH(every_table_that_an_address_or_account_leads_to_is_read),
    };

    return cmocka_run_group_tests_name("extract", tests, NULL, NULL);
}

/* No column of any table is for a person, outside accounts, contacts and the log. A new column whose name
 * could be one stops here, until somebody has thought about it (GDPR articles 5.1 c and 25). */
#include "../keyring/town.h"
#include "../unit.h"

#include "keyring/keyring.h"
#include "store/db.h"

#include <string.h>

/* Tables that hold accounts, contacts, sessions and the log: their rooms say why each column is there. */
static const char *const may_hold_people[] = {"audit",           "person",
                                              "account",         "session",
                                              "contact",         "organisation",
                                              "passkey",         "mail",
                                              "application",     "import_row",
                                              "letter",          "signup",
                                              "seminar",         "attendance",
                                              "network",         "member",
                                              "invitation",      "subscription",
                                              "password",        "second_factor",
                                              "recovery_code",   "welcome",
                                              "circular_reader", "mapping_draft_reader",
                                              "research_study",  "programme_look_city"};

/* Parts of a column's name that stand for something of a person. */
static const char *const of_a_person[] = {"person",    "nationality",     "origin",     "ethnic",
                                          "religion",  "gender",          "sex",        "age",
                                          "birth",     "phone",           "email",      "address",
                                          "plate",     "vehicle",         "handle",     "room",
                                          "looks",     "victim",          "suspect",    "offender",
                                          "health",    "language_spoken", "first_name", "last_name",
                                          "surname",   "photo",           "picture",    "latitude",
                                          "longitude", "street",          "passport",   "ip"};

/* Columns that hold such a part and are something else; each with why. */
static const char *const something_else[] = {
    "form_sent",
    "address", /* of the page a form led to */
    "mapping_round_step",
    "person", /* of the staff: who has taken the step */
    "observation_message",
    "number", /* a message's place */
    "incident",
    "persons", /* about how many */
    "article_version",
    "person", /* who saved it, by their account */
    "article_version",
    "picture", /* of an article, and what it shows */
    "article_version",
    "picture_text_sv",
    "article_version",
    "picture_text_en",
};

static bool table_may(const char *table)
{
    for (size_t i = 0; i < sizeof may_hold_people / sizeof may_hold_people[0]; i++)
        if (strncmp(table, may_hold_people[i], strlen(may_hold_people[i])) == 0)
            return true;
    return false;
}

static bool is_something_else(const char *table, const char *column)
{
    for (size_t i = 0; i < sizeof something_else / sizeof something_else[0]; i += 2)
        if (strcmp(table, something_else[i]) == 0 && strcmp(column, something_else[i + 1]) == 0)
            return true;
    return false;
}

/* Is `part` in `name` as a word of its own: between underscores or the ends? */
static bool has_word(const char *name, const char *part)
{
    size_t n = strlen(part);

    for (const char *at = name; (at = strstr(at, part)); at++)
        if ((at == name || at[-1] == '_') && (at[n] == '\0' || at[n] == '_'))
            return true;
    return false;
}

static void check(struct db *db, struct arena *a, size_t *columns)
{
    static const char sql[] = "select m.name, c.name from sqlite_schema m join pragma_table_info(m.name) c "
                              "where m.type = 'table' order by 1, 2";
    struct query q = db_query(db, sql);
    struct err e = {0};

    for (; query_next(&q); ++*columns) {
        const char *table = query_str(&q, 0, a).p;
        const char *column = query_str(&q, 1, a).p;

        for (size_t i = 0; i < sizeof of_a_person / sizeof of_a_person[0]; i++)
            if (!table_may(table) && !is_something_else(table, column) && has_word(column, of_a_person[i]))
                fail_msg("%s.%s looks like a column for a person", table, column);
    }
    assert_int_equal(query_end(&q, &e), OK);
}

static void no_column_is_for_a_person_outside_accounts_contacts_and_the_log(void **state)
{
    struct town *t = *state;
    size_t columns = 0;

    check(t->city->db, t->arena, &columns);
    check(keyring_file(t->keyring), t->arena, &columns);
    assert_true(columns > 100); /* the look goes through the tables there are */
}

static void a_column_for_a_person_would_be_found(void **state)
{
    (void)state;
    assert_true(has_word("suspect_phone", "phone"));
    assert_true(has_word("nationality", "nationality"));
    assert_false(has_word("message", "age"));
    assert_false(has_word("place", "plate"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(no_column_is_for_a_person_outside_accounts_contacts_and_the_log),
        cmocka_unit_test(a_column_for_a_person_would_be_found),
    };

    return cmocka_run_group_tests_name("schema", tests, NULL, NULL);
}

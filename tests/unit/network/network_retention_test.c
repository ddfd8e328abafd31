/* The network's rules of retention, under a clock that runs for six years in steps of a day. */
#include "city.h"
#include "network/application.h"
#include "network/import.h"
#include "network/network_retention.h"
#include "network/participation.h"

#include <string.h>

static const struct retention_rule *const tables[] = {network_retention, NULL};
static const struct retention_rules rules = {.tables = tables};

/* Everything the rules are about, each with the marker "spårlöst" in what people gave. */
static void fill(struct db *db)
{
    struct who who = coordinator;
    struct err e = {0};
    struct application_token confirm;
    struct application_token sign;
    int64_t id = 0;
    int64_t left = add_organisation(db, "Lämnade", "", ACTOR_HOTEL, ORGANISATION_MEMBER);
    int64_t listed = add_organisation(db, "Bara listad", "", ACTOR_HOTEL, ORGANISATION_LISTED);
    struct application f = {.name = S("Sökande"),
                            .actor = ACTOR_HOTEL,
                            .contact_name = S("spårlöst sökande"),
                            .contact_email = S("sparlost@s.example"),
                            .language = S("sv"),
                            .agreement_text = publish_text(db)};
    struct contact_row row = {
        .line = 2, .cell = {S("X"), S(""), S("hotel"), S("spårlöst läst"), S(""), S("l@x.example"), S("")}};
    struct contact_rows rows = {1, &row, 0};
    struct participation took_part = {
        .organisation = left, .title = S("Frukost"), .people = 1, .source = 1, .at = NOON};

    add_contact(db, left, "spårlöst lämnad", "sparlost@l.example", CONTACT_FIRST);
    add_contact(db, listed, "spårlöst listad", "sparlost@b.example", CONTACT_FIRST);
    assert_int_equal(agreement_sign(db, left, 1, S("spårlöst hand"), &who, &e), OK);
    assert_int_equal(agreement_attest(db, left, S("spårlöst löfte"), &who, &e), OK);
    assert_int_equal(organisation_leave(db, left, &who, &e), OK);
    assert_int_equal(application_add(db, &f, &who, &id, &confirm, &sign, &e), OK);
    assert_int_equal(application_add(db, &f, &who, &id, &confirm, &sign, &e), OK);
    assert_int_equal(application_confirm(db, str_of(confirm.text), &who, &id, &e), OK);
    assert_int_equal(import_keep(db, "l.csv", S(""), &rows, &who, &id, &e), OK);
    assert_int_equal(db_change(db, &e), OK);
    assert_int_equal(db_change_end(db, participation_note(db, &took_part, &e),
                                   &(struct audit_line){.who = who, .action = "test"}, &e),
                     OK);
}

/* A server's files are not the city's to look into. */
static bool stands_in_a_file(struct scratch *scratch, const char *text)
{
    static const char *const files[] = {"lykta.db", "lykta.db-wal"};
    struct str bytes;
    struct err e = {0};

    for (size_t i = 0; i < 2 && !database_server(); i++) {
        assert_int_equal(file_read(scratch_path(scratch, files[i]), 1 << 26, scratch->arena, &bytes, &e), OK);
        if (memmem(bytes.p, bytes.n, text, strlen(text)))
            return true;
    }
    return false;
}

/* The day, from the first on, when each class was deleted; -1 for never. */
static void run_years(struct scratch *scratch, struct db *db, int years, int day_of[16])
{
    struct err e = {0};

    for (int i = 0; i < 16; i++)
        day_of[i] = -1;
    for (int day = 0; day < years * 366; day++) {
        struct who who = {.name = "klockan", .now_at = NOON + day * (int64_t)DAY + 60};
        struct retention_classes done = {0};
        struct arena *a = arena_open();

        assert_int_equal(retention_run(db, &rules, &who, a, &done, &e), OK);
        assert_true(done.n < 16);
        for (size_t i = 0; i < done.n; i++)
            if (done.class[i].n > 0)
                day_of[i] = day;
        arena_close(a);
    }
    assert_int_equal(db_checkpoint(db, &e), OK);
    assert_false(stands_in_a_file(scratch, "spårlöst"));
    assert_false(stands_in_a_file(scratch, "sparlost"));
}

static int class_index(const char *class)
{
    for (int i = 0; network_retention[i].class; i++)
        if (strcmp(network_retention[i].class, class) == 0)
            return i;
    return 15;
}

static void each_class_disappears_on_its_day_and_nothing_of_it_stays(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    int day_of[16];

    fill(db);
    assert_true(database_server() || stands_in_a_file(scratch, "spårlöst"));
    run_years(scratch, db, 3, day_of);
    /* From 24 November 2026: three months are 92 days, a year 365, two years 731 (2028 is a leap year). */
    assert_int_equal(day_of[class_index("network.import")], 2);
    assert_int_equal(day_of[class_index("network.application.unconfirmed")], 7);
    assert_int_equal(day_of[class_index("network.contact")], 92);
    assert_int_equal(day_of[class_index("network.application")], 92);
    assert_int_equal(day_of[class_index("network.participation")], 365);
    assert_int_equal(day_of[class_index("network.listed")], 731);
    assert_int_equal(day_of[class_index("network.signature")], 731);
    db_close(db);
}

static void what_is_not_due_stays(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    int64_t id = add_organisation(db, "Kvar", "", ACTOR_HOTEL, ORGANISATION_MEMBER);
    struct err e = {0};

    add_contact(db, id, "Kim", "kim@kvar.example", CONTACT_FIRST);
    assert_int_equal(agreement_sign(db, id, publish_text(db), S("Kim"), &coordinator, &e), OK);
    struct who who = {.name = "klockan", .now_at = NOON + 2200 * (int64_t)DAY};
    struct retention_classes done;
    assert_int_equal(retention_run(db, &rules, &who, scratch->arena, &done, &e), OK);
    assert_int_equal(count_rows(db, "select count(*) from contact"), 1);
    assert_int_equal(count_rows(db, "select count(*) from agreement where signed_by = 'Kim'"), 1);
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(each_class_disappears_on_its_day_and_nothing_of_it_stays),
        IN_SCRATCH(what_is_not_due_stays),
    };

    return cmocka_run_group_tests_name("network_retention", tests, NULL, NULL);
}

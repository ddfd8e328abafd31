/* Joining the network. */
#include "city.h"
#include "network/application.h"

#include <string.h>

static struct application filled(struct db *db)
{
    return (struct application){.name = S("Exempelhotellet"),
                                .number = S("212000-1132"),
                                .actor = ACTOR_HOTEL,
                                .contact_name = S("Kim Exempel"),
                                .contact_role = S("Driftchef"),
                                .contact_email = S("kim@hotell.example"),
                                .language = S("sv"),
                                .is_shown = true,
                                .wants_letters = true,
                                .agreement_text = publish_text(db)};
}

struct applied {
    int64_t id;
    struct application_token confirm, sign;
};

static struct applied apply(struct db *db, const struct application *f)
{
    struct applied a = {0};
    struct err e = {0};

    assert_int_equal(application_add(db, f, &coordinator, &a.id, &a.confirm, &a.sign, &e), OK);
    return a;
}

static void confirm(struct db *db, const struct applied *a)
{
    struct err e = {0};
    int64_t id = 0;

    assert_int_equal(application_confirm(db, str_of(a->confirm.text), &coordinator, &id, &e), OK);
    assert_int_equal(id, a->id);
}

static enum status accept(struct db *db, int64_t id, int64_t version, int64_t into, int64_t *organisation)
{
    struct err e = {0};

    return application_accept(db, id, version, into, &coordinator, organisation, &e);
}

static void an_unconfirmed_application_does_not_wait_for_anybody(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    struct application f = filled(db);
    struct applied a = apply(db, &f);
    struct applications waiting;
    struct err e = {0};
    int64_t organisation = 0;

    assert_int_equal(application_waiting(db, scratch->arena, &waiting, &e), OK);
    assert_int_equal(waiting.n, 0);
    assert_int_equal(accept(db, a.id, 1, 0, &organisation), REFUSED);
    confirm(db, &a);
    confirm(db, &a);
    assert_int_equal(application_waiting(db, scratch->arena, &waiting, &e), OK);
    assert_int_equal(waiting.n, 1);
    db_close(db);
}

static void who_is_accepted_is_a_member_with_people_and_agreement(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    struct application f = filled(db);
    struct organisation o;
    struct contacts people;
    struct err e = {0};
    int64_t organisation = 0;

    f.deputy_name = S("Bo Exempel");
    f.deputy_email = S("bo@hotell.example");
    struct applied a = apply(db, &f);
    confirm(db, &a);
    assert_int_equal(accept(db, a.id, 1, 0, &organisation), OK);
    assert_int_equal(organisation_find(db, organisation, scratch->arena, &o, &e), OK);
    assert_int_equal(o.state, ORGANISATION_MEMBER);
    assert_true(o.agreement_until_at > NOON);
    assert_int_equal(contact_list(db, organisation, scratch->arena, &people, &e), OK);
    assert_int_equal(people.n, 2);
    assert_str(people.contact[1].name, "Bo Exempel");
    assert_int_equal(people.contact[1].place, CONTACT_DEPUTY);
    db_close(db);
}

static void who_the_network_knows_already_joins_as_itself(void **state)
{
    struct db *db = city_db(*state);
    struct application f = filled(db);
    int64_t listed = add_organisation(db, "Exempelhotellet", "212000-1132", ACTOR_HOTEL, ORGANISATION_LISTED);
    struct applied a = apply(db, &f);
    int64_t organisation = 0;

    confirm(db, &a);
    assert_int_equal(accept(db, a.id, 1, 0, &organisation), REFUSED);
    assert_int_equal(accept(db, a.id, 1, listed, &organisation), OK);
    assert_int_equal(organisation, listed);
    assert_int_equal(count_rows(db, "select count(*) from organisation"), 1);
    db_close(db);
}

static void who_was_listed_from_a_seminar_is_not_there_twice(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    struct application f = filled(db);
    int64_t listed = add_organisation(db, "Exempelhotellet", "", ACTOR_HOTEL, ORGANISATION_LISTED);
    struct applied a = apply(db, &f);
    struct contacts people;
    struct err e = {0};
    int64_t organisation = 0;

    add_contact(db, listed, "Kim E", "kim@hotell.example", CONTACT_FIRST);
    confirm(db, &a);
    assert_int_equal(accept(db, a.id, 1, listed, &organisation), OK);
    assert_int_equal(contact_list(db, listed, scratch->arena, &people, &e), OK);
    assert_int_equal(people.n, 1);
    assert_str(people.contact[0].name, "Kim Exempel");
    db_close(db);
}

static void unconfirmed_applications_to_an_address_are_counted(void **state)
{
    struct db *db = city_db(*state);
    struct application f = filled(db);
    struct err e = {0};
    int64_t n = 0;

    f.signer_email = S("chef@hotell.example");
    apply(db, &f);
    struct applied second = apply(db, &f);
    confirm(db, &second);
    assert_int_equal(application_unconfirmed(db, &f, NOON - DAY, &n, &e), OK);
    assert_int_equal(n, 1);
    assert_int_equal(application_unconfirmed(db, &f, NOON, &n, &e), OK);
    assert_int_equal(n, 0);
    struct application other = {.contact_email = S("chef@hotell.example")};
    assert_int_equal(application_unconfirmed(db, &other, NOON - DAY, &n, &e), OK);
    assert_int_equal(n, 1);
    db_close(db);
}

static void a_link_is_found_until_its_application_is_decided(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    struct application f = filled(db);
    struct application found;
    struct applied a = apply(db, &f);
    struct err e = {0};

    assert_int_equal(application_to_confirm(db, str_of(a.confirm.text), scratch->arena, &found, &e), OK);
    assert_int_equal(found.confirmed_at, 0);
    confirm(db, &a);
    assert_int_equal(application_to_confirm(db, str_of(a.confirm.text), scratch->arena, &found, &e), OK);
    assert_true(found.confirmed_at > 0);
    assert_int_equal(application_decline(db, a.id, found.version, S("Nej"), &coordinator, &e), OK);
    assert_int_equal(application_to_confirm(db, str_of(a.confirm.text), scratch->arena, &found, &e), REFUSED);
    assert_int_equal(application_to_confirm(db, S("inget"), scratch->arena, &found, &e), REFUSED);
    db_close(db);
}

static void an_application_is_decided_once(void **state)
{
    struct db *db = city_db(*state);
    struct application f = filled(db);
    struct applied a = apply(db, &f);
    struct err e = {0};
    int64_t organisation = 0;

    confirm(db, &a);
    assert_int_equal(application_decline(db, a.id, 1, S(" "), &coordinator, &e), BAD_INPUT);
    assert_int_equal(application_decline(db, a.id, 1, S("Inte här"), &coordinator, &e), OK);
    assert_int_equal(accept(db, a.id, 2, 0, &organisation), REFUSED);
    db_close(db);
}

static void a_decision_on_what_somebody_else_changed_is_refused(void **state)
{
    struct db *db = city_db(*state);
    struct application f = filled(db);
    struct applied a = apply(db, &f);
    struct err e = {0};
    int64_t organisation = 0;

    confirm(db, &a);
    assert_int_equal(application_ask(db, a.id, 1, S("Vilket hotell?"), &coordinator, &e), OK);
    assert_int_equal(accept(db, a.id, 1, 0, &organisation), REFUSED);
    assert_int_equal(accept(db, a.id, 2, 0, &organisation), OK);
    db_close(db);
}

static void who_may_sign_signs_by_a_link_of_their_own(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    struct application f = filled(db);
    struct application read;
    struct err e = {0};
    int64_t organisation = 0;

    f.signer_email = S("vd@hotell.example");
    struct applied a = apply(db, &f);
    confirm(db, &a);
    assert_int_equal(accept(db, a.id, 1, 0, &organisation), REFUSED);
    assert_int_equal(application_to_sign(db, str_of(a.confirm.text), scratch->arena, &read, &e), REFUSED);
    assert_int_equal(application_sign(db, str_of(a.sign.text), S("Vera Exempel"), &coordinator, &e), OK);
    assert_int_equal(application_sign(db, str_of(a.sign.text), S("Igen"), &coordinator, &e), REFUSED);
    assert_int_equal(application_find(db, a.id, scratch->arena, &read, &e), OK);
    assert_str(read.signed_by, "Vera Exempel");
    assert_int_equal(accept(db, a.id, read.version, 0, &organisation), OK);
    db_close(db);
}

static void links_are_not_in_the_database(void **state)
{
    ONLY_IN_A_FILE();
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    struct application f = filled(db);
    struct applied a = apply(db, &f);
    struct str bytes;
    struct err e = {0};

    assert_int_equal(strlen(a.confirm.text), APPLICATION_TOKEN_TEXT);
    assert_int_equal(db_checkpoint(db, &e), OK);
    assert_int_equal(file_read(scratch_path(scratch, "lykta.db"), 1 << 24, scratch->arena, &bytes, &e), OK);
    assert_null(memmem(bytes.p, bytes.n, a.confirm.text, APPLICATION_TOKEN_TEXT));
    db_close(db);
}

static void what_is_wrong_is_not_taken(void **state)
{
    struct db *db = city_db(*state);
    struct application right = filled(db);
    struct application_token token;
    struct err e = {0};
    int64_t id = 0;

    for (int i = 0; i < 5; i++) {
        struct application f = right;
        f.name = i == 0 ? S("") : f.name;
        f.contact_email = i == 1 ? S("kim") : f.contact_email;
        f.deputy_name = i == 2 ? S("Bo utan adress") : f.deputy_name;
        f.contact_phone = i == 3 ? S("ring") : f.contact_phone;
        f.signer_email = i == 4 ? S("vd@") : f.signer_email;
        assert_int_equal(application_add(db, &f, &coordinator, &id, &token, &token, &e), BAD_INPUT);
    }
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(an_unconfirmed_application_does_not_wait_for_anybody),
        IN_SCRATCH(who_is_accepted_is_a_member_with_people_and_agreement),
        IN_SCRATCH(who_the_network_knows_already_joins_as_itself),
        IN_SCRATCH(who_was_listed_from_a_seminar_is_not_there_twice),
        IN_SCRATCH(unconfirmed_applications_to_an_address_are_counted),
        IN_SCRATCH(a_link_is_found_until_its_application_is_decided),
        IN_SCRATCH(an_application_is_decided_once),
        IN_SCRATCH(a_decision_on_what_somebody_else_changed_is_refused),
        IN_SCRATCH(who_may_sign_signs_by_a_link_of_their_own),
        IN_SCRATCH(links_are_not_in_the_database),
        IN_SCRATCH(what_is_wrong_is_not_taken),
    };

    return cmocka_run_group_tests_name("application", tests, NULL, NULL);
}

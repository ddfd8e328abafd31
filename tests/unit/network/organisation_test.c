/* Organisations and their contact people. */
#include "city.h"
#include "network/fold.h"
#include "network/participation.h"

static void a_list_is_in_swedish_order(void **state)
{
    static const char *const names[] = {"Östra skolan", "Zinks hotell", "Åhus brf", "Ärlans bostäder",
                                        "alnarp ab"};
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    struct organisations list;
    struct err e = {0};

    for (size_t i = 0; i < 5; i++)
        add_organisation(db, names[i], "", ACTOR_OTHER, ORGANISATION_LISTED);
    assert_int_equal(organisation_list(db, &(struct organisation_filter){0}, scratch->arena, &list, &e), OK);
    assert_str(list.organisation[0].name, "alnarp ab");
    assert_str(list.organisation[1].name, "Zinks hotell");
    assert_str(list.organisation[2].name, "Åhus brf");
    assert_str(list.organisation[3].name, "Ärlans bostäder");
    assert_str(list.organisation[4].name, "Östra skolan");
    db_close(db);
}

static void a_search_finds_names_numbers_and_people_of_any_script(void **state)
{
    static const char *const searches[] = {"ÅHUS", "2000-11", "нина", "åhus h"};
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    struct organisations list;
    struct err e = {0};
    int64_t id = add_organisation(db, "Åhus hotell", "212000-1132", ACTOR_HOTEL, ORGANISATION_MEMBER);

    add_contact(db, id, "Нина Пример", "nina@ahus.example", CONTACT_FIRST);
    add_organisation(db, "Ahus", "", ACTOR_HOTEL, ORGANISATION_MEMBER);
    for (size_t i = 0; i < sizeof searches / sizeof *searches; i++) {
        struct organisation_filter filter = {.search = str_of(searches[i])};
        assert_int_equal(organisation_list(db, &filter, scratch->arena, &list, &e), OK);
        assert_int_equal(list.n, 1);
        assert_int_equal(list.organisation[0].id, id);
    }
    db_close(db);
}

static void a_filter_takes_actors_and_states_and_gives_pages(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    struct organisations list;
    struct err e = {0};

    for (int i = 0; i < 7; i++)
        add_organisation(db, arena_printf(scratch->arena, "H%d", i), "", ACTOR_HOTEL, ORGANISATION_MEMBER);
    add_organisation(db, "P", "", ACTOR_POLICE, ORGANISATION_MEMBER);
    add_organisation(db, "L", "", ACTOR_HOTEL, ORGANISATION_LISTED);
    struct organisation_filter filter = {
        .actors = ACTOR_BIT(ACTOR_HOTEL), .states = 1U << ORGANISATION_MEMBER, .first = 5, .most = 5};
    assert_int_equal(organisation_list(db, &filter, scratch->arena, &list, &e), OK);
    assert_int_equal(list.all, 7);
    assert_int_equal(list.n, 2);
    assert_str(list.organisation[0].name, "H5");
    db_close(db);
}

static void a_number_belongs_to_one_organisation(void **state)
{
    struct db *db = city_db(*state);
    struct organisation o = {.name = S("B"), .number = S("212000-1132"), .actor = ACTOR_HOTEL};
    struct err e = {0};
    int64_t id = 0;

    add_organisation(db, "A", "212000-1132", ACTOR_HOTEL, ORGANISATION_LISTED);
    assert_int_equal(organisation_add(db, &o, &coordinator, &id, &e), REFUSED);
    add_organisation(db, "C", "", ACTOR_HOTEL, ORGANISATION_LISTED);
    add_organisation(db, "D", "", ACTOR_HOTEL, ORGANISATION_LISTED);
    db_close(db);
}

static void the_second_of_two_changes_is_refused(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    struct organisation o;
    struct err e = {0};

    int64_t id = add_organisation(db, "A", "", ACTOR_HOTEL, ORGANISATION_LISTED);
    assert_int_equal(organisation_find(db, id, scratch->arena, &o, &e), OK);
    o.name = S("Först");
    assert_int_equal(organisation_change(db, &o, &coordinator, &e), OK);
    o.name = S("Sedan");
    assert_int_equal(organisation_change(db, &o, &coordinator, &e), REFUSED);
    assert_int_equal(organisation_find(db, id, scratch->arena, &o, &e), OK);
    assert_str(o.name, "Först");
    db_close(db);
}

static void a_new_first_contact_makes_the_old_one_one_of_the_others(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    struct contacts people;
    struct err e = {0};
    int64_t id = add_organisation(db, "A", "", ACTOR_HOTEL, ORGANISATION_MEMBER);

    add_contact(db, id, "Ena", "ena@a.example", CONTACT_FIRST);
    add_contact(db, id, "Andra", "andra@a.example", CONTACT_FIRST);
    assert_int_equal(contact_list(db, id, scratch->arena, &people, &e), OK);
    assert_str(people.contact[0].name, "Andra");
    assert_int_equal(people.contact[0].place, CONTACT_FIRST);
    assert_int_equal(people.contact[1].place, CONTACT_MORE);
    db_close(db);
}

static void counts_say_who_cannot_be_reached(void **state)
{
    struct db *db = city_db(*state);
    struct actor_count counts[ACTORS];
    struct err e = {0};
    int64_t id = add_organisation(db, "A", "", ACTOR_HOTEL, ORGANISATION_MEMBER);

    add_organisation(db, "B", "", ACTOR_HOTEL, ORGANISATION_MEMBER);
    add_contact(db, id, "Kim", "kim@a.example", CONTACT_FIRST);
    assert_int_equal(organisation_counts(db, ORGANISATION_MEMBER, counts, &e), OK);
    assert_int_equal(counts[ACTOR_HOTEL].organisations, 2);
    assert_int_equal(counts[ACTOR_HOTEL].unreachable, 1);
    assert_int_equal(counts[ACTOR_POLICE].organisations, 0);
    db_close(db);
}

static void who_leaves_takes_people_and_agreement_along(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    struct organisation o;
    struct contacts people;
    struct err e = {0};
    int64_t id = add_organisation(db, "A", "", ACTOR_HOTEL, ORGANISATION_MEMBER);

    add_contact(db, id, "Kim", "kim@a.example", CONTACT_FIRST);
    assert_int_equal(agreement_sign(db, id, publish_text(db), S("Kim"), &coordinator, &e), OK);
    assert_int_equal(organisation_leave(db, id, &coordinator, &e), OK);
    assert_int_equal(organisation_find(db, id, scratch->arena, &o, &e), OK);
    assert_int_equal(o.state, ORGANISATION_LEFT);
    assert_int_equal(o.agreement_until_at, 0);
    assert_int_equal(contact_list(db, id, scratch->arena, &people, &e), OK);
    assert_int_equal(people.n, 0);
    assert_int_equal(organisation_leave(db, id, &coordinator, &e), REFUSED);
    db_close(db);
}

static void the_same_seminar_is_noted_once(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    struct participation *list = NULL;
    struct err e = {0};
    size_t n = 0;
    struct participation p = {.organisation = add_organisation(db, "A", "", ACTOR_HOTEL, ORGANISATION_MEMBER),
                              .kind = PARTICIPATION_SEMINAR,
                              .source = 7,
                              .title = S("Frukostseminarium"),
                              .people = 1,
                              .at = NOON};

    assert_int_equal(participation_note(db, &p, &e), OK);
    p.people = 3;
    assert_int_equal(participation_note(db, &p, &e), OK);
    assert_int_equal(participation_list(db, p.organisation, scratch->arena, &list, &n, &e), OK);
    assert_int_equal(n, 1);
    assert_int_equal(list[0].people, 3);
    db_close(db);
}

static void texts_that_people_take_for_the_same_are_equal(void **state)
{
    struct scratch *scratch = *state;

    assert_true(str_equal(fold(S("ÅHUS AB"), scratch->arena), fold(S("åhus ab"), scratch->arena)));
    assert_true(str_equal(fold(S("A\u030Ahus"), scratch->arena), fold(S("Åhus"), scratch->arena)));
    assert_false(str_equal(fold(S("Åhus"), scratch->arena), fold(S("Ahus"), scratch->arena)));
    assert_str(fold(S(""), scratch->arena), "");
}

static void every_kind_of_work_is_known_by_its_code_and_names(void **state)
{
    enum actor_kind found = ACTOR_OTHER;

    (void)state;
    for (int i = 0; i < ACTORS; i++) {
        assert_true(actor_from_str(str_of(actor_code((enum actor_kind)i)), &found));
        assert_int_equal(found, i);
        for (const char *const *name = actor_names((enum actor_kind)i); *name; name++) {
            assert_true(actor_from_str(str_of(*name), &found));
            assert_int_equal(found, i);
        }
    }
    assert_false(actor_from_str(S("rymdfart"), &found));
}

static struct organisations needing(struct db *db, struct scratch *scratch, enum organisation_need need,
                                    int64_t now_at)
{
    const struct organisation_filter filter = {.need = need, .now_at = now_at};
    struct organisations found;
    struct err e = {0};

    assert_int_equal(organisation_list(db, &filter, scratch->arena, &found, &e), OK);
    return found;
}

static void members_whose_agreement_is_missing_or_ends_soon_are_found(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    int64_t signed_one = add_organisation(db, "Signed", "", ACTOR_HOTEL, ORGANISATION_MEMBER);
    int64_t unsigned_one = add_organisation(db, "Unsigned", "", ACTOR_HOTEL, ORGANISATION_MEMBER);
    struct organisation o;
    struct err e = {0};

    add_organisation(db, "Listed", "", ACTOR_HOTEL, ORGANISATION_LISTED);
    assert_int_equal(agreement_sign(db, signed_one, publish_text(db), S("Kim"), &coordinator, &e), OK);
    assert_int_equal(organisation_find(db, signed_one, scratch->arena, &o, &e), OK);
    int64_t end_at = o.agreement_until_at;

    struct organisations found = needing(db, scratch, ORGANISATION_WITHOUT_AGREEMENT, NOON);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.organisation[0].id, unsigned_one);
    assert_int_equal(needing(db, scratch, ORGANISATION_ENDS_SOON, NOON).n, 0);
    found = needing(db, scratch, ORGANISATION_ENDS_SOON, end_at - (AGREEMENT_REMIND_DAYS - 1) * DAY);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.organisation[0].id, signed_one);
    assert_int_equal(needing(db, scratch, ORGANISATION_WITHOUT_AGREEMENT, end_at + 1).n, 2);
    db_close(db);
}

static void who_signs_on_paper_is_a_member(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    int64_t id = add_organisation(db, "Listed", "", ACTOR_HOTEL, ORGANISATION_LISTED);
    struct organisation o;
    struct err e = {0};

    assert_int_equal(agreement_sign(db, id, publish_text(db), S("Kim"), &coordinator, &e), OK);
    assert_int_equal(organisation_find(db, id, scratch->arena, &o, &e), OK);
    assert_int_equal(o.state, ORGANISATION_MEMBER);
    assert_int_equal(organisation_leave(db, id, &coordinator, &e), OK);
    assert_int_equal(agreement_sign(db, id, 1, S("Kim"), &coordinator, &e), OK);
    assert_int_equal(organisation_find(db, id, scratch->arena, &o, &e), OK);
    assert_int_equal(o.state, ORGANISATION_MEMBER);
    assert_int_equal(o.left_at, 0);
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(a_list_is_in_swedish_order),
        IN_SCRATCH(a_search_finds_names_numbers_and_people_of_any_script),
        IN_SCRATCH(a_filter_takes_actors_and_states_and_gives_pages),
        IN_SCRATCH(a_number_belongs_to_one_organisation),
        IN_SCRATCH(the_second_of_two_changes_is_refused),
        IN_SCRATCH(a_new_first_contact_makes_the_old_one_one_of_the_others),
        IN_SCRATCH(counts_say_who_cannot_be_reached),
        IN_SCRATCH(who_leaves_takes_people_and_agreement_along),
        IN_SCRATCH(the_same_seminar_is_noted_once),
        IN_SCRATCH(texts_that_people_take_for_the_same_are_equal),
        cmocka_unit_test(every_kind_of_work_is_known_by_its_code_and_names),
        IN_SCRATCH(members_whose_agreement_is_missing_or_ends_soon_are_found),
        IN_SCRATCH(who_signs_on_paper_is_a_member),
    };

    return cmocka_run_group_tests_name("organisation", tests, NULL, NULL);
}

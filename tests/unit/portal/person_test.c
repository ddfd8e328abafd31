/* People with an account. */
#include "portal/person.h"

#include "house.h"

static const uint32_t administrator = ROLE_BIT(ROLE_ADMINISTRATOR);
static const uint32_t coordinator = ROLE_BIT(ROLE_COORDINATOR);

static struct person find(struct house *h, int64_t id)
{
    struct person p = {0};
    struct err e = {0};

    assert_int_equal(person_find(h->db, id, h->arena, &p, &e), OK);
    return p;
}

static enum status save(struct house *h, const struct person *p, bool *is_overtaken, struct err *e)
{
    const struct who who = house_who(h);

    return person_save(h->db, &who, p, is_overtaken, e);
}

static void a_person_reads_back_as_they_were_added(void **state)
{
    struct house *h = house_of(state);
    const struct who who = house_who(h);
    struct person added = {.email = S("åsa@exempel.example"),
                           .name = S("Åsa Öberg (exempel)"),
                           .language = LANGUAGE_EN,
                           .roles = coordinator | administrator};
    struct err e = {0};

    assert_int_equal(person_add(h->db, &who, &added, &e), OK);
    struct person p = find(h, added.id);
    assert_str(p.email, "åsa@exempel.example");
    assert_str(p.name, "Åsa Öberg (exempel)");
    assert_int_equal(p.language, LANGUAGE_EN);
    assert_int_equal(p.roles, coordinator | administrator);
    assert_false(p.is_closed);
    assert_int_equal(p.made_at, HOUSE_NOON);
    assert_int_equal(p.signed_in_at, 0);
    assert_int_equal(p.version, 1);
}

static void a_person_is_found_by_address(void **state)
{
    struct house *h = house_of(state);
    struct person kim = house_person(h, "kim@exempel.example", coordinator);
    struct person found = {0};
    struct err e = {0};

    assert_int_equal(person_by_email(h->db, S("kim@exempel.example"), h->arena, &found, &e), OK);
    assert_int_equal(found.id, kim.id);
    assert_int_equal(person_by_email(h->db, S("kim@exempel.exampl_"), h->arena, &found, &e), REFUSED);
    assert_int_equal(person_by_email(h->db, S("%"), h->arena, &found, &e), REFUSED);
    assert_int_equal(found.id, kim.id);
}

static void one_address_has_one_account(void **state)
{
    struct house *h = house_of(state);
    const struct who who = house_who(h);
    struct person second = {.email = S("kim@exempel.example"), .name = S("Lo Exempel")};
    struct err e = {0};

    (void)house_person(h, "kim@exempel.example", coordinator);
    assert_int_equal(person_add(h->db, &who, &second, &e), BAD_INPUT);
    assert_says(e, "another account");
    assert_int_equal(house_count(h, "select count(*) from person"), 1);
    assert_int_equal(house_count(h, "select count(*) from audit where action = 'person.add'"), 1);
}

static void the_address_of_another_cannot_be_taken(void **state)
{
    struct house *h = house_of(state);
    struct person kim = find(h, house_person(h, "kim@exempel.example", coordinator).id);
    struct err e = {0};
    bool is_overtaken = false;

    (void)house_person(h, "lo@exempel.example", coordinator);
    kim.email = S("lo@exempel.example");
    assert_int_equal(save(h, &kim, &is_overtaken, &e), BAD_INPUT);
    assert_str(find(h, kim.id).email, "kim@exempel.example");
}

static void roles_are_exactly_those_that_were_saved(void **state)
{
    struct house *h = house_of(state);
    struct person kim = find(h, house_person(h, "kim@exempel.example", coordinator | ROLE_BIT(ROLE_DPO)).id);
    struct err e = {0};
    bool is_overtaken = false;

    kim.roles = ROLE_BIT(ROLE_ANALYST);
    assert_int_equal(save(h, &kim, &is_overtaken, &e), OK);
    assert_int_equal(find(h, kim.id).roles, ROLE_BIT(ROLE_ANALYST));
    assert_int_equal(find(h, kim.id).version, 2);
}

static void the_second_of_two_who_save_is_told_that_they_are(void **state)
{
    struct house *h = house_of(state);
    struct person first = find(h, house_person(h, "kim@exempel.example", coordinator).id);
    struct person second = first;
    struct err e = {0};
    bool is_overtaken = false;

    first.name = S("Kim Ett");
    second.name = S("Kim Två");
    assert_int_equal(save(h, &first, &is_overtaken, &e), OK);
    assert_false(is_overtaken);
    assert_int_equal(save(h, &second, &is_overtaken, &e), REFUSED);
    assert_true(is_overtaken);
    assert_str(find(h, first.id).name, "Kim Ett");
}

static void the_last_administrator_stays(void **state)
{
    struct house *h = house_of(state);
    struct person kim = find(h, house_person(h, "kim@exempel.example", administrator | coordinator).id);
    struct person changed = kim;
    struct err e = {0};
    bool is_overtaken = false;

    changed.roles = coordinator;
    assert_int_equal(save(h, &changed, &is_overtaken, &e), REFUSED);
    assert_says(e, "no administrator would be left");
    assert_false(is_overtaken);
    changed = kim;
    changed.is_closed = true;
    assert_int_equal(save(h, &changed, &is_overtaken, &e), REFUSED);
    assert_int_equal(find(h, kim.id).roles, administrator | coordinator);
    assert_int_equal(find(h, kim.id).version, 1);
}

static void a_closed_administrator_does_not_count(void **state)
{
    struct house *h = house_of(state);
    struct person kim = find(h, house_person(h, "kim@exempel.example", administrator).id);
    struct person lo = find(h, house_person(h, "lo@exempel.example", administrator).id);
    struct err e = {0};
    bool is_overtaken = false;

    kim.is_closed = true;
    assert_int_equal(save(h, &kim, &is_overtaken, &e), OK);
    lo.roles = coordinator;
    assert_int_equal(save(h, &lo, &is_overtaken, &e), REFUSED);
}

static void another_name_ends_no_session_and_changes_no_role(void **state)
{
    static const char session[] =
        "insert into session (hash, person, stage, method, device, made_at, seen_at) "
        "select $1, id, 'whole', 'password', '', 1, 1 from person";
    struct house *h = house_of(state);
    struct person kim = find(h, house_person(h, "kim@exempel.example", coordinator).id);
    struct err e = {0};
    bool is_overtaken = false;

    struct query q = db_query(h->db, session);
    bind_blob(&q, 1, S("\1"));
    assert_int_equal(query_run(&q, &e), OK);
    kim.name = S("Kim Exempelsson");
    assert_int_equal(save(h, &kim, &is_overtaken, &e), OK);
    assert_int_equal(house_count(h, "select count(*) from session"), 1);
    assert_int_equal(find(h, kim.id).roles, coordinator);
}

static void the_log_tells_roles_and_no_name_or_address(void **state)
{
    static const char told[] =
        "select count(*) from audit where action = 'person.add' and detail = 'roles coordinator'";
    static const char personal[] =
        "select count(*) from audit where instr(who || action || detail || role || why, 'kim') "
        "+ instr(who || action || detail || role || why, 'Kim') > 0";
    struct house *h = house_of(state);
    struct person kim = find(h, house_person(h, "kim@exempel.example", coordinator).id);
    struct err e = {0};
    bool is_overtaken = false;

    kim.name = S("Kim Ny");
    kim.is_closed = true;
    assert_int_equal(save(h, &kim, &is_overtaken, &e), OK);
    assert_int_equal(house_count(h, told), 1);
    assert_int_equal(house_count(h, "select count(*) from audit where detail = 'roles coordinator; closed'"),
                     1);
    assert_int_equal(house_count(h, personal), 0);
}

static void people_are_listed_as_in_swedish_with_the_closed_last(void **state)
{
    static const char *const names[] = {"Örjan", "Zara", "Åsa", "adam", "Ärla", "Bo"};
    static const char *const sorted[] = {"adam", "Bo", "Zara", "Ärla", "Örjan", "Åsa"};
    struct house *h = house_of(state);
    const struct who who = house_who(h);
    struct people all = {0};
    struct err e = {0};
    bool is_overtaken = false;

    for (size_t i = 0; i < 6; i++) {
        struct person p = {.email = str_of(arena_printf(h->arena, "p%zu@exempel.example", i)),
                           .name = str_of(names[i]),
                           .roles = coordinator};
        assert_int_equal(person_add(h->db, &who, &p, &e), OK);
    }
    struct person closed = find(h, 3); /* Åsa */
    closed.is_closed = true;
    assert_int_equal(save(h, &closed, &is_overtaken, &e), OK);
    assert_int_equal(people_list(h->db, h->arena, &all, &e), OK);
    assert_int_equal(all.n, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_true(str_is(all.person[i].name, sorted[i]));
        assert_int_equal(all.person[i].roles, coordinator);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_HOUSE(a_person_reads_back_as_they_were_added),
        IN_HOUSE(a_person_is_found_by_address),
        IN_HOUSE(one_address_has_one_account),
        IN_HOUSE(the_address_of_another_cannot_be_taken),
        IN_HOUSE(roles_are_exactly_those_that_were_saved),
        IN_HOUSE(the_second_of_two_who_save_is_told_that_they_are),
        IN_HOUSE(the_last_administrator_stays),
        IN_HOUSE(a_closed_administrator_does_not_count),
        IN_HOUSE(another_name_ends_no_session_and_changes_no_role),
        IN_HOUSE(the_log_tells_roles_and_no_name_or_address),
        IN_HOUSE(people_are_listed_as_in_swedish_with_the_closed_last),
    };

    return cmocka_run_group_tests_name("person", tests, NULL, NULL);
}

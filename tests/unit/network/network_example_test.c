/* The example city's network, and the text of the agreement to begin with. */
#include "city.h"
#include "network/agreement_template.h"
#include "network/network_example.h"
#include "words/lix.h"

static void the_example_has_members_with_agreements_and_says_that_it_is_an_example(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    struct organisations all;
    struct err e = {0};

    assert_int_equal(network_example(db, &coordinator, &e), OK);
    assert_int_equal(organisation_list(db, &(struct organisation_filter){0}, scratch->arena, &all, &e), OK);
    assert_int_equal(all.n, 5);
    for (size_t i = 0; i < all.n; i++) {
        bool is_member = all.organisation[i].state == ORGANISATION_MEMBER;

        assert_true(str_ends(all.organisation[i].name, S("(exempel)")));
        assert_int_equal(all.organisation[i].agreement_until_at > NOON, is_member);
    }
    db_close(db);
}

static void the_agreement_is_easy_to_read_in_swedish(void **state)
{
    const struct agreement_text text = agreement_template();
    struct lix count = {0};

    (void)state;
    lix_add(&count, text.body[0]);
    assert_true(count.words > 150);
    assert_true(lix_value(&count) < LIX_MOST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(the_example_has_members_with_agreements_and_says_that_it_is_an_example),
        cmocka_unit_test(the_agreement_is_easy_to_read_in_swedish),
    };

    return cmocka_run_group_tests_name("network example", tests, NULL, NULL);
}

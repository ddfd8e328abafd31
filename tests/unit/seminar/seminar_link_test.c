/* Links in letters: only the office can make one, and a new nonce ends it. */
#include "office.h"

#include "seminar/seminar_link.h"

static bool holds(void **state, struct str part)
{
    return seminar_link_holds(&office_of(state)->o, SEMINAR_LINK_GUEST, 12, S("00aa"), part,
                              office_arena(state));
}

static struct str part(void **state, enum seminar_link kind, int64_t id, const char *nonce)
{
    return seminar_link_part(&office_of(state)->o, kind, id, str_of(nonce), office_arena(state));
}

static void a_link_holds_for_its_row(void **state)
{
    struct str p = part(state, SEMINAR_LINK_GUEST, 12, "00aa");

    assert_true(holds(state, p));
    assert_int_equal(seminar_link_id(p), 12);
}

static void a_link_for_anything_else_does_not_hold(void **state)
{
    assert_false(holds(state, part(state, SEMINAR_LINK_STOP, 12, "00aa")));
    assert_false(holds(state, part(state, SEMINAR_LINK_GUEST, 13, "00aa")));
    assert_false(holds(state, part(state, SEMINAR_LINK_GUEST, 12, "00ab")));
    assert_false(holds(state, S("")));
    assert_false(holds(state, S("12-")));
}

static void a_link_with_any_digit_changed_does_not_hold(void **state)
{
    struct str p = part(state, SEMINAR_LINK_GUEST, 12, "00aa");

    for (size_t i = 0; i < p.n; i++) {
        struct str other = str_copy(p, office_arena(state));

        ((char *)other.p)[i] ^= 1;
        assert_false(holds(state, other));
    }
}

static void what_is_no_link_has_no_number(void **state)
{
    (void)state;
    assert_int_equal(seminar_link_id(S("12")), 0);
    assert_int_equal(seminar_link_id(S("-1-0123456789abcdef0123456789abcdef")), 0);
    assert_int_equal(seminar_link_id(S("x-0123456789abcdef0123456789abcdef")), 0);
    assert_int_equal(seminar_link_id(S("12-0123")), 0);
}

static void another_key_makes_other_links(void **state)
{
    static const unsigned char other[32] = "another key of the same length .";
    struct seminar_office o = office_of(state)->o;
    struct str ours = part(state, SEMINAR_LINK_GUEST, 12, "00aa");

    o.link_key = other;
    assert_false(seminar_link_holds(&o, SEMINAR_LINK_GUEST, 12, S("00aa"), ours, office_arena(state)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_OFFICE(a_link_holds_for_its_row),
        WITH_OFFICE(a_link_for_anything_else_does_not_hold),
        WITH_OFFICE(a_link_with_any_digit_changed_does_not_hold),
        WITH_OFFICE(what_is_no_link_has_no_number),
        WITH_OFFICE(another_key_makes_other_links),
    };

    return cmocka_run_group_tests_name("seminar_link", tests, NULL, NULL);
}

/* Who came, thanks, and answers without a name. */
#include "office.h"

#include "seminar/attendance.h"

enum { ON_THE_DAY = OFFICE_NOON + 14 * OFFICE_DAY };

static enum status tick(void **state, int64_t guest, enum attendance attendance)
{
    struct err e = {0};

    return attendance_set(office_of(state)->o.db, guest, attendance, &office_of(state)->who, &e);
}

static struct str code_of(void **state, int64_t seminar)
{
    struct err e = {0};

    assert_int_equal(
        attendance_code_set(office_of(state)->o.db, seminar, ATTENDANCE_CODE_ON, &office_of(state)->who, &e),
        OK);
    return office_read(state, seminar).code;
}

static enum status check_in(void **state, int64_t seminar, struct str code, const char *address)
{
    struct err e = {0};

    return attendance_by_address(&office_of(state)->o, seminar, code, str_of(address), &office_of(state)->who,
                                 &e);
}

static enum status thank(void **state, int64_t seminar, int64_t *n)
{
    struct err e = {0};

    return attendance_thank(&office_of(state)->o, seminar, &office_of(state)->who, n, &e);
}

static enum status evaluate(void **state, int64_t guest, int64_t useful, const char *words)
{
    const struct evaluation v = {.useful = useful, .acts = true, .words = str_of(words)};
    struct err e = {0};

    return evaluation_give(&office_of(state)->o, guest, &v, &office_of(state)->who, &e);
}

static void a_guest_is_ticked_and_unticked(void **state)
{
    int64_t guest = office_comes(state, office_seminar(state, 5), "a@example.org");

    assert_int_equal(tick(state, guest, ATTENDANCE_CAME), OK);
    assert_int_equal(office_guest(state, guest).came_at, OFFICE_NOON);
    office_of(state)->who.now_at++;
    assert_int_equal(tick(state, guest, ATTENDANCE_CAME), OK);
    assert_int_equal(office_guest(state, guest).came_at, OFFICE_NOON);
    assert_int_equal(tick(state, guest, ATTENDANCE_NO), OK);
    assert_int_equal(office_guest(state, guest).came_at, 0);
}

static void who_has_not_confirmed_is_not_ticked(void **state)
{
    assert_int_equal(
        tick(state, office_asks(state, office_seminar(state, 5), "a@example.org"), ATTENDANCE_CAME), REFUSED);
}

static void with_the_code_of_the_room_a_guest_checks_in_on_the_day(void **state)
{
    int64_t seminar = office_seminar(state, 5);
    int64_t guest = office_comes(state, seminar, "a@example.org");
    struct str code = code_of(state, seminar);

    assert_int_equal(code.n, 6);
    assert_int_equal(check_in(state, seminar, code, "a@example.org"), REFUSED);
    office_of(state)->who.now_at = ON_THE_DAY;
    assert_int_equal(check_in(state, seminar, S("x"), "a@example.org"), REFUSED);
    assert_int_equal(check_in(state, seminar, code, "nobody@example.org"), REFUSED);
    assert_int_equal(check_in(state, seminar, code, " A@Example.org"), OK);
    assert_int_equal(office_guest(state, guest).came_at, ON_THE_DAY);
}

static void without_a_code_nobody_checks_in(void **state)
{
    int64_t seminar = office_seminar(state, 5);

    office_comes(state, seminar, "a@example.org");
    office_of(state)->who.now_at = ON_THE_DAY;
    assert_int_equal(check_in(state, seminar, S(""), "a@example.org"), REFUSED);
}

static void thanks_go_once_to_those_who_came(void **state)
{
    int64_t seminar = office_seminar(state, 5);
    int64_t a = office_comes(state, seminar, "a@example.org");
    int64_t n = 0;

    office_comes(state, seminar, "b@example.org");
    assert_int_equal(thank(state, seminar, &n), REFUSED);
    office_of(state)->who.now_at = ON_THE_DAY;
    assert_int_equal(thank(state, seminar, &n), REFUSED);
    assert_int_equal(tick(state, a, ATTENDANCE_CAME), OK);
    assert_int_equal(thank(state, seminar, &n), OK);
    assert_int_equal(n, 1);
    assert_int_equal(office_letters(state, "%", "Tack för att du kom"), 1);
    assert_int_equal(thank(state, seminar, &n), REFUSED);
}

static void only_who_came_answers_and_once(void **state)
{
    int64_t guest = office_comes(state, office_seminar(state, 5), "a@example.org");

    assert_int_equal(evaluate(state, guest, 4, ""), REFUSED);
    assert_int_equal(tick(state, guest, ATTENDANCE_CAME), OK);
    assert_int_equal(evaluate(state, guest, 6, ""), BAD_INPUT);
    assert_int_equal(evaluate(state, guest, 4, ""), OK);
    assert_int_equal(evaluate(state, guest, 4, ""), REFUSED);
}

static void fewer_than_five_answers_are_not_shown(void **state)
{
    int64_t seminar = office_seminar(state, 9);
    struct evaluation_summary found;
    struct err e = {0};

    for (int i = 0; i < 5; i++) {
        int64_t guest = office_comes(state, seminar, arena_printf(office_arena(state), "g%d@example.org", i));

        assert_int_equal(tick(state, guest, ATTENDANCE_CAME), OK);
        assert_int_equal(evaluate(state, guest, i + 1, i % 2 ? "Bra" : ""), OK);
        assert_int_equal(evaluation_read(office_of(state)->o.db, seminar, office_arena(state), &found, &e),
                         OK);
        assert_int_equal(found.answers, i + 1);
        assert_int_equal(found.is_shown, i == 4);
        assert_int_equal(found.n, i == 4 ? 2 : 0);
    }
    assert_true(found.useful > 2.999 && found.useful < 3.001);
    assert_int_equal(found.acts, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_OFFICE(a_guest_is_ticked_and_unticked),
        WITH_OFFICE(who_has_not_confirmed_is_not_ticked),
        WITH_OFFICE(with_the_code_of_the_room_a_guest_checks_in_on_the_day),
        WITH_OFFICE(without_a_code_nobody_checks_in),
        WITH_OFFICE(thanks_go_once_to_those_who_came),
        WITH_OFFICE(only_who_came_answers_and_once),
        WITH_OFFICE(fewer_than_five_answers_are_not_shown),
    };

    return cmocka_run_group_tests_name("attendance", tests, NULL, NULL);
}

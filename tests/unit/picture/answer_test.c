/* What is understood of the answer of lykta-picture. */
#include "../unit.h"

#include "picture/picture.h"

static void a_picture_is_its_kind_its_size_and_its_bytes(void **state)
{
    enum picture_fault fault = PICTURE_DAMAGED;
    struct picture p = {0};

    (void)state;
    assert_true(picture_answer(S("png 12 7\nbytes\nmore"), &fault, &p));
    assert_int_equal(fault, PICTURE_FINE);
    assert_int_equal(p.kind, PICTURE_PNG);
    assert_int_equal(p.width, 12);
    assert_int_equal(p.height, 7);
    assert_str(p.bytes, "bytes\nmore");
}

static void each_fault_is_understood(void **state)
{
    struct arena *a = *state;
    struct picture p = {0};

    for (int i = PICTURE_WRONG_TYPE; i < PICTURE_FAULTS; i++) {
        enum picture_fault fault = PICTURE_FINE;
        const char *answer = arena_printf(a, "fault %s\n", picture_fault_word((enum picture_fault)i));

        assert_true(picture_answer(str_of(answer), &fault, &p));
        assert_int_equal(fault, i);
    }
}

static void anything_else_is_no_answer(void **state)
{
    static const char *const wrong[] = {
        "",          "jpeg",        "jpeg 1 1",     "jpeg 1 1\n",     "gif 1 1\nx",
        "jpeg 1\nx", "jpeg 0 1\nx", "jpeg 1 -1\nx", "jpeg 9999 1\nx", "fault\n",
        "fault x\n", "jpeg a b\nx"};
    enum picture_fault fault = PICTURE_FINE;
    struct picture p = {0};

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(picture_answer(str_of(wrong[i]), &fault, &p));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_is_its_kind_its_size_and_its_bytes),
        WITH_ARENA(each_fault_is_understood),
        cmocka_unit_test(anything_else_is_no_answer),
    };

    return cmocka_run_group_tests_name("picture answer", tests, NULL, NULL);
}

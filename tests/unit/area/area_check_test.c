/* Borders that a map can be drawn of, and those it cannot. */
#include "area/area_check.h"

#include "../unit.h"
#include "outlines.h"

#include <math.h>

static enum status check(void **state, struct outline *outlines, size_t n, struct area_fault *fault)
{
    const struct area_file file = {.n = n, .outline = outlines};

    *fault = (struct area_fault){.kind = AREA_FAULTS};
    return area_check(&file, *state, fault);
}

static void neighbours_that_share_a_border_are_right(void **state)
{
    struct outline two[] = {outline_box(*state, S("A"), 0, 0, 1, 1), outline_box(*state, S("B"), 1, 0, 2, 1)};
    struct area_fault fault;

    assert_int_equal(check(state, two, 2, &fault), OK);
}

static void a_border_that_crosses_itself_is_told_with_the_place(void **state)
{
    const double bow[][2] = {{0, 0}, {2, 2}, {2, 0}, {0, 2}, {0, 0}};
    struct outline_ring ring = outline_ring_of(*state, *bow, 5);
    struct outline one = outline_of(*state, S("Rosetten"), &ring, 1);
    struct area_fault fault;

    assert_int_equal(check(state, &one, 1, &fault), BAD_INPUT);
    assert_int_equal(fault.kind, AREA_CROSSES);
    assert_str(fault.area, "Rosetten");
    assert_true(fabs(fault.at.longitude - 13.01) < 1e-9 && fabs(fault.at.latitude - 55.01) < 1e-9);
}

static void a_hole_outside_its_area_is_refused(void **state)
{
    const double border[][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}};
    const double hole[][2] = {{3, 3}, {4, 3}, {4, 4}, {3, 4}, {3, 3}};
    const struct outline_ring rings[] = {outline_ring_of(*state, *border, 5),
                                         outline_ring_of(*state, *hole, 5)};
    struct outline one = outline_of(*state, S("A"), rings, 2);
    struct area_fault fault;

    assert_int_equal(check(state, &one, 1, &fault), BAD_INPUT);
    assert_int_equal(fault.kind, AREA_BROKEN);
}

static void an_area_without_surface_is_refused(void **state)
{
    const double flat[][2] = {{0, 0}, {1, 0}, {2, 0}, {0, 0}};
    struct outline_ring ring = outline_ring_of(*state, *flat, 4);
    struct outline one = outline_of(*state, S("A"), &ring, 1);
    struct area_fault fault;

    assert_int_equal(check(state, &one, 1, &fault), BAD_INPUT);
}

static void areas_that_cover_the_same_ground_are_both_named(void **state)
{
    struct outline two[] = {outline_box(*state, S("A"), 0, 0, 2, 1), outline_box(*state, S("B"), 1, 0, 3, 1)};
    struct area_fault fault;

    assert_int_equal(check(state, two, 2, &fault), BAD_INPUT);
    assert_int_equal(fault.kind, AREA_OVERLAPS);
    assert_str(fault.area, "A");
    assert_str(fault.other, "B");
}

static void an_area_in_another_is_refused_but_in_its_hole_it_is_right(void **state)
{
    const double border[][2] = {{0, 0}, {3, 0}, {3, 3}, {0, 3}, {0, 0}};
    const double hole[][2] = {{1, 1}, {1, 2}, {2, 2}, {2, 1}, {1, 1}};
    const struct outline_ring rings[] = {outline_ring_of(*state, *border, 5),
                                         outline_ring_of(*state, *hole, 5)};
    struct outline in_area[] = {outline_of(*state, S("A"), rings, 1),
                                outline_box(*state, S("B"), 1, 1, 2, 2)};
    struct outline in_hole[] = {outline_of(*state, S("A"), rings, 2),
                                outline_box(*state, S("B"), 1, 1, 2, 2)};
    struct area_fault fault;

    assert_int_equal(check(state, in_area, 2, &fault), BAD_INPUT);
    assert_int_equal(fault.kind, AREA_OVERLAPS);
    assert_int_equal(check(state, in_hole, 2, &fault), OK);
}

static void a_sliver_along_a_border_is_let_through(void **state)
{
    struct outline two[] = {outline_box(*state, S("A"), 0, 0, 1, 1),
                            outline_box(*state, S("B"), 0.99, 0, 2, 1)};
    struct area_fault fault;

    assert_int_equal(check(state, two, 2, &fault), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(neighbours_that_share_a_border_are_right),
        WITH_ARENA(a_border_that_crosses_itself_is_told_with_the_place),
        WITH_ARENA(a_hole_outside_its_area_is_refused),
        WITH_ARENA(an_area_without_surface_is_refused),
        WITH_ARENA(areas_that_cover_the_same_ground_are_both_named),
        WITH_ARENA(an_area_in_another_is_refused_but_in_its_hole_it_is_right),
        WITH_ARENA(a_sliver_along_a_border_is_let_through),
    };

    return cmocka_run_group_tests_name("area_check", tests, NULL, NULL);
}

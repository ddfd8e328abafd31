/* Averaging, turning, and the one note of a picture that is read. */
#include "../unit.h"

#include "picture/orientation.h"
#include "picture/pixels.h"

#include <string.h>

/* The shade (all three colours alike) at x, y. */
static int shade(struct pixels p, size_t x, size_t y)
{
    return p.rgb[(y * p.width + x) * PIXEL_BYTES];
}

/* A picture of the shades, row by row. */
static struct pixels shaded(const unsigned char *shades, size_t width, size_t height, struct arena *a)
{
    struct pixels p = {width, height, arena_alloc(a, height, width * PIXEL_BYTES)};

    for (size_t i = 0; i < width * height; i++)
        memset(p.rgb + i * PIXEL_BYTES, shades[i], PIXEL_BYTES);
    return p;
}

static struct pixels shrunk(struct pixels p, size_t side, struct arena *a)
{
    struct shrinking s = shrinking_open(p.width, p.height, side, a);

    for (size_t y = 0; y < p.height; y++)
        shrinking_take(&s, p.rgb + y * p.width * PIXEL_BYTES);
    return s.out;
}

static void a_small_picture_stays_as_it_is(void **state)
{
    const unsigned char shades[] = {1, 2, 3, 4, 5, 6};
    struct pixels out = shrunk(shaded(shades, 3, 2, *state), 3, *state);

    assert_int_equal(out.width, 3);
    assert_int_equal(out.height, 2);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(shade(out, i % 3, i / 3), shades[i]);
}

static void a_pixel_is_the_mean_of_its_square_and_of_what_is_there_at_the_edge(void **state)
{
    const unsigned char shades[] = {0, 4, 10, 8, 4, 30, 100, 102, 7};
    struct pixels out = shrunk(shaded(shades, 3, 3, *state), 2, *state);

    assert_int_equal(out.width, 2);
    assert_int_equal(out.height, 2);
    assert_int_equal(shade(out, 0, 0), 4);   /* (0 + 4 + 8 + 4) / 4 */
    assert_int_equal(shade(out, 1, 0), 20);  /* (10 + 30) / 2 */
    assert_int_equal(shade(out, 0, 1), 101); /* (100 + 102) / 2 */
    assert_int_equal(shade(out, 1, 1), 7);
}

static void no_side_is_longer_than_was_asked(void **state)
{
    for (size_t width = 1; width < 60; width++) {
        struct shrinking s = shrinking_open(width, 60 - width, 7, *state);

        assert_in_range(s.out.width, 1, 7);
        assert_in_range(s.out.height, 1, 7);
    }
}

/* The eight orientations of Exif 2.32, 4.6.4, A: where the first row and the first column of the file stand
 * when the picture is looked at. The file is 1 2 / 3 4 / 5 6. */
static void a_picture_is_turned_as_it_was_held(void **state)
{
    static const unsigned char file[] = {1, 2, 3, 4, 5, 6};
    static const struct {
        size_t width, height;
        unsigned char seen[6];
    } upright[9] = {
        [1] = {2, 3, {1, 2, 3, 4, 5, 6}}, [2] = {2, 3, {2, 1, 4, 3, 6, 5}}, [3] = {2, 3, {6, 5, 4, 3, 2, 1}},
        [4] = {2, 3, {5, 6, 3, 4, 1, 2}}, [5] = {3, 2, {1, 3, 5, 2, 4, 6}}, [6] = {3, 2, {5, 3, 1, 6, 4, 2}},
        [7] = {3, 2, {6, 4, 2, 5, 3, 1}}, [8] = {3, 2, {2, 4, 6, 1, 3, 5}},
    };

    for (int orientation = 1; orientation <= 8; orientation++) {
        struct pixels out = pixels_turned(shaded(file, 2, 3, *state), orientation, *state);

        assert_int_equal(out.width, upright[orientation].width);
        assert_int_equal(out.height, upright[orientation].height);
        for (size_t i = 0; i < 6; i++)
            assert_int_equal(shade(out, i % out.width, i / out.width), upright[orientation].seen[i]);
    }
}

#define NOTES(text) ((struct str){(text), sizeof(text) - 1})

static void the_orientation_is_read_in_either_order_of_bytes(void **state)
{
    (void)state;
    assert_int_equal(orientation_of(NOTES("Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0")),
                     6);
    assert_int_equal(orientation_of(NOTES("Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0")),
                     8);
}

static void notes_that_are_broken_mean_upright(void **state)
{
    (void)state;
    assert_int_equal(orientation_of(NOTES("")), 1);
    assert_int_equal(orientation_of(NOTES("http://ns.adobe.com/xap/1.0/")), 1);
    assert_int_equal(orientation_of(NOTES("Exif\0\0II*\0\xff\xff\xff\xff")), 1);
    assert_int_equal(orientation_of(NOTES("Exif\0\0II*\0\x08\0\0\0\xff\xff")), 1);
    assert_int_equal(orientation_of(NOTES("Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x09\0\0\0")),
                     1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_small_picture_stays_as_it_is),
        WITH_ARENA(a_pixel_is_the_mean_of_its_square_and_of_what_is_there_at_the_edge),
        WITH_ARENA(no_side_is_longer_than_was_asked),
        WITH_ARENA(a_picture_is_turned_as_it_was_held),
        cmocka_unit_test(the_orientation_is_read_in_either_order_of_bytes),
        cmocka_unit_test(notes_that_are_broken_mean_upright),
    };

    return cmocka_run_group_tests_name("pixels", tests, NULL, NULL);
}

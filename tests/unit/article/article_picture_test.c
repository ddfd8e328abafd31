/* Pictures of articles: made anew, kept once, found by their name. */
#include "press.h"

#include "article/article_picture.h"
#include "store/db.h"

#include <string.h>

/* A red PNG of 2 by 1 pixels, made by Pillow. */
static const char red[] =
    "\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x02\x00\x00\x00\x01"
    "\x08\x02\x00\x00\x00\x7b\x40\xe8\xdd\x00\x00\x00\x0f\x49\x44\x41\x54\x78\x9c\x63\xfc\xcf\xc0\xc0"
    "\xc0\xc0\x00\x00\x06\x08\x01\x01\xcb\x47\x76\x75\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";

static struct article_picture made(void **state)
{
    struct article_picture p = {0};
    enum picture_fault fault = PICTURE_DAMAGED;
    struct err e = {0};

    assert_int_equal(article_picture_make(TEST_PICTURE, (struct str){red, sizeof red - 1}, press_arena(state),
                                          &fault, &p, &e),
                     OK);
    assert_int_equal(fault, PICTURE_FINE);
    return p;
}

static void a_picture_is_named_by_what_it_holds(void **state)
{
    struct article_picture first = made(state);
    struct article_picture second = made(state);

    assert_int_equal(first.width, 2);
    assert_int_equal(first.height, 1);
    assert_string_equal(first.type, "image/png");
    assert_int_equal(first.name.n, 32 + 4);
    assert_true(str_equal(first.name, second.name));
}

static void a_picture_kept_twice_is_there_once_as_it_was_made(void **state)
{
    static const char count[] = "select count(*) from article_picture";
    struct db *db = press_of(state)->db;
    struct article_picture p = made(state);
    struct article_picture kept = {0};
    struct err e = {0};

    assert_int_equal(article_picture_keep(db, &p, &e), OK);
    assert_int_equal(article_picture_keep(db, &p, &e), OK);
    struct query q = db_query(db, count);
    assert_true(query_next(&q));
    assert_int_equal(query_int(&q, 0), 1);
    assert_int_equal(query_end(&q, &e), OK);
    assert_int_equal(article_picture_find(db, p.name, press_arena(state), &kept, &e), OK);
    assert_true(str_equal(kept.bytes, p.bytes));
    assert_int_equal(kept.width, 2);
}

static void a_picture_that_is_not_there_is_refused(void **state)
{
    struct article_picture p = {0};
    struct err e = {0};
    int64_t width = 1;
    int64_t height = 1;

    assert_int_equal(article_picture_find(press_of(state)->db, S("x.jpg"), press_arena(state), &p, &e),
                     REFUSED);
    assert_int_equal(article_picture_size(press_of(state)->db, S("x.jpg"), &width, &height, &e), OK);
    assert_int_equal(width + height, 0);
}

static void what_ends_the_program_is_a_damaged_picture(void **state)
{
    enum picture_fault fault = PICTURE_FINE;
    struct article_picture p = {0};
    struct err e = {0};

    assert_int_equal(article_picture_make("/bin/false", S("bytes"), press_arena(state), &fault, &p, &e), OK);
    assert_int_equal(fault, PICTURE_DAMAGED);
}

static void a_program_that_is_not_there_is_the_machines_fault(void **state)
{
    enum picture_fault fault = PICTURE_FINE;
    struct article_picture p = {0};
    struct err e = {0};

    assert_int_equal(
        article_picture_make("/nowhere/lykta-picture", S("bytes"), press_arena(state), &fault, &p, &e),
        SYSTEM);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_PRESS(a_picture_is_named_by_what_it_holds),
        IN_PRESS(a_picture_kept_twice_is_there_once_as_it_was_made),
        IN_PRESS(a_picture_that_is_not_there_is_refused),
        IN_PRESS(what_ends_the_program_is_a_damaged_picture),
        IN_PRESS(a_program_that_is_not_there_is_the_machines_fault),
    };

    return cmocka_run_group_tests_name("article picture", tests, NULL, NULL);
}

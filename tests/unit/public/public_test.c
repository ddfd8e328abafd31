/* Articles, pages and numbers to call, in a city of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../scratch.h"
#include "help/helpline.h"
#include "public/public.h"
#include "store/city.h"

#include <string.h>

static const struct who who = {.name = "test", .now_at = 1795500000}; /* 2026-11-24 */

/* An example city with its texts; the caller closes it. */
static struct city *seeded(struct scratch *s)
{
    const char *path = scratch_path(s, "lund");
    struct city *city = NULL;
    struct err e = {0};
    struct city_make make = {.municipality = S("1281"), .is_example = true, .who = who};

    assert_int_equal(city_init(path, &make, &e), OK);
    assert_int_equal(city_open(path, DB_WRITE, &city, &e), OK);
    assert_int_equal(public_seed(city->db, &who, s->arena, &e), OK);
    return city;
}

static void every_page_is_there_in_both_languages(void **state)
{
    static const char *const keys[] = {"start",   "hjalp",     "begrepp",           "grupper",
                                       "arbetet", "siffrorna", "personuppgifter",   "tillganglighet",
                                       "kontakt", "lattlast",  "frukostseminarium", "kartlaggningen-borjar"};
    struct scratch *s = *state;
    struct city *city = seeded(s);
    struct public_page page;
    struct err e = {0};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        assert_int_equal(
            public_page_find(city->db, str_of(keys[i]), LANGUAGE_SV, who.now_at, s->arena, &page, &e), OK);
        assert_int_equal(
            public_page_find(city->db, str_of(keys[i]), LANGUAGE_EN, who.now_at, s->arena, &page, &e), OK);
    }
    city_close(city);
}

static void a_page_that_is_not_there_is_refused(void **state)
{
    struct scratch *s = *state;
    struct city *city = seeded(s);
    struct public_page page;
    struct err e = {0};

    assert_int_equal(
        public_page_find(city->db, S("finns-inte"), LANGUAGE_SV, who.now_at, s->arena, &page, &e), REFUSED);
    city_close(city);
}

static void articles_come_with_the_latest_first(void **state)
{
    struct scratch *s = *state;
    struct city *city = seeded(s);
    struct public_pages articles;
    struct err e = {0};

    assert_int_equal(
        public_articles(city->db, LANGUAGE_SV, PUBLIC_EVERYWHERE, who.now_at, s->arena, &articles, &e), OK);
    assert_int_equal(articles.n, 2);
    assert_true(str_is(articles.page[0].key, "frukostseminarium"));
    assert_true(date_days(articles.page[0].published_on) > date_days(articles.page[1].published_on));
    city_close(city);
}

static void assert_same_page(const struct public_page *a, const struct public_page *b)
{
    assert_true(str_equal(a->key, b->key) && str_equal(a->title, b->title) && str_equal(a->body, b->body));
    assert_true(str_equal(a->language, b->language) && str_equal(a->ingress, b->ingress));
    assert_true(date_equal(a->published_on, b->published_on) && date_equal(a->updated_on, b->updated_on));
}

static void the_start_page_and_its_articles_are_what_they_are_when_read_alone(void **state)
{
    struct scratch *s = *state;
    struct city *city = seeded(s);
    struct public_pages around;
    struct public_pages articles;
    struct public_page start;
    struct public_page page;
    struct err e = {0};

    for (enum language in = LANGUAGE_SV; in <= LANGUAGE_EN; in++) {
        assert_int_equal(public_start_find(city->db, in, who.now_at, s->arena, &start, &around, &e), OK);
        assert_int_equal(public_page_find(city->db, S("start"), in, who.now_at, s->arena, &page, &e), OK);
        assert_int_equal(public_articles(city->db, in, PUBLIC_ON_START, who.now_at, s->arena, &articles, &e),
                         OK);
        assert_same_page(&start, &page);
        assert_true(start.body.n > 0);
        assert_int_equal(around.n, articles.n);
        for (size_t i = 0; i < around.n; i++)
            assert_same_page(&around.page[i], &articles.page[i]);
    }
    city_close(city);
}

static void an_article_is_old_when_nobody_has_reviewed_it_for_180_days(void **state)
{
    const struct date today = {2026, 11, 24};
    struct public_page page = {.reviewed_on = date_from_days(date_days(today) - 179)};

    (void)state;
    assert_false(public_page_is_old(&page, today));
    page.reviewed_on = date_from_days(date_days(today) - 180);
    assert_true(public_page_is_old(&page, today));
}

static void numbers_come_in_the_readers_language_and_await_review(void **state)
{
    struct scratch *s = *state;
    struct city *city = seeded(s);
    struct helplines lines;
    struct err e = {0};

    assert_int_equal(helplines_all(city->db, S("en"), s->arena, &lines, &e), OK);
    assert_true(str_is(lines.line[0].number, "112"));
    assert_true(str_is(lines.line[0].about, "Danger to life"));
    assert_int_equal(lines.line[0].circles, HELPLINE_NOW);
    for (size_t i = 0; i < lines.n; i++)
        assert_false(lines.line[i].is_verified);
    city_close(city);
}

static void a_city_is_not_filled_twice(void **state)
{
    struct scratch *s = *state;
    struct city *city = seeded(s);
    struct err e = {0};

    assert_int_not_equal(public_seed(city->db, &who, s->arena, &e), OK);
    city_close(city);
}

/* The body readers see of a page; empty when it is not shown. */
static struct str body_of(struct city *city, const char *key, struct scratch *s)
{
    struct public_page page = {.body = {0}};
    struct err e = {0};

    return public_page_find(city->db, str_of(key), LANGUAGE_SV, who.now_at, s->arena, &page, &e) == OK
               ? page.body
               : S("");
}

/* What is the example's alone, and must not be shown as another city's. */
static bool is_of_the_example(struct str body)
{
    return memmem(body.p, body.n, "lund.example", 12) || memmem(body.p, body.n, "exempelstaden", 13);
}

static void a_new_city_has_pages_for_whoever_needs_help_and_no_news_of_the_examples(void **state)
{
    static const char *const shown[] = {"start",   "hjalp",   "lattlast",  "begrepp",
                                        "grupper", "arbetet", "siffrorna", "tillganglighet"};
    static const char *const waiting[] = {"kontakt", "personuppgifter"};
    const struct city_make make = {.municipality = S("1281"), .who = who};
    struct scratch *s = *state;
    struct city *city = NULL;
    struct helplines lines;
    struct err e = {0};

    assert_int_equal(city_init(scratch_path(s, "lund"), &make, &e), OK);
    assert_int_equal(city_open(scratch_path(s, "lund"), DB_WRITE, &city, &e), OK);
    assert_int_equal(public_begin(city->db, &who, s->arena, &e), OK);
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        assert_true(body_of(city, shown[i], s).n > 0);
        assert_false(is_of_the_example(body_of(city, shown[i], s)));
    }
    for (size_t i = 0; i < sizeof waiting / sizeof *waiting; i++)
        assert_int_equal(body_of(city, waiting[i], s).n, 0);
    assert_int_equal(body_of(city, "frukostseminarium", s).n, 0);
    assert_int_equal(helplines_all(city->db, S("sv"), s->arena, &lines, &e), OK);
    assert_true(lines.n > 5);
    city_close(city);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(every_page_is_there_in_both_languages),
        IN_SCRATCH(a_page_that_is_not_there_is_refused),
        IN_SCRATCH(articles_come_with_the_latest_first),
        IN_SCRATCH(the_start_page_and_its_articles_are_what_they_are_when_read_alone),
        cmocka_unit_test(an_article_is_old_when_nobody_has_reviewed_it_for_180_days),
        IN_SCRATCH(numbers_come_in_the_readers_language_and_await_review),
        IN_SCRATCH(a_city_is_not_filled_twice),
        IN_SCRATCH(a_new_city_has_pages_for_whoever_needs_help_and_no_news_of_the_examples),
    };

    return cmocka_run_group_tests_name("public", tests, NULL, NULL);
}

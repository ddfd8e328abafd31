/* What readers see when. */
#include "press.h"

#include "article/article_show.h"
#include "calendar/stockholm.h"

/* Shows version `version` from `from_at`, decided at `now_at`. */
static void show(void **state, int64_t id, int64_t version, int64_t now_at, int64_t from_at, bool is_update)
{
    struct press *p = press_of(state);
    struct err e = {0};

    p->by.who.now_at = now_at;
    assert_int_equal(article_show_from(p->db, &p->by, id, version, from_at, is_update, &e), OK);
}

static void save(void **state, int64_t id, int64_t version, const char *title)
{
    struct press *p = press_of(state);
    struct article_text text = press_text(title);
    struct err e = {0};

    assert_int_equal(article_save(p->db, &p->by, id, version, S("frukost"), &text, &e), OK);
}

static void a_planned_text_is_there_from_its_second_on_and_not_before(void **state)
{
    int64_t id = press_article(state, "frukost", "Frukost");

    show(state, id, 1, PRESS_MORNING, PRESS_MORNING + 3600, true);
    struct article x = press_read(state, id);
    assert_int_equal(article_state(&x), ARTICLE_PLANNED);
    assert_int_equal(x.planned_at, PRESS_MORNING + 3600);
    assert_str(press_shown(state, "frukost", PRESS_MORNING + 3599), "");
    assert_str(press_shown(state, "frukost", PRESS_MORNING + 3600), "Frukost");
}

static int64_t add_shown(void **state, enum article_kind kind, const char *key, bool is_on_start)
{
    struct press *p = press_of(state);
    struct article_text text = press_text(key);
    struct err e = {0};
    int64_t id = 0;

    text.is_on_start = is_on_start;
    assert_int_equal(article_add(p->db, &p->by, kind, str_of(key), &text, &id, &e), OK);
    show(state, id, 1, PRESS_MORNING, PRESS_MORNING, true);
    return id;
}

static void the_start_page_comes_with_the_articles_that_may_stand_on_it_and_are_shown(void **state)
{
    struct press *p = press_of(state);
    struct articles around;
    struct article page;
    struct err e = {0};

    assert_int_equal(
        article_shown_start(p->db, S("start"), PRESS_MORNING, press_arena(state), &page, &around, &e),
        REFUSED);
    add_shown(state, ARTICLE_KIND_ARTICLE, "frukost", true);
    assert_int_equal(
        article_shown_start(p->db, S("start"), PRESS_MORNING, press_arena(state), &page, &around, &e),
        REFUSED);
    add_shown(state, ARTICLE_KIND_ARTICLE, "nyhet", true);
    assert_int_equal(
        article_shown_start(p->db, S("nyhet"), PRESS_MORNING, press_arena(state), &page, &around, &e),
        REFUSED);
    add_shown(state, ARTICLE_KIND_PAGE, "start", false);
    add_shown(state, ARTICLE_KIND_PAGE, "begrepp", true);
    add_shown(state, ARTICLE_KIND_ARTICLE, "lunch", false);
    press_article(state, "utkast", "Utkast");
    assert_int_equal(
        article_shown_start(p->db, S("start"), PRESS_MORNING, press_arena(state), &page, &around, &e), OK);
    assert_str(page.key, "start");
    assert_true(page.text.in[LANGUAGE_SV].body.n > 0);
    assert_int_equal(around.n, 2);
    assert_str(around.article[0].key, "nyhet");
    assert_str(around.article[1].key, "frukost");
    assert_int_equal(around.article[0].text.in[LANGUAGE_SV].body.n, 0);
}

static void what_is_saved_later_is_not_shown_until_it_is_published(void **state)
{
    int64_t id = press_article(state, "frukost", "Frukost");

    show(state, id, 1, PRESS_MORNING, PRESS_MORNING, true);
    save(state, id, 1, "Halvfärdigt");
    assert_str(press_shown(state, "frukost", PRESS_MORNING), "Frukost");
}

static void a_change_of_what_is_shown_can_be_planned_and_the_plan_cancelled(void **state)
{
    struct press *p = press_of(state);
    int64_t id = press_article(state, "frukost", "Frukost");
    struct err e = {0};

    show(state, id, 1, PRESS_MORNING, PRESS_MORNING, true);
    save(state, id, 1, "Ny frukost");
    show(state, id, 2, PRESS_MORNING, PRESS_MORNING + PRESS_DAY, true);
    assert_str(press_shown(state, "frukost", PRESS_MORNING + PRESS_DAY - 1), "Frukost");
    assert_str(press_shown(state, "frukost", PRESS_MORNING + PRESS_DAY), "Ny frukost");
    assert_int_equal(article_cancel_plan(p->db, &p->by, id, &e), OK);
    assert_str(press_shown(state, "frukost", PRESS_MORNING + PRESS_DAY), "Frukost");
}

static void only_the_last_plan_holds(void **state)
{
    int64_t id = press_article(state, "frukost", "Frukost");

    show(state, id, 1, PRESS_MORNING, PRESS_MORNING + 3600, true);
    show(state, id, 1, PRESS_MORNING, PRESS_MORNING + 7200, true);
    assert_str(press_shown(state, "frukost", PRESS_MORNING + 3600), "");
    assert_int_equal(press_read(state, id).planned_at, PRESS_MORNING + 7200);
}

static void what_is_taken_back_is_seen_by_nobody_and_planned_no_more(void **state)
{
    struct press *p = press_of(state);
    int64_t id = press_article(state, "frukost", "Frukost");
    struct err e = {0};

    show(state, id, 1, PRESS_MORNING, PRESS_MORNING, true);
    show(state, id, 1, PRESS_MORNING, PRESS_MORNING + 3600, true);
    assert_int_equal(article_take_back(p->db, &p->by, id, &e), OK);
    assert_str(press_shown(state, "frukost", PRESS_MORNING), "");
    assert_str(press_shown(state, "frukost", PRESS_MORNING + 3600), "");
}

static void a_page_cannot_be_taken_back(void **state)
{
    struct press *p = press_of(state);
    struct article_text text = press_text("Begrepp");
    struct err e = {0};
    int64_t id = 0;

    assert_int_equal(article_add(p->db, &p->by, ARTICLE_KIND_PAGE, S("begrepp"), &text, &id, &e), OK);
    show(state, id, 1, PRESS_MORNING, PRESS_MORNING, true);
    assert_int_equal(article_take_back(p->db, &p->by, id, &e), REFUSED);
    assert_str(press_shown(state, "begrepp", PRESS_MORNING), "Begrepp");
}

static void a_moment_that_has_passed_is_refused(void **state)
{
    struct press *p = press_of(state);
    int64_t id = press_article(state, "frukost", "Frukost");
    struct err e = {0};

    assert_int_equal(article_show_from(p->db, &p->by, id, 1, PRESS_MORNING - 1, true, &e), REFUSED);
    assert_int_equal(article_show_from(p->db, &p->by, id, 7, PRESS_MORNING, true, &e), REFUSED);
}

static void a_mended_misprint_does_not_make_the_text_new(void **state)
{
    int64_t id = press_article(state, "frukost", "Frukost");
    int64_t later = PRESS_MORNING + 30 * PRESS_DAY;
    const struct date first = stockholm_day(PRESS_MORNING, NULL);

    show(state, id, 1, PRESS_MORNING, PRESS_MORNING, true);
    save(state, id, 1, "Frukosten");
    show(state, id, 2, later, later, false);
    struct article x = press_read(state, id);
    assert_str(press_shown(state, "frukost", later), "Frukosten");
    assert_true(date_equal(x.published_on, first));
    assert_true(date_equal(x.updated_on, first));
    assert_true(date_equal(x.reviewed_on, first));
}

static void an_update_moves_the_dates_of_update_and_review_and_not_that_of_publication(void **state)
{
    int64_t id = press_article(state, "frukost", "Frukost");
    int64_t later = PRESS_MORNING + 30 * PRESS_DAY;

    show(state, id, 1, PRESS_MORNING, PRESS_MORNING, true);
    save(state, id, 1, "Frukosten");
    show(state, id, 2, later, later, true);
    struct article x = press_read(state, id);
    assert_true(date_equal(x.published_on, stockholm_day(PRESS_MORNING, NULL)));
    assert_true(date_equal(x.updated_on, stockholm_day(later, NULL)));
    assert_true(date_equal(x.reviewed_on, stockholm_day(later, NULL)));
}

static void a_planned_update_counts_from_its_day_on(void **state)
{
    int64_t id = press_article(state, "frukost", "Frukost");
    int64_t later = PRESS_MORNING + 30 * PRESS_DAY;

    show(state, id, 1, PRESS_MORNING, PRESS_MORNING, true);
    show(state, id, 1, PRESS_MORNING, later, true);
    struct article x = press_read(state, id);
    assert_true(date_equal(x.updated_on, stockholm_day(PRESS_MORNING, NULL)));
}

static void the_first_showing_is_an_update_whatever_is_said(void **state)
{
    int64_t id = press_article(state, "frukost", "Frukost");

    show(state, id, 1, PRESS_MORNING, PRESS_MORNING, false);
    assert_true(date_equal(press_read(state, id).updated_on, stockholm_day(PRESS_MORNING, NULL)));
}

static void who_vouches_for_a_text_moves_the_date_of_review_alone(void **state)
{
    struct press *p = press_of(state);
    int64_t id = press_article(state, "frukost", "Frukost");
    struct err e = {0};

    show(state, id, 1, PRESS_MORNING, PRESS_MORNING, true);
    p->by.who.now_at += 100 * PRESS_DAY;
    assert_int_equal(article_reviewed(p->db, &p->by, id, &e), OK);
    struct article x = press_read(state, id);
    assert_true(date_equal(x.reviewed_on, stockholm_day(p->by.who.now_at, NULL)));
    assert_true(date_equal(x.updated_on, stockholm_day(PRESS_MORNING, NULL)));
}

static void the_list_for_readers_holds_what_is_shown_with_the_latest_first(void **state)
{
    struct articles all = {0};
    struct err e = {0};

    show(state, press_article(state, "ett", "Ett"), 1, PRESS_MORNING, PRESS_MORNING, true);
    show(state, press_article(state, "tva", "Två"), 1, PRESS_MORNING, PRESS_MORNING + PRESS_DAY, true);
    press_article(state, "tre", "Tre");
    assert_int_equal(
        article_shown_list(press_of(state)->db, PRESS_MORNING + PRESS_DAY, press_arena(state), &all, &e), OK);
    assert_int_equal(all.n, 2);
    assert_str(all.article[0].key, "tva");
    assert_int_equal(article_shown_list(press_of(state)->db, PRESS_MORNING, press_arena(state), &all, &e),
                     OK);
    assert_int_equal(all.n, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_PRESS(the_start_page_comes_with_the_articles_that_may_stand_on_it_and_are_shown),
        IN_PRESS(a_planned_text_is_there_from_its_second_on_and_not_before),
        IN_PRESS(what_is_saved_later_is_not_shown_until_it_is_published),
        IN_PRESS(a_change_of_what_is_shown_can_be_planned_and_the_plan_cancelled),
        IN_PRESS(only_the_last_plan_holds),
        IN_PRESS(what_is_taken_back_is_seen_by_nobody_and_planned_no_more),
        IN_PRESS(a_page_cannot_be_taken_back),
        IN_PRESS(a_moment_that_has_passed_is_refused),
        IN_PRESS(a_mended_misprint_does_not_make_the_text_new),
        IN_PRESS(an_update_moves_the_dates_of_update_and_review_and_not_that_of_publication),
        IN_PRESS(a_planned_update_counts_from_its_day_on),
        IN_PRESS(the_first_showing_is_an_update_whatever_is_said),
        IN_PRESS(who_vouches_for_a_text_moves_the_date_of_review_alone),
        IN_PRESS(the_list_for_readers_holds_what_is_shown_with_the_latest_first),
    };

    return cmocka_run_group_tests_name("article show", tests, NULL, NULL);
}

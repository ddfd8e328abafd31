/* Letters about texts that nobody has reviewed in a long time. */
#include "press.h"

#include "article/article_reminder.h"
#include "article/article_show.h"
#include "store/db.h"

#include <string.h>

static struct article_office office(void **state)
{
    return (struct article_office){
        .db = press_of(state)->db, .city = S("Lund (exempel)"), .address = S("https://lykta.example.org")};
}

/* How many texts are told of, `days` after the morning. */
static int64_t remind(void **state, int days)
{
    const struct article_office o = office(state);
    const struct who who = {.name = "test", .now_at = PRESS_MORNING + (int64_t)days * PRESS_DAY};
    struct err e = {0};
    int64_t n = 0;

    assert_int_equal(article_remind(&o, &who, &n, &e), OK);
    return n;
}

static int64_t letters(void **state, struct str *plain)
{
    static const char sql[] = "select plain from mail_letter order by id";
    struct query q = db_query(press_of(state)->db, sql);
    struct err e = {0};
    int64_t n = 0;

    for (; query_next(&q); n++)
        *plain = query_str(&q, 0, press_arena(state));
    assert_int_equal(query_end(&q, &e), OK);
    return n;
}

static int64_t published(void **state, const char *key, const char *title)
{
    struct press *p = press_of(state);
    int64_t id = press_article(state, key, title);
    struct err e = {0};

    assert_int_equal(article_show_from(p->db, &p->by, id, 1, PRESS_MORNING, true, &e), OK);
    return id;
}

static void a_text_is_due_on_the_150th_day_and_not_before(void **state)
{
    published(state, "frukost", "Frukost");
    assert_int_equal(remind(state, 149), 0);
    assert_int_equal(remind(state, 150), 1);
}

static void one_letter_tells_of_all_that_is_due_with_a_link_to_each(void **state)
{
    struct str plain = S("");

    published(state, "frukost", "Frukost");
    published(state, "lunch", "Lunch");
    assert_int_equal(remind(state, 150), 2);
    assert_int_equal(letters(state, &plain), 1);
    assert_non_null(strstr(plain.p, "Lunch"));
    assert_non_null(strstr(plain.p, "https://lykta.example.org/arbete/artiklar/1"));
    assert_non_null(strstr(plain.p, "https://lykta.example.org/arbete/artiklar/2"));
}

static void a_text_is_told_of_once_for_each_date_of_review(void **state)
{
    struct press *p = press_of(state);
    int64_t id = published(state, "frukost", "Frukost");
    struct str plain = S("");
    struct err e = {0};

    assert_int_equal(remind(state, 150), 1);
    assert_int_equal(remind(state, 150), 0);
    assert_int_equal(remind(state, 170), 0);
    p->by.who.now_at = PRESS_MORNING + (int64_t)170 * PRESS_DAY;
    assert_int_equal(article_reviewed(p->db, &p->by, id, &e), OK);
    assert_int_equal(remind(state, 170 + 149), 0);
    assert_int_equal(remind(state, 170 + 150), 1);
    assert_int_equal(letters(state, &plain), 2);
}

static void what_readers_do_not_see_is_nobodys_reminder(void **state)
{
    struct press *p = press_of(state);
    int64_t id = published(state, "frukost", "Frukost");
    struct err e = {0};

    press_article(state, "utkast", "Utkast");
    assert_int_equal(article_take_back(p->db, &p->by, id, &e), OK);
    assert_int_equal(remind(state, 200), 0);
}

static void nobody_is_reminded_at_night(void **state)
{
    const struct article_office o = office(state);
    const struct who who = {.name = "test", .now_at = PRESS_MORNING + (int64_t)150 * PRESS_DAY - 4 * 3600};
    struct err e = {0};
    int64_t n = 0;

    published(state, "frukost", "Frukost");
    assert_int_equal(article_remind(&o, &who, &n, &e), OK);
    assert_int_equal(n, 0);
}

static void while_there_is_no_coordinator_the_reminder_waits(void **state)
{
    static const char gone[] = "update person set state = 'closed'";
    static const char back[] = "update person set state = 'active'";
    struct err e = {0};

    published(state, "frukost", "Frukost");
    struct query q = db_query(press_of(state)->db, gone);
    assert_int_equal(query_run(&q, &e), OK);
    assert_int_equal(remind(state, 150), 0);
    q = db_query(press_of(state)->db, back);
    assert_int_equal(query_run(&q, &e), OK);
    assert_int_equal(remind(state, 151), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_PRESS(a_text_is_due_on_the_150th_day_and_not_before),
        IN_PRESS(one_letter_tells_of_all_that_is_due_with_a_link_to_each),
        IN_PRESS(a_text_is_told_of_once_for_each_date_of_review),
        IN_PRESS(what_readers_do_not_see_is_nobodys_reminder),
        IN_PRESS(nobody_is_reminded_at_night),
        IN_PRESS(while_there_is_no_coordinator_the_reminder_waits),
    };

    return cmocka_run_group_tests_name("article reminder", tests, NULL, NULL);
}

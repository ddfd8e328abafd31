/* Writing articles, and their versions. */
#include "press.h"

#include "../database.h"

#include "article/article_show.h"
#include "article/article_version.h"
#include "store/db.h"
#include "store/migrate.h"

static void a_new_article_is_a_draft_that_readers_do_not_see(void **state)
{
    int64_t id = press_article(state, "frukost", "Frukost");

    assert_int_equal(press_read(state, id).version, 1);
    struct article x = press_read(state, id);
    assert_int_equal(article_state(&x), ARTICLE_DRAFT);
    assert_str(press_shown(state, "frukost", PRESS_MORNING), "");
}

static void a_save_adds_a_version_with_who_and_when(void **state)
{
    struct press *p = press_of(state);
    int64_t id = press_article(state, "frukost", "Frukost");
    struct article_text text = press_text("Frukost igen");
    struct article_version second;
    struct err e = {0};

    p->by.who.now_at += 60;
    assert_int_equal(article_save(p->db, &p->by, id, 1, S("frukost"), &text, &e), OK);
    assert_int_equal(article_version_find(p->db, id, 2, press_arena(state), &second, &e), OK);
    assert_int_equal(second.at, PRESS_MORNING + 60);
    assert_str(second.person_name, "Kim Exempel");
    assert_str(second.text.in[LANGUAGE_SV].title, "Frukost igen");
}

static void the_same_text_again_adds_no_version(void **state)
{
    struct press *p = press_of(state);
    int64_t id = press_article(state, "frukost", "Frukost");
    struct article_text text = press_text("Frukost");
    struct err e = {0};

    assert_int_equal(article_save(p->db, &p->by, id, 1, S("frukost"), &text, &e), OK);
    assert_int_equal(press_read(state, id).version, 1);
}

static void who_saves_what_somebody_else_has_saved_is_refused(void **state)
{
    struct press *p = press_of(state);
    int64_t id = press_article(state, "frukost", "Frukost");
    struct article_text first = press_text("Först sparat");
    struct article_text second = press_text("Sedan sparat");
    struct err e = {0};

    assert_int_equal(article_save(p->db, &p->by, id, 1, S("frukost"), &first, &e), OK);
    assert_int_equal(article_save(p->db, &p->by, id, 1, S("frukost"), &second, &e), REFUSED);
    assert_str(press_read(state, id).text.in[LANGUAGE_SV].title, "Först sparat");
}

static void an_old_version_is_taken_up_again_as_the_latest(void **state)
{
    struct press *p = press_of(state);
    int64_t id = press_article(state, "frukost", "Frukost");
    struct article_text text = press_text("Fel");
    struct article_versions all = {0};
    struct err e = {0};

    assert_int_equal(article_save(p->db, &p->by, id, 1, S("frukost"), &text, &e), OK);
    assert_int_equal(article_restore(p->db, &p->by, id, 2, 1, press_arena(state), &e), OK);
    assert_int_equal(article_version_list(p->db, id, press_arena(state), &all, &e), OK);
    assert_int_equal(all.n, 3);
    assert_int_equal(all.version[0].number, 3);
    assert_str(all.version[0].text.in[LANGUAGE_SV].title, "Frukost");
}

static void a_version_can_be_neither_changed_nor_deleted(void **state)
{
    static const char change[] = "update article_version set title_sv = 'x'";
    static const char delete[] = "delete from article_version";
    struct err e = {0};

    press_article(state, "frukost", "Frukost");
    struct query q = db_query(press_of(state)->db, change);
    assert_int_not_equal(query_run(&q, &e), OK);
    q = db_query(press_of(state)->db, delete);
    assert_int_not_equal(query_run(&q, &e), OK);
}

static void an_address_that_was_left_leads_to_the_article(void **state)
{
    struct press *p = press_of(state);
    int64_t id = press_article(state, "frukost", "Frukost");
    struct article_text text = press_text("Frukost");
    struct str now;
    struct err e = {0};

    assert_int_equal(article_save(p->db, &p->by, id, 1, S("natverket"), &text, &e), OK);
    assert_int_equal(article_save(p->db, &p->by, id, 2, S("grannarna"), &text, &e), OK);
    assert_int_equal(article_moved(p->db, S("frukost"), press_arena(state), &now, &e), OK);
    assert_str(now, "grannarna");
    assert_int_equal(article_moved(p->db, S("natverket"), press_arena(state), &now, &e), OK);
    assert_str(now, "grannarna");
    assert_int_equal(article_moved(p->db, S("aldrig"), press_arena(state), &now, &e), REFUSED);
}

static void an_address_that_another_has_had_is_not_free(void **state)
{
    struct press *p = press_of(state);
    int64_t id = press_article(state, "frukost", "Frukost");
    struct article_text text = press_text("Frukost");
    struct err e = {0};
    bool is_free = true;

    assert_int_equal(article_save(p->db, &p->by, id, 1, S("natverket"), &text, &e), OK);
    assert_int_equal(article_key_is_free(p->db, S("frukost"), 0, &is_free, &e), OK);
    assert_false(is_free);
    assert_int_equal(article_key_is_free(p->db, S("frukost"), id, &is_free, &e), OK);
    assert_true(is_free); /* its own it may take back */
    assert_int_equal(article_add(p->db, &p->by, ARTICLE_KIND_ARTICLE, S("frukost"), &text, &id, &e),
                     BAD_INPUT);
}

/* The blocks before this room's. */
static const struct migration *blocks_before(int64_t number, struct arena *a)
{
    struct migration *blocks = arena_new(a, (size_t)number, struct migration);

    for (size_t i = 0; migrations[i].sql && migrations[i].number < number; i++)
        blocks[i] = migrations[i];
    return blocks;
}

static void what_a_city_had_before_is_shown_as_it_was(void **state)
{
    static const char old[] =
        "insert into public_page (key, language, kind, title, ingress, picture, picture_text, contact, body, "
        "published_on, updated_on, reviewed_on) values "
        "('a', 'sv', 'article', 'Titel', 'I', 'x.svg', 'En bild', '', 'B', '2026-01-02', '2026-03-04', '2026-05-06'),"
        "('a', 'en', 'article', 'Title', 'I', 'x.svg', 'A picture', '', 'B', '2026-01-02', '2026-03-04', "
        "'2026-05-06'), "
        "('b', 'sv', 'page', 'Sida', 'I', '', '', '', 'B', '2026-01-02', '2026-01-02', '2026-01-02')";
    struct scratch *s = *state;
    struct db *db = NULL;
    struct article x = {0};
    struct err e = {0};
    size_t applied = 0;

    assert_int_equal(db_open(scratch_database(s, "old"), DB_CREATE, &db, &e), OK);
    assert_int_equal(migrate(db, blocks_before(35, s->arena), 0, &applied, &e), OK);
    struct query q = db_query(db, old);
    assert_int_equal(query_run(&q, &e), OK);
    assert_int_equal(migrate(db, migrations, 0, &applied, &e), OK);
    assert_int_equal(article_shown(db, S("a"), PRESS_MORNING, s->arena, &x, &e), OK);
    assert_str(x.text.in[LANGUAGE_EN].picture_text, "A picture");
    assert_true(date_equal(x.published_on, (struct date){2026, 1, 2}));
    assert_true(date_equal(x.updated_on, (struct date){2026, 3, 4}));
    assert_true(date_equal(x.reviewed_on, (struct date){2026, 5, 6}));
    assert_int_equal(article_shown(db, S("b"), PRESS_MORNING, s->arena, &x, &e), OK);
    assert_int_equal(x.kind, ARTICLE_KIND_PAGE);
    assert_false(article_is_in(&x.text, LANGUAGE_EN));
    assert_int_equal(db_check(db, &e), OK);
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_PRESS(a_new_article_is_a_draft_that_readers_do_not_see),
        IN_PRESS(a_save_adds_a_version_with_who_and_when),
        IN_PRESS(the_same_text_again_adds_no_version),
        IN_PRESS(who_saves_what_somebody_else_has_saved_is_refused),
        IN_PRESS(an_old_version_is_taken_up_again_as_the_latest),
        IN_PRESS(a_version_can_be_neither_changed_nor_deleted),
        IN_PRESS(an_address_that_was_left_leads_to_the_article),
        IN_PRESS(an_address_that_another_has_had_is_not_free),
        IN_PRESS(what_a_city_had_before_is_shown_as_it_was),
    };

    return cmocka_run_group_tests_name("article", tests, NULL, NULL);
}

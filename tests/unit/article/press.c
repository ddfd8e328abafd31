/* Where tests of articles write. */
#include "press.h"

#include "../tables.h"

#include "store/db.h"

int press_begin(void **state)
{
    static const char editor[] =
        "insert into person (email, name, language, state, made_at, signed_in_at, version) "
        "values ('samordnare@lund.example', 'Kim Exempel', 'sv', 'active', 0, 0, 1) returning id";
    static const char role[] = "insert into person_role (person, role) values ($1, 'coordinator')";
    struct db *db = NULL;
    struct err e = {0};

    if (scratch_open(state) != 0)
        return -1;
    struct scratch *s = *state;
    struct press *press = arena_new(s->arena, 1, struct press);
    if (scratch_tables(s, "lykta", 0, &db, &e) != OK)
        return -1;
    *press = (struct press){.db = db, .by = {.who = {.name = "test", .now_at = PRESS_MORNING}}};
    struct query q = db_query(db, editor);
    while (query_next(&q))
        press->by.person = query_int(&q, 0);
    if (query_end(&q, &e) != OK)
        return -1;
    q = db_query(db, role);
    bind_int(&q, 1, press->by.person);
    s->mine = press;
    return query_run(&q, &e) == OK ? 0 : -1;
}

int press_end(void **state)
{
    db_close(press_of(state)->db);
    return scratch_close(state);
}

struct press *press_of(void **state)
{
    return ((struct scratch *)*state)->mine;
}

struct arena *press_arena(void **state)
{
    return ((struct scratch *)*state)->arena;
}

struct article_text press_text(const char *title)
{
    return (struct article_text){.in = {[LANGUAGE_SV] = {.title = str_of(title),
                                                         .ingress = S("Om det som hände."),
                                                         .body = S("Först.\n\n## Sedan\n\nMer.\n")}}};
}

int64_t press_article(void **state, const char *key, const char *title)
{
    struct press *p = press_of(state);
    struct article_text text = press_text(title);
    struct err e = {0};
    int64_t id = 0;

    assert_int_equal(article_add(p->db, &p->by, ARTICLE_KIND_ARTICLE, str_of(key), &text, &id, &e), OK);
    return id;
}

struct article press_read(void **state, int64_t id)
{
    struct press *p = press_of(state);
    struct article x = {0};
    struct err e = {0};

    assert_int_equal(article_find(p->db, id, p->by.who.now_at, press_arena(state), &x, &e), OK);
    return x;
}

struct str press_shown(void **state, const char *key, int64_t at)
{
    struct article x = {0};
    struct err e = {0};

    if (article_shown(press_of(state)->db, str_of(key), at, press_arena(state), &x, &e) != OK) {
        assert_int_equal(e.status, REFUSED);
        return S("");
    }
    return x.text.in[LANGUAGE_SV].title;
}

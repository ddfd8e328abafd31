/* Indicators: finding, searching, and the city's own wording. */
#include "indicator/indicator.h"

#include "base/arena.h"
#include "store/db.h"
#include "words/lix.h"
#include "words/terms.h"
#include "words/token.h"

#include <string.h>

static struct indicator *find(const struct indicators *all, struct str id)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_equal(all->indicator[i].id, id))
            return &all->indicator[i];
    return NULL;
}

const struct indicator *indicator_find(const struct indicators *all, struct str id)
{
    return find(all, id);
}

const struct actor *actor_by_slug(const struct indicators *all, struct str slug)
{
    for (size_t i = 0; i < all->n_actors; i++)
        if (str_equal(all->actors[i].slug, slug))
            return &all->actors[i];
    return NULL;
}

const struct actor *actor_by_code(const struct indicators *all, struct str code)
{
    for (size_t i = 0; i < all->n_actors; i++)
        if (str_equal(all->actors[i].code, code))
            return &all->actors[i];
    return NULL;
}

enum status indicators_load(struct db *db, struct arena *a, struct indicators *out, struct err *e)
{
    static const char sql[] =
        "select indicator, version, strength, sv, en, is_withdrawn from indicator_version "
        "order by indicator, version";
    TRY(indicators_delivered(a, out, e));
    struct query q = db_query(db, sql);
    while (query_next(&q)) {
        struct indicator *i = find(out, query_str(&q, 0, a));

        if (!i)
            continue; /* a newer program no longer brings this sign */
        i->version = query_int(&q, 1);
        i->strength = (enum strength)query_int(&q, 2);
        i->sv = query_str(&q, 3, a);
        i->en = query_str(&q, 4, a);
        i->is_withdrawn = query_int(&q, 5) != 0;
    }
    return query_end(&q, e);
}

static bool has_word(struct str text, const char *small, size_t n)
{
    struct token t;
    size_t at = 0;

    while (token_next(text, &at, &t))
        if (strncmp(t.small, small, n) == 0)
            return true;
    return false;
}

bool indicator_matches(const struct indicator *indicator, struct str words)
{
    struct token t;
    size_t at = 0;

    while (token_next(words, &at, &t)) {
        size_t n = strlen(t.small);

        if (!has_word(indicator->sv, t.small, n) && !has_word(indicator->en, t.small, n) &&
            !has_word(indicator->id, t.small, n))
            return false;
    }
    return true;
}

static enum status check_text(struct str text, const char *language, struct err *e)
{
    struct str word;

    if (str_trim(text).n == 0 || text.n > INDICATOR_TEXT_BYTES || !str_is_utf8(text))
        return err_set(e, BAD_INPUT, "the text in %s is missing or longer than %d bytes", language,
                       (int)INDICATOR_TEXT_BYTES);
    if (terms_forbidden(text, &word))
        return err_set(e, BAD_INPUT,
                       "a sign never rests on origin, looks, language or dress: write the text in %s without "
                       "\"%.*s\"",
                       language, STR(word));
    return OK;
}

enum status indicator_check(const struct indicator_change *change, struct err *e)
{
    struct lix count = {0};

    TRY(check_text(change->sv, "Swedish", e));
    TRY(check_text(change->en, "English", e));
    if (str_trim(change->reason).n == 0)
        return err_set(e, BAD_INPUT, "a change needs a reason");
    lix_add(&count, change->sv);
    if (lix_value(&count) > LIX_MOST)
        return err_set(e, BAD_INPUT,
                       "the text is hard to read (LIX %.0f, at most %d): use shorter words and sentences",
                       lix_value(&count), (int)LIX_MOST);
    return OK;
}

static enum status check_version(struct db *db, const struct indicator_change *change, struct err *e)
{
    static const char sql[] = "select coalesce(max(version), 1) from indicator_version where indicator = $1";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, change->id);
    int64_t version = query_next(&q) ? query_int(&q, 0) : 1;
    TRY(query_end(&q, e));
    if (version != change->version)
        return err_set(e, REFUSED, "somebody has changed this sign since you opened it");
    return OK;
}

static enum status insert(struct db *db, const struct indicator_change *change, struct date on, struct err *e)
{
    static const char sql[] =
        "insert into indicator_version (indicator, version, strength, sv, en, is_withdrawn, "
        "reason, changed_on) values ($1, $2, $3, $4, $5, $6, $7, $8)";

    TRY(check_version(db, change, e));
    struct query q = db_query(db, sql);
    bind_str(&q, 1, change->id);
    bind_int(&q, 2, change->version + 1);
    bind_int(&q, 3, change->strength);
    bind_str(&q, 4, str_trim(change->sv));
    bind_str(&q, 5, str_trim(change->en));
    bind_int(&q, 6, change->is_withdrawn);
    bind_str(&q, 7, str_trim(change->reason));
    bind_date(&q, 8, on);
    return query_run(&q, e);
}

enum status indicator_save(struct db *db, const struct indicator_change *change, const struct who *who,
                           struct err *e)
{
    const struct audit_line line = {
        .who = *who, .action = "indicator.save", .subject = change->version + 1, .detail = change->id};
    struct arena *a = arena_open();
    struct indicators all;
    enum status s = indicators_delivered(a, &all, e);

    if (s == OK && !find(&all, change->id))
        s = err_set(e, BAD_INPUT, "there is no sign with this number");
    arena_close(a);
    TRY(s);
    TRY(indicator_check(change, e));
    TRY(db_change(db, e));
    return db_change_end(db, insert(db, change, date_of(who->now_at), e), &line, e);
}

enum status indicator_history(struct db *db, struct str id, struct arena *a, struct indicator_versions *out,
                              struct err *e)
{
    static const char sql[] = "select version, strength, sv, en, is_withdrawn, reason, changed_on "
                              "from indicator_version where indicator = $1 order by version desc";
    struct query q = db_query(db, sql);
    size_t room = 0;

    *out = (struct indicator_versions){0};
    bind_str(&q, 1, id);
    while (query_next(&q)) {
        out->version = arena_grow(a, out->version, out->n + 1, &room, sizeof *out->version);
        out->version[out->n++] = (struct indicator_version){.version = query_int(&q, 0),
                                                            .strength = (enum strength)query_int(&q, 1),
                                                            .sv = query_str(&q, 2, a),
                                                            .en = query_str(&q, 3, a),
                                                            .is_withdrawn = query_int(&q, 4) != 0,
                                                            .reason = query_str(&q, 5, a),
                                                            .changed_on = query_date(&q, 6)};
    }
    return query_end(&q, e);
}

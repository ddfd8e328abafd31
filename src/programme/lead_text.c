/* The versions of the lead's text. */
#include "programme/lead_text.h"

#include "base/arena.h"
#include "store/audit.h"
#include "store/db.h"

/* The row that `q` finds, or no text. */
static enum status read_one(struct query *q, struct arena *a, struct lead_text *out, struct err *e)
{
    *out = (struct lead_text){.in = {S(""), S("")}};
    if (query_next(q))
        *out = (struct lead_text){
            .id = query_int(q, 0),
            .in = {[LANGUAGE_SV] = query_str(q, 1, a), [LANGUAGE_EN] = query_str(q, 2, a)}};
    return query_end(q, e);
}

enum status lead_text_latest(struct db *db, struct arena *a, struct lead_text *out, struct err *e)
{
    static const char sql[] = "select id, sv, en from programme_text order by id desc limit 1";
    struct query q = db_query(db, sql);

    return read_one(&q, a, out, e);
}

enum status lead_text_published(struct db *db, int64_t publication, struct arena *a, struct lead_text *out,
                                struct err *e)
{
    static const char sql[] = "select t.id, t.sv, t.en from programme_publication_text p "
                              "join programme_text t on t.id = p.text where p.publication = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, publication);
    return read_one(&q, a, out, e);
}

enum status lead_text_publish(struct db *db, int64_t publication, const struct lead_text *text, struct err *e)
{
    static const char sql[] = "insert into programme_publication_text (publication, text) values ($1, $2)";
    struct query q = {0};

    if (text->id == 0)
        return OK;
    q = db_query(db, sql);
    bind_int(&q, 1, publication);
    bind_int(&q, 2, text->id);
    return query_run(&q, e);
}

static enum status check(const struct str words[LANGUAGES], struct err *e)
{
    for (int i = 0; i < LANGUAGES; i++)
        if (!str_is_utf8(words[i]) || str_letters(words[i]) > LEAD_TEXT_LETTERS)
            return err_set(e, BAD_INPUT, "the text is no text, or longer than %d letters", LEAD_TEXT_LETTERS);
    if (words[LANGUAGE_SV].n == 0 && words[LANGUAGE_EN].n > 0)
        return err_set(e, BAD_INPUT, "there is a text in English, and none in Swedish");
    return OK;
}

static enum status insert(struct db *db, const struct who *who, const struct str words[LANGUAGES],
                          int64_t *id, struct err *e)
{
    static const char sql[] = "insert into programme_text (sv, en, written_at, written_by) "
                              "values ($1, $2, $3, $4) returning id";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, words[LANGUAGE_SV]);
    bind_str(&q, 2, words[LANGUAGE_EN]);
    bind_int(&q, 3, who->now_at);
    bind_str(&q, 4, str_of(who->name));
    *id = query_next(&q) ? query_int(&q, 0) : 0;
    return query_end(&q, e);
}

static enum status save_within(struct db *db, const struct who *who, int64_t latest,
                               const struct str words[LANGUAGES], struct arena *a, struct err *e)
{
    struct audit_line line = {.who = *who, .action = "programme.text"};
    struct lead_text now;

    TRY(lead_text_latest(db, a, &now, e));
    if (now.id != latest)
        return err_set(e, REFUSED, "somebody else has saved another text meanwhile");
    if (str_equal(now.in[LANGUAGE_SV], words[LANGUAGE_SV]) &&
        str_equal(now.in[LANGUAGE_EN], words[LANGUAGE_EN]))
        return OK;
    TRY(db_change(db, e));
    enum status s = insert(db, who, words, &line.subject, e);
    return db_change_end(db, s, &line, e);
}

enum status lead_text_save(struct db *db, const struct who *who, int64_t latest,
                           const struct str words[LANGUAGES], struct err *e)
{
    TRY(check(words, e));
    TRY(db_begin(db, e));
    struct arena *a = arena_open();
    enum status s = save_within(db, who, latest, words, a, e);
    arena_close(a);
    return db_end(db, s, e);
}

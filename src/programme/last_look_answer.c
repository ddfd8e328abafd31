/* What a city does by its link: reads, and answers. */
#include "programme/last_look.h"

#include "base/arena.h"
#include "portal/link_token.h"
#include "programme/last_look_letter.h"
#include "store/db.h"

static enum status find_link(struct db *db, struct str token, struct arena *a, int64_t *look,
                             struct str *municipality, struct err *e)
{
    static const char sql[] = "select look, municipality from programme_look_city where hash = $1";
    unsigned char hash[LINK_TOKEN_HASH_BYTES];
    struct query q = db_query(db, sql);

    *look = 0;
    bind_blob(&q, 1, link_token_hash(token, hash));
    if (query_next(&q)) {
        *look = query_int(&q, 0);
        *municipality = query_str(&q, 1, a);
    }
    return query_end(&q, e);
}

enum status last_look_by_link(struct db *db, struct str token, int64_t now_at, struct arena *a,
                              struct last_look *look, const struct look_city **city, struct err *e)
{
    struct str municipality = S("");
    int64_t id = 0;

    *city = NULL;
    TRY(find_link(db, token, a, &id, &municipality, e));
    TRY(last_look_latest(db, a, look, e));
    if (id == 0 || look->id != id || look->ended_at > 0 || now_at >= look->until_at)
        *look = (struct last_look){.id = 0};
    for (size_t i = 0; i < look->cities; i++)
        if (str_equal(look->city[i].municipality, municipality))
            *city = &look->city[i];
    return OK;
}

static enum status count_reading(struct db *db, const struct last_look *look, const struct look_city *city,
                                 int64_t now_at, struct err *e)
{
    static const char sql[] = "update programme_look_city set readings = readings + 1, read_at = $3 "
                              "where look = $1 and municipality = $2";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, look->id);
    bind_str(&q, 2, city->municipality);
    bind_int(&q, 3, now_at);
    return query_run(&q, e);
}

enum status last_look_note_read(struct db *db, const struct last_look *look, const struct look_city *city,
                                const struct who *who, struct err *e)
{
    const struct audit_line line = {
        .who = *who, .action = "programme.look_read", .subject = look->id, .detail = city->municipality};

    TRY(db_change(db, e));
    return db_change_end(db, count_reading(db, look, city, who->now_at, e), &line, e);
}

/* The look may have ended since the link was found. */
static enum status set_answer(struct db *db, const struct last_look *look, const struct look_city *city,
                              enum look_answer answer, struct str words, int64_t now_at, struct err *e)
{
    static const char sql[] =
        "update programme_look_city set answer = $3, words = $4, answered_at = $5 where look = $1 and "
        "municipality = $2 and exists (select 1 from programme_look l where l.id = $1 and l.ended_at = 0 and "
        "l.until_at > $5) returning look";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, look->id);
    bind_str(&q, 2, city->municipality);
    bind_str(&q, 3, answer == LOOK_OBJECTS ? S("objects") : S("agrees"));
    bind_str(&q, 4, words);
    bind_int(&q, 5, now_at);
    bool is_open = query_next(&q);
    TRY(query_end(&q, e));
    return is_open ? OK : err_set(e, REFUSED, "the last look is over: nothing can be answered any more");
}

static enum status answer_and_tell(const struct city *programme, struct db *db, const struct last_look *look,
                                   const struct look_city *city, enum look_answer answer, struct str words,
                                   int64_t now_at, struct err *e)
{
    TRY(set_answer(db, look, city, answer, words, now_at, e));
    if (answer != LOOK_OBJECTS)
        return OK;
    struct arena *a = arena_open();
    enum status s = last_look_letter_objection(programme, db, city, now_at, a, e);
    arena_close(a);
    return s;
}

enum status last_look_answer(const struct city *programme, struct db *db, const struct last_look *look,
                             const struct look_city *city, enum look_answer answer, struct str words,
                             const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who,
                                    .action = answer == LOOK_OBJECTS ? "programme.look_object"
                                                                     : "programme.look_agree",
                                    .subject = look->id,
                                    .detail = city->municipality};

    if (answer == LOOK_UNANSWERED || (answer == LOOK_OBJECTS && str_trim(words).n == 0) ||
        str_letters(words) > LAST_LOOK_WORDS_LETTERS)
        return err_set(e, BAD_INPUT, "an objection has words, at most %d letters", LAST_LOOK_WORDS_LETTERS);
    TRY(db_change(db, e));
    return db_change_end(db, answer_and_tell(programme, db, look, city, answer, words, who->now_at, e), &line,
                         e);
}

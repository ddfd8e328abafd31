/* What those who came thought. Answers hold no number, name or time of who gave them: the guest's row only
 * says that they have answered. */
#include "base/arena.h"
#include "seminar/attendance.h"
#include "store/db.h"

static enum status use_up(const struct seminar_office *o, int64_t guest, int64_t *seminar, struct err *e)
{
    static const char sql[] = "update seminar_signup set is_evaluated = 1 where id = $1 and is_evaluated = 0 "
                              "and came_at is not null returning seminar";
    struct query q = db_query(o->db, sql);

    *seminar = 0;
    bind_int(&q, 1, guest);
    if (query_next(&q))
        *seminar = query_int(&q, 0);
    TRY(query_run(&q, e));
    return *seminar > 0 ? OK : err_set(e, REFUSED, "the questions are for those who came, once each");
}

static enum status keep(const struct seminar_office *o, int64_t guest, const struct evaluation *v,
                        int64_t *seminar, struct err *e)
{
    static const char sql[] =
        "insert into seminar_evaluation (seminar, useful, acts, words) values ($1, $2, $3, $4)";

    TRY(use_up(o, guest, seminar, e));
    struct query q = db_query(o->db, sql);
    bind_int(&q, 1, *seminar);
    bind_int(&q, 2, v->useful);
    bind_int(&q, 3, v->acts);
    bind_str(&q, 4, str_trim(v->words));
    return query_run(&q, e);
}

enum status evaluation_give(const struct seminar_office *o, int64_t guest,
                            const struct evaluation *evaluation, const struct who *who, struct err *e)
{
    struct audit_line line = {.who = *who, .action = "seminar.evaluate"};

    if (evaluation->useful < 1 || evaluation->useful > 5 || evaluation->words.n > EVALUATION_WORDS_MAX_BYTES)
        return err_set(e, BAD_INPUT, "an answer is a number from 1 to 5 and at most %d bytes of words",
                       (int)EVALUATION_WORDS_MAX_BYTES);
    TRY(db_change(o->db, e));
    enum status s = keep(o, guest, evaluation, &line.subject, e);
    return db_change_end(o->db, s, &line, e);
}

/* In the order of the alphabet: the order of arrival would tell whose they are. */
static enum status read_words(struct db *db, int64_t seminar, struct arena *a, struct evaluation_summary *out,
                              struct err *e)
{
    static const char sql[] =
        "select words from seminar_evaluation where seminar = $1 and words <> '' order by words";
    struct query q = db_query(db, sql);
    size_t room = 0;

    bind_int(&q, 1, seminar);
    while (query_next(&q)) {
        out->words = arena_grow(a, out->words, out->n + 1, &room, sizeof *out->words);
        out->words[out->n++] = query_str(&q, 0, a);
    }
    return query_end(&q, e);
}

enum status evaluation_read(struct db *db, int64_t seminar, struct arena *a, struct evaluation_summary *out,
                            struct err *e)
{
    static const char sql[] = "select count(*), coalesce(avg(useful), 0), coalesce(sum(acts), 0) "
                              "from seminar_evaluation where seminar = $1";
    struct query q = db_query(db, sql);

    *out = (struct evaluation_summary){0};
    bind_int(&q, 1, seminar);
    if (query_next(&q)) {
        out->answers = query_int(&q, 0);
        out->useful = query_real(&q, 1);
        out->acts = query_int(&q, 2);
    }
    TRY(query_end(&q, e));
    out->is_shown = out->answers >= EVALUATION_SHOWN_FROM;
    if (out->is_shown)
        return read_words(db, seminar, a, out, e);
    *out = (struct evaluation_summary){.answers = out->answers};
    return OK;
}

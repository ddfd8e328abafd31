/* Results are published, sent back or withdrawn. */
#include "results/results_decide.h"

#include "base/arena.h"
#include "results/results.h"
#include "results/results_letter.h"
#include "store/audit.h"
#include "store/db.h"

#include <inttypes.h>

/* What an act needs, and what it leads to. */
static const struct {
    const char *action;
    enum study_results from, to;
    bool has_words;
    const char *sql;
    results_letter *tell;
} acts[] = {
    [RESULTS_PUBLISH] = {.action = "results.publish",
                         .from = RESULTS_WAIT,
                         .to = RESULTS_PUBLISHED,
                         .sql = "update research_results set decided_at = $2, decided_by = $3, reason = $4, "
                                "published_at = $2, withdrawn_at = 0, withdrawal = '', "
                                "version = version + 1 where study = $1",
                         .tell = results_letter_published},
    [RESULTS_RETURN] = {.action = "results.return",
                        .from = RESULTS_WAIT,
                        .to = RESULTS_RETURNED,
                        .has_words = true,
                        .sql = "update research_results set decided_at = $2, decided_by = $3, reason = $4, "
                               "version = version + 1 where study = $1",
                        .tell = results_letter_returned},
    [RESULTS_WITHDRAW] = {.action = "results.withdraw",
                          .from = RESULTS_PUBLISHED,
                          .to = RESULTS_WITHDRAWN,
                          .has_words = true,
                          .sql = "update research_results set decided_at = $2, decided_by = $3, "
                                 "withdrawal = $4, withdrawn_at = $2, version = version + 1 where study = $1",
                          .tell = results_letter_withdrawn},
};

static enum status check_words(struct str words, struct err *e)
{
    if (str_trim(words).n == 0 || str_letters(words) > STUDY_WORDS_LETTERS)
        return err_set(e, BAD_INPUT, "say why, in at most %d letters", STUDY_WORDS_LETTERS);
    return OK;
}

/* The study with its results as whoever decides has read them. */
static enum status find_same(struct db *db, const struct results_decision *x, struct arena *a,
                             struct study *study, struct err *e)
{
    struct results results;

    TRY(study_find(db, x->study, a, study, e));
    TRY(results_find(db, x->study, a, &results, e));
    if (study->results != acts[x->act].from || results.version != x->version)
        return err_set(e, REFUSED,
                       "the results of study %" PRId64 " have come further meanwhile: read them again",
                       x->study);
    return OK;
}

static enum status write(struct db *db, const struct results_decision *x, int64_t now_at, struct err *e)
{
    struct query q = db_query(db, acts[x->act].sql);

    bind_int(&q, 1, x->study);
    bind_int(&q, 2, now_at);
    bind_int(&q, 3, x->by);
    bind_str(&q, 4, x->words);
    return query_run(&q, e);
}

static enum status decide(const struct city *city, struct db *db, const struct results_decision *x,
                          int64_t now_at, struct arena *a, struct err *e)
{
    struct study study;

    TRY(find_same(db, x, a, &study, e));
    TRY(write(db, x, now_at, e));
    TRY(study_set_results(db, x->study, acts[x->act].to, e));
    return acts[x->act].tell(city, db, &study, x->words, now_at, a, e);
}

enum status results_decide(const struct city *city, struct db *db, const struct results_decision *decision,
                           const struct who *who, struct err *e)
{
    const struct audit_line line = {
        .who = *who, .action = acts[decision->act].action, .subject = decision->study};

    if (acts[decision->act].has_words)
        TRY(check_words(decision->words, e));
    struct arena *a = arena_open();
    enum status s = db_change(db, e);
    if (s == OK)
        s = db_change_end(db, decide(city, db, decision, who->now_at, a, e), &line, e);
    arena_close(a);
    return s;
}

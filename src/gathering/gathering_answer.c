/* Questions that are put to those who keep the lists, their answers, and the end of both. */
#include "gathering/gathering_asking.h"

#include "base/arena.h"
#include "gathering/gathering_keys.h"
#include "gathering/gathering_ring.h"
#include "link/sample.h"
#include "store/db.h"

static enum status insert(struct gathering_taking *x, const struct sample *asked, struct err *e)
{
    static const char sql[] =
        "insert into gathering_question (round, number, list_a, place_a, list_b, place_b) "
        "values ($1, $2, $3, $4, $5, $6)";
    static const char mark[] = "update gathering set asked_at = case when asked_at >= $2 then asked_at + 1 "
                               "else $2 end where round = $1";
    struct query q;

    for (size_t k = 0; k < asked->n; k++) {
        const struct linkage_link *pair = asked->pair[k];

        q = db_query(x->db, sql);
        bind_int(&q, 1, x->round);
        bind_int(&q, 2, (int64_t)k + 1);
        bind_int(&q, 3, x->g.list[pair->list_a].id);
        bind_int(&q, 4, (int64_t)pair->i + 1);
        bind_int(&q, 5, x->g.list[pair->list_b].id);
        bind_int(&q, 6, (int64_t)pair->j + 1);
        TRY(query_run(&q, e));
    }
    q = db_query(x->db, mark);
    bind_int(&q, 1, x->round);
    bind_int(&q, 2, x->who->now_at);
    return query_run(&q, e);
}

enum status gathering_check_linker(const struct gathering_taking *x, struct err *e)
{
    if (gathering_is_ring(&x->g))
        return err_set(e, REFUSED, "lists that go round are not linked: there is nothing to ask about");
    if (gathering_list_of(&x->g, x->person))
        return err_set(e, REFUSED, "who keeps a list does not link");
    return OK;
}

static enum status ask(struct gathering_taking *x, struct err *e)
{
    struct gathering_forgotten before;
    struct sample asked;

    TRY(gathering_check_linker(x, e));
    if (gathering_waits(&x->g))
        return err_set(e, REFUSED, "the coordinator has not agreed that a list of a few people is linked");
    TRY(sample_questions_read(&asked, gathering_lists_named(&x->g, x->arena), "the questions", x->bytes,
                              GATHERING_QUESTIONS, x->arena, e));
    TRY(gathering_forget_asking(x->db, x->round, FORGET_ACCURACY, &before, e));
    x->detail = str_of(arena_printf(x->arena, "questions %zu", asked.n));
    return insert(x, &asked, e);
}

enum status gathering_ask(struct db *db, int64_t round, struct str csv, int64_t person, const struct who *who,
                          struct err *e)
{
    struct gathering_taking x = {.db = db, .round = round, .bytes = csv, .person = person, .who = who};

    return gathering_change(&x, "gathering.ask", GATHERING_BIT(GATHERING_WHOLE), ask, e);
}

static enum status keep_answer(struct gathering_taking *x, int64_t list, const struct gathering_said *said,
                               struct err *e)
{
    static const char sql[] = "insert into gathering_answer (round, number, list, answer) "
                              "values ($1, $2, $3, $4) "
                              "on conflict (round, number, list) do update set answer = excluded.answer";
    struct query q = db_query(x->db, sql);

    bind_int(&q, 1, x->round);
    bind_int(&q, 2, said->number);
    bind_int(&q, 3, list);
    bind_str(&q, 4, str_of(gathering_answer_word(said->answer)));
    return query_run(&q, e);
}

static enum status answer(struct gathering_taking *x, struct err *e)
{
    const struct gathering_saying *saying = x->own;
    const struct gathering_list *own = gathering_list_of(&x->g, x->person);
    struct gathering_asking asking;

    if (!own)
        return err_set(e, REFUSED, "the person keeps no list here");
    TRY(gathering_asking_find(x->db, &x->g, x->arena, &asking, e));
    if (asking.questions == 0 || asking.asked_at != saying->asked_at)
        return err_set(e, REFUSED, "the questions have been replaced meanwhile");
    for (size_t i = 0; i < saying->n; i++) {
        const struct gathering_said *said = &saying->said[i];

        if (said->number < 1 || said->number > (int64_t)asking.questions ||
            gathering_question_side(&asking.question[said->number - 1], own) < 0 ||
            said->answer == GATHERING_NO_ANSWER || said->answer >= GATHERING_ANSWERS)
            return err_set(e, REFUSED, "the question is not about the list that the person keeps");
        TRY(keep_answer(x, own->id, said, e));
    }
    x->detail = str_of(arena_printf(x->arena, "answers %zu", saying->n));
    return OK;
}

enum status gathering_answer(struct db *db, int64_t round, const struct gathering_saying *saying,
                             int64_t person, const struct who *who, struct err *e)
{
    struct gathering_saying own = *saying;
    struct gathering_taking x = {.db = db, .round = round, .person = person, .own = &own, .who = who};

    return gathering_change(&x, "gathering.answer", GATHERING_BIT(GATHERING_WHOLE), answer, e);
}

static enum status count(struct db *db, const char *sql, int64_t round, int64_t *n, struct err *e)
{
    struct query q = db_query(db, sql);

    bind_int(&q, 1, round);
    *n = query_next(&q) ? query_int(&q, 0) : 0;
    return query_end(&q, e);
}

enum status gathering_forget_asking(struct db *db, int64_t round, enum gathering_forgetting how,
                                    struct gathering_forgotten *out, struct err *e)
{
    static const char questions[] = "select count(*) from gathering_question where round = $1";
    static const char answers[] = "select count(*) from gathering_answer where round = $1";
    static const char *const erase[] = {"delete from gathering_answer where round = $1",
                                        "delete from gathering_question where round = $1",
                                        "delete from gathering_accuracy where round = $1"};
    size_t n = sizeof erase / sizeof *erase - (how == KEEP_ACCURACY ? 1 : 0);

    TRY(count(db, questions, round, &out->questions, e));
    TRY(count(db, answers, round, &out->answers, e));
    for (size_t i = 0; i < n; i++) {
        struct query q = db_query(db, erase[i]);

        bind_int(&q, 1, round);
        TRY(query_run(&q, e));
    }
    return OK;
}

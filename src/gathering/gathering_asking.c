/* What those who keep the lists are asked, and what they answer. */
#include "gathering/gathering_asking.h"

#include "base/arena.h"
#include "gathering/gathering_keys.h"
#include "link/sample.h"
#include "store/db.h"

_Static_assert((int)GATHERING_QUESTIONS == (int)SAMPLE_USUAL, "lykta link draws as many as are taken");
_Static_assert((int)GATHERING_LISTS == (int)LINKAGE_MAX_LISTS, "a gathering has as many lists as a linkage");

static const char *const words[GATHERING_ANSWERS] = {
    [GATHERING_NO_ANSWER] = "",
    [GATHERING_SAME] = "same",
    [GATHERING_OTHER] = "other",
    [GATHERING_UNSURE] = "unsure",
};

const char *gathering_answer_word(enum gathering_answer answer)
{
    return words[answer];
}

enum gathering_answer gathering_answer_of(struct str word)
{
    enum gathering_answer x = GATHERING_UNSURE;

    while (x > GATHERING_NO_ANSWER && !str_is(word, words[x]))
        x--;
    return x;
}

static enum gathering_verdict verdict_of(enum gathering_answer a, enum gathering_answer b)
{
    static const enum gathering_verdict alone[GATHERING_ANSWERS] = {
        [GATHERING_NO_ANSWER] = VERDICT_WAITS,
        [GATHERING_SAME] = VERDICT_SAME,
        [GATHERING_OTHER] = VERDICT_OTHER,
        [GATHERING_UNSURE] = VERDICT_UNSURE,
    };

    if (a == GATHERING_UNSURE || b == GATHERING_UNSURE)
        return VERDICT_UNSURE;
    if (a == b || b == GATHERING_NO_ANSWER)
        return alone[a];
    return a == GATHERING_NO_ANSWER ? alone[b] : VERDICT_DIFFER;
}

static const struct gathering_list *list_with(const struct gathering *g, int64_t id)
{
    for (size_t i = 0; i < g->lists; i++)
        if (g->list[i].id == id)
            return &g->list[i];
    return NULL;
}

static enum status add_questions(struct db *db, const struct gathering *g, struct gathering_asking *out,
                                 struct arena *a, struct err *e)
{
    static const char sql[] =
        "select q.number, q.list_a, q.place_a, q.list_b, q.place_b, coalesce(a.answer, ''), "
        "coalesce(b.answer, '') from gathering_question q "
        "left join gathering_answer a on a.round = q.round and a.number = q.number and a.list = q.list_a "
        "left join gathering_answer b on b.round = q.round and b.number = q.number and b.list = q.list_b "
        "where q.round = $1 order by q.number";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, g->round);
    out->question = arena_new(a, GATHERING_QUESTIONS, struct gathering_question);
    while (out->questions < GATHERING_QUESTIONS && query_next(&q)) {
        struct gathering_question *x = &out->question[out->questions++];

        *x = (struct gathering_question){
            .number = query_int(&q, 0),
            .list = {list_with(g, query_int(&q, 1)), list_with(g, query_int(&q, 3))},
            .place = {query_int(&q, 2), query_int(&q, 4)},
            .answer = {gathering_answer_of(query_str(&q, 5, a)), gathering_answer_of(query_str(&q, 6, a))}};
        x->verdict = verdict_of(x->answer[0], x->answer[1]);
        out->of[x->verdict]++;
    }
    return query_end(&q, e);
}

struct linkage *gathering_lists_named(const struct gathering *g, struct arena *a)
{
    struct linkage *x = arena_new(a, 1, struct linkage);

    for (; x->lists < g->lists; x->lists++)
        x->name[x->lists] = g->list[x->lists].name;
    return x;
}

/* The questions as lykta link knows them, with what both owners say. */
static struct sample sample_of(const struct gathering *g, const struct gathering_asking *x, struct arena *a)
{
    struct linkage_link *pair = arena_new(a, GATHERING_QUESTIONS, struct linkage_link);
    struct sample out = {.linkage = gathering_lists_named(g, a),
                         .n = x->questions,
                         .pair = arena_new(a, GATHERING_QUESTIONS, const struct linkage_link *),
                         .answer = arena_new(a, GATHERING_QUESTIONS, enum sample_answer)};

    for (size_t k = 0; k < x->questions; k++) {
        const struct gathering_question *q = &x->question[k];

        pair[k] = (struct linkage_link){.list_a = (uint32_t)(q->list[0] - g->list),
                                        .i = (uint32_t)q->place[0] - 1,
                                        .list_b = (uint32_t)(q->list[1] - g->list),
                                        .j = (uint32_t)q->place[1] - 1};
        out.pair[k] = &pair[k];
        out.answer[k] = q->verdict == VERDICT_SAME    ? SAMPLE_SAME
                        : q->verdict == VERDICT_OTHER ? SAMPLE_OTHER
                                                      : SAMPLE_NO_ANSWER;
    }
    return out;
}

static enum status add_accuracy(struct db *db, int64_t round, struct gathering_asking *out, struct err *e)
{
    static const char sql[] = "select asked, answered, right_share, right_low, right_high, found_share, "
                              "found_low, found_high from gathering_accuracy where round = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, round);
    out->has_accuracy = query_next(&q);
    out->accuracy =
        (struct gathering_accuracy){.asked = query_int(&q, 0),
                                    .answered = query_int(&q, 1),
                                    .right = {query_int(&q, 2), query_int(&q, 3), query_int(&q, 4)},
                                    .found = {query_int(&q, 5), query_int(&q, 6), query_int(&q, 7)}};
    return query_end(&q, e);
}

enum status gathering_asking_find(struct db *db, const struct gathering *g, struct arena *a,
                                  struct gathering_asking *out, struct err *e)
{
    static const char sql[] =
        "select asked_at, questions_deleted, answers_deleted from gathering where round = $1";
    struct query q = db_query(db, sql);
    struct gathering_asking x = {0};
    bool is_yes = false;

    bind_int(&q, 1, g->round);
    query_next(&q);
    x.asked_at = query_int(&q, 0);
    x.questions_deleted = query_int(&q, 1);
    x.answers_deleted = query_int(&q, 2);
    TRY(query_end(&q, e));
    TRY(add_questions(db, g, &x, a, e));
    TRY(add_accuracy(db, g->round, &x, e));
    struct sample all = sample_of(g, &x, a);
    x.contradicted = x.questions > 0 ? sample_contradicted(&all, &is_yes) : 0;
    *out = x;
    return OK;
}

int gathering_question_side(const struct gathering_question *q, const struct gathering_list *list)
{
    return list && q->list[0] == list ? 0 : list && q->list[1] == list ? 1 : -1;
}

bool gathering_has_answers(const struct gathering_asking *x)
{
    return x->of[VERDICT_SAME] + x->of[VERDICT_OTHER] > 0 && x->contradicted == 0;
}

struct str gathering_answers_csv(const struct gathering *g, const struct gathering_asking *x, struct arena *a)
{
    struct text out = text_open(a);
    struct sample all = sample_of(g, x, a);

    sample_csv(&out, &all);
    return text_str(&out);
}

/* The page on which who keeps a list answers, a part of the questions at a time; and the answers' file. */
#include "gathering/gathering_asking_view.h"

#include "base/arena.h"
#include "base/number.h"
#include "base/text.h"
#include "gathering/gathering_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "publishing/round.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>

/* A keeper's questions that are shared with one other, and the part of them that is shown. */
struct questions {
    struct round round;
    struct gathering g;
    struct gathering_asking asking;
    const struct gathering_list *own, *other;
    size_t n;
    const struct gathering_question *question[GATHERING_QUESTIONS];
    size_t part, parts;
};

static size_t first_of(const struct questions *x)
{
    return (x->part - 1) * GATHERING_QUESTIONS_A_PAGE;
}

static size_t end_of(const struct questions *x)
{
    size_t end = x->part * GATHERING_QUESTIONS_A_PAGE;

    return end < x->n ? end : x->n;
}

static const struct gathering_list *other_of(const struct request *r, const struct gathering *g)
{
    int64_t id = 0;

    if (i64_from_str(request_param(r, "other"), 1, INT64_MAX, &id))
        for (size_t i = 0; i < g->lists; i++)
            if (g->list[i].id == id)
                return &g->list[i];
    return NULL;
}

/* `form` names the part that is meant; the first when none is there. */
static void choose(struct questions *x, const struct form *form)
{
    int64_t part = 1;

    for (size_t k = 0; k < x->asking.questions; k++) {
        const struct gathering_question *q = &x->asking.question[k];
        int side = gathering_question_side(q, x->own);

        if (side >= 0 && q->list[1 - side] == x->other)
            x->question[x->n++] = q;
    }
    x->parts = (x->n + GATHERING_QUESTIONS_A_PAGE - 1) / GATHERING_QUESTIONS_A_PAGE;
    form_i64(form, "del", 1, (int64_t)x->parts, &part);
    x->part = (size_t)part;
}

/* *out is NULL when who asks shares no questions with the list of the path: 404. */
static enum status find(const struct request *r, const struct form *form, struct questions **out,
                        struct err *e)
{
    struct questions *x = arena_new(r->arena, 1, struct questions);
    bool is_there = false;
    enum status s = round_find(portal_db(r), request_id(r), r->arena, &x->round, e);

    *out = NULL;
    if (s == REFUSED)
        return OK;
    TRY(s);
    TRY(gathering_find(portal_db(r), x->round.id, r->arena, &x->g, &is_there, e));
    if (!is_there)
        return OK;
    x->own = gathering_list_of(&x->g, portal_visitor(r)->person.id);
    x->other = other_of(r, &x->g);
    if (!x->own || !x->other)
        return OK;
    TRY(gathering_asking_find(portal_db(r), &x->g, r->arena, &x->asking, e));
    choose(x, form);
    *out = x->n > 0 ? x : NULL;
    return OK;
}

/* The numbers as they stand in files, without spaces. */
static struct str numbered(const struct request *r, enum text_key key, int64_t number, int64_t place)
{
    struct text out = text_open(r->arena);
    const struct insertion values[] = {
        insertion("number", (const char *)arena_printf(r->arena, "%" PRId64, number)),
        insertion("place", (const char *)arena_printf(r->arena, "%" PRId64, place))};

    catalogue_write(&out, catalogue_of(r->language), key, values, sizeof values / sizeof *values);
    return text_str(&out);
}

/* What is said beside a question of the other's answer: never which it is, but where the two differ. */
static void hint(struct field_set *f, struct field *x, const struct questions *all,
                 const struct gathering_question *q, int side)
{
    if (q->number == (int64_t)all->asking.contradicted)
        field_hint(f, x, TEXT_GATHERING_QUESTION_CONTRADICTED);
    else if (q->verdict == VERDICT_DIFFER)
        field_hint(f, x, TEXT_GATHERING_QUESTION_DIFFER);
    else if (q->answer[side] == GATHERING_NO_ANSWER && q->answer[1 - side] != GATHERING_NO_ANSWER)
        field_hint(f, x, TEXT_GATHERING_QUESTION_OTHER_HAS);
}

static const char *name_of(const struct gathering_question *q, struct arena *a)
{
    return arena_printf(a, "svar%" PRId64, q->number);
}

static void ask(const struct request *r, struct field_set *f, const struct questions *all,
                const struct gathering_question *q)
{
    static const struct {
        enum gathering_answer answer;
        enum text_key words;
    } options[] = {{GATHERING_SAME, TEXT_GATHERING_QUESTION_SAME},
                   {GATHERING_OTHER, TEXT_GATHERING_QUESTION_OTHER},
                   {GATHERING_UNSURE, TEXT_GATHERING_QUESTION_UNSURE}};
    int side = gathering_question_side(q, all->own);
    struct field *x = field_add(f, FIELD_RADIOS, name_of(q, r->arena), TEXT_GATHERING_QUESTION);

    x->label = numbered(r, TEXT_GATHERING_QUESTION, q->number, q->place[side]);
    hint(f, x, all, q, side);
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        field_option(f, x, str_of(gathering_answer_word(options[i].answer)), portal_text(r, options[i].words),
                     options[i].answer == q->answer[side]);
}

static struct str part_href(const struct request *r, const struct questions *x, size_t part)
{
    const char *rest = arena_printf(r->arena, "/fragor/%" PRId64 "?del=%zu", x->other->id, part);

    return part == 0 ? S("") : gathering_href(r, x->round.id, rest);
}

static void draw(const struct request *r, const struct questions *x, bool is_replaced, struct response *out)
{
    struct gathering_questions_view *v = arena_new(r->arena, 1, struct gathering_questions_view);
    struct portal_view around = portal_view_of(r);
    struct field_set *f = field_set_open(NULL, catalogue_of(r->language), r->arena);

    for (size_t k = first_of(x); k < end_of(x); k++)
        ask(r, f, x, x->question[k]);
    *v = (struct gathering_questions_view){
        .layout =
            portal_form_layout(&around, portal_text(r, TEXT_GATHERING_QUESTIONS_TITLE), r->path, 0, r->arena),
        .title = r->language == LANGUAGE_EN ? x->round.title_en : x->round.title_sv,
        .back = gathering_href(r, x->round.id, ""),
        .action = gathering_href(r, x->round.id, arena_printf(r->arena, "/fragor/%" PRId64, x->other->id)),
        .other = x->other,
        .part = x->part,
        .parts = x->parts,
        .before = part_href(r, x, x->part - 1),
        .asked_at = x->asking.asked_at,
        .is_replaced = is_replaced,
        .fields = f};
    page_gathering_questions(response_page(out), v);
}

enum status gathering_questions_show(const struct request *r, struct response *out, struct err *e)
{
    struct questions *x = NULL;

    TRY(find(r, &r->query, &x, e));
    if (!x)
        return response_error(out, 404);
    draw(r, x, false, out);
    return OK;
}

/* What was sent of the questions of this part; what is left open says nothing. */
static void read(const struct request *r, const struct questions *x, struct gathering_said *said,
                 struct gathering_saying *out)
{
    for (size_t k = first_of(x); k < end_of(x); k++) {
        const struct gathering_question *q = x->question[k];
        enum gathering_answer answer = gathering_answer_of(form_value(&r->form, name_of(q, r->arena)));

        if (answer != GATHERING_NO_ANSWER)
            said[out->n++] = (struct gathering_said){q->number, answer};
    }
}

static enum status onward(const struct request *r, const struct questions *x, struct response *out)
{
    if (x->part == x->parts)
        return portal_redirect(
            r, out, str_of(arena_printf(r->arena, "/kartlaggningar/%" PRId64 "/listor", x->round.id)));
    return portal_redirect(
        r, out,
        str_of(arena_printf(r->arena, "/kartlaggningar/%" PRId64 "/listor/fragor/%" PRId64 "?del=%zu",
                            x->round.id, x->other->id, x->part + 1)));
}

/* The page may have been drawn of an earlier sample, whose numbers were of other pairs. */
enum status gathering_questions_take(const struct request *r, struct response *out, struct err *e)
{
    struct gathering_said said[GATHERING_QUESTIONS_A_PAGE];
    struct gathering_saying saying = {.said = said};
    const struct who who = portal_who(r);
    struct questions *x = NULL;

    TRY(find(r, &r->form, &x, e));
    if (!x)
        return response_error(out, 404);
    form_i64(&r->form, "stalld", 1, INT64_MAX, &saying.asked_at);
    if (saying.asked_at != x->asking.asked_at) {
        draw(r, x, true, out);
        return response_correct(out);
    }
    read(r, x, said, &saying);
    if (saying.n > 0)
        TRY(gathering_answer(portal_db(r), x->round.id, &saying, portal_visitor(r)->person.id, &who, e));
    return onward(r, x, out);
}

enum status gathering_answers_show(const struct request *r, struct response *out, struct err *e)
{
    struct gathering *g = arena_new(r->arena, 1, struct gathering);
    struct gathering_asking asking = {0};
    bool is_there = false;

    TRY(gathering_find(portal_db(r), request_id(r), r->arena, g, &is_there, e));
    if (is_there)
        TRY(gathering_asking_find(portal_db(r), g, r->arena, &asking, e));
    if (!gathering_has_answers(&asking) || gathering_list_of(g, portal_visitor(r)->person.id))
        return response_error(out, 404);
    TRY(portal_note_read(r, "gathering.answers", g->round, S(""), e));
    response_bytes(out, "text/csv; charset=utf-8", gathering_answers_csv(g, &asking, r->arena));
    response_download(out, S("svar.csv"));
    return OK;
}

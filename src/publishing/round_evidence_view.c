/* What a round's figure rests on, in words. */
#include "publishing/round_evidence_view.h"

#include "base/arena.h"
#include "base/text.h"
#include "estimate/method.h"
#include "public/report_view.h"
#include "release/release.h"

/* What it is shown with. */
struct showing {
    const struct round_evidence *x;
    const struct release *draft;
    enum language language;
    struct arena *arena;
};

enum { CHANGES = 4 };

static struct str found(const struct showing *s);
static const struct round_way_row *ways(const struct showing *s);
static const struct round_drop_row *drops(const struct showing *s);
static void add_changes(const struct showing *s, struct round_evidence_view *v);
static const struct round_part_view *parts(const struct showing *s);

struct round_evidence_view round_evidence_view_of(const struct round_evidence *x, const struct release *draft,
                                                  enum language language, struct arena *a)
{
    const struct showing s = {x, draft, language, a};
    struct round_evidence_view v = {.found = found(&s),
                                    .ways = x->ways,
                                    .way = ways(&s),
                                    .drops = x->drops,
                                    .drop = drops(&s),
                                    .parts = x->parts,
                                    .part = parts(&s)};

    add_changes(&s, &v);
    return v;
}

static struct str filled(const struct showing *s, enum text_key key, const struct insertion *values, size_t n)
{
    struct text out = text_open(s->arena);

    catalogue_write(&out, catalogue_of(s->language), key, values, n);
    return text_str(&out);
}

/* "mellan 9 200 och 15 000", "minst 9 200", "inget svar". */
static struct str between(const struct showing *s, const int64_t limit[2])
{
    const struct insertion values[] = {insertion("lo", limit[0]), insertion("hi", limit[1])};

    if (limit[0] == RELEASE_UNKNOWN)
        return filled(s, TEXT_EVIDENCE_NO_ANSWER, NULL, 0);
    return filled(s, limit[1] == RELEASE_UNKNOWN ? TEXT_EVIDENCE_LEAST : TEXT_EVIDENCE_BETWEEN, values, 2);
}

static struct str about(const struct showing *s, int64_t people)
{
    const struct insertion values[] = {insertion("n", people)};

    return people == RELEASE_UNKNOWN ? filled(s, TEXT_EVIDENCE_NO_ANSWER, NULL, 0)
                                     : filled(s, TEXT_REPORT_ABOUT, values, 1);
}

static struct str told(const struct showing *s, const struct label *label)
{
    return s->language == LANGUAGE_EN ? label->en : label->sv;
}

static struct str list_name(const struct showing *s, struct str code)
{
    const struct mapping *m = &s->draft->mapping;

    for (size_t i = 0; i < m->lists; i++)
        if (str_equal(m->list[i].code, code))
            return told(s, &m->list[i]);
    return code;
}

static void add_sentence(struct text *out, struct str sentence)
{
    if (out->n)
        text_byte(out, ' ');
    text_add(out, sentence);
}

static struct str found(const struct showing *s)
{
    struct text out = text_open(s->arena);
    size_t tried = 0;
    size_t answers = 0;

    for (size_t i = 0; i < s->x->ways; i++) {
        tried += !s->x->way[i].is_bound;
        answers += !s->x->way[i].is_bound && s->x->way[i].answer != RELEASE_REFUSED;
    }
    const struct insertion values[] = {insertion("tried", tried), insertion("answers", answers),
                                       insertion("range", between(s, s->x->range))};
    add_sentence(&out, filled(s, answers ? TEXT_EVIDENCE_FOUND : TEXT_EVIDENCE_FOUND_NONE, values, 3));
    bool is_moved = false;
    for (size_t i = 0; i < s->x->drops; i++) {
        const struct insertion list[] = {insertion("list", list_name(s, s->x->drop[i].list)),
                                         insertion("answer", about(s, s->x->drop[i].nhat))};

        if (!s->x->drop[i].moves)
            continue;
        is_moved = true;
        add_sentence(&out, filled(s, TEXT_EVIDENCE_MOVES, list, 2));
    }
    if (is_moved)
        add_sentence(&out, filled(s, TEXT_EVIDENCE_ADVICE, NULL, 0));
    return text_str(&out);
}

/* What a method rests on is the program's to say, in both languages. */
static struct str rests_on(const struct showing *s, struct str code)
{
    const struct method *m = method_find(code);

    if (!m)
        return S("");
    return str_of(s->language == LANGUAGE_EN ? m->assumption : m->antagande);
}

static const struct round_way_row *ways(const struct showing *s)
{
    struct round_way_row *rows = arena_new(s->arena, s->x->ways + 1, struct round_way_row);

    for (size_t i = 0; i < s->x->ways; i++) {
        const struct round_way *way = &s->x->way[i];
        const int64_t least[2] = {way->limit[0], RELEASE_UNKNOWN};

        rows[i] = (struct round_way_row){.name = report_view_method(way->code, s->language),
                                         .answer = between(s, way->is_bound ? least : way->limit),
                                         .rests_on = rests_on(s, way->code),
                                         .why = s->language == LANGUAGE_EN ? way->reason.en : way->reason.sv};
    }
    return rows;
}

static const struct round_drop_row *drops(const struct showing *s)
{
    struct round_drop_row *rows = arena_new(s->arena, s->x->drops + 1, struct round_drop_row);

    for (size_t i = 0; i < s->x->drops; i++)
        rows[i] = (struct round_drop_row){.list = list_name(s, s->x->drop[i].list),
                                          .answer = about(s, s->x->drop[i].nhat),
                                          .moves = s->x->drop[i].moves};
    return rows;
}

/* What holds only of a figure is left out where there is none. */
static void add_changes(const struct showing *s, struct round_evidence_view *v)
{
    const struct round_evidence *x = s->x;
    struct str *changes = arena_new(s->arena, CHANGES, struct str);
    const struct insertion models[] = {insertion("n", x->models),
                                       insertion("range", between(s, x->model_limit)),
                                       insertion("open", x->models_without_limit)};
    const struct insertion tie[] = {insertion("half", x->half), insertion("twice", x->twice)};

    if (x->models > 1)
        changes[v->changes++] = filled(s, TEXT_EVIDENCE_MODELS, models, 3);
    if (x->models_without_limit > 0)
        changes[v->changes++] = filled(s, TEXT_EVIDENCE_MODELS_OPEN, models, 3);
    if (x->half != RELEASE_UNKNOWN && x->twice != RELEASE_UNKNOWN)
        changes[v->changes++] = filled(s, TEXT_EVIDENCE_TIE, tie, 2);
    changes[v->changes++] = filled(s, TEXT_EVIDENCE_MISSED, NULL, 0);
    v->change = changes;
}

/* A category's row in the draft, or NULL. */
static const struct release_row *row_of(const struct release_table *table, struct str category)
{
    for (size_t i = 0; table && i < table->n; i++)
        if (str_equal(table->row[i].label.code, category))
            return &table->row[i];
    return NULL;
}

/* Of one that is refused: the people known in it, as the draft rounds them, who are the lower bound. */
static struct round_part_row part_row(const struct showing *s, const struct release_table *table,
                                      const struct round_category *x)
{
    const struct release_row *row = row_of(table, x->category);
    struct round_part_row v = {.category = row ? told(s, &row->label) : x->category,
                               .answer = between(s, x->limit),
                               .is_refused = x->answer == RELEASE_REFUSED};

    if (v.is_refused && row) {
        const struct insertion known[] = {
            insertion("known", report_view_told(&row->figure, s->language, s->arena))};

        v.answer = filled(s, TEXT_EVIDENCE_PART_BOUND, known, 1);
    }
    return v;
}

static const struct round_part_view *parts(const struct showing *s)
{
    struct round_part_view *views = arena_new(s->arena, s->x->parts + 1, struct round_part_view);

    for (size_t i = 0; i < s->x->parts; i++) {
        const struct round_part *x = &s->x->part[i];
        const struct release_table *table =
            release_table(s->draft, arena_cstr(s->arena, x->column.p, x->column.n));
        struct round_part_row *rows = arena_new(s->arena, x->n + 1, struct round_part_row);

        for (size_t k = 0; k < x->n; k++)
            rows[k] = part_row(s, table, &x->row[k]);
        views[i] = (struct round_part_view){.column = table ? told(s, &table->label) : x->column,
                                            .n = x->n,
                                            .row = rows,
                                            .refused = x->refused};
        if (x->limit[0] != RELEASE_UNKNOWN)
            views[i].total = between(s, x->limit);
    }
    return views;
}

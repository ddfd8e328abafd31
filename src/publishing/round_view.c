/* What the pages of mappings under way show. */
#include "publishing/round_view.h"

#include "base/arena.h"
#include "base/text.h"
#include "chart/chart_bar.h"
#include "release/release.h"
#include "web/html.h"

enum { LEAST_FOR_PER_CENT = 20 };

enum text_key round_state_words(enum round_state state)
{
    static const enum text_key words[ROUND_STATES] = {
        [ROUND_OPEN] = TEXT_PUBLISHING_STATE_OPEN,
        [ROUND_WAITING] = TEXT_PUBLISHING_STATE_WAITING,
        [ROUND_RUNNING] = TEXT_PUBLISHING_STATE_RUNNING,
        [ROUND_REFUSED] = TEXT_PUBLISHING_STATE_REFUSED,
        [ROUND_MADE] = TEXT_PUBLISHING_STATE_MADE,
        [ROUND_PROPOSED] = TEXT_PUBLISHING_STATE_PROPOSED,
        [ROUND_APPROVED] = TEXT_PUBLISHING_STATE_APPROVED,
        [ROUND_PUBLISHED] = TEXT_PUBLISHING_STATE_PUBLISHED,
        [ROUND_CLOSED] = TEXT_PUBLISHING_STATE_CLOSED,
    };

    return words[state];
}

enum text_key round_next_words(const struct round *round)
{
    static const enum text_key words[ROUND_STATES] = {
        [ROUND_OPEN] = TEXT_PUBLISHING_NEXT_OPEN,         [ROUND_WAITING] = TEXT_PUBLISHING_NEXT_RUNNING,
        [ROUND_RUNNING] = TEXT_PUBLISHING_NEXT_RUNNING,   [ROUND_REFUSED] = TEXT_PUBLISHING_NEXT_REFUSED,
        [ROUND_MADE] = TEXT_PUBLISHING_NEXT_MADE,         [ROUND_PROPOSED] = TEXT_PUBLISHING_NEXT_PROPOSED,
        [ROUND_APPROVED] = TEXT_PUBLISHING_NEXT_APPROVED, [ROUND_PUBLISHED] = TEXT_PUBLISHING_NEXT_PUBLISHED,
        [ROUND_CLOSED] = TEXT_PUBLISHING_NEXT_CLOSED,
    };

    return words[round->state];
}

enum text_key round_step_words(struct str what)
{
    static const struct {
        const char *what;
        enum text_key words;
    } steps[] = {
        {"uploaded", TEXT_PUBLISHING_STEP_UPLOADED},   {"made", TEXT_PUBLISHING_STEP_MADE},
        {"refused", TEXT_PUBLISHING_STEP_REFUSED},     {"proposed", TEXT_PUBLISHING_STEP_PROPOSED},
        {"rejected", TEXT_PUBLISHING_STEP_REJECTED},   {"taken_back", TEXT_PUBLISHING_STEP_TAKEN_BACK},
        {"approved", TEXT_PUBLISHING_STEP_APPROVED},   {"undone", TEXT_PUBLISHING_STEP_UNDONE},
        {"published", TEXT_PUBLISHING_STEP_PUBLISHED}, {"closed", TEXT_PUBLISHING_STEP_CLOSED}};

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (str_is(what, steps[i].what))
            return steps[i].words;
    return TEXT_PUBLISHING_STEP_OPENED;
}

static const struct attack_row *attack_rows(const struct round_audit *audits, size_t n, struct arena *a)
{
    struct attack_row *rows = arena_new(a, n + 1, struct attack_row);

    for (size_t i = 0; i < n; i++)
        rows[i] = (struct attack_row){.release = audits[i].release,
                                      .is_same_people = audits[i].is_same_people,
                                      .figures = audits[i].figures,
                                      .exposed = audits[i].exposed,
                                      .values = audits[i].narrowest + 1};
    return rows;
}

/* The wider side of the interval, of the figure; of small figures a share would tell more than the figure. */
static int64_t loss_percent(const struct release_figure *f)
{
    int64_t below = f->people - f->lo;
    int64_t above = f->hi - f->people;
    int64_t wider = below > above ? below : above;

    return f->people < LEAST_FOR_PER_CENT ? -1 : (100 * wider + f->people - 1) / f->people;
}

/* As the report writes it: with the reader's groups of digits. */
static struct str shown(const struct release_figure *f, enum language language, struct arena *a)
{
    const struct insertion n[] = {insertion("n", f->people)};
    struct text out = text_open(a);

    if (f->people == 0)
        return language == LANGUAGE_EN ? f->en : f->sv;
    catalogue_write(&out, catalogue_of(language), TEXT_REPORT_ABOUT, n, 1);
    return text_str(&out);
}

static struct loss_row loss_of(struct str label, const struct release_figure *f, enum language language,
                               struct arena *a)
{
    return (struct loss_row){
        .label = label, .shown = shown(f, language, a), .lo = f->lo, .hi = f->hi, .percent = loss_percent(f)};
}

static void add_losses(struct protection_view *v, const struct release *draft, enum language language,
                       struct arena *a)
{
    const struct release_table *lists = release_table(draft, "lists");
    size_t n = lists ? lists->n : 0;
    struct loss_row *rows = arena_new(a, n + 1, struct loss_row);

    rows[0] =
        loss_of(catalogue_text(catalogue_of(language), TEXT_PUBLISHING_LOSS_ALL), &draft->seen, language, a);
    for (size_t i = 0; i < n; i++) {
        const struct release_row *row = &lists->row[i];

        rows[i + 1] =
            loss_of(language == LANGUAGE_EN ? row->label.en : row->label.sv, &row->figure, language, a);
    }
    v->loss = rows;
    v->losses = n + 1;
}

static struct hidden_row hidden_of(const struct release_table *table, enum language language)
{
    struct hidden_row row = {.label = language == LANGUAGE_EN ? table->label.en : table->label.sv,
                             .figures = (int64_t)table->n};

    for (size_t i = 0; i < table->n; i++)
        row.few += table->row[i].figure.people == 0 && table->row[i].figure.hi > 0;
    row.percent = row.figures ? 100 * row.few / row.figures : 0;
    return row;
}

static void add_hidden(struct protection_view *v, const struct release *draft, enum language language,
                       struct arena *a)
{
    struct hidden_row *rows = arena_new(a, draft->tables + 1, struct hidden_row);

    for (size_t t = 0; t < draft->tables; t++) {
        rows[t] = hidden_of(&draft->table[t], language);
        v->figures += rows[t].figures;
        v->few += rows[t].few;
    }
    v->hidden = rows;
    v->hiddens = draft->tables;
}

struct protection_view protection_view_of(const struct release *draft, const struct round_audit *audits,
                                          size_t n, enum language language, struct arena *a)
{
    struct protection_view v = {.draft = draft, .attacks = n, .attack = attack_rows(audits, n, a)};

    add_hidden(&v, draft, language, a);
    add_losses(&v, draft, language, a);
    return v;
}

static struct str words(const struct html *h, enum text_key key)
{
    return catalogue_text(h->texts, key);
}

/* How far a figure may be from the truth, in per cent of it: short bars are good. */
void protection_chart(struct html *h, const struct protection_view *v)
{
    const struct chart_words said = {.show_table = words(h, TEXT_PUBLISHING_CHART_TABLE),
                                     .people = words(h, TEXT_PUBLISHING_LOSS_MOST)};
    const struct chart_frame frame = {.id = "protection",
                                      .title = words(h, TEXT_PUBLISHING_CHART_TITLE),
                                      .finding = words(h, TEXT_PUBLISHING_CHART_FINDING),
                                      .note = words(h, TEXT_PUBLISHING_CHART_NOTE),
                                      .words = &said};
    struct chart_bar_row *rows = arena_new(h->out.arena, v->losses, struct chart_bar_row);

    for (size_t i = 0; i < v->losses; i++) {
        int64_t percent = v->loss[i].percent;

        rows[i] = (struct chart_bar_row){
            .label = v->loss[i].label,
            .count = {.value = percent < 0 ? 0 : percent,
                      .text = percent < 0 ? words(h, TEXT_PUBLISHING_CHART_TOO_SMALL)
                                          : str_of(arena_printf(h->out.arena, "%d %%", (int)percent)),
                      .is_protected = percent < 0}};
    }
    chart_bar(h, &frame, words(h, TEXT_PUBLISHING_LOSS_FIGURE), rows, v->losses);
}

/* The report to the authority and the letter to those whom the data are about. */
#include "incident/incident_document.h"

#include "base/arena.h"
#include "base/text.h"
#include "calendar/stockholm.h"
#include "incident/incident_words.h"

/* The document being written. */
struct writer {
    const struct incident_source *from;
    enum language language;
    struct arena *arena;
    struct incident_document *out;
};

static struct str say(const struct writer *w, enum text_key key, const struct insertion *values, size_t n)
{
    struct text text = text_open(w->arena);

    catalogue_write(&text, catalogue_of(w->language), key, values, n);
    return text_str(&text);
}

static void begin(struct writer *w, enum text_key heading)
{
    if (w->out->sections == INCIDENT_SECTIONS)
        die("a document of an incident has more than %d sections", (int)INCIDENT_SECTIONS);
    w->out->section[w->out->sections++] = (struct incident_section){.heading = heading};
}

/* A paragraph of the section; what was typed in several lines gives several. */
static void put(struct writer *w, struct str words)
{
    struct incident_section *s = &w->out->section[w->out->sections - 1];
    struct str line;

    while (words.n > 0) {
        if (!str_cut(words, '\n', &line, &words))
            words = S("");
        line = str_trim(line);
        if (line.n == 0)
            continue;
        s->paragraph = arena_grow(w->arena, s->paragraph, s->paragraphs + 1, &s->room, sizeof *s->paragraph);
        s->paragraph[s->paragraphs++] = line;
    }
}

static void put_key(struct writer *w, enum text_key key)
{
    put(w, catalogue_text(catalogue_of(w->language), key));
}

static struct str joined(const struct writer *w, struct str before, const char *between, struct str after)
{
    struct text out = text_open(w->arena);

    text_add(&out, before);
    text_add(&out, str_of(between));
    text_add(&out, after);
    return text_str(&out);
}

/* "Label: value", or nothing without a value. */
static void put_value(struct writer *w, enum text_key label, struct str value)
{
    if (value.n > 0)
        put(w, joined(w, catalogue_text(catalogue_of(w->language), label), ": ", value));
}

/* What somebody has to write, where nobody has. */
static void put_typed(struct writer *w, struct str words)
{
    if (words.n > 0)
        put(w, words);
    else
        put_key(w, TEXT_INCIDENT_DOC_TO_FILL_IN);
}

static void put_moment(struct writer *w, enum text_key label, int64_t at)
{
    put_value(w, label, incident_moment(at, w->language, w->arena));
}

static void write_answers(struct writer *w)
{
    const struct portal_view *site = w->from->site;

    begin(w, TEXT_INCIDENT_DOC_CONTROLLER);
    put_value(w, TEXT_INCIDENT_DOC_CITY, site->city);
    put_value(w, TEXT_INCIDENT_DOC_CONTACT, site->contact);
    put_value(w, TEXT_INCIDENT_DOC_EMAIL, site->email);
    if (site->email.n == 0)
        put_key(w, TEXT_INCIDENT_DOC_TO_FILL_IN);
}

static void write_times(struct writer *w)
{
    const struct incident *x = w->from->is;

    begin(w, TEXT_INCIDENT_DOC_TIMES);
    put_moment(w, TEXT_INCIDENT_NOTICED, x->noticed_at);
    put_moment(w, TEXT_INCIDENT_DOC_OPENED, x->opened_at);
    put_moment(w, TEXT_INCIDENT_DOC_UNTIL, incident_report_until(x));
    put_moment(w, TEXT_INCIDENT_DOC_REPORTED, x->reported_at);
    put_value(w, TEXT_INCIDENT_NUMBER, x->reported_number);
    put_moment(w, TEXT_INCIDENT_DOC_WRITTEN, w->from->now_at);
    put_value(w, TEXT_INCIDENT_LATE_WHY, x->late_why);
}

static void write_what(struct writer *w)
{
    const struct incident *x = w->from->is;

    begin(w, TEXT_INCIDENT_WHAT);
    put_typed(w, x->what);
    put_value(w, TEXT_INCIDENT_NATURES, incident_natures(x->natures, w->language, w->arena));
    put_value(w, TEXT_INCIDENT_GOING_ON,
              catalogue_text(catalogue_of(w->language),
                             x->is_going_on ? TEXT_INCIDENT_GOING_ON_YES : TEXT_INCIDENT_GOING_ON_NO));
}

/* Of each kind what the register of processing says. */
static void write_data(struct writer *w)
{
    const struct incident *x = w->from->is;
    const struct activities *all = w->from->activities;
    struct date day = stockholm_day(x->noticed_at, NULL);

    begin(w, TEXT_INCIDENT_DOC_DATA);
    put_value(w, TEXT_INCIDENT_PERSONS, incident_amount(x->persons, w->language, w->arena));
    put_value(w, TEXT_INCIDENT_RECORDS, incident_amount(x->records, w->language, w->arena));
    for (size_t i = 0; i < all->n; i++) {
        const struct activity *activity = &all->activity[i];
        const struct insertion values[] = {
            insertion("name", activity->name[w->language]), insertion("persons", activity->persons),
            insertion("data", activity->data), insertion("purpose", activity->purpose),
            insertion("ground", legal_grounds_words(w->from->grounds, activity->id, day, w->arena))};

        if (incident_has_kind(x, activity->id))
            put(w, say(w, TEXT_INCIDENT_DOC_ACTIVITY, values, sizeof values / sizeof *values));
    }
}

static void write_consequences(struct writer *w)
{
    const struct incident *x = w->from->is;

    begin(w, TEXT_INCIDENT_CONSEQUENCES);
    put_value(w, TEXT_INCIDENT_RISK, catalogue_text(catalogue_of(w->language), incident_risk_words(x->risk)));
    put_value(w, TEXT_INCIDENT_RISK_WHY, x->risk_why);
    put_typed(w, x->consequences);
}

/* What was done, as it was noted. */
static void write_measures(struct writer *w)
{
    const struct incident_steps *all = w->from->steps;

    begin(w, TEXT_INCIDENT_MEASURES);
    put_typed(w, w->from->is->measures);
    for (size_t i = 0; i < all->n; i++) {
        const struct incident_step *step = &all->step[i];
        struct str what = catalogue_text(catalogue_of(w->language), incident_step_words(step->kind));

        struct str done = step->words.n > 0 ? joined(w, what, ". ", step->words) : what;

        put(w, joined(w, incident_moment(step->at, w->language, w->arena), ": ", done));
    }
}

static void write_telling(struct writer *w)
{
    const struct incident *x = w->from->is;

    begin(w, TEXT_INCIDENT_TELLING);
    put_key(w, incident_telling_words(x->telling));
    put_moment(w, TEXT_INCIDENT_TOLD, x->told_at);
    put(w, x->told_note);
}

void incident_report_write(const struct incident_source *from, struct arena *a, struct incident_document *out)
{
    struct writer w = {.from = from, .language = from->site->language, .arena = a, .out = out};

    *out = (struct incident_document){.title = TEXT_INCIDENT_DOC_REPORT,
                                      .about = TEXT_INCIDENT_DOC_REPORT_ABOUT};
    write_answers(&w);
    write_times(&w);
    write_what(&w);
    write_data(&w);
    write_consequences(&w);
    write_measures(&w);
    write_telling(&w);
    if (from->is->learned.n > 0) {
        begin(&w, TEXT_INCIDENT_LEARNED);
        put(&w, from->is->learned);
    }
}

/* Which of a person's own data it is about: the kinds, without law. */
static void write_own_data(struct writer *w)
{
    const struct activities *all = w->from->activities;

    begin(w, TEXT_INCIDENT_DOC_OWN_DATA);
    for (size_t i = 0; i < all->n; i++)
        if (incident_has_kind(w->from->is, all->activity[i].id))
            put(w, joined(w, all->activity[i].name[w->language], ": ", all->activity[i].data));
}

void incident_letter_write(const struct incident_source *from, struct arena *a, struct incident_document *out)
{
    struct writer w = {.from = from, .language = from->site->language, .arena = a, .out = out};

    *out = (struct incident_document){.title = TEXT_INCIDENT_DOC_LETTER,
                                      .about = TEXT_INCIDENT_DOC_LETTER_ABOUT};
    begin(&w, TEXT_INCIDENT_WHAT);
    put_typed(&w, from->is->what);
    put_moment(&w, TEXT_INCIDENT_NOTICED, from->is->noticed_at);
    write_own_data(&w);
    begin(&w, TEXT_INCIDENT_DOC_MEANS);
    put_typed(&w, from->is->consequences);
    begin(&w, TEXT_INCIDENT_DOC_WE_DO);
    put_typed(&w, from->is->measures);
    begin(&w, TEXT_INCIDENT_DOC_YOU_CAN);
    put_key(&w, TEXT_INCIDENT_DOC_TO_FILL_IN);
    write_answers(&w);
    begin(&w, TEXT_INCIDENT_DOC_RIGHTS);
    put_key(&w, TEXT_INCIDENT_DOC_RIGHTS_ABOUT);
}

struct str incident_document_text(const struct incident_document *d, enum language language, struct arena *a)
{
    const struct catalogue *texts = catalogue_of(language);
    struct text out = text_open(a);

    text_format(&out, "%.*s\r\n\r\n%.*s\r\n", STR(catalogue_text(texts, d->title)),
                STR(catalogue_text(texts, d->about)));
    for (size_t i = 0; i < d->sections; i++) {
        text_format(&out, "\r\n%.*s\r\n", STR(catalogue_text(texts, d->section[i].heading)));
        for (size_t k = 0; k < d->section[i].paragraphs; k++) {
            text_lit(&out, "\r\n");
            text_add(&out, d->section[i].paragraph[k]);
            text_lit(&out, "\r\n");
        }
    }
    return text_str(&out);
}

/* A mapping is opened, anew or to correct one that is published. */
#include "publishing/handlers.h"

#include "base/arena.h"
#include "mapping/mapping.h"
#include "mapping/specification.h"
#include "pages.h"
#include "portal/portal.h"
#include "publishing/round_view.h"
#include "release/release.h"
#include "release/standing.h"
#include "store/city.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>

struct round_questions {
    struct field_set *fields;
    struct field *first_year, *last_year;
    struct field *title_sv, *title_en, *people_sv, *people_en, *source_sv, *source_en;
    struct field *specification, *is_example, *reason;
};

static struct field *ask_text(struct field_set *f, const char *name, enum text_key label, struct str start)
{
    struct field *x = field_add(f, FIELD_TEXT, name, label);

    field_start(f, x, start);
    return x;
}

static void ask_years(struct round_questions *q, const struct round *start)
{
    q->first_year = field_add(q->fields, FIELD_NUMBER, "first_year", TEXT_PUBLISHING_FORM_YEAR);
    q->first_year->width = "n4";
    q->last_year = field_add(q->fields, FIELD_NUMBER, "last_year", TEXT_PUBLISHING_FORM_LAST_YEAR);
    field_hint(q->fields, q->last_year, TEXT_PUBLISHING_FORM_LAST_YEAR_HINT);
    q->last_year->width = "n4";
    q->last_year->is_optional = true;
    if (start->first_year)
        field_start_i64(q->fields, q->first_year, start->first_year);
}

/* A correction is of the same years: they are not asked for. */
static struct round_questions ask(const struct request *r, const struct round *start, const struct form *sent)
{
    struct round_questions q = {.fields = field_set_open(sent, catalogue_of(r->language), r->arena)};
    struct field_set *f = q.fields;

    if (start->corrects.n) {
        q.reason = field_add(f, FIELD_AREA, "reason", TEXT_PUBLISHING_FORM_REASON);
        field_hint(f, q.reason, TEXT_PUBLISHING_FORM_REASON_HINT);
    } else {
        ask_years(&q, start);
    }
    q.title_sv = ask_text(f, "title_sv", TEXT_PUBLISHING_FORM_TITLE_SV, start->title_sv);
    q.title_en = ask_text(f, "title_en", TEXT_PUBLISHING_FORM_TITLE_EN, start->title_en);
    q.people_sv = ask_text(f, "people_sv", TEXT_PUBLISHING_FORM_PEOPLE_SV, start->people_sv);
    q.people_en = ask_text(f, "people_en", TEXT_PUBLISHING_FORM_PEOPLE_EN, start->people_en);
    q.source_sv = ask_text(f, "source_sv", TEXT_PUBLISHING_FORM_SOURCE_SV, start->source_sv);
    field_hint(f, q.source_sv, TEXT_PUBLISHING_FORM_SOURCE_HINT);
    q.source_en = ask_text(f, "source_en", TEXT_PUBLISHING_FORM_SOURCE_EN, start->source_en);
    q.specification = field_add(f, FIELD_AREA, "specification", TEXT_PUBLISHING_FORM_SPECIFICATION);
    field_hint(f, q.specification, TEXT_PUBLISHING_FORM_SPECIFICATION_HINT);
    field_start(f, q.specification, start->specification);
    q.is_example = field_add(f, FIELD_CHECKBOXES, "example", TEXT_PUBLISHING_FORM_EXAMPLE);
    q.is_example->is_optional = true;
    field_option(f, q.is_example, S("yes"), portal_text(r, TEXT_PUBLISHING_FORM_EXAMPLE_YES),
                 start->is_example);
    return q;
}

static void read_years(struct round_questions *q, struct round *out)
{
    int64_t first = 0;
    int64_t last = 0;

    field_i64(q->fields, q->first_year, MAPPING_FIRST_YEAR, MAPPING_LAST_YEAR, &first);
    field_i64(q->fields, q->last_year, first ? first : MAPPING_FIRST_YEAR, MAPPING_LAST_YEAR, &last);
    out->first_year = (int)first;
    out->last_year = (int)(last ? last : first);
}

static void read(struct round_questions *q, struct round *out)
{
    struct field_set *f = q->fields;
    uint64_t chosen = 0;

    if (q->reason)
        field_str(f, q->reason, ROUND_REASON_LETTERS, &out->reason);
    else
        read_years(q, out);
    field_str(f, q->title_sv, ROUND_TEXT_LETTERS, &out->title_sv);
    field_str(f, q->title_en, ROUND_TEXT_LETTERS, &out->title_en);
    field_str(f, q->people_sv, ROUND_TEXT_LETTERS, &out->people_sv);
    field_str(f, q->people_en, ROUND_TEXT_LETTERS, &out->people_en);
    field_str(f, q->source_sv, ROUND_TEXT_LETTERS, &out->source_sv);
    field_str(f, q->source_en, ROUND_TEXT_LETTERS, &out->source_en);
    field_str(f, q->specification, ROUND_SPECIFICATION_LETTERS, &out->specification);
    field_choices(f, q->is_example, &chosen);
    out->is_example = chosen != 0;
}

static void draw(const struct request *r, const struct round_questions *q, const struct round *round,
                 struct response *out)
{
    struct portal_view around = portal_view_of(r);
    bool is_correction = round->corrects.n > 0;
    enum text_key title = is_correction ? TEXT_PUBLISHING_CORRECT_TITLE : TEXT_PUBLISHING_NEW_TITLE;
    struct round_form_view v = {
        .layout = portal_form_layout(&around, portal_text(r, title), r->path, q->fields->errors, r->arena),
        .fields = q->fields,
        .title = title,
        .about = is_correction ? TEXT_PUBLISHING_CORRECT_ABOUT : TEXT_PUBLISHING_NEW_ABOUT,
        .button = is_correction ? TEXT_PUBLISHING_CORRECT_BUTTON : TEXT_PUBLISHING_NEW_BUTTON,
        .told = round->corrects,
        .action = request_address(r->path, r->language, r->arena),
        .back = portal_href(r, "/kartlaggningar")};

    page_publishing_form(response_page(out), &v);
}

_Static_assert((int)SPECIFICATION_LETTERS <= (int)ROUND_SPECIFICATION_LETTERS &&
                   (int)SPECIFICATION_LINE_LETTERS <= (int)ROUND_TEXT_LETTERS,
               "what mappings begin from must fit in one");

/* What the city's mappings begin from, or the most common words. */
static enum status new_round(const struct request *r, struct round *out, struct err *e)
{
    struct mapping_specification x;
    bool is_there = false;

    TRY(mapping_specification_read(portal_db(r), r->arena, &x, &is_there, e));
    *out = (struct round){.people_sv = S("möjliga offer för människohandel"),
                          .people_en = S("potential victims of human trafficking"),
                          .corrects = S(""),
                          .reason = S("")};
    if (!is_there)
        return OK;
    out->people_sv = x.people_sv;
    out->people_en = x.people_en;
    out->source_sv = x.source_sv;
    out->source_en = x.source_en;
    out->specification = x.words;
    return OK;
}

enum status round_new_show(const struct request *r, struct response *out, struct err *e)
{
    struct round start;

    TRY(new_round(r, &start, e));
    struct round_questions q = ask(r, &start, NULL);
    draw(r, &q, &start, out);
    return OK;
}

static enum status open_round(const struct request *r, struct round *round, struct response *out,
                              struct err *e)
{
    const struct who who = portal_who(r);

    TRY(round_open(portal_db(r), round, publishing_person(r), &who, e));
    return portal_redirect(r, out, str_of(arena_printf(r->arena, "/kartlaggningar/%" PRId64, round->id)));
}

/* Years that are published already are corrected instead: told at the year. */
enum status round_new_take(const struct request *r, struct response *out, struct err *e)
{
    struct str taken = S("");
    struct round start;

    TRY(new_round(r, &start, e));
    struct round_questions q = ask(r, &start, &r->form);
    struct round round = start;
    read(&q, &round);
    if (round.first_year)
        TRY(release_of_years(portal_db(r), round.first_year, round.last_year, r->arena, &taken, e));
    if (taken.n)
        field_wrong(q.fields, q.first_year, TEXT_PUBLISHING_FORM_YEAR_TAKEN);
    if (q.fields->errors == 0)
        return open_round(r, &round, out, e);
    draw(r, &q, &start, out);
    return response_correct(out);
}

/* What the release says of itself, to begin from; *is_there is false when there is none to correct. */
static enum status start_from(const struct request *r, struct round *out, bool *is_there,
                              struct response *answer, struct err *e)
{
    struct release *release = arena_new(r->arena, 1, struct release);
    struct str name = request_param(r, "name");
    struct release_standing standing;
    enum status s = release_standing(portal_db(r), name, r->arena, &standing, e);

    *is_there = s == OK && standing.corrected_by.n == 0;
    if (s == REFUSED || (s == OK && !*is_there))
        return response_error(answer, 404);
    TRY(s);
    TRY(release_read(release_path(portal_of(r)->city, name, r->arena), S(""), r->arena, release, e));
    const struct mapping *m = &release->mapping;
    *out = (struct round){.first_year = m->first_year,
                          .last_year = m->last_year,
                          .title_sv = m->title_sv,
                          .title_en = m->title_en,
                          .people_sv = m->people_sv,
                          .people_en = m->people_en,
                          .source_sv = m->source_sv,
                          .source_en = m->source_en,
                          .is_example = m->is_example,
                          .corrects = name};
    return OK;
}

enum status round_correct_show(const struct request *r, struct response *out, struct err *e)
{
    struct round start;
    bool is_there = false;

    TRY(start_from(r, &start, &is_there, out, e));
    if (!is_there)
        return OK;
    struct round_questions q = ask(r, &start, NULL);
    draw(r, &q, &start, out);
    return OK;
}

enum status round_correct_take(const struct request *r, struct response *out, struct err *e)
{
    struct round start;
    bool is_there = false;

    TRY(start_from(r, &start, &is_there, out, e));
    if (!is_there)
        return OK;
    struct round round = start;
    struct round_questions q = ask(r, &start, &r->form);
    read(&q, &round);
    if (q.fields->errors == 0)
        return open_round(r, &round, out, e);
    draw(r, &q, &start, out);
    return response_correct(out);
}

/* A form's questions: what was typed, what is wrong with it, and how it is shown again with nothing lost.
 *
 *     struct field_set *f = field_set_open(str_is(r->method, "POST") ? &r->form : NULL, texts, r->arena);
 *     v->title = field_add(f, FIELD_TEXT, "title", TEXT_SEMINAR_TITLE);
 *     field_start(v->title, seminar->title);                      what stands there before anybody types
 *     ...
 *     if (f->is_sent && field_str(f, v->title, 200, &title) && f->errors == 0)  save and redirect
 *     page_seminar_form(response_page(out), v);                   {% include field_summary(h, v->fields) %}
 * and return f->errors ? response_correct(out) : OK;              {% include field(h, v->title) %} a question
 *
 * Readers are called for every field, also after one has failed, so that all faults are told at once. */
#ifndef LYKTA_WEB_FIELD_H
#define LYKTA_WEB_FIELD_H

#include "base/date.h"
#include "base/str.h"
#include "web/form.h"
#include "web/language.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum { FIELDS_MOST = 60, FIELD_DATE_PARTS = 3 };

enum field_kind {
    FIELD_TEXT,
    FIELD_EMAIL,
    FIELD_TEL,
    FIELD_PASSWORD, /* never shown again */
    FIELD_CODE,     /* digits from another device */
    FIELD_FILE,     /* chosen from one's own machine, and never shown again: form_file reads it */
    FIELD_NUMBER,
    FIELD_TIME, /* "08.30" */
    FIELD_AREA, /* several lines */
    FIELD_DATE, /* three fields: <name>-day, <name>-month, <name>-year */
    FIELD_RADIOS,
    FIELD_CHECKBOXES,
    FIELD_SELECT
};

/* One answer to choose. */
struct field_option {
    struct str value;
    struct str label;
    struct str hint;
    struct str id; /* of its input: the first has the field's name */
    bool is_chosen;
};

struct field {
    enum field_kind kind;
    const char *name; /* also the id of its first input */
    struct str label;
    struct str hint;  /* empty: none */
    struct str error; /* empty: nothing is wrong */
    struct str value; /* as typed; a date's is empty */
    struct str part[FIELD_DATE_PARTS];
    struct str saved;  /* what stands in the database, in the form it is typed in */
    bool is_optional;  /* may be left empty; the label says so */
    bool is_many;      /* of files: several may be chosen at once */
    bool is_overtaken; /* somebody else has saved something else meanwhile: `saved` is shown beside it */
    const char *autocomplete; /* WCAG 2.2, 1.3.5: "email", "name", "current-password"; NULL: off */
    const char *width;        /* "n2" or "n8" for short answers, "tall" for long texts; NULL: whole */
    size_t options;
    struct field_option *option;
    size_t option_room;
    struct str described_by; /* ids of hint and error */
};

struct field_set {
    const struct form *sent; /* NULL: shown for the first time */
    bool is_sent;
    const struct catalogue *texts;
    struct arena *arena;
    size_t n;
    struct field *field[FIELDS_MOST];
    size_t errors;
    bool is_overtaken;
};

struct field_set *field_set_open(const struct form *sent, const struct catalogue *texts, struct arena *a);

/* A new question with what was typed for it, in the order of the page. */
struct field *field_add(struct field_set *f, enum field_kind kind, const char *name, enum text_key label);
void field_hint(struct field_set *f, struct field *x, enum text_key hint);

/* What stands in the database: shown when nothing was typed yet, and compared with what was. */
void field_start(struct field_set *f, struct field *x, struct str saved);
void field_start_i64(struct field_set *f, struct field *x, int64_t saved);
void field_start_date(struct field_set *f, struct field *x, struct date saved);
void field_start_time(struct field_set *f, struct field *x, int minutes); /* since midnight */

/* An answer to choose; `is_first` when it is chosen before anybody has. */
struct field_option *field_option(struct field_set *f, struct field *x, struct str value, struct str label,
                                  bool is_first);

/* Says that `x` is wrong, unless something was said before. Returns false. */
bool field_wrong(struct field_set *f, struct field *x, enum text_key error);
bool field_wrong_text(struct field_set *f, struct field *x, struct str error);

/* Readers: true with *out, or false with the error at the field (none when the form was not sent). An
 * optional field that is left empty gives an empty text, 0, no date, -1. */
bool field_str(struct field_set *f, struct field *x, size_t most_letters, struct str *out);
bool field_i64(struct field_set *f, struct field *x, int64_t lo, int64_t hi, int64_t *out);
bool field_date(struct field_set *f, struct field *x, struct date earliest, struct date latest,
                struct date *out);
bool field_time(struct field_set *f, struct field *x, int *minutes);
bool field_email(struct field_set *f, struct field *x, struct str *out); /* web/address.h; in the arena */
bool field_choice(struct field_set *f, struct field *x, size_t *index);
bool field_choices(struct field_set *f, struct field *x, uint64_t *bits); /* bit i: option i */

/* Two have changed the same thing: marks each field whose typed value differs from what is saved now, for the
 * notice {% include field_overtaken(h, f) %}. The form carries the new version, so that the next save is made
 * knowingly. */
void field_set_overtaken(struct field_set *f);

#endif

/* What the pages of mappings under way show. */
#ifndef LYKTA_PUBLISHING_ROUND_VIEW_H
#define LYKTA_PUBLISHING_ROUND_VIEW_H

#include "public/report_view.h"
#include "publishing/round.h"
#include "publishing/round_draft.h"
#include "web/field.h"
#include "web/language.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct html;
struct release;

/* A mapping under way, in a list. */
struct round_card {
    struct str title, period, href;
    enum text_key state, next; /* where it is, and who does what next */
    bool is_refused, is_done;
};

/* A published release, in a list. */
struct published_row {
    struct str title, name, href;
    bool is_in_force;
    struct str correct_href, withdraw_href; /* empty: who asks may not, or it is done */
};

struct rounds_view {
    struct layout layout;
    size_t rounds;
    const struct round_card *round;
    size_t releases;
    const struct published_row *release;
    bool may_open;
    struct str open_href, areas_href, ahead_href;
};

struct step_view {
    struct date on;
    struct str by; /* a name, or the program */
    enum text_key what;
    struct str reason;
};

/* A figure and what its protection costs. */
struct loss_row {
    struct str label;
    struct str shown;
    int64_t lo, hi;
    int64_t percent; /* the true figure is at most so many per cent from the shown; -1: not to be said */
};

/* A table of the report, and how much of it is too small to be shown. */
struct hidden_row {
    struct str label;
    int64_t figures, few;
    int64_t percent; /* of the figures, rounded down */
};

struct attack_row {
    struct str release; /* empty: the draft alone */
    bool is_same_people;
    int64_t figures, exposed;
    int64_t values; /* so many are left for the figure that is best known */
};

struct protection_view {
    const struct release *draft;
    int64_t few, figures; /* too small to be shown, of all in the tables */
    size_t hiddens;       /* tables */
    const struct hidden_row *hidden;
    size_t attacks;
    const struct attack_row *attack;
    size_t losses;
    const struct loss_row *loss;
};

struct round_evidence_view;
struct situation_row;

struct round_view {
    struct layout layout;
    const struct round *round;
    struct str title, people, source, period, told;
    enum text_key state, next;
    bool is_at_work, has_draft, has_protection;
    struct date publish_on;
    struct report_view report; /* of the draft */
    struct protection_view protection;
    const struct round_evidence_view *evidence; /* NULL: none, or not for who asks */
    struct str reader; /* by a link of their own, without an account; empty: somebody who works on it */
    struct date reader_until;
    size_t situations; /* 0: none were counted in its years */
    struct situation_row *situation;
    size_t steps;
    const struct step_view *step;
    struct str back_href, upload_href, propose_href, take_back_href, decide_href, undo_href, close_href,
        draft_href, readers_href, lists_href, release_href; /* empty: not now, or not by who asks */
};

/* A form: open, correct, upload, decide, withdraw. */
struct round_form_view {
    struct layout layout;
    struct field_set *fields;
    struct field *file[2]; /* among them, chosen from the computer */
    enum text_key title, about, button;
    struct str told; /* what else must be known: of what it is, or why it was not done */
    bool is_told_fault;
    bool is_upload, is_blocked; /* blocked: told alone is shown */
    struct str action, back;
    struct str names_href; /* names to begin from, of an upload; empty: none */
};

enum text_key round_state_words(enum round_state state);
enum text_key round_next_words(const struct round *round);
enum text_key round_step_words(struct str what);

/* The report about how `draft` is protected, in `a`. */
struct protection_view protection_view_of(const struct release *draft, const struct round_audit *audits,
                                          size_t n, enum language language, struct arena *a);

/* The greatest error of each figure, drawn. */
void protection_chart(struct html *h, const struct protection_view *v);

#endif

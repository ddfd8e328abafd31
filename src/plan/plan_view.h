/* What the pages of the action plan show. */
#ifndef LYKTA_PLAN_PLAN_VIEW_H
#define LYKTA_PLAN_PLAN_VIEW_H

#include "plan/measure.h"
#include "plan/plan.h"
#include "web/field.h"
#include "web/language.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>

struct html;

/* Who reads: links of a printout lead nowhere, those of the public plan to what everyone may read. Pages take
 * it as an int, their only kind of number. */
enum plan_reader_kind { PLAN_FOR_MEMBER, PLAN_FOR_PUBLIC, PLAN_FOR_PRINT };

/* A measure in a list, or whole. Texts of it are as they are stored. */
struct measure_card {
    const struct measure *measure;
    struct str href;
    enum text_key goal, state;
    bool is_overdue;
    enum plan_change change; /* since the last decision; PLAN_SAME when nothing was decided */
};

/* Measures under one heading: a goal, or a state on the board. */
struct measure_group {
    enum text_key title;
    size_t n;
    const struct measure_card *card;
};

struct plan_view {
    struct layout layout;
    size_t groups;
    const struct measure_group *group;
    size_t measures, overdue;
    bool is_board, is_own, may_change, may_report, has_decision;
    struct plan_decision decision; /* the latest */
    size_t changed, removed;       /* since it */
    size_t unowned;                /* measures without an owner */
    struct str list_href, board_href, own_href, template_href, new_href, import_href, decide_href,
        owners_href, csv_href, xlsx_href, pdf_href, public_href;
};

/* A step of a measure. */
struct step_row {
    struct date on;
    enum text_key state;
    struct str note;
};

struct measure_view {
    struct layout layout;
    struct measure_card card;
    bool may_change, may_report;
    struct date reminded_on, followed_on; /* the owner's last letter, and when its link was followed */
    size_t steps;
    const struct step_row *step;
    struct field_set *fields; /* how it goes */
    struct field *state, *note;
    struct str report_href, change_href, remove_href, back_href;
};

/* The page of a reminder's link. */
struct answer_view {
    struct layout layout;
    bool is_valid; /* false: the link has ended, or never was one */
    bool is_told;  /* something was just told */
    struct str error, organisation, action;
    size_t groups;
    const struct measure_group *group;
};

/* A form: of a new or changed measure, of a decision. */
struct plan_form_view {
    struct layout layout;
    struct field_set *fields;
    enum text_key title, about, button;
    struct str action, back;
};

/* A row of the template, as a box to tick. */
struct template_row {
    struct str code, title, often, done_when;
    bool is_in_plan;
};

struct template_group {
    enum text_key title;
    size_t n;
    const struct template_row *row;
};

struct template_view {
    struct layout layout;
    size_t groups;
    const struct template_group *group;
    struct str action, back;
    bool is_empty; /* it was sent without a tick */
};

/* A measure that nobody owns, and who could: the name of its field, and the organisations of the network. */
struct owner_row {
    struct str name, title;
};

struct owner_option {
    int64_t id;
    struct str name;
};

/* An owner of open measures, and when it was last written to; no date: it was not. */
struct reached_row {
    struct str name;
    int64_t open;
    bool has_contact;
    struct date sent_on, followed_on;
};

struct owners_view {
    struct layout layout;
    bool is_empty; /* the plan has no measures */
    struct str title;
    size_t reached;
    const struct reached_row *reached_row;
    struct str action, back;
    size_t rows, options;
    const struct owner_row *row;
    const struct owner_option *option;
};

/* A decided plan, for everyone. */
struct decided_view {
    struct layout layout;
    bool has_decision;
    struct plan_decision decision;
    size_t groups;
    const struct measure_group *group;
    size_t decisions; /* all of them, to read older ones */
    const struct plan_decision *other;
    struct str href; /* of the newest */
};

/* A row of a file with a plan. */
struct plan_import_row {
    int64_t line;
    const struct measure *measure;
    enum text_key goal, fault;
};

struct plan_import_view {
    struct layout layout;
    struct str error; /* empty: none */
    struct str name;  /* of the file */
    struct str action, back;
    size_t right, wrong;
    const struct plan_import_row *right_row, *wrong_row;
};

/* The words for a goal and a state. */
enum text_key plan_goal_words(enum plan_goal goal);
enum text_key measure_state_words(enum measure_state state);

/* Is the link one that the reader can follow? Its address, and that of a measure that is waited for, in the
 * language of the page. */
bool plan_link_leads(const struct measure_link *link, int reader);
struct str plan_link_href(const struct html *h, const struct measure_link *link);
struct str plan_wait_href(const struct html *h, const struct measure_wait *wait);

/* The measures under their goals, or under their states; `changes` may be NULL, `path` is put before the id
 * of each ("/plan/matt/", empty: no links). Empty goals are left out, empty states are not. In `a`. */
const struct measure_group *plan_groups_by_goal(const struct measures *all, const enum plan_change *changes,
                                                struct str path, struct date today, struct arena *a,
                                                size_t *n);
const struct measure_group *plan_groups_by_state(const struct measures *all, struct str path,
                                                 struct date today, struct arena *a, size_t *n);

#endif

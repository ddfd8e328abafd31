/* What the page of a gathering shows, and the steps that are taken on it. */
#ifndef LYKTA_GATHERING_GATHERING_VIEW_H
#define LYKTA_GATHERING_GATHERING_VIEW_H

#include "gathering/gathering.h"
#include "portal/permission.h"
#include "web/field.h"
#include "web/language.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>

struct gathering_asking_view;
struct request;
struct response;
struct round;

/* What is done on the page, each by a form of its own. */
enum gathering_step {
    STEP_START,
    STEP_READER,
    STEP_KEY,
    STEP_LEAVE,
    STEP_KEYS,
    STEP_DIGITS,
    STEP_SECRET,
    STEP_LIST,
    STEP_RING_JOIN,
    STEP_RING_LEAVE,
    STEP_RING_CLOSE,
    STEP_RING_PASS,
    STEP_RING_OUT,
    STEP_RING_ANEW,
    STEP_SHORT,
    STEP_ASK,
    STEP_ACCURACY,
    STEP_RECEIPT,
    STEP_ANEW,
    STEP_END,
    STEPS
};

/* A step's form. */
struct gathering_form {
    const struct gathering_step_row *row;
    struct field_set *fields;
    struct str action;
    struct str command; /* what is run on one's own machine first; empty: nothing */
    bool has_files;
};

/* The table of steps: who takes them, when, in which words. */
struct gathering_step_row {
    const char *path; /* after /listor */
    enum permission permission;
    uint32_t states; /* of the gathering */
    enum text_key title, about, button;
    enum text_key wrong; /* at the first field, when what was handed in is not what it should be */
    bool is_aside;       /* below what comes next: to begin anew, to leave, to end */
    bool is_asking;      /* among the questions to those who keep the lists */
};
extern const struct gathering_step_row gathering_steps[STEPS];

struct gathering_row {
    const struct gathering_list *list;
    const struct gathering_list *turn; /* in a ring: whose turn it is to raise it; NULL: nobody's */
    const struct gathering_list *last; /* and who did last */
    enum text_key digits;
    bool shows_size;
    struct str missing; /* "förnamn 3 %, född 12 %"; empty: nothing is told */
    struct date handed_in_on, receipt_on;
    struct str fetch; /* for who links, or whose turn it is; empty: not for who asks, or not there */
};

struct gathering_file {
    struct str name, href;
    struct str list; /* whose list is in it; empty: nobody's */
};

struct gathering_view {
    struct layout layout;
    const struct gathering *g;
    struct str title; /* of the mapping */
    struct str back;
    bool is_there;
    bool is_ring;
    enum text_key heading, state, next, link_title, link_about;
    size_t rows;
    const struct gathering_row *row;
    size_t files;
    const struct gathering_file *file;
    size_t forms, asides;
    const struct gathering_form *form[STEPS], *aside[STEPS];
    size_t asking_forms;
    const struct gathering_form *asking_form[STEPS];
    const struct gathering_asking_view *asking; /* NULL: nothing is asked, nor can be */
    struct str link_command, upload;            /* for who links, once two lists are in; empty: not now */
    bool waits;                                 /* a list is so short that the coordinator must agree */
};

/* What is shown of a gathering: `corrected` is the form of `step` as it was sent, NULL when none was. */
struct gathering_page {
    const struct round *round;
    const struct gathering *g;
    bool is_there;
    enum gathering_step step;
    const struct gathering_form *corrected;
};
void gathering_page_show(const struct request *r, const struct gathering_page *page, struct response *out);

/* Adds the file `name`, with the list of that name if there is one in it, to those that who asks may fetch;
 * `files` has room for it. */
void gathering_file_add(const struct request *r, struct gathering_view *v, struct gathering_file *files,
                        struct str name, struct str list);

/* What the page shows of a ring: whose turn it is, the files for who asks, and what is counted in the end. */
void gathering_show_ring(const struct request *r, struct gathering_view *v);

/* What the page shows of questions to those who keep the lists (gathering_asking_view.h), once its forms are
 * there. */
void gathering_show_asking(const struct request *r, struct gathering_view *v);

/* May who asks fetch the lists of a ring to count them? Who keeps a list does not count. */
bool gathering_may_count(const struct request *r, const struct gathering *g);

/* The form of a step as it stands; `sent` is what was posted to it, NULL when it is shown. */
struct gathering_form *gathering_form_of(const struct request *r, const struct gathering *g,
                                         enum gathering_step step, const struct form *sent);

/* Does what was posted to `form`: BAD_INPUT when it is not what it should be, which the form then says. */
enum status gathering_take(const struct request *r, const struct gathering *g, enum gathering_step step,
                           struct gathering_form *form, struct err *e) MUST_USE;

/* May who asks take the step now? */
bool gathering_may(const struct request *r, const struct gathering *g, enum gathering_step step);

/* What who links runs on the lists that are in, and `rest` after it; empty while there are fewer than two. */
struct str gathering_link_command(const struct gathering *g, const char *rest, struct arena *a);

/* The names of files as they are fetched and stand in commands. */
struct str gathering_key_name(const struct gathering_list *list, struct arena *a);
struct str gathering_list_name(const struct gathering *g, const struct gathering_list *list, struct arena *a);

/* "/kartlaggningar/7/listor" with `rest` after it, in the visitor's language. */
struct str gathering_href(const struct request *r, int64_t round, const char *rest);

#endif

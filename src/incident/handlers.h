/* The pages of incidents, between the files of this room. */
#ifndef LYKTA_INCIDENT_HANDLERS_H
#define LYKTA_INCIDENT_HANDLERS_H

#include "incident/incident.h"
#include "web/field.h"
#include "web/language.h"
#include "web/route.h"

struct incident_form_view;

enum { INCIDENT_FIELDS = 8, INCIDENT_WORDS_LETTERS = 4000 };

/* The questions of one form, in their order. */
struct incident_form {
    struct field_set *f;
    int64_t version; /* of the incident that it changes; 0: it changes none */
    size_t n;
    struct field *x[INCIDENT_FIELDS];
};

/* A form that changes an incident. */
struct incident_form_kind {
    const char *path; /* the last part of its address */
    enum text_key title, about, button;
    const char *action;
    enum incident_step_kind step;
    enum status (*ask)(const struct request *r, struct incident_form *form, const struct incident *x,
                       struct err *e);
    /* Reads the answers into *x; faults are told at their fields. */
    void (*take)(const struct request *r, struct incident_form *form, struct incident *x);
};

extern const struct incident_form_kind incident_facts;       /* incident_facts.c */
extern const struct incident_form_kind incident_decisions[]; /* incident_decide.c; ends without a path */

/* incident_form.c: a form with its fields, empty. */
struct incident_form incident_form_open(const struct request *r);
struct field *incident_form_add(struct incident_form *form, enum field_kind kind, const char *name,
                                enum text_key label, enum text_key hint);

/* A day and a time, two fields that follow each other; `saved_at` is 0 for none. */
void incident_form_add_moment(struct incident_form *form, const char *day, const char *time,
                              enum text_key day_label, enum text_key time_label, int64_t saved_at);

/* Reads the two fields from `i` on: false, and the fault at its field, when it is no moment from
 * `earliest_at` until now. */
bool incident_form_moment(const struct request *r, struct incident_form *form, size_t i, int64_t earliest_at,
                          int64_t *at);

/* Shows it at `path` ("/incident/3/bedomning"): 422 when it is shown again with faults. */
enum status incident_form_draw(const struct request *r, struct response *out, struct incident_form *form,
                               const struct incident_form_kind *kind, struct str title, const char *path);

/* incident_form.c */
route_handler incident_new_show, incident_new_take, incident_form_show, incident_form_take;
/* incident_show.c */
route_handler incidents_show, incident_show, incident_note_take;
/* incident_doors.c */
route_handler incident_doors_show, incident_doors_take;
/* incident_file.c */
route_handler incident_file_show;

/* incident_show.c: the incident of the route; *is_there is false, and 404 in `out`, when there is none. */
enum status incident_of(const struct request *r, struct response *out, struct incident *x, bool *is_there,
                        struct err *e) MUST_USE;

/* Back to its page. */
enum status incident_go_back(const struct request *r, struct response *out, int64_t id);

#endif

/* What the pages of incidents show. */
#ifndef LYKTA_INCIDENT_INCIDENT_VIEW_H
#define LYKTA_INCIDENT_INCIDENT_VIEW_H

#include "incident/incident.h"
#include "portal/doors.h"
#include "web/field.h"
#include "web/language.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>

struct incident_row {
    struct str href, name; /* "Incident 3" */
    struct str noticed;
    struct str clock; /* "51 tim 12 min kvar"; empty: there is none to watch */
    bool is_late;
    bool is_closed;
};

struct incidents_view {
    struct layout layout;
    struct str new_href; /* empty: who reads may not */
    enum text_key doors;
    size_t rows;
    const struct incident_row *row;
};

/* Where the report to the authority stands. */
enum incident_clock {
    INCIDENT_CLOCK_RUNS,
    INCIDENT_CLOCK_LATE,
    INCIDENT_CLOCK_REPORTED,
    INCIDENT_CLOCK_NOT_NEEDED,
    INCIDENT_CLOCK_CLOSED
};

struct incident_step_row {
    struct str when, who;
    enum text_key what;
    struct str words;
};

struct incident_view {
    struct layout layout;
    const struct incident *is;
    struct str back;

    enum incident_clock clock;
    struct str until, left; /* "29 november 2026 kl. 14:05", "51 tim 12 min" */
    struct str noticed, reported, told, closed;
    struct str natures, kinds, persons, records;
    enum text_key risk, telling;
    bool is_reported_late;

    enum text_key doors;
    bool are_doors_shut;
    struct str doors_href; /* empty: who reads may not */

    /* Empty when who reads may not, or it is closed. */
    struct str change_href, judge_href, report_href, tell_href, close_href, note_action;
    struct str report_pdf, report_text, letter_pdf, letter_text, numbers_csv;
    int missing; /* incident_missing */
    struct field *note;
    struct field_set *fields; /* of the note */

    size_t steps;
    const struct incident_step_row *step;
};

/* A page with one form: its questions in order. */
struct incident_form_view {
    struct layout layout;
    struct field_set *fields;
    enum text_key about;
    enum text_key button;
    int64_t version; /* 0: none is sent */
    struct str action, back;
};

/* What is sent or printed: headings, each with its paragraphs. */
enum { INCIDENT_SECTIONS = 12 };

struct incident_section {
    enum text_key heading;
    size_t paragraphs;
    size_t room;
    struct str *paragraph;
};

struct incident_document {
    struct layout layout;
    enum text_key title, about;
    size_t sections;
    struct incident_section section[INCIDENT_SECTIONS];
};

#endif

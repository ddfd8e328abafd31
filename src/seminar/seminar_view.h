/* What the pages of seminars show to readers and guests. */
#ifndef LYKTA_SEMINAR_SEMINAR_VIEW_H
#define LYKTA_SEMINAR_SEMINAR_VIEW_H

#include "seminar/seminar.h"
#include "seminar/signup.h"
#include "web/field.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct seminar_card {
    struct str href, title, when, place;
    int64_t free; /* seats */
    bool takes;   /* one can sign up */
};

struct seminar_list_view {
    struct layout layout;
    size_t n;
    const struct seminar_card *card;
    struct str calendar_href, atom_href;
};

struct seminar_show_view {
    struct layout layout;
    const struct seminar *s;
    struct str when;
    size_t speakers;
    const struct str *speaker;
    int64_t free;
    bool takes, is_past;
    struct str sign_up_href, calendar_href;
    struct str check_in_href; /* empty: there is no code in the room now */
};

struct signup_view {
    struct layout layout;
    struct field_set *fields;
    struct field *name, *organisation, *actor, *email, *needs, *letters; /* NULL: not asked for */
    const struct seminar *s;
    struct str when, action;
    bool is_full;
};

/* One thing said, and a way on. */
struct said_view {
    struct layout layout;
    struct str title, text;
    struct str href, link; /* empty: none */
};

/* A guest's own page. */
struct guest_view {
    struct layout layout;
    const struct seminar *s;
    const struct signup *guest;
    struct str when;
    int64_t turn; /* in the waiting list; 0: has a seat, or does not come */
    bool is_past;
    bool checks_in; /* there is a code in the room today, and the guest is not ticked yet */
    bool evaluates;
    struct str confirm, change, replace, cancel, check_in, evaluate, again, calendar, join;
    struct field_set *fields; /* of check-in */
    struct field *code;
};

struct guest_form_view {
    struct layout layout;
    struct field_set *fields;
    const struct seminar *s;
    struct str when, action, back;
    struct field *name, *organisation, *needs, *email; /* NULL: not asked for */
};

struct evaluation_view {
    struct layout layout;
    struct field_set *fields;
    struct field *useful, *acts, *words;
    const struct seminar *s;
    struct str action;
};

/* Somebody invited. */
struct invited_view {
    struct layout layout;
    const struct seminar *s;
    struct str when, name;
    bool takes, has_said_no;
    struct str yes, no, other, guest; /* guest: already signed up, leads there; else empty */
};

struct check_in_view {
    struct layout layout;
    struct field_set *fields;
    struct field *code, *email;
    const struct seminar *s;
    struct str action;
    bool is_scanned; /* the code came with the address */
    bool is_done;
};

#endif

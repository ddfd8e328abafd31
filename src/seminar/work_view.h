/* What the coordinator's pages of seminars show. */
#ifndef LYKTA_SEMINAR_WORK_VIEW_H
#define LYKTA_SEMINAR_WORK_VIEW_H

#include "mail/letter.h"
#include "mail/mail.h"
#include "seminar/attendance.h"
#include "seminar/invitation.h"
#include "seminar/seminar.h"
#include "seminar/seminar_statistics.h"
#include "seminar/signup.h"
#include "web/field.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct work_row {
    struct str href;
    const struct seminar *s;
    struct str when;
    enum text_key state;
};

struct work_list_view {
    struct layout layout;
    struct str new_href, statistics_href;
    size_t n;
    const struct work_row *row;
};

struct work_form_view {
    struct layout layout;
    struct field_set *fields;
    struct field *title, *held_on, *from, *to, *place, *access, *about, *speakers, *seats, *last_day;
    int64_t version;
    struct str action, back;
    bool tells; /* everyone who has the seminar in their calendar is told of a change */
};

/* A line in the list of answers. */
struct work_invited {
    const struct invitation *v;
    struct str actor;
    enum text_key answer;
    struct date failed_on; /* the address does not work since; no date: it does, as far as is known */
};

/* A line in the list of guests. */
struct work_guest {
    const struct signup *g;
    struct str actor;
    enum text_key state;
    struct date failed_on; /* as above */
};

struct work_show_view {
    struct layout layout;
    const struct seminar *s;
    struct str when;
    enum text_key state;
    size_t invited, yes, no, other, unanswered;
    size_t invitations;
    const struct work_invited *invitation;
    size_t guests;
    const struct work_guest *guest;
    struct mail_standing mail;
    struct date down_on;
    bool is_saved;
    int64_t sent; /* letters that have just been queued; -1: none */
    struct str letters, public_href, change, open, cancel, invite, reminding, attendance, print, badges,
        after;
};

struct work_cancel_view {
    struct layout layout;
    const struct seminar *s;
    struct str when, action, back;
};

struct work_invite_view {
    struct layout layout;
    struct field_set *fields;
    struct field *actors, *words;
    const struct seminar *s;
    struct str action, back;
    bool is_preview;
    int64_t addresses; /* how many letters will go */
    struct str subject;
    const struct letter *letter;
};

struct work_attendance_view {
    struct layout layout;
    const struct seminar *s;
    struct str when;
    size_t n, came;
    const struct signup *guest;
    struct str action, code, print, back;
};

struct work_code_view {
    struct layout layout;
    const struct seminar *s;
    struct str address, scanned, action, back; /* scanned: what the QR code leads to */
};

struct work_paper_view {
    struct layout layout;
    const struct seminar *s;
    struct str when;
    size_t n;
    const struct signup *guest;
};

struct work_after_guest {
    const struct signup *g;
    struct str actor;
    bool is_known; /* its organisation is in the network */
};

struct work_after_view {
    struct layout layout;
    const struct seminar *s;
    struct str when;
    size_t came;
    const struct work_after_guest *guest;
    bool may_thank;
    int64_t sent; /* thanks that have just been queued; -1: none */
    struct evaluation_summary evaluation;
    struct str thank, network, back;
};

struct work_share {
    struct str actor;
    struct seminar_figure invited, signed_up, came;
};

struct work_statistics_view {
    struct layout layout;
    size_t n;
    const struct work_share *share;
    struct seminar_share all;
    struct str back;
};

#endif

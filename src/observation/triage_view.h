/* What the pages of follow-up and triage show. */
#ifndef LYKTA_OBSERVATION_TRIAGE_VIEW_H
#define LYKTA_OBSERVATION_TRIAGE_VIEW_H

#include "base/str.h"
#include "keyring/recipient.h"
#include "observation/hold.h"
#include "observation/passkey_unlock.h"
#include "observation/register.h"
#include "observation/report_view.h"
#include "observation/text_points.h"
#include "observation/triage.h"
#include "portal/layout.h"

#include <stdbool.h>
#include <stddef.h>

struct message_row {
    struct str from;
    struct date sent_on;
    struct str text;
};

/* Following up with a code. */
struct followup_view {
    struct layout layout;
    struct str action;
    struct str error; /* empty: nothing is wrong */
    struct str code;  /* what was typed, carried on by the page's forms */
    bool is_there;
    bool is_unknown;
    struct str notice; /* what has just been done */
    struct str state;
    struct date received_on;
    bool may_withdraw;
    size_t messages;
    struct message_row *message;
    struct str text;
    struct text_points points; /* in `text`, when it was refused */
    struct str script_href;
};

struct inbox_row {
    struct str href; /* empty while locked */
    struct str number;
    struct date received_on;
    struct date due_on;
    struct str state;
    bool is_late;
    bool is_new_message;
};

struct inbox_view {
    struct layout layout;
    struct str unlock_action, lock_action, recipients_href, register_href, evidence_href;
    struct str error;
    bool has_key_file;
    bool is_recipient; /* active */
    bool is_waiting;   /* asked, and not confirmed yet */
    bool is_unlocked;
    struct str regain_asker; /* who has a recovery under way, for the other recipients; empty: nobody */
    struct str regain_href;
    struct passkey_unlock_view passkey;
    size_t waiting; /* reports */
    size_t open;
    size_t from, to; /* the places of the first and the last row among the open ones, from 1 on */
    struct str earlier_href, later_href; /* empty: there are none */
    size_t rows;
    struct inbox_row *row;
};

struct case_view {
    struct layout layout;
    struct str action;
    struct str inbox_href;
    struct str error;
    const char *error_at; /* the id of its field */
    struct str number;
    struct str state;
    struct date received_on;
    struct date due_on;
    bool is_closed;
    bool is_withdrawn;
    struct str place_words, when_words, area_words;
    size_t signs;
    struct sign_line {
        struct str text;
        struct str strength;
        struct str beware; /* its cautions, a sentence each; may be empty */
    } * sign;
    struct str text;
    size_t messages;
    struct message_row *message;
    size_t reasons;
    struct str *reason;
    size_t grounds;
    struct report_option *ground; /* label: paragraph and what it says */
    struct str sent_reason, sent_message;
    struct hold hold;
    bool is_hold_asked, is_hold_asked_by_me; /* somebody has asked to let it go */
    struct str hold_action, sent_hold;
};

struct recipient_row {
    int64_t id;
    struct str name;
    struct str state;
    struct date asked_on;
    bool is_waiting;
    struct str confirm_action, remove_action;
};

struct recipients_view {
    struct layout layout;
    struct str action, passphrase_action, relock_action, inbox_href, regain_href;
    struct str error;
    struct str notice;
    struct str proposal; /* a made passphrase */
    bool may_ask;
    bool is_unlocked;
    struct passkey_unlock_view passkey; /* of who is unlocked */
    size_t rows;
    struct recipient_row *row;
};

struct register_row {
    struct str number;
    struct str href; /* of the report, for who may open it; empty: none */
    struct date received_on;
    struct str sender;
    struct str decision;
    struct date decided_on;
    struct date disposed_on;
};

struct register_view {
    struct layout layout;
    struct str csv_href, package_href, requests_href;
    size_t rows;
    const struct register_row *row;
    struct str year; /* "2026": on the printed one */
};

struct evidence_row {
    struct str id;
    struct str text;
    struct str reports; /* "20 (10–30)" */
    struct str share;   /* "10–35 %" */
    struct str says;
};

struct evidence_view {
    struct layout layout;
    size_t rows;
    struct evidence_row *row;
};

#endif

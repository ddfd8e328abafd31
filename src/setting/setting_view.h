/* What the page of settings shows. */
#ifndef LYKTA_SETTING_SETTING_VIEW_H
#define LYKTA_SETTING_SETTING_VIEW_H

#include "base/date.h"
#include "mail/mail.h"
#include "setting/setting_backup.h"
#include "setting/unreviewed.h"
#include "web/field.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is set on the machine and only shown here. */
struct setting_fixed {
    enum text_key label;
    struct str value; /* empty: nothing is said */
};

enum { SETTING_FIXED = 4 };

struct setting_unreviewed {
    enum unreviewed_kind kind;
    enum text_key title;
    struct unreviewed is;
};

struct setting_view {
    struct layout layout;
    struct field_set *fields;
    struct field *name, *contact, *email, *exit;
    struct field *server, *sender, *user, *password, *tls;
    struct field *time;
    int64_t version;
    struct str action, test_action, check_action, letters, manual, status;
    bool is_saved;
    bool is_checked;     /* a number has just been */
    bool has_server;     /* letters have somewhere to go */
    bool is_mail_usable; /* the settings of mail and the password can be used together */
    struct mail_standing standing;
    struct date down_on;
    struct str own_address; /* where the test letter goes */
    bool has_test;          /* a test letter was sent from here: how it went */
    enum mail_state test_state;
    struct str test_reason;
    struct setting_fixed fixed[SETTING_FIXED];
    struct setting_backup backup;
    size_t left; /* in all */
    struct setting_unreviewed unreviewed[UNREVIEWED_KINDS];
};

#endif

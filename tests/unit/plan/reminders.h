/* What the tests of reminders have in common: a city, its plan, and the letters in the outbox. */
#ifndef LYKTA_TESTS_PLAN_REMINDERS_H
#define LYKTA_TESTS_PLAN_REMINDERS_H

#include "../network/city.h"
#include "calendar/stockholm.h"
#include "plan/plan.h"
#include "plan/plan_remind.h"

#include <string.h>

static const struct plan_office office = {.city = {"Lund (exempel)", 14},
                                          .municipality = {"1281", 4},
                                          .address = {"https://lykta.example.org", 25},
                                          .contact = {"Samordnaren", 11},
                                          .email = {"samordnare@lund.example", 23},
                                          .link_key =
                                              (const unsigned char *)"0123456789abcdef0123456789abcdef"};

static inline int64_t add(struct db *db, const char *title, int64_t owner, struct date day)
{
    struct measure m = {.goal = PLAN_PREVENT,
                        .title = str_of(title),
                        .owner = owner,
                        .deadline = day,
                        .done_when = S("Alla hotell har fått kortet.")};
    struct err e = {0};
    int64_t id = 0;

    assert_int_equal(measure_add(db, &m, &coordinator, &id, &e), OK);
    return id;
}

static inline void decide(struct db *db)
{
    struct plan_decision decision = {
        .decided_on = {2026, 11, 1}, .number = S("KS 2026/1"), .body = S("Kommunstyrelsen")};
    struct err e = {0};
    int64_t id = 0;

    assert_int_equal(plan_decide(db, &decision, &coordinator, &id, &e), OK);
}

static inline int64_t add_owner(struct db *db, const char *name, const char *email)
{
    int64_t id = add_organisation(db, name, "", ACTOR_HOTEL, ORGANISATION_MEMBER);

    if (email)
        add_contact(db, id, "Kim Exempel", email, CONTACT_FIRST);
    return id;
}

/* Column `column` of the last letter. */
static inline struct str last(struct db *db, struct arena *a, int column)
{
    static const char sql[] = "select address, subject, plain, html, calendar, calendar_method, unsubscribe, "
                              "language from mail_letter order by id desc limit 1";
    struct query q = db_query(db, sql);
    struct err e = {0};
    struct str value = query_next(&q) ? query_str(&q, column, a) : S("");

    assert_int_equal(query_end(&q, &e), OK);
    return value;
}
enum { ADDRESS, SUBJECT, PLAIN, HTML, CALENDAR, METHOD, UNSUBSCRIBE };

static inline void assert_letter_says(struct str text, const char *part)
{
    if (!memmem(text.p, text.n, part, strlen(part)))
        fail_msg("\"%s\" is not in \"%.*s\"", part, (int)text.n, text.p);
}

/* The last part of the link in the last letter. */
static inline struct str link_in_letter(struct db *db, struct arena *a)
{
    static const char before[] = "https://lykta.example.org/plan/svar/";
    struct str plain = last(db, a, PLAIN);
    const char *at = memmem(plain.p, plain.n, before, sizeof before - 1);

    assert_non_null(at);
    at += sizeof before - 1;
    return str_part(plain, (size_t)(at - plain.p), strcspn(at, "\r\n"));
}

#endif

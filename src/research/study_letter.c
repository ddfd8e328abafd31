/* Letters about studies. */
#include "research/study_letter.h"

#include "base/arena.h"
#include "base/text.h"
#include "calendar/stockholm.h"
#include "mail/letter.h"
#include "portal/permission.h"
#include "portal/person.h"
#include "research/study.h"
#include "research/study_mail.h"

#include <inttypes.h>

static struct str last_day(const struct study_desk *d, const struct study *x, enum language language)
{
    struct text out = text_open(d->arena);

    language_write_date(&out, language, stockholm_day(x->ends_at - 1, NULL));
    return text_str(&out);
}

/* What a letter to the people of the programme says, and to whom. */
struct told {
    enum text_key subject, about;
    int64_t but;       /* not to this person; 0: to all */
    bool is_to_decide; /* to those who decide alone */
    int64_t days;
};

static bool is_told(const struct person *p, const struct told *t)
{
    bool may_decide = permission_has(PERMISSION_RESEARCH_DECIDE, p->roles);
    bool may_advise = permission_has(PERMISSION_RESEARCH_ADVISE, p->roles);

    return !p->is_closed && p->id != t->but && (may_decide || (may_advise && !t->is_to_decide));
}

static enum status tell_people(const struct study_desk *d, const struct study *x, const struct told *t,
                               struct err *e)
{
    struct people all = {0, NULL};
    const char *path = arena_printf(d->arena, "/programmet/forskning/%" PRId64, x->id);

    TRY(people_list(d->db, d->arena, &all, e));
    for (size_t i = 0; i < all.n; i++) {
        const struct person *p = &all.person[i];
        const struct study_reader to = {p->name, p->email, p->language};
        const struct insertion values[] = {
            insertion("title", x->title), insertion("institution", x->institution),
            insertion("day", last_day(d, x, to.language)), insertion("n", t->days)};
        struct letter l = study_mail_begin(d, &to);

        if (!is_told(p, t))
            continue;
        letter_subject(&l, t->subject, values, 1);
        letter_paragraph(&l, t->about, values, 4);
        letter_link(&l, TEXT_RESEARCH_LETTER_READ, study_mail_address(d, to.language, path));
        TRY(study_mail_queue(d, &l, &to, e));
    }
    return OK;
}

enum status study_letter_confirm(const struct city *city, struct db *db, const struct study *study,
                                 struct str token, int64_t now_at, struct arena *a, struct err *e)
{
    const struct study_desk d = {city, db, now_at, a};
    const struct study_reader to = study_reader_of(study);
    const struct insertion title = insertion("title", study->title);
    const char *path = arena_printf(a, "/forskning/bekrafta/%.*s", STR(token));
    struct letter l = study_mail_begin(&d, &to);

    letter_subject(&l, TEXT_RESEARCH_LETTER_CONFIRM_SUBJECT, NULL, 0);
    letter_paragraph(&l, TEXT_RESEARCH_LETTER_CONFIRM, &title, 1);
    letter_link(&l, TEXT_RESEARCH_LETTER_CONFIRM_LINK, study_mail_address(&d, to.language, path));
    letter_paragraph(&l, TEXT_RESEARCH_LETTER_CONFIRM_END, NULL, 0);
    return study_mail_queue(&d, &l, &to, e);
}

enum status study_letter_waiting(const struct city *city, struct db *db, const struct study *study,
                                 int64_t now_at, struct arena *a, struct err *e)
{
    const struct study_desk d = {city, db, now_at, a};

    return tell_people(&d, study,
                       &(struct told){.subject = TEXT_RESEARCH_LETTER_WAITING_SUBJECT,
                                      .about = TEXT_RESEARCH_LETTER_WAITING},
                       e);
}

enum status study_letter_advised(const struct city *city, struct db *db, const struct study *study,
                                 int64_t by, int64_t now_at, struct arena *a, struct err *e)
{
    const struct study_desk d = {city, db, now_at, a};

    return tell_people(&d, study,
                       &(struct told){.subject = TEXT_RESEARCH_LETTER_ADVISED_SUBJECT,
                                      .about = TEXT_RESEARCH_LETTER_ADVISED,
                                      .but = by,
                                      .is_to_decide = true},
                       e);
}

enum status study_letter_granted(const struct city *city, struct db *db, const struct study *study,
                                 struct str token, int64_t now_at, struct arena *a, struct err *e)
{
    const struct study_desk d = {city, db, now_at, a};
    const struct study_reader to = study_reader_of(study);
    const struct insertion values[] = {insertion("title", study->title),
                                       insertion("day", last_day(&d, study, to.language))};
    const char *path = arena_printf(a, "/forskning/atkomst/%.*s", STR(token));
    struct letter l = study_mail_begin(&d, &to);

    letter_subject(&l, TEXT_RESEARCH_LETTER_GRANTED_SUBJECT, values, 1);
    letter_paragraph(&l, TEXT_RESEARCH_LETTER_GRANTED, values, 2);
    letter_markdown(&l, study->reason);
    letter_link(&l, TEXT_RESEARCH_LETTER_GRANTED_LINK, study_mail_address(&d, to.language, path));
    letter_paragraph(&l, TEXT_RESEARCH_LETTER_GRANTED_END, values, 2);
    TRY(study_mail_queue(&d, &l, &to, e));
    return tell_people(&d, study,
                       &(struct told){.subject = TEXT_RESEARCH_LETTER_GRANTED_SUBJECT,
                                      .about = TEXT_RESEARCH_LETTER_GRANTED_HERE},
                       e);
}

/* To the researcher: `about` and the words of whoever decided. */
static enum status tell_why(const struct study_desk *d, const struct study *x, enum text_key subject,
                            enum text_key about, struct str why, struct err *e)
{
    const struct study_reader to = study_reader_of(x);
    const struct insertion title = insertion("title", x->title);
    struct letter l = study_mail_begin(d, &to);

    letter_subject(&l, subject, &title, 1);
    letter_paragraph(&l, about, &title, 1);
    letter_markdown(&l, why);
    letter_link(&l, TEXT_RESEARCH_LETTER_ABOUT, study_mail_address(d, to.language, "/forskning"));
    return study_mail_queue(d, &l, &to, e);
}

enum status study_letter_refused(const struct city *city, struct db *db, const struct study *study,
                                 int64_t now_at, struct arena *a, struct err *e)
{
    const struct study_desk d = {city, db, now_at, a};

    return tell_why(&d, study, TEXT_RESEARCH_LETTER_REFUSED_SUBJECT, TEXT_RESEARCH_LETTER_REFUSED,
                    study->reason, e);
}

enum status study_letter_ended(const struct city *city, struct db *db, const struct study *study,
                               int64_t now_at, struct arena *a, struct err *e)
{
    const struct study_desk d = {city, db, now_at, a};

    return tell_why(&d, study, TEXT_RESEARCH_LETTER_ENDED_SUBJECT, TEXT_RESEARCH_LETTER_ENDED,
                    study->end_reason, e);
}

/* The same words to both sides. */
static enum status tell_both(const struct study_desk *d, const struct study *x, const struct told *t,
                             struct err *e)
{
    const struct study_reader to = study_reader_of(x);
    const struct insertion values[] = {
        insertion("title", x->title), insertion("day", last_day(d, x, to.language)), insertion("n", t->days)};
    struct letter l = study_mail_begin(d, &to);

    letter_subject(&l, t->subject, values, 1);
    letter_paragraph(&l, t->about, values, 3);
    letter_link(&l, TEXT_RESEARCH_LETTER_ABOUT, study_mail_address(d, to.language, "/forskning"));
    TRY(study_mail_queue(d, &l, &to, e));
    return tell_people(d, x, t, e);
}

enum status study_letter_notice(const struct city *city, struct db *db, const struct study *study,
                                int64_t days_left, int64_t now_at, struct arena *a, struct err *e)
{
    const struct study_desk d = {city, db, now_at, a};

    return tell_both(&d, study,
                     &(struct told){.subject = TEXT_RESEARCH_LETTER_NOTICE_SUBJECT,
                                    .about = TEXT_RESEARCH_LETTER_NOTICE,
                                    .days = days_left},
                     e);
}

enum status study_letter_over(const struct city *city, struct db *db, const struct study *study,
                              int64_t now_at, struct arena *a, struct err *e)
{
    const struct study_desk d = {city, db, now_at, a};

    return tell_both(
        &d, study,
        &(struct told){.subject = TEXT_RESEARCH_LETTER_OVER_SUBJECT, .about = TEXT_RESEARCH_LETTER_OVER}, e);
}

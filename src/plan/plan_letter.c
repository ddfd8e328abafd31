/* Letters of the action plan. */
#include "plan/plan_letter.h"

#include "base/arena.h"
#include "base/text.h"
#include "calendar/calendar.h"
#include "mail/letter.h"
#include "mail/mail.h"

#include <inttypes.h>

/* A deadline stands in the calendar in the morning of its day. */
enum { EVENT_FROM_MINUTE = 8 * 60, EVENT_TO_MINUTE = 8 * 60 + 30 };

static struct str link_to(const struct plan_office *o, const struct measure *m, enum language language,
                          struct arena *a)
{
    return str_of(arena_printf(a, "%.*s%s/plan/matt/%" PRId64, STR(o->address),
                               language == LANGUAGE_EN ? "/en" : "", m->id));
}

static struct str date_words(enum language language, struct date day, struct arena *a)
{
    struct text out = text_open(a);

    language_write_date(&out, language, day);
    return text_str(&out);
}

enum owner_part { WITHOUT_OWNER, WITH_OWNER };

static void add_measures(struct letter *l, const struct plan_office *o, const struct measures *all,
                         enum owner_part part, enum language language)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct measure *m = &all->measure[i];

        letter_paragraph(l, TEXT_PLAN_LETTER_MEASURE,
                         (const struct insertion[]){insertion("title", m->title)}, 1);
        if (part == WITH_OWNER)
            letter_fact(l, TEXT_PLAN_OWNER, m->owner_name);
        letter_fact(l, TEXT_PLAN_DEADLINE, date_words(language, m->deadline, l->arena));
        letter_fact(l, TEXT_PLAN_DONE_WHEN, m->done_when);
        letter_link(l, TEXT_PLAN_LETTER_LINK, link_to(o, m, language, l->arena));
    }
}

static void add_whom_to_ask(struct letter *l, const struct plan_office *o)
{
    const struct insertion values[] = {insertion("contact", o->contact), insertion("email", o->email)};

    if (o->email.n > 0)
        letter_paragraph(l, TEXT_PLAN_LETTER_ASK_BY_EMAIL, values, 2);
    else
        letter_paragraph(l, TEXT_PLAN_LETTER_ASK, values, 1);
}

static enum status add_calendar(const struct plan_office *o, const struct measures *due,
                                enum language language, int64_t now_at, struct arena *a,
                                struct mail_letter *out, struct err *e)
{
    struct calendar_event *events = arena_new(a, due->n, struct calendar_event);

    for (size_t i = 0; i < due->n; i++) {
        const struct measure *m = &due->measure[i];

        events[i] = (struct calendar_event){
            .uid = str_of(arena_printf(a, "plan-%.*s-%" PRId64 "@lykta", STR(o->municipality), m->id)),
            .sequence = m->version,
            .title = m->title,
            .place = S(""),
            .about = m->done_when,
            .address = link_to(o, m, language, a),
            .day = m->deadline,
            .from_minute = EVENT_FROM_MINUTE,
            .to_minute = EVENT_TO_MINUTE,
            .changed_at = now_at};
    }
    out->calendar_method = calendar_method_name(CALENDAR_PUBLISH);
    return calendar_write(CALENDAR_PUBLISH, events, due->n, NULL, now_at, a, &out->calendar, e);
}

enum status plan_letter_remind(struct db *db, const struct plan_office *o, const struct plan_reader *reader,
                               const struct measures *due, struct str answer, int64_t now_at, struct arena *a,
                               struct err *e)
{
    struct letter l = letter_open(reader->language, reader->name, o->city, a);
    const struct insertion values[] = {insertion("n", due->n),
                                       insertion("organisation", due->measure[0].owner_name)};
    int64_t id = 0;

    letter_subject(&l, TEXT_PLAN_LETTER_REMIND_SUBJECT, values, 1);
    letter_paragraph(&l, TEXT_PLAN_LETTER_REMIND, &values[1], 1);
    letter_link(&l, TEXT_PLAN_LETTER_ANSWER, answer);
    add_measures(&l, o, due, WITHOUT_OWNER, reader->language);
    letter_paragraph(&l, TEXT_PLAN_LETTER_REMIND_END, NULL, 0);
    add_whom_to_ask(&l, o);
    struct mail_letter letter = letter_to(&l, reader->address);
    TRY(add_calendar(o, due, reader->language, now_at, a, &letter, e));
    return mail_queue(db, &letter, now_at, &id, e);
}

enum status plan_letter_quarter(struct db *db, const struct plan_office *o, const struct plan_reader *reader,
                                const struct measures *own, struct str answer, int64_t now_at,
                                struct arena *a, struct err *e)
{
    struct letter l = letter_open(reader->language, reader->name, o->city, a);
    const struct insertion values[] = {insertion("n", own->n),
                                       insertion("organisation", own->measure[0].owner_name)};
    int64_t id = 0;

    letter_subject(&l, TEXT_PLAN_LETTER_QUARTER_SUBJECT, values, 1);
    letter_paragraph(&l, TEXT_PLAN_LETTER_QUARTER, values, 2);
    letter_link(&l, TEXT_PLAN_LETTER_ANSWER, answer);
    letter_paragraph(&l, TEXT_PLAN_LETTER_QUARTER_END, NULL, 0);
    add_whom_to_ask(&l, o);
    struct mail_letter letter = letter_to(&l, reader->address);
    return mail_queue(db, &letter, now_at, &id, e);
}

enum status plan_letter_late(struct db *db, const struct plan_office *o, const struct plan_reader *reader,
                             const struct measures *late, const struct measures *unreached, int64_t now_at,
                             struct arena *a, struct err *e)
{
    struct letter l = letter_open(reader->language, reader->name, o->city, a);
    const struct insertion values[] = {insertion("n", late->n + unreached->n)};
    int64_t id = 0;

    letter_subject(&l, TEXT_PLAN_LETTER_LATE_SUBJECT, values, 1);
    if (late->n > 0)
        letter_paragraph(&l, TEXT_PLAN_LETTER_LATE, NULL, 0);
    add_measures(&l, o, late, WITH_OWNER, reader->language);
    if (unreached->n > 0)
        letter_paragraph(&l, TEXT_PLAN_LETTER_UNREACHED, NULL, 0);
    add_measures(&l, o, unreached, WITH_OWNER, reader->language);
    letter_paragraph(&l, TEXT_PLAN_LETTER_LATE_END, NULL, 0);
    struct mail_letter letter = letter_to(&l, reader->address);
    return mail_queue(db, &letter, now_at, &id, e);
}

/* What guests and those invited are told. */
#include "seminar/seminar_letter.h"

#include "base/arena.h"
#include "base/text.h"
#include "calendar/calendar.h"
#include "mail/letter.h"
#include "mail/mail.h"
#include "seminar/invitation.h"
#include "seminar/seat.h"
#include "seminar/seminar.h"
#include "seminar/seminar_link.h"
#include "seminar/signup.h"

/* Where a letter's link leads: nowhere, to the guest's or the invited one's own page. */
enum letter_link { LINK_NONE, LINK_OWN };

/* What each kind of letter has. */
struct form {
    enum text_key subject, opening;
    enum { CALENDAR_NONE, CALENDAR_ENTRY, CALENDAR_GONE } calendar;
    enum letter_link link;
    enum text_key label; /* of the link; read when there is one */
    bool has_facts;      /* when, where, who speaks */
};

static const struct form forms[SEMINAR_LETTERS] = {
    [SEMINAR_LETTER_INVITATION] = {TEXT_SEMINAR_LETTER_INVITATION_SUBJECT, TEXT_SEMINAR_LETTER_INVITATION,
                                   CALENDAR_ENTRY, LINK_OWN, TEXT_SEMINAR_LETTER_LINK_ANSWER, true},
    [SEMINAR_LETTER_REMINDER] = {TEXT_SEMINAR_LETTER_REMINDER_SUBJECT, TEXT_SEMINAR_LETTER_REMINDER,
                                 CALENDAR_NONE, LINK_OWN, TEXT_SEMINAR_LETTER_LINK_ANSWER, true},
    [SEMINAR_LETTER_CONFIRM] = {TEXT_SEMINAR_LETTER_CONFIRM_SUBJECT, TEXT_SEMINAR_LETTER_CONFIRM,
                                CALENDAR_NONE, LINK_OWN, TEXT_SEMINAR_LETTER_LINK_CONFIRM, true},
    [SEMINAR_LETTER_WELCOME] = {TEXT_SEMINAR_LETTER_WELCOME_SUBJECT, TEXT_SEMINAR_LETTER_WELCOME,
                                CALENDAR_ENTRY, LINK_OWN, TEXT_SEMINAR_LETTER_LINK_CHANGE, true},
    [SEMINAR_LETTER_WAITING] = {TEXT_SEMINAR_LETTER_WAITING_SUBJECT, TEXT_SEMINAR_LETTER_WAITING,
                                CALENDAR_NONE, LINK_OWN, TEXT_SEMINAR_LETTER_LINK_CHANGE, true},
    [SEMINAR_LETTER_SEAT] = {TEXT_SEMINAR_LETTER_SEAT_SUBJECT, TEXT_SEMINAR_LETTER_SEAT, CALENDAR_ENTRY,
                             LINK_OWN, TEXT_SEMINAR_LETTER_LINK_CHANGE, true},
    [SEMINAR_LETTER_INSTEAD] = {TEXT_SEMINAR_LETTER_INSTEAD_SUBJECT, TEXT_SEMINAR_LETTER_INSTEAD,
                                CALENDAR_ENTRY, LINK_OWN, TEXT_SEMINAR_LETTER_LINK_CHANGE, true},
    [SEMINAR_LETTER_REPLACED] = {TEXT_SEMINAR_LETTER_REPLACED_SUBJECT, TEXT_SEMINAR_LETTER_REPLACED,
                                 CALENDAR_GONE, LINK_NONE, TEXT_SEMINAR_LETTER_LINK_CHANGE, false},
    [SEMINAR_LETTER_CHANGED] = {TEXT_SEMINAR_LETTER_CHANGED_SUBJECT, TEXT_SEMINAR_LETTER_CHANGED,
                                CALENDAR_ENTRY, LINK_OWN, TEXT_SEMINAR_LETTER_LINK_CHANGE, true},
    [SEMINAR_LETTER_TOMORROW] = {TEXT_SEMINAR_LETTER_TOMORROW_SUBJECT, TEXT_SEMINAR_LETTER_TOMORROW,
                                 CALENDAR_NONE, LINK_OWN, TEXT_SEMINAR_LETTER_LINK_CHANGE, true},
    [SEMINAR_LETTER_GOODBYE] = {TEXT_SEMINAR_LETTER_GOODBYE_SUBJECT, TEXT_SEMINAR_LETTER_GOODBYE,
                                CALENDAR_GONE, LINK_OWN, TEXT_SEMINAR_LETTER_LINK_AGAIN, false},
    [SEMINAR_LETTER_OFF] = {TEXT_SEMINAR_LETTER_OFF_SUBJECT, TEXT_SEMINAR_LETTER_OFF, CALENDAR_GONE,
                            LINK_NONE, TEXT_SEMINAR_LETTER_LINK_CHANGE, false},
    [SEMINAR_LETTER_THANKS] = {TEXT_SEMINAR_LETTER_THANKS_SUBJECT, TEXT_SEMINAR_LETTER_THANKS, CALENDAR_NONE,
                               LINK_OWN, TEXT_SEMINAR_LETTER_LINK_THANKS, false},
};

/* One reader of a letter. */
struct reader {
    struct str name, address;
    enum language language;
    struct str link;  /* to the reader's own page */
    struct str stop;  /* to stop mailings; empty: the reader's own matter */
    bool is_accepted; /* the calendar entry is one the reader has said yes to */
    bool has_entry;   /* may a calendar entry be sent or taken back? */
    int64_t sequence;
    int64_t turn; /* in the waiting list */
};

static struct letter write(const struct seminar_office *o, const struct seminar *s,
                           const struct reader *reader, struct str words, enum seminar_letter kind,
                           struct arena *a);
static enum status queue(const struct seminar_office *o, const struct seminar *s, const struct reader *reader,
                         struct letter *l, enum seminar_letter kind, int64_t now_at, int64_t *id,
                         struct err *e);

enum status seminar_letter_to_guest(const struct seminar_office *o, const struct seminar *s,
                                    const struct signup *guest, enum seminar_letter kind, int64_t now_at,
                                    struct err *e)
{
    struct arena *a = arena_open();
    struct reader reader = {
        .name = guest->name,
        .address = guest->address,
        .language = guest->language,
        .link = seminar_link(o, guest->language, SEMINAR_LINK_GUEST, guest->id, guest->nonce, a),
        .is_accepted = true,
        .has_entry = guest->is_seated || guest->state == SIGNUP_CANCELLED,
        .sequence = guest->sequence};
    int64_t id = 0;
    enum status ended = OK;

    if (kind == SEMINAR_LETTER_WAITING)
        ended = seat_turn(o, s->id, guest->place, &reader.turn, e);
    struct letter l = write(o, s, &reader, S(""), kind, a);
    if (ended == OK)
        ended = queue(o, s, &reader, &l, kind, now_at, &id, e);
    arena_close(a);
    return ended;
}

enum status seminar_letter_to_invited(const struct seminar_office *o, const struct seminar *s,
                                      const struct invitation *invitation, struct str words,
                                      enum seminar_letter kind, int64_t now_at, int64_t *id, struct err *e)
{
    struct arena *a = arena_open();
    const struct reader reader = {.name = invitation->name,
                                  .address = invitation->address,
                                  .language = invitation->language,
                                  .link = seminar_link(o, invitation->language, SEMINAR_LINK_INVITATION,
                                                       invitation->id, invitation->nonce, a),
                                  .stop = seminar_link(o, invitation->language, SEMINAR_LINK_STOP,
                                                       invitation->id, invitation->nonce, a),
                                  .has_entry = true};
    struct letter l = write(o, s, &reader, words, kind, a);
    enum status ended = queue(o, s, &reader, &l, kind, now_at, id, e);

    arena_close(a);
    return ended;
}

enum status seminar_letter_to_all(const struct seminar_office *o, const struct seminar *s,
                                  enum seminar_letter kind, int64_t now_at, struct err *e)
{
    struct arena *a = arena_open();
    struct signups guests = {0};
    struct invitations invited = {0};
    int64_t id = 0;
    enum status ended = signup_list(o->db, s->id, a, &guests, e);

    if (ended == OK)
        ended = invitation_list(o->db, s->id, a, &invited, e);
    for (size_t i = 0; ended == OK && i < guests.n; i++)
        if (guests.signup[i].state == SIGNUP_CONFIRMED || guests.signup[i].state == SIGNUP_UNCONFIRMED)
            ended = seminar_letter_to_guest(o, s, &guests.signup[i], kind, now_at, e);
    for (size_t i = 0; ended == OK && i < invited.n; i++)
        if (invited.invitation[i].answer == INVITATION_NO_ANSWER)
            ended = seminar_letter_to_invited(o, s, &invited.invitation[i], S(""), kind, now_at, &id, e);
    arena_close(a);
    return ended;
}

struct letter seminar_letter_preview(const struct seminar_office *o, const struct seminar *s,
                                     struct str words, struct arena *a)
{
    const struct reader reader = {.language = LANGUAGE_SV, .link = o->address, .stop = o->address};

    return write(o, s, &reader, words, SEMINAR_LETTER_INVITATION, a);
}

static void put_time(struct text *out, enum language language, int minute)
{
    if (language == LANGUAGE_SV)
        text_format(out, "%d.%02d", minute / 60, minute % 60);
    else
        text_format(out, "%d:%02d", minute / 60, minute % 60);
}

struct str seminar_when(const struct seminar *s, enum language language, struct arena *a)
{
    struct text out = text_open(a);

    language_write_date(&out, language, s->held_on);
    text_add(&out, language == LANGUAGE_SV ? S(" kl. ") : S(", "));
    put_time(&out, language, s->from_minute);
    text_lit(&out, "–");
    put_time(&out, language, s->to_minute);
    return text_str(&out);
}

/* Lines as one line. */
static struct str joined(struct str lines, struct arena *a)
{
    struct text out = text_open(a);
    struct str line;
    bool has_more = lines.n > 0;

    while (has_more) {
        has_more = str_cut(lines, '\n', &line, &lines);
        line = str_trim(line);
        if (line.n > 0 && out.n > 0)
            text_lit(&out, "; ");
        text_add(&out, line);
    }
    return text_str(&out);
}

static struct letter write(const struct seminar_office *o, const struct seminar *s,
                           const struct reader *reader, struct str words, enum seminar_letter kind,
                           struct arena *a)
{
    const struct form *f = &forms[kind];
    struct letter l = letter_open(reader->language, reader->name, o->city, a);
    struct str when = seminar_when(s, reader->language, a);
    const struct insertion values[] = {insertion("title", s->title), insertion("when", when),
                                       insertion("place", s->place), insertion("n", reader->turn)};

    letter_subject(&l, f->subject, values, sizeof values / sizeof *values);
    if (words.n > 0)
        letter_markdown(&l, words);
    letter_paragraph(&l, f->opening, values, sizeof values / sizeof *values);
    if (f->has_facts) {
        letter_fact(&l, TEXT_SEMINAR_LETTER_TITLE, s->title);
        letter_fact(&l, TEXT_SEMINAR_LETTER_WHEN, when);
        letter_fact(&l, TEXT_SEMINAR_LETTER_WHERE, s->place);
        letter_fact(&l, TEXT_SEMINAR_LETTER_ACCESS, s->access);
        letter_fact(&l, TEXT_SEMINAR_LETTER_SPEAKERS, joined(s->speakers, a));
    }
    if (f->link == LINK_OWN)
        letter_link(&l, f->label, reader->link);
    l.unsubscribe = reader->stop;
    return l;
}

static enum status put_calendar(const struct seminar_office *o, const struct seminar *s,
                                const struct reader *reader, bool is_gone, int64_t now_at, struct arena *a,
                                struct mail_letter *out, struct err *e)
{
    const struct calendar_people people = {.organiser_name = o->city,
                                           .organiser = o->organiser,
                                           .reader_name = reader->name,
                                           .reader = reader->address,
                                           .is_accepted = reader->is_accepted};
    struct calendar_event event = seminar_event(o, s, reader->sequence, a);
    bool has_people = o->organiser.n > 0;
    enum calendar_method method = is_gone      ? CALENDAR_CANCEL
                                  : has_people ? CALENDAR_REQUEST
                                               : CALENDAR_PUBLISH;

    event.is_cancelled = is_gone;
    out->calendar_method = calendar_method_name(method);
    return calendar_write(method, &event, 1, has_people ? &people : NULL, now_at, a, &out->calendar, e);
}

static enum status queue(const struct seminar_office *o, const struct seminar *s, const struct reader *reader,
                         struct letter *l, enum seminar_letter kind, int64_t now_at, int64_t *id,
                         struct err *e)
{
    const struct form *f = &forms[kind];
    struct mail_letter letter = letter_to(l, reader->address);

    if (f->calendar != CALENDAR_NONE && reader->has_entry)
        TRY(put_calendar(o, s, reader, f->calendar == CALENDAR_GONE, now_at, l->arena, &letter, e));
    return mail_queue(o->db, &letter, now_at, id, e);
}

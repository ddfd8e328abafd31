/* Carries the outbox's letters to the mail server. */
#include "mail/postman.h"

#include "base/arena.h"
#include "mail/delivery.h"
#include "mail/mail.h"
#include "mail/mail_settings.h"
#include "store/city.h"
#include "store/db.h"

#include <stdbool.h>

enum { FIRST_PAUSE_SECONDS = 5, LONGEST_PAUSE_SECONDS = 300 };

struct postman {
    struct arena *arena;
    struct arena *secret; /* of the settings: holds the password */
    struct arena *letter;
    const struct city *city;
    struct db *db;
    int64_t (*now_at)(void);
    carrier_source *source;
    const atomic_bool *stop;
    int64_t version; /* of the city's settings that `settings` are made from; 0: none yet */
    struct mail_settings settings;
    const struct carrier *by; /* NULL: no server is named */
    struct delivery *delivery;
    int64_t pause_seconds; /* 0: the server answers */
    int64_t paused_until;
    bool has_failed; /* the last round: what it was handing over is unsure */
};

/* What the carrier calls before the letter's text goes out. */
struct handing {
    struct postman *postman;
    int64_t letter;
    enum status status;
    struct err *e;
};

static enum status carry(struct postman *p, const struct mail_letter *letter, bool *goes_on, size_t *sent,
                         struct err *e);

static void leave_server(struct postman *p)
{
    if (p->by)
        p->by->close(p->delivery);
    p->by = NULL;
    p->delivery = NULL;
    arena_wipe(p->secret);
    arena_reset(p->secret);
}

/* Takes the city's settings as they are now. When they cannot be used, letters wait, and the next round tries
 * again. */
static enum status take_settings(struct postman *p, struct err *e)
{
    const struct settings *chosen = city_settings(p->city);

    if (p->version == chosen->version)
        return OK;
    leave_server(p);
    p->version = 0;
    p->pause_seconds = 0;
    p->paused_until = 0;
    TRY(mail_settings_read(p->city, chosen, p->secret, &p->settings, e));
    if (p->settings.server) {
        TRY(p->source(&p->by, e));
        p->delivery = p->by->open(&p->settings, p->stop);
    }
    p->version = chosen->version;
    return OK;
}

enum status postman_open(const struct city *city, struct db *db, int64_t (*now_at)(void),
                         carrier_source *source, const atomic_bool *stop, struct postman **out, struct err *e)
{
    struct arena *a = arena_open();
    struct postman *p = arena_new(a, 1, struct postman);
    int64_t unsure = 0;

    *p = (struct postman){.arena = a,
                          .secret = arena_open(),
                          .letter = arena_open(),
                          .city = city,
                          .db = db,
                          .now_at = now_at,
                          .source = source,
                          .stop = stop};
    enum status s = take_settings(p, e);
    if (s == OK)
        s = mail_recover(db, now_at(), &unsure, e);
    if (s != OK) {
        postman_close(p);
        return s;
    }
    *out = p;
    return OK;
}

void postman_close(struct postman *p)
{
    if (!p)
        return;
    leave_server(p);
    arena_close(p->secret);
    arena_close(p->letter);
    arena_close(p->arena);
}

/* A clock that is set back does not make a pause longer. */
static bool is_pausing(const struct postman *p)
{
    const int64_t now = p->now_at();

    return now < p->paused_until && now >= p->paused_until - p->pause_seconds;
}

enum status postman_round(struct postman *p, size_t *sent, struct err *e)
{
    struct mail_letter letter;

    int64_t unsure = 0;

    *sent = 0;
    TRY(take_settings(p, e));
    if (p->has_failed)
        TRY(mail_recover(p->db, p->now_at(), &unsure, e));
    p->has_failed = true;
    bool goes_on = p->by != NULL && !is_pausing(p);
    while (goes_on && !(p->stop && atomic_load(p->stop))) {
        arena_reset(p->letter);
        TRY(mail_next(p->db, p->now_at(), p->letter, &letter, &goes_on, e));
        if (goes_on)
            TRY(carry(p, &letter, &goes_on, sent, e));
    }
    p->has_failed = false;
    return OK;
}

static bool note_handing(void *context)
{
    struct handing *h = context;

    h->status = mail_is_handing(h->postman->db, h->letter, h->postman->now_at(), h->e);
    return h->status == OK;
}

/* A longer pause each time the server does not answer. */
static enum status pause_for_server(struct postman *p, struct str reason, struct err *e)
{
    int64_t now = p->now_at();

    p->pause_seconds = p->pause_seconds == 0 ? FIRST_PAUSE_SECONDS : 2 * p->pause_seconds;
    if (p->pause_seconds > LONGEST_PAUSE_SECONDS)
        p->pause_seconds = LONGEST_PAUSE_SECONDS;
    p->paused_until = now + p->pause_seconds;
    return mail_server_answers(p->db, reason, now, e);
}

static enum status server_answered(struct postman *p, struct err *e)
{
    p->pause_seconds = 0;
    return mail_server_answers(p->db, S(""), p->now_at(), e);
}

static enum status carry(struct postman *p, const struct mail_letter *letter, bool *goes_on, size_t *sent,
                         struct err *e)
{
    struct handing h = {.postman = p, .letter = letter->id, .status = OK, .e = e};
    char reason[200];
    enum delivery_outcome outcome = p->by->send(p->delivery, letter, p->now_at(), note_handing, &h, reason);
    int64_t now = p->now_at();

    TRY(h.status);
    *goes_on = outcome != DELIVERY_DOWN && outcome != DELIVERY_STOPPED;
    if (outcome == DELIVERY_DOWN)
        return pause_for_server(p, str_of(reason), e);
    if (outcome == DELIVERY_STOPPED)
        return OK;
    TRY(server_answered(p, e));
    switch (outcome) {
    case DELIVERY_DONE:
        (*sent)++;
        return mail_is_sent(p->db, letter->id, now, e);
    case DELIVERY_LATER:
        return mail_waits(p->db, letter, str_of(reason), now, e);
    case DELIVERY_NEVER:
        return mail_has_failed(p->db, letter, str_of(reason), now, e);
    case DELIVERY_UNSURE:
        return mail_is_unsure(p->db, letter->id, str_of(reason), now, e);
    case DELIVERY_DOWN:
    case DELIVERY_STOPPED:
        break;
    }
    return OK;
}

/* Letters of a gathering. */
#include "gathering/gathering_letter.h"

#include "base/arena.h"
#include "gathering/gathering.h"
#include "gathering/gathering_asking.h"
#include "gathering/gathering_ring.h"
#include "mail/letter.h"
#include "mail/mail.h"
#include "portal/permission.h"
#include "portal/person.h"
#include "publishing/round.h"
#include "store/city.h"
#include "store/db.h"

#include <inttypes.h>

static bool lacks_key(const struct gathering *g, const struct person *p);
static bool has_other_digits(const struct gathering *g, const struct person *p);
static bool keeps_list(const struct gathering *g, const struct person *p);
static bool lacks_list(const struct gathering *g, const struct person *p);
static bool is_linker(const struct gathering *g, const struct person *p);
static bool lacks_receipt(const struct gathering *g, const struct person *p);
static bool stays_out(const struct gathering *g, const struct person *p);
static bool is_called(const struct gathering *g, const struct person *p);
static bool may_count(const struct gathering *g, const struct person *p);
static bool is_asked(const struct gathering *g, const struct person *p);

/* Whom a step waits for, and what they are told. */
struct step_letter {
    bool (*waits_for)(const struct gathering *g, const struct person *p);
    enum text_key subject, about;
};

static const struct step_letter letters[GATHERING_STATES] = {
    [GATHERING_KEYS] = {lacks_key, TEXT_GATHERING_LETTER_KEYS_SUBJECT, TEXT_GATHERING_LETTER_KEYS},
    [GATHERING_DIGITS] = {has_other_digits, TEXT_GATHERING_LETTER_DIGITS_SUBJECT,
                          TEXT_GATHERING_LETTER_DIGITS},
    [GATHERING_SECRET] = {keeps_list, TEXT_GATHERING_LETTER_SECRET_SUBJECT, TEXT_GATHERING_LETTER_SECRET},
    [GATHERING_HANDING_IN] = {lacks_list, TEXT_GATHERING_LETTER_LISTS_SUBJECT, TEXT_GATHERING_LETTER_LISTS},
    [GATHERING_WHOLE] = {is_linker, TEXT_GATHERING_LETTER_WHOLE_SUBJECT, TEXT_GATHERING_LETTER_WHOLE},
    [GATHERING_ENDED] = {lacks_receipt, TEXT_GATHERING_LETTER_ENDED_SUBJECT, TEXT_GATHERING_LETTER_ENDED},
    [GATHERING_JOINING] = {stays_out, TEXT_GATHERING_RING_LETTER_JOINING_SUBJECT,
                           TEXT_GATHERING_RING_LETTER_JOINING},
    [GATHERING_GOING_ROUND] = {is_called, TEXT_GATHERING_RING_LETTER_TURN_SUBJECT,
                               TEXT_GATHERING_RING_LETTER_TURN},
};

/* In a ring nobody links: whoever may count is told. */
static const struct step_letter ring_whole = {may_count, TEXT_GATHERING_RING_LETTER_WHOLE_SUBJECT,
                                              TEXT_GATHERING_RING_LETTER_WHOLE};

/* Beside the steps: as the questions are put. */
static const struct step_letter questions = {is_asked, TEXT_GATHERING_LETTER_ASKED_SUBJECT,
                                             TEXT_GATHERING_LETTER_ASKED};

static const struct step_letter *letter_of(const struct gathering *g)
{
    return gathering_is_ring(g) && g->state == GATHERING_WHOLE ? &ring_whole : &letters[g->state];
}

static bool lacks_key(const struct gathering *g, const struct person *p)
{
    bool may_link = g->reader.n == 0 && permission_has(PERMISSION_MAPPING_RUN, p->roles);
    bool may_keep = permission_has(PERMISSION_MAPPING_UPLOAD, p->roles) && p->id != g->reader_by;

    return !gathering_list_of(g, p->id) && (may_link || may_keep);
}

static bool has_other_digits(const struct gathering *g, const struct person *p)
{
    const struct gathering_list *own = gathering_list_of(g, p->id);

    return own && !own->is_same;
}

static bool keeps_list(const struct gathering *g, const struct person *p)
{
    return gathering_list_of(g, p->id) != NULL;
}

static bool lacks_list(const struct gathering *g, const struct person *p)
{
    const struct gathering_list *own = gathering_list_of(g, p->id);

    return own && own->bytes == 0;
}

static bool is_linker(const struct gathering *g, const struct person *p)
{
    return p->id == g->reader_by;
}

/* Who never took the secret has none to delete. */
static bool lacks_receipt(const struct gathering *g, const struct person *p)
{
    const struct gathering_list *own = gathering_list_of(g, p->id);

    return own && own->bytes > 0 && own->receipt_at == 0;
}

static bool stays_out(const struct gathering *g, const struct person *p)
{
    return !keeps_list(g, p) && permission_has(PERMISSION_MAPPING_UPLOAD, p->roles);
}

static bool may_count(const struct gathering *g, const struct person *p)
{
    return !keeps_list(g, p) && permission_has(PERMISSION_MAPPING_RUN, p->roles);
}

static bool is_asked(const struct gathering *g, const struct person *p)
{
    const struct gathering_list *own = gathering_list_of(g, p->id);

    for (size_t k = 0; k < g->asking->questions; k++)
        if (gathering_question_side(&g->asking->question[k], own) >= 0)
            return true;
    return false;
}

static bool is_turn_told(const struct gathering_list *list)
{
    return list->turn_told == list->passed;
}

/* Who has been told of a list that still waits comes to the page anyway, and finds the next one there. */
static bool is_called(const struct gathering *g, const struct person *p)
{
    const struct gathering_list *own = gathering_list_of(g, p->id);
    bool is_new = false;

    for (size_t i = 0; own && i < g->lists; i++) {
        if (gathering_turn(g, &g->list[i]) != own)
            continue;
        if (is_turn_told(&g->list[i]))
            return false;
        is_new = true;
    }
    return is_new;
}

static bool has_untold_turn(const struct gathering *g)
{
    for (size_t i = 0; i < g->lists; i++)
        if (gathering_turn(g, &g->list[i]) && !is_turn_told(&g->list[i]))
            return true;
    return false;
}

/* Gatherings whose step may be untold, one after the other. */
static enum status next_round(struct db *db, int64_t after, int64_t *round, int64_t *told, struct err *e)
{
    static const char sql[] = "select round, told from gathering where round > $1 and told <> $2 "
                              "order by round limit 1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, after);
    bind_int(&q, 2, GATHERING_ENDED + 1);
    bool is_there = query_next(&q);
    *round = is_there ? query_int(&q, 0) : 0;
    *told = is_there ? query_int(&q, 1) : 0;
    return query_end(&q, e);
}

/* The first whose step is untold and can be taken; *is_there is false when there is none. */
static enum status find_untold(struct db *db, struct arena *a, struct gathering *out, bool *is_there,
                               struct err *e)
{
    int64_t round = 0;
    int64_t told = 0;

    *is_there = false;
    for (;;) {
        TRY(next_round(db, round, &round, &told, e));
        if (round == 0)
            return OK;
        TRY(gathering_find(db, round, a, out, is_there, e));
        bool must_wait = out->state == GATHERING_WHOLE && gathering_waits(out);
        bool is_untold = told != (int64_t)out->state + 1 || has_untold_turn(out);
        *is_there = *is_there && is_untold && !must_wait;
        if (*is_there)
            return OK;
    }
}

static enum status note_told(struct db *db, const struct gathering *g, struct err *e)
{
    static const char sql[] = "update gathering set told = $2 where round = $1";
    static const char turns[] = "update gathering_list set turn_told = passed where round = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, g->round);
    bind_int(&q, 2, (int64_t)g->state + 1);
    TRY(query_run(&q, e));
    q = db_query(db, turns);
    bind_int(&q, 1, g->round);
    return query_run(&q, e);
}

/* Letters of one kind about a mapping. */
struct writing {
    const struct city *city;
    struct db *db;
    const struct step_letter *about;
    const struct gathering *g;
    struct round round;
    int64_t now_at;
    struct arena *arena;
};

static enum status write_to(const struct writing *x, const struct person *p, struct err *e)
{
    const struct round *round = &x->round;
    struct arena *a = x->arena;
    bool is_english = p->language == LANGUAGE_EN;
    struct letter l = letter_open(p->language, p->name, city_settings(x->city)->name, a);
    const struct insertion title = insertion("title", is_english ? round->title_en : round->title_sv);
    const char *page = arena_printf(a, "%.*s%s/kartlaggningar/%" PRId64 "/listor", STR(city_site(x->city, a)),
                                    is_english ? "/en" : "", round->id);
    int64_t id = 0;

    letter_subject(&l, x->about->subject, &title, 1);
    letter_paragraph(&l, x->about->about, &title, 1);
    letter_link(&l, TEXT_GATHERING_LETTER_LINK, str_of(page));
    const struct mail_letter letter = letter_to(&l, p->email);
    return mail_queue(x->db, &letter, x->now_at, &id, e);
}

static enum status write_all(struct writing *x, struct err *e)
{
    struct people all = {0, NULL};

    TRY(round_find(x->db, x->g->round, x->arena, &x->round, e));
    TRY(people_list(x->db, x->arena, &all, e));
    for (size_t i = 0; i < all.n; i++)
        if (!all.person[i].is_closed && x->about->waits_for(x->g, &all.person[i]))
            TRY(write_to(x, &all.person[i], e));
    return OK;
}

/* Looks again inside the change: another step may have been taken since it was first seen. */
static enum status tell(const struct city *city, struct db *db, int64_t now_at, struct arena *a,
                        bool *has_told, struct err *e)
{
    struct gathering g;

    TRY(find_untold(db, a, &g, has_told, e));
    if (!*has_told)
        return OK;
    TRY(note_told(db, &g, e));
    struct writing x = {
        .city = city, .db = db, .about = letter_of(&g), .g = &g, .now_at = now_at, .arena = a};
    return write_all(&x, e);
}

enum status gathering_letter_next(const struct city *city, struct db *db, int64_t now_at, bool *has_told,
                                  struct err *e)
{
    struct arena *a = arena_open();
    struct gathering g;
    enum status s = find_untold(db, a, &g, has_told, e);

    if (s == OK && *has_told)
        s = db_begin(db, e);
    if (s == OK && *has_told)
        s = db_end(db, tell(city, db, now_at, a, has_told, e), e);
    arena_close(a);
    return s;
}

static enum status tell_asked(struct writing *x, int64_t round, struct err *e)
{
    struct gathering *g = arena_new(x->arena, 1, struct gathering);
    struct gathering_asking *asking = arena_new(x->arena, 1, struct gathering_asking);
    bool is_there = false;

    TRY(gathering_find(x->db, round, x->arena, g, &is_there, e));
    TRY(gathering_asking_find(x->db, g, x->arena, asking, e));
    g->asking = asking;
    x->g = g;
    return write_all(x, e);
}

enum status gathering_letter_asked(const struct city *city, struct db *db, int64_t round, int64_t now_at,
                                   struct err *e)
{
    struct writing x = {.city = city, .db = db, .about = &questions, .now_at = now_at, .arena = arena_open()};
    enum status s = tell_asked(&x, round, e);

    arena_close(x.arena);
    return s;
}

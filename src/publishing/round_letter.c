/* Letters of a mapping's way to publication. */
#include "publishing/round_letter.h"

#include "base/arena.h"
#include "base/text.h"
#include "calendar/stockholm.h"
#include "mail/letter.h"
#include "mail/mail.h"
#include "portal/permission.h"
#include "portal/person.h"
#include "publishing/draft_reader.h"
#include "publishing/round.h"
#include "store/city.h"
#include "store/db.h"

#include <inttypes.h>

/* What a step's letter says: to a state that waits for nobody there is none. */
static const struct {
    enum text_key subject, about;
    enum permission permission; /* who can take the next step */
} waits[ROUND_STATES] = {
    [ROUND_OPEN] = {TEXT_PUBLISHING_LETTER_OPEN_SUBJECT, TEXT_PUBLISHING_LETTER_OPEN, PERMISSION_MAPPING_RUN},
    [ROUND_REFUSED] = {TEXT_PUBLISHING_LETTER_REFUSED_SUBJECT, TEXT_PUBLISHING_LETTER_REFUSED,
                       PERMISSION_MAPPING_RUN},
    [ROUND_MADE] = {TEXT_PUBLISHING_LETTER_MADE_SUBJECT, TEXT_PUBLISHING_LETTER_MADE, PERMISSION_MAPPING_RUN},
    [ROUND_PROPOSED] = {TEXT_PUBLISHING_LETTER_PROPOSED_SUBJECT, TEXT_PUBLISHING_LETTER_PROPOSED,
                        PERMISSION_RELEASE_APPROVE},
};

struct reader {
    struct str name, address;
    enum language language;
};

static struct str page_address(const struct city *city, enum language language, const char *path,
                               struct arena *a)
{
    return str_of(
        arena_printf(a, "%.*s%s%s", STR(city_site(city, a)), language == LANGUAGE_EN ? "/en" : "", path));
}

static enum status queue(struct db *db, const struct letter *l, const struct reader *to, int64_t now_at,
                         struct err *e)
{
    const struct mail_letter letter = letter_to(l, to->address);
    int64_t id = 0;

    return mail_queue(db, &letter, now_at, &id, e);
}

static struct str date_words(enum language language, int64_t at, struct arena *a)
{
    struct text out = text_open(a);

    language_write_date(&out, language, stockholm_day(at, NULL));
    return text_str(&out);
}

static struct str title_of(const struct round *round, enum language language)
{
    return language == LANGUAGE_EN ? round->title_en : round->title_sv;
}

enum status round_letter_draft(const struct city *city, struct db *db, const struct draft_reader *reader,
                               struct str token, int64_t now_at, struct arena *a, struct err *e)
{
    const struct reader to = {reader->name, reader->email, reader->language};
    struct letter l = letter_open(to.language, to.name, city_settings(city)->name, a);
    const char *path = arena_printf(a, "/utkast/%.*s", STR(token));
    struct round round;

    TRY(round_find(db, reader->round, a, &round, e));
    const struct insertion values[] = {insertion("title", title_of(&round, to.language)),
                                       insertion("day", date_words(to.language, reader->ends_at, a))};
    letter_subject(&l, TEXT_PUBLISHING_LETTER_DRAFT_SUBJECT, values, 1);
    letter_paragraph(&l, TEXT_PUBLISHING_LETTER_DRAFT, values, 1);
    letter_link(&l, TEXT_PUBLISHING_LETTER_DRAFT_LINK, page_address(city, to.language, path, a));
    letter_paragraph(&l, TEXT_PUBLISHING_LETTER_DRAFT_END, values, 2);
    return queue(db, &l, &to, now_at, e);
}

/* A step nobody has been told of. */
struct untold {
    int64_t round, step;
    int64_t by; /* the person who took it; 0: the program */
};

static enum status find_untold(struct db *db, struct untold *out, struct err *e)
{
    static const char sql[] =
        "select s.round, s.id, coalesce(s.person, 0) from mapping_round_step s "
        "join mapping_round m on m.id = s.round where s.id > m.told_step and "
        "s.id = (select max(x.id) from mapping_round_step x where x.round = s.round) order by s.id limit 1";
    struct query q = db_query(db, sql);

    *out = (struct untold){.round = 0};
    if (query_next(&q))
        *out = (struct untold){query_int(&q, 0), query_int(&q, 1), query_int(&q, 2)};
    return query_end(&q, e);
}

static enum status note_told(struct db *db, const struct untold *x, struct err *e)
{
    static const char sql[] = "update mapping_round set told_step = $2 where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, x->round);
    bind_int(&q, 2, x->step);
    return query_run(&q, e);
}

/* Once there is a file, its analyst goes on with the mapping; an approver has had no hand in it. */
static bool is_waited_for(const struct person *p, const struct round *round, const struct untold *x)
{
    bool is_with_analyst = round->state != ROUND_PROPOSED && round->uploaded_by != 0;

    if (p->is_closed || p->id == x->by || !permission_has(waits[round->state].permission, p->roles))
        return false;
    if (round->state == ROUND_PROPOSED)
        return round_is_others(round, p->id);
    return !is_with_analyst || p->id == round->uploaded_by;
}

static enum status write_to(const struct city *city, struct db *db, const struct person *p,
                            const struct round *round, int64_t now_at, struct arena *a, struct err *e)
{
    const struct reader to = {p->name, p->email, p->language};
    struct letter l = letter_open(to.language, to.name, city_settings(city)->name, a);
    const struct insertion title = insertion("title", title_of(round, to.language));
    const char *path = arena_printf(a, "/kartlaggningar/%" PRId64, round->id);

    letter_subject(&l, waits[round->state].subject, &title, 1);
    letter_paragraph(&l, waits[round->state].about, &title, 1);
    letter_link(&l, TEXT_PUBLISHING_LETTER_LINK, page_address(city, to.language, path, a));
    return queue(db, &l, &to, now_at, e);
}

/* Finds the step again inside the change: it may have been followed by another since it was first seen. */
static enum status tell(const struct city *city, struct db *db, int64_t now_at, struct arena *a,
                        struct err *e)
{
    struct people all = {0, NULL};
    struct untold x;
    struct round round;

    TRY(find_untold(db, &x, e));
    if (x.round == 0)
        return OK;
    TRY(note_told(db, &x, e));
    TRY(round_find(db, x.round, a, &round, e));
    if (waits[round.state].permission == PERMISSION_NOBODY)
        return OK;
    TRY(people_list(db, a, &all, e));
    for (size_t i = 0; i < all.n; i++)
        if (is_waited_for(&all.person[i], &round, &x))
            TRY(write_to(city, db, &all.person[i], &round, now_at, a, e));
    return OK;
}

enum status round_letter_next(const struct city *city, struct db *db, int64_t now_at, bool *has_told,
                              struct err *e)
{
    struct arena *a = arena_open();
    struct untold x;
    enum status s = find_untold(db, &x, e);

    *has_told = s == OK && x.round != 0;
    if (*has_told)
        s = db_begin(db, e);
    if (*has_told && s == OK)
        s = db_end(db, tell(city, db, now_at, a, e), e);
    arena_close(a);
    return s;
}

/* The post box of secure sums: rounds, and what has come. */
#include "programme/sum_box_own.h"

#include "base/arena.h"
#include "base/number.h"
#include "secure/round.h"
#include "store/audit.h"
#include "store/db.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { HASH_DIGITS = 2 * LETTER_ROUND_BYTES };

struct str sum_box_hash(const unsigned char hash[LETTER_ROUND_BYTES], struct arena *a)
{
    char *hex = arena_new(a, HASH_DIGITS + 1, char);

    sodium_bin2hex(hex, HASH_DIGITS + 1, hash, LETTER_ROUND_BYTES);
    return str_of(hex);
}

static enum status is_there(struct db *db, struct str hash, bool *out, struct err *e)
{
    static const char sql[] = "select 1 from sum_box where hash = $1";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, hash);
    *out = query_next(&q);
    return query_end(&q, e);
}

static enum status insert(struct db *db, const struct who *who, const struct sum_round *r, struct str hash,
                          struct str bytes, const int64_t until[3], struct err *e)
{
    static const char sql[] = "insert into sum_box (hash, name, round, opened_at, opened_by, join_until, "
                              "figures_until, reveal_until) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, hash);
    bind_str(&q, 2, r->name);
    bind_blob(&q, 3, bytes);
    bind_int(&q, 4, who->now_at);
    bind_str(&q, 5, str_of(who->name));
    for (int i = 0; i < 3; i++)
        bind_int(&q, 6 + i, until[i]);
    return query_run(&q, e);
}

enum status sum_box_open(struct db *db, const struct who *who, const char *name, struct str bytes,
                         const int64_t until[3], struct arena *a, struct str *hash, struct err *e)
{
    struct audit_line line = {.who = *who, .action = "sum.open"};
    struct sum_round r;
    bool is_known = false;

    TRY(round_read(&r, name, bytes, a, e));
    *hash = sum_box_hash(r.hash, a);
    TRY(is_there(db, *hash, &is_known, e));
    if (is_known)
        return err_set(e, BAD_INPUT, "%s: this round is in the box already", name);
    if (until[0] >= until[1] || until[1] >= until[2])
        return err_set(e, BAD_INPUT,
                       "cities join first, then give figures, then shares: expected three days that rise");
    line.detail = r.name;
    TRY(db_change(db, e));
    return db_change_end(db, insert(db, who, &r, *hash, bytes, until, e), &line, e);
}

enum status sum_box_list(struct db *db, struct arena *a, struct sum_boxes *out, struct err *e)
{
    static const char sql[] = "select id, hash, name, opened_at, join_until, figures_until, reveal_until, "
                              "(select count(*) from sum_box) from sum_box order by id desc";
    struct query q = db_query(db, sql);

    *out = (struct sum_boxes){0};
    while (query_next(&q)) {
        if (!out->box)
            out->box = arena_new(a, (size_t)query_int(&q, 7), struct sum_box);
        out->box[out->n++] =
            (struct sum_box){.id = query_int(&q, 0),
                             .hash = query_str(&q, 1, a),
                             .name = query_str(&q, 2, a),
                             .opened_at = query_int(&q, 3),
                             .until = {query_int(&q, 4), query_int(&q, 5), query_int(&q, 6)}};
    }
    return query_end(&q, e);
}

static enum status read_box(struct db *db, struct str hash, struct arena *a, struct sum_box_state *out,
                            bool *is_there, struct err *e)
{
    static const char sql[] = "select id, name, opened_at, join_until, figures_until, reveal_until, round "
                              "from sum_box where hash = $1";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, hash);
    *is_there = query_next(&q);
    if (*is_there) {
        out->box = (struct sum_box){.id = query_int(&q, 0),
                                    .hash = hash,
                                    .name = query_str(&q, 1, a),
                                    .opened_at = query_int(&q, 2),
                                    .until = {query_int(&q, 3), query_int(&q, 4), query_int(&q, 5)}};
        out->bytes = query_blob(&q, 6, a);
    }
    return query_end(&q, e);
}

static enum status read_letters(struct db *db, struct sum_box_state *x, struct arena *a, struct err *e)
{
    static const char sql[] = "select kind, place from sum_letter where box = $1";
    struct query q = db_query(db, sql);

    for (size_t k = 0; k < LETTER_KINDS; k++)
        x->has[k] = arena_new(a, x->cities, bool);
    bind_int(&q, 1, x->box.id);
    while (query_next(&q)) {
        const int64_t kind = query_int(&q, 0);
        const int64_t place = query_int(&q, 1);

        if (kind == LETTER_ASKING)
            x->has_asking = true;
        else if (kind == LETTER_ROSTER && place == (int64_t)LETTER_COUNTY)
            x->has_roster = true;
        else if (kind >= 0 && kind < LETTER_KINDS && place >= 0 && place < (int64_t)x->cities)
            x->has[kind][place] = true;
    }
    return query_end(&q, e);
}

enum status sum_box_read(struct db *db, struct str hash, struct arena *a, struct sum_box_state *out,
                         bool *is_there, struct err *e)
{
    *out = (struct sum_box_state){0};
    TRY(read_box(db, hash, a, out, is_there, e));
    if (!*is_there)
        return OK;
    struct sum_round *round = arena_new(a, 1, struct sum_round);
    TRY(round_read(round, "the round", out->bytes, a, e));
    struct str *name = arena_new(a, round->n, struct str);
    for (size_t i = 0; i < round->n; i++)
        name[i] = round->city[i].name;
    out->round = round;
    out->cities = round->n;
    out->city = name;
    out->needed = round_needed(round);
    return read_letters(db, out, a, e);
}

enum status sum_box_letter(struct db *db, const struct sum_box_state *x, enum letter_kind kind, size_t place,
                           struct arena *a, struct str *out, struct err *e)
{
    static const char sql[] = "select bytes from sum_letter where box = $1 and kind = $2 and place = $3";

    *out = (struct str){NULL, 0};
    if (kind == LETTER_ROUND) {
        *out = x->bytes;
        return OK;
    }
    struct query q = db_query(db, sql);
    bind_int(&q, 1, x->box.id);
    bind_int(&q, 2, kind);
    bind_int(&q, 3, (int64_t)place);
    if (query_next(&q))
        *out = query_blob(&q, 0, a);
    return query_end(&q, e);
}

enum status sum_box_keep(struct db *db, const struct who *who, const struct sum_box_state *x,
                         const struct sum_sent *sent, struct err *e)
{
    static const char sql[] =
        "insert into sum_letter (box, kind, place, came_at, bytes) values ($1, $2, $3, $4, $5)";
    struct audit_line line = {.who = *who, .action = "sum.letter", .subject = x->box.id};

    TRY(db_change(db, e));
    struct query q = db_query(db, sql);
    bind_int(&q, 1, x->box.id);
    bind_int(&q, 2, sent->letter.kind);
    bind_int(&q, 3, (int64_t)sent->place);
    bind_int(&q, 4, who->now_at);
    bind_blob(&q, 5, sent->bytes);
    line.detail = sent->place < x->cities ? x->city[sent->place] : x->round->county.name;
    return db_change_end(db, query_run(&q, e), &line, e);
}

static const char *const endings[LETTER_KINDS] = {
    [LETTER_ROUND] = "round",     [LETTER_JOIN] = "join",     [LETTER_ROSTER] = "roster",
    [LETTER_FIGURES] = "figures", [LETTER_ASKING] = "asking", [LETTER_REVEAL] = "reveal"};

const char *sum_box_name(enum letter_kind kind, size_t place, struct arena *a)
{
    return place == LETTER_COUNTY ? arena_printf(a, "county.%s", endings[kind])
                                  : arena_printf(a, "%03zu.%s", place + 1, endings[kind]);
}

bool sum_box_named(struct str name, enum letter_kind *kind, size_t *place)
{
    struct str first;
    struct str ending;
    int64_t number = 0;

    str_cut(name, '.', &first, &ending);
    for (size_t k = 0; k < LETTER_KINDS; k++) {
        if (!str_is(ending, endings[k]))
            continue;
        *kind = (enum letter_kind)k;
        *place = LETTER_COUNTY;
        if (str_is(first, "county"))
            return true;
        if (!i64_from_str(first, 1, ROUND_MOST_CITIES, &number))
            return false;
        *place = (size_t)number - 1;
        return true;
    }
    return false;
}

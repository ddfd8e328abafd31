/* A letter comes: is it one of the round, whose turn is it, and does it come in time? */
#include "programme/sum_box_own.h"

#include "base/arena.h"
#include "secure/asking.h"
#include "secure/county.h"
#include "store/audit.h"
#include "store/db.h"

/* What a letter is judged by. */
struct judging {
    struct db *db;
    const struct sum_box_state *x;
    int64_t now_at;
    struct arena *a;
    struct err *why; /* of a letter that is not taken */
};

typedef enum status judge(const struct judging *j, struct sum_sent *sent, enum sum_posting *out,
                          struct err *e);

static judge judge_join, judge_roster, judge_figures, judge_asking, judge_reveal;

static judge *const judges[LETTER_KINDS] = {[LETTER_JOIN] = judge_join,
                                            [LETTER_ROSTER] = judge_roster,
                                            [LETTER_FIGURES] = judge_figures,
                                            [LETTER_ASKING] = judge_asking,
                                            [LETTER_REVEAL] = judge_reveal};

/* Whatever the protocol says of a letter that is wrong is no fault of ours: SUM_STRANGE with its words. */
static enum sum_posting strange_unless(enum status s)
{
    return s == OK ? SUM_TAKEN : SUM_STRANGE;
}

/* Out of turn: before what it answers is there, or when time or whoever adds has gone on. */
static bool is_out_of_turn(const struct judging *j, bool has_before, bool has_after, int64_t until,
                           enum sum_posting *out)
{
    if (!has_before) {
        *out = SUM_EARLY;
        (void)err_set(j->why, REFUSED, "its turn has not come");
    } else if (has_after || j->now_at >= until) {
        *out = SUM_LATE;
        (void)err_set(j->why, REFUSED, "it came too late");
    }
    return *out != SUM_TAKEN;
}

static enum status judge_join(const struct judging *j, struct sum_sent *sent, enum sum_posting *out,
                              struct err *e)
{
    const unsigned char *sealed = NULL;
    struct roster_row row;

    (void)e;
    sent->place = sent->letter.from;
    *out = strange_unless(join_read(&row, &sealed, j->x->round, &sent->letter, j->why));
    if (*out == SUM_TAKEN)
        (void)is_out_of_turn(j, true, j->x->has_roster, j->x->box.until[0], out);
    return OK;
}

static enum status judge_roster(const struct judging *j, struct sum_sent *sent, enum sum_posting *out,
                                struct err *e)
{
    struct roster roster;

    (void)e;
    *out = strange_unless(roster_addressee(&sent->place, j->x->round, &sent->letter, j->why));
    if (*out == SUM_TAKEN)
        *out = strange_unless(roster_read(&roster, j->x->round, &sent->letter, sent->place, j->a, j->why));
    return OK;
}

/* What whoever adds has posted before. */
static enum status read_back(const struct judging *j, enum letter_kind kind, struct letter *out,
                             struct err *e)
{
    struct str bytes;

    TRY(sum_box_letter(j->db, j->x, kind, LETTER_COUNTY, j->a, &bytes, e));
    return letter_read(out, sum_box_name(kind, LETTER_COUNTY, j->a), bytes, e);
}

static enum status read_roster(const struct judging *j, struct roster *out, struct err *e)
{
    struct letter l;

    TRY(read_back(j, LETTER_ROSTER, &l, e));
    return roster_read(out, j->x->round, &l, LETTER_COUNTY, j->a, e);
}

static enum status judge_figures(const struct judging *j, struct sum_sent *sent, enum sum_posting *out,
                                 struct err *e)
{
    struct roster roster;

    sent->place = sent->letter.from;
    *out = strange_unless(round_check_city(j->x->round, &sent->letter, LETTER_FIGURES, j->why));
    if (*out != SUM_TAKEN || is_out_of_turn(j, j->x->has_roster, j->x->has_asking, j->x->box.until[1], out))
        return OK;
    TRY(read_roster(j, &roster, e));
    *out = strange_unless(county_check_figures(j->x->round, &roster, &sent->letter, j->why));
    return OK;
}

static enum status judge_asking(const struct judging *j, struct sum_sent *sent, enum sum_posting *out,
                                struct err *e)
{
    struct roster roster;
    struct asking asking;

    sent->place = LETTER_COUNTY;
    *out = strange_unless(round_check_county(j->x->round, &sent->letter, LETTER_ASKING, j->why));
    if (*out != SUM_TAKEN || is_out_of_turn(j, j->x->has_roster, false, INT64_MAX, out))
        return OK;
    TRY(read_roster(j, &roster, e));
    *out = strange_unless(asking_read(&asking, j->x->round, &roster, &sent->letter, j->why));
    return OK;
}

static enum status judge_reveal(const struct judging *j, struct sum_sent *sent, enum sum_posting *out,
                                struct err *e)
{
    struct roster roster;
    struct letter asking;

    sent->place = sent->letter.from;
    *out = strange_unless(round_check_city(j->x->round, &sent->letter, LETTER_REVEAL, j->why));
    if (*out != SUM_TAKEN || is_out_of_turn(j, j->x->has_asking, false, j->x->box.until[2], out))
        return OK;
    TRY(read_roster(j, &roster, e));
    TRY(read_back(j, LETTER_ASKING, &asking, e));
    *out = strange_unless(county_check_reveal(j->x->round, &roster, &asking, &sent->letter, j->why));
    return OK;
}

/* A letter that is sent again is in the box already: who sends cannot know whether it came. */
static enum status keep_once(const struct judging *j, const struct who *who, const struct sum_sent *sent,
                             enum sum_posting *out, struct err *e)
{
    struct str before;

    TRY(sum_box_letter(j->db, j->x, sent->letter.kind, sent->place, j->a, &before, e));
    if (before.n == 0)
        return sum_box_keep(j->db, who, j->x, sent, e);
    if (!str_equal(before, sent->bytes)) {
        *out = SUM_OTHERWISE;
        (void)err_set(j->why, REFUSED, "another such letter has come before, and counts");
    }
    return OK;
}

enum status sum_box_post(struct db *db, const struct who *who, const struct sum_box_state *x,
                         const char *name, struct str bytes, struct arena *a, enum sum_posting *out,
                         struct err *why, struct err *e)
{
    const struct judging j = {db, x, who->now_at, a, why};
    struct sum_sent sent = {.bytes = bytes};

    *out = strange_unless(letter_read(&sent.letter, name, bytes, why));
    if (*out == SUM_TAKEN && !judges[sent.letter.kind]) {
        *out = SUM_STRANGE;
        (void)err_set(why, BAD_INPUT, "%s: is a round, which is opened and not posted", name);
    }
    if (*out != SUM_TAKEN)
        return OK;
    TRY(judges[sent.letter.kind](&j, &sent, out, e));
    return *out == SUM_TAKEN ? keep_once(&j, who, &sent, out, e) : OK;
}

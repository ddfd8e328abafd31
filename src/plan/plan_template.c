/* The template of an action plan. */
#include "plan/plan_template.h"

#include "base/arena.h"
#include "base/csv.h"
#include "network/organisation.h"
#include "store/db.h"

#include <stdlib.h>

extern const char plan_template_csv[];

enum { CODE, GOAL, GOAL_SV, TITLE_SV, TITLE_EN, OWNERS, DONE_SV, DONE_EN, OFTEN_EN, OFTEN_SV, LEGAL, SOURCE };

static int by_goal(const void *left, const void *right)
{
    const struct template_measure *a = left;
    const struct template_measure *b = right;

    if (a->goal != b->goal)
        return a->goal < b->goal ? -1 : 1;
    return str_compare(a->code, b->code);
}

static struct template_measure row_of(const struct csv *in)
{
    struct template_measure m = {.code = in->fields[CODE],
                                 .title = {in->fields[TITLE_SV], in->fields[TITLE_EN]},
                                 .done_when = {in->fields[DONE_SV], in->fields[DONE_EN]},
                                 .often = {in->fields[OFTEN_SV], in->fields[OFTEN_EN]},
                                 .owners = in->fields[OWNERS],
                                 .legal = in->fields[LEGAL],
                                 .source = in->fields[SOURCE]};

    if (!plan_goal_from_str(in->fields[GOAL], &m.goal))
        die("template.csv:%lld: an unknown goal", (long long)in->line);
    return m;
}

enum status plan_template(struct arena *a, struct template_measure **out, size_t *n, struct err *e)
{
    struct csv *in = arena_new(a, 1, struct csv);
    struct template_measure *rows = NULL;
    bool has_row = true;
    size_t room = 0;

    *n = 0;
    TRY(csv_open(in, "template.csv", str_of(plan_template_csv), a, e));
    for (;;) {
        TRY(csv_next(in, &has_row, e));
        if (!has_row)
            break;
        rows = arena_grow(a, rows, *n + 1, &room, sizeof *rows);
        rows[(*n)++] = row_of(in);
    }
    qsort(rows, *n, sizeof *rows, by_goal);
    *out = rows;
    return OK;
}

/* The one organisation of the kinds the row names; 0 when there is none or several. */
static enum status usual_owner(struct db *db, struct str owners, struct arena *a, int64_t *owner,
                               struct err *e)
{
    struct organisation_filter filter = {.states = 1U << ORGANISATION_MEMBER, .most = 2};
    struct organisations found;
    struct str code;
    enum actor_kind actor;

    *owner = 0;
    while (owners.n > 0) {
        str_cut(owners, ';', &code, &owners);
        if (actor_from_str(str_trim(code), &actor))
            filter.actors |= ACTOR_BIT(actor);
    }
    if (filter.actors == 0)
        return OK;
    TRY(organisation_list(db, &filter, a, &found, e));
    if (found.n == 1)
        *owner = found.organisation[0].id;
    return OK;
}

static enum status add(struct db *db, const struct template_measure *row, enum language language,
                       const struct who *who, struct arena *a, struct err *e)
{
    struct measure m = {.template = row->code,
                        .goal = row->goal,
                        .title = row->title[language],
                        .done_when = row->done_when[language],
                        .legal = row->legal};
    int64_t id = 0;

    TRY(usual_owner(db, row->owners, a, &m.owner, e));
    return measure_add(db, &m, who, &id, e);
}

static bool is_in(const struct measures *all, struct str code)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_equal(all->measure[i].template, code))
            return true;
    return false;
}

static const struct template_measure *find(const struct template_measure *rows, size_t n, struct str code)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(rows[i].code, code))
            return &rows[i];
    return NULL;
}

static enum status add_all(struct db *db, const struct str *codes, size_t n, enum language language,
                           const struct who *who, struct arena *a, size_t *added, struct err *e)
{
    struct template_measure *rows = NULL;
    struct measures all;
    size_t rows_n = 0;

    *added = 0;
    TRY(plan_template(a, &rows, &rows_n, e));
    for (size_t i = 0; i < n; i++) {
        const struct template_measure *row = find(rows, rows_n, codes[i]);

        if (!row)
            return err_set(e, BAD_INPUT, "the template has no measure \"%.*s\"",
                           STR(str_part(codes[i], 0, 20)));
        TRY(measure_list(db, &(struct measure_filter){0}, a, &all, e));
        if (is_in(&all, row->code))
            continue;
        TRY(add(db, row, language, who, a, e));
        ++*added;
    }
    return OK;
}

enum status plan_begin(struct db *db, const struct str *codes, size_t n, enum language language,
                       const struct who *who, size_t *added, struct err *e)
{
    struct arena *a = arena_open();
    enum status s = db_begin(db, e);

    if (s == OK)
        s = db_end(db, add_all(db, codes, n, language, who, a, added, e), e);
    arena_close(a);
    return s;
}

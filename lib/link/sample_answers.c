/* The owners' answers to a sample of pairs: read, held against each other, and given to the linkage. */
#include "link/sample.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/number.h"

#include <stdlib.h>

enum column { NUMBER, LIST_A, ROW_A, LIST_B, ROW_B, ANSWER, COLUMNS };

struct answers {
    struct csv in;
    int column[COLUMNS];
};

static enum status answers_open(struct answers *x, const char *name, struct str csv, struct arena *a,
                                struct err *e)
{
    static const char *const names[COLUMNS] = {"number", "list_a", "row_a", "list_b", "row_b", "answer"};

    TRY(csv_open(&x->in, name, csv, a, e));
    for (size_t c = 0; c < COLUMNS; c++) {
        x->column[c] = csv_column(&x->in, names[c]);
        if (x->column[c] < 0)
            return err_set(e, BAD_INPUT,
                           "%s: has no column %s: expected the answers to a sample of lykta link", name,
                           names[c]);
    }
    return OK;
}

static bool is_number(struct str cell, size_t expected)
{
    int64_t n = 0;

    return i64_from_str(cell, 1, UINT32_MAX, &n) && (uint64_t)n == expected;
}

/* The lists' names as they are, or as a spreadsheet was kept from taking them for a formula. */
static bool is_name(struct str cell, struct str name)
{
    return str_equal(cell, name) ||
           (cell.n > 1 && cell.p[0] == '\'' && str_equal(str_part(cell, 1, cell.n), name));
}

/* The row may stand anywhere: answers are sorted and sent on in parts. */
static enum status take_row(struct sample *x, struct answers *in, bool *is_taken, struct err *e)
{
    const struct str *cell = in->in.fields;
    struct str answer = str_trim(cell[in->column[ANSWER]]);
    int64_t number = 0;

    if (!i64_from_str(cell[in->column[NUMBER]], 1, (int64_t)x->n, &number) || is_taken[number - 1])
        return csv_fault(
            e, &in->in, (size_t)in->column[NUMBER],
            "expected each number from 1 to %zu once: the file is not of these lists, or lacks rows", x->n);
    const struct linkage_link *pair = x->pair[number - 1];
    if (!is_name(cell[in->column[LIST_A]], x->linkage->name[pair->list_a]) ||
        !is_name(cell[in->column[LIST_B]], x->linkage->name[pair->list_b]) ||
        !is_number(cell[in->column[ROW_A]], pair->i + 1U) ||
        !is_number(cell[in->column[ROW_B]], pair->j + 1U))
        return csv_fault(
            e, &in->in, (size_t)in->column[LIST_A],
            "this is not the pair that was asked about: give the same lists, in the same order, and "
            "seed and numbers as when the sample was drawn");
    is_taken[number - 1] = true;
    struct sample_part *part = &x->part[x->part_of[number - 1]];
    bool is_yes = str_is(answer, "yes") || str_is(answer, "ja");
    bool is_no = str_is(answer, "no") || str_is(answer, "nej");

    if (!is_yes && !is_no && answer.n > 0)
        return csv_fault(e, &in->in, (size_t)in->column[ANSWER],
                         "expected yes, no, or nothing where nobody can tell");
    part->yes += is_yes;
    part->no += is_no;
    x->answer[number - 1] = is_yes ? SAMPLE_SAME : is_no ? SAMPLE_OTHER : SAMPLE_NO_ANSWER;
    return OK;
}

/* A record that was asked about, and who it is: itself, or another record that is the same person. */
struct told {
    uint32_t list, row;
    struct told *same;
    struct told *on[LINKAGE_MAX_LISTS]; /* of a person: the record of each list */
};

static int by_place(const void *a, const void *b)
{
    const struct told *x = a;
    const struct told *y = b;

    return x->list != y->list ? (x->list < y->list ? -1 : 1)
           : x->row != y->row ? (x->row < y->row ? -1 : 1)
                              : 0;
}

/* All records that were asked about, each once; returns how many. */
static size_t told_of(const struct sample *x, struct told *told)
{
    size_t n = 0;
    size_t once = 0;

    for (size_t k = 0; k < x->n; k++) {
        told[n++] = (struct told){.list = x->pair[k]->list_a, .row = x->pair[k]->i};
        told[n++] = (struct told){.list = x->pair[k]->list_b, .row = x->pair[k]->j};
    }
    if (n > 1)
        qsort(told, n, sizeof *told, by_place);
    for (size_t k = 0; k < n; k++)
        if (once == 0 || by_place(&told[once - 1], &told[k]) != 0)
            told[once++] = told[k];
    for (size_t k = 0; k < once; k++) {
        told[k].same = &told[k];
        told[k].on[told[k].list] = &told[k];
    }
    return once;
}

static struct told *person_of(struct told *told, size_t n, uint32_t list, uint32_t row)
{
    const struct told wanted = {.list = list, .row = row};
    struct told *x = bsearch(&wanted, told, n, sizeof *told, by_place);

    while (x->same != x)
        x = x->same;
    return x;
}

/* False when a list would hold the person twice. */
static bool join(struct told *a, struct told *b)
{
    for (size_t l = 0; a != b && l < LINKAGE_MAX_LISTS; l++)
        if (a->on[l] && b->on[l])
            return false;
    for (size_t l = 0; a != b && l < LINKAGE_MAX_LISTS; l++)
        a->on[l] = a->on[l] ? a->on[l] : b->on[l];
    b->same = a;
    return true;
}

/* Whether all answers can be true at once. */
static enum status hold_together(const struct sample *x, const char *name, struct told *told, struct err *e)
{
    size_t n = told_of(x, told);

    for (size_t k = 0; k < x->n; k++)
        if (x->answer[k] == SAMPLE_SAME && !join(person_of(told, n, x->pair[k]->list_a, x->pair[k]->i),
                                                 person_of(told, n, x->pair[k]->list_b, x->pair[k]->j)))
            return err_set(
                e, BAD_INPUT,
                "%s: number %zu cannot be yes, since with the answers before it two people of one list would "
                "be the same person: leave empty what is not certain",
                name, k + 1);
    for (size_t k = 0; k < x->n; k++)
        if (x->answer[k] == SAMPLE_OTHER && person_of(told, n, x->pair[k]->list_a, x->pair[k]->i) ==
                                                person_of(told, n, x->pair[k]->list_b, x->pair[k]->j))
            return err_set(
                e, BAD_INPUT,
                "%s: number %zu cannot be no, since by other answers both are the same person as a third: "
                "leave empty what is not certain",
                name, k + 1);
    return OK;
}

static enum status agree(const struct sample *x, const char *name, struct err *e)
{
    struct arena *own = arena_open();
    enum status s = hold_together(x, name, arena_new(own, 2 * x->n, struct told), e);

    arena_close(own);
    return s;
}

enum status sample_read(struct sample *x, const char *name, struct str csv, struct arena *a, struct err *e)
{
    struct answers *in = arena_new(a, 1, struct answers);
    bool *is_taken = arena_new(a, x->n, bool);
    bool has_row = true;

    TRY(answers_open(in, name, csv, a, e));
    for (;;) {
        TRY(csv_next(&in->in, &has_row, e));
        if (!has_row)
            return agree(x, name, e);
        TRY(take_row(x, in, is_taken, e));
    }
}

void sample_answers(const struct sample *x, struct linkage_answers *out, struct arena *a)
{
    struct linkage_answer *answer = arena_new(a, x->n, struct linkage_answer);

    *out = (struct linkage_answers){0, answer};
    for (size_t k = 0; k < x->n; k++) {
        const struct linkage_link *pair = x->pair[k];

        if (x->answer[k] != SAMPLE_NO_ANSWER)
            answer[out->n++] = (struct linkage_answer){pair->list_a, pair->i, pair->list_b, pair->j,
                                                       x->answer[k] == SAMPLE_SAME};
    }
}

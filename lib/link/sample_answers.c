/* The questions of a sample, read by who has no linkage; and the owners' answers: read, and given to it. */
#include "link/sample.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/number.h"

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

static enum status hold_together(const struct sample *x, const char *name, struct err *e)
{
    bool is_yes = false;
    size_t number = sample_contradicted(x, &is_yes);

    if (number == 0)
        return OK;
    if (is_yes)
        return err_set(
            e, BAD_INPUT,
            "%s: number %zu cannot be yes, since with the answers before it two people of one list would "
            "be the same person: leave empty what is not certain",
            name, number);
    return err_set(e, BAD_INPUT,
                   "%s: number %zu cannot be no, since by other answers both are the same person as a third: "
                   "leave empty what is not certain",
                   name, number);
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
            return hold_together(x, name, e);
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

/* Which list of `lists` is named; lists->lists when none is. */
static uint32_t list_named(const struct linkage *lists, struct str cell)
{
    uint32_t l = 0;

    while (l < lists->lists && !is_name(cell, lists->name[l]))
        l++;
    return l;
}

static enum status take_question(struct sample *out, const struct answers *in, size_t most,
                                 struct linkage_link *pair, struct err *e)
{
    const struct str *cell = in->in.fields;
    int64_t row_a = 0;
    int64_t row_b = 0;

    if (out->n == most)
        return csv_fault(e, &in->in, (size_t)in->column[NUMBER], "expected %zu questions at most", most);
    if (!is_number(cell[in->column[NUMBER]], out->n + 1))
        return csv_fault(e, &in->in, (size_t)in->column[NUMBER],
                         "expected number %zu: the questions as lykta link wrote them", out->n + 1);
    if (!i64_from_str(cell[in->column[ROW_A]], 1, INT32_MAX, &row_a) ||
        !i64_from_str(cell[in->column[ROW_B]], 1, INT32_MAX, &row_b))
        return csv_fault(e, &in->in, (size_t)in->column[ROW_A], "expected two places, from 1 on");
    *pair = (struct linkage_link){.list_a = list_named(out->linkage, cell[in->column[LIST_A]]),
                                  .i = (uint32_t)row_a - 1,
                                  .list_b = list_named(out->linkage, cell[in->column[LIST_B]]),
                                  .j = (uint32_t)row_b - 1};
    if (pair->list_a == out->linkage->lists || pair->list_b == out->linkage->lists ||
        pair->list_a == pair->list_b)
        return csv_fault(e, &in->in, (size_t)in->column[LIST_A], "expected the names of two lists of these");
    if (str_trim(cell[in->column[ANSWER]]).n > 0)
        return csv_fault(e, &in->in, (size_t)in->column[ANSWER], "expected no answer yet");
    out->pair[out->n++] = pair;
    return OK;
}

enum status sample_questions_read(struct sample *out, const struct linkage *lists, const char *name,
                                  struct str csv, size_t most, struct arena *a, struct err *e)
{
    struct answers *in = arena_new(a, 1, struct answers);
    struct linkage_link *pair = arena_new(a, most + 1, struct linkage_link);
    struct sample read = {.linkage = lists,
                          .pair = arena_new(a, most, const struct linkage_link *),
                          .answer = arena_new(a, most, enum sample_answer)};
    bool has_row = true;

    TRY(answers_open(in, name, csv, a, e));
    for (;;) {
        TRY(csv_next(&in->in, &has_row, e));
        if (!has_row)
            break;
        TRY(take_question(&read, in, most, &pair[read.n], e));
    }
    if (read.n == 0)
        return err_set(e, BAD_INPUT, "%s: holds no question", name);
    *out = read;
    return OK;
}

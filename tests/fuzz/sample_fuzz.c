/* Any bytes as owners' answers to a sample, of which two cannot both be yes: what is taken adds up, and
 * shares lie between their limits. And as questions that are carried on: what is taken is of the lists. */
#include "base/arena.h"
#include "link/sample.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_questions(struct str csv, struct arena *a)
{
    const struct linkage lists = {.lists = 2, .name = {S("a"), S("=b")}};
    struct sample x;
    struct err e = {OK, ""};

    if (sample_questions_read(&x, &lists, "fuzz", csv, 3, a, &e) != OK) {
        assert(e.status == BAD_INPUT && e.what[0]);
        return;
    }
    assert(1 <= x.n && x.n <= 3);
    for (size_t k = 0; k < x.n; k++)
        assert(x.pair[k]->list_a + x.pair[k]->list_b == 1 && x.answer[k] == SAMPLE_NO_ANSWER);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct linkage_link link[] = {
        {0, 0, 1, 0, 0, 9.0, 1.0}, {0, 1, 1, 2, 0, 5.0, 0.99}, {0, 2, 1, 1, 0, 1.0, 0.7}};
    struct linkage_link other[] = {{0, 0, 1, 2, 0, -1.0, 0.2}, {0, 4, 1, 5, 0, -6.0, 0.01}};
    const struct linkage linkage = {
        .lists = 2, .name = {S("a"), S("=b")}, .links = 3, .link = link, .others = 2, .other = other};
    struct arena *a = arena_open();
    struct sample x;
    struct err e = {OK, ""};

    sample_draw(&x, &linkage, SAMPLE_LEAST, 1, a);
    assert(x.n == 4);
    if (sample_read(&x, "fuzz", (struct str){(const char *)data, size}, a, &e) == OK) {
        struct sample_share right = sample_precision(&x);
        struct linkage_answers told;

        sample_answers(&x, &told, a);
        assert(told.n <= x.n);
        for (size_t k = 0; k < SAMPLE_PARTS; k++)
            assert(x.part[k].yes + x.part[k].no <= x.part[k].asked);
        assert(0.0 <= right.low && right.low <= right.share && right.share <= right.high &&
               right.high <= 1.0);
    } else {
        assert(e.status == BAD_INPUT && e.what[0]);
    }
    read_questions((struct str){(const char *)data, size}, a);
    arena_close(a);
    return 0;
}

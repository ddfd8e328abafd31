/* Lines taken away and added. */
#include "article/line_diff.h"

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct lines {
    size_t n;
    struct str *line;
};

static struct lines lines_of(struct str text, struct arena *a)
{
    struct lines found = {0, arena_new(a, 1, struct str)};
    size_t room = 1;
    struct str rest = text;
    struct str line;

    while (rest.n > 0) {
        str_cut(rest, '\n', &line, &rest);
        found.line = arena_grow(a, found.line, found.n + 1, &room, sizeof *found.line);
        found.line[found.n++] = line;
    }
    return found;
}

static void put(struct line_diff *d, enum line_fate fate, struct str text)
{
    d->line[d->n++] = (struct line){fate, text};
    d->changes += fate != LINE_KEPT;
}

/* longest[i * (y.n + 1) + j]: how many lines x from i on and y from j on have in common. */
static uint32_t *common(struct lines x, struct lines y, struct arena *a)
{
    size_t wide = y.n + 1;
    uint32_t *longest = arena_new(a, (x.n + 1) * wide, uint32_t);

    for (size_t i = x.n; i-- > 0;)
        for (size_t j = y.n; j-- > 0;) {
            uint32_t down = longest[(i + 1) * wide + j];
            uint32_t right = longest[i * wide + j + 1];

            longest[i * wide + j] = str_equal(x.line[i], y.line[j]) ? longest[(i + 1) * wide + j + 1] + 1
                                    : down > right                  ? down
                                                                    : right;
        }
    return longest;
}

static void put_middle(struct line_diff *d, struct lines x, struct lines y, struct arena *a)
{
    bool is_small = y.n == 0 || x.n <= LINE_DIFF_MOST_CELLS / y.n;
    const uint32_t *longest = is_small ? common(x, y, a) : NULL;
    size_t wide = y.n + 1;
    size_t i = 0;
    size_t j = 0;

    while (longest && i < x.n && j < y.n) {
        if (str_equal(x.line[i], y.line[j])) {
            put(d, LINE_KEPT, x.line[i++]);
            j++;
        } else if (longest[(i + 1) * wide + j] >= longest[i * wide + j + 1]) {
            put(d, LINE_REMOVED, x.line[i++]);
        } else {
            put(d, LINE_ADDED, y.line[j++]);
        }
    }
    while (i < x.n)
        put(d, LINE_REMOVED, x.line[i++]);
    while (j < y.n)
        put(d, LINE_ADDED, y.line[j++]);
}

struct line_diff line_diff(struct str before, struct str after, struct arena *a)
{
    struct lines x = lines_of(before, a);
    struct lines y = lines_of(after, a);
    struct line_diff d = {.line = arena_new(a, x.n + y.n + 1, struct line)};
    size_t head = 0;
    size_t tail = 0;

    while (head < x.n && head < y.n && str_equal(x.line[head], y.line[head]))
        put(&d, LINE_KEPT, x.line[head++]);
    while (tail < x.n - head && tail < y.n - head &&
           str_equal(x.line[x.n - 1 - tail], y.line[y.n - 1 - tail]))
        tail++;
    put_middle(&d, (struct lines){x.n - head - tail, x.line + head},
               (struct lines){y.n - head - tail, y.line + head}, a);
    for (size_t i = x.n - tail; i < x.n; i++)
        put(&d, LINE_KEPT, x.line[i]);
    return d;
}

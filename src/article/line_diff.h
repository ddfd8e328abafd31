/* What differs between two texts, line by line: the longest common subsequence of their lines stays, the rest
 * was taken away or added. */
#ifndef LYKTA_ARTICLE_LINE_DIFF_H
#define LYKTA_ARTICLE_LINE_DIFF_H

#include "base/str.h"

#include <stddef.h>

struct arena;

enum line_fate { LINE_KEPT, LINE_REMOVED, LINE_ADDED };

struct line {
    enum line_fate fate;
    struct str text; /* a view of the text it stands in, without its line end */
};

struct line_diff {
    size_t n;
    struct line *line;
    size_t changes; /* lines that are not kept */
};

/* From `before` to `after`, in `a`: the kept and removed lines are `before`, the kept and added ones `after`.
 * As few changes as there can be, except where more than LINE_DIFF_MOST_CELLS pairs of lines would have to be
 * compared: then all that lies between the first and the last difference is exchanged. */
enum { LINE_DIFF_MOST_CELLS = 4000000 };
struct line_diff line_diff(struct str before, struct str after, struct arena *a);

#endif

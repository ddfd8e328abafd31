/* The best way to give each row at most one column and each column at most one row: maximum-weight matching
 * in a bipartite graph.
 *
 * Shortest augmenting paths, one a row, over reduced costs (Kuhn 1955, Naval Res. Logist. Q. 2, 83-97; Jonker
 * & Volgenant 1987, Computing 38, 325-340): exact but for rounding. A path stops at the first free column or
 * at the first row that is better left out, so that where most rows have one good column it is short. */
#ifndef LYKTA_LINK_ASSIGNMENT_H
#define LYKTA_LINK_ASSIGNMENT_H

#include <stddef.h>
#include <stdint.h>

#define ASSIGNMENT_NONE UINT32_MAX

struct assignment_edge {
    uint32_t column;
    double weight; /* above 0: others are never taken */
};

/* Those of row r are edge[start[r]] to before edge[start[r + 1]]; a column stands once in a row. */
struct assignment_graph {
    uint32_t rows, columns;
    const size_t *start; /* [rows + 1] */
    const struct assignment_edge *edge;
};

/* The column of each row, or ASSIGNMENT_NONE, into column_of[rows], so that no other choice has a greater sum
 * of weights. Of equally good ones the same for the same graph. */
void assignment_best(const struct assignment_graph *graph, uint32_t *column_of);

#endif

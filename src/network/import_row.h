/* Rows of a contact list that tell of the same organisation, in SQL: for the files that compare them.
 *
 * Two rows do when their numbers are equal, or, where one has none, their names. */
#ifndef LYKTA_NETWORK_IMPORT_ROW_H
#define LYKTA_NETWORK_IMPORT_ROW_H

/* Columns: the first lines with the same number, with the same name, and with the same name and no number; of
 * rows that are also alike in `who`, names of columns that each end with ", ". */
#define IMPORT_FIRST_LINES(who)                                                                              \
    "min(line) over (partition by " who "number) as of_number, "                                             \
    "min(line) over (partition by " who "folded) as of_name, "                                               \
    "min(case when number = '' then line end) over (partition by " who "folded) as of_bare_name "

/* Does an earlier row tell of the same? Of a row with `line`, `number` and the columns above. */
#define IMPORT_IS_LATER                                                                                      \
    "((number = '' and of_name < line) or (number <> '' and "                                                \
    "(of_number < line or coalesce(of_bare_name, line) < line))) "

#endif

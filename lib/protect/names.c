/* Names that may stand in a published table. */
#include "protect/names.h"

#include "base/arena.h"
#include "protect/table.h"

#include <stdlib.h>

/* At the start of a file it would be taken for the mark of the file. */
static const struct str byte_order_mark = {"\xEF\xBB\xBF", 3};

struct str names_total(void)
{
    return S("Total");
}

bool names_may_be_column(struct str name)
{
    static const char *const taken[] = {"count", "n", "freq", "lo", "hi", "shown", "Total"};

    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        if (str_is(name, taken[i]))
            return false;
    return true;
}

static enum status check_name(struct str name, const char *what, struct err *e)
{
    if (name.n == 0)
        return err_set(e, BAD_INPUT, "%s has an empty name", what);
    if (name.n > TABLE_MAX_NAME_BYTES)
        return err_set(e, BAD_INPUT, "%s has a name of %zu bytes, expected at most %d: \"%.40s...\"", what,
                       name.n, TABLE_MAX_NAME_BYTES, name.p);
    if (!str_is_utf8(name))
        return err_set(e, BAD_INPUT, "%s has a name that is not UTF-8 text", what);
    for (size_t i = 0; i < name.n; i++)
        if ((unsigned char)name.p[i] < 0x20)
            return err_set(e, BAD_INPUT, "%s has a name with a line end or other control character in it",
                           what);
    if (str_starts(name, byte_order_mark))
        return err_set(e, BAD_INPUT, "%s has a name that begins with a byte-order mark: remove it", what);
    if (str_equal(name, names_total()))
        return err_set(e, BAD_INPUT, "%s is named \"Total\", the name of the sums: rename it", what);
    return OK;
}

enum status names_check_column(struct str name, const char *what, struct err *e)
{
    TRY(check_name(name, what, e));
    if (!names_may_be_column(name))
        return err_set(e, BAD_INPUT,
                       "%s is named \"%.*s\", as another column of the published table: rename it", what,
                       STR(name));
    return OK;
}

enum status names_copy(const struct str *from, size_t n, const char *what, struct arena *a, struct str **to,
                       struct err *e)
{
    struct str *copy = arena_new(a, n ? n : 1, struct str);

    for (size_t i = 0; i < n; i++) {
        TRY(check_name(from[i], what, e));
        copy[i] = str_copy(from[i], a);
    }
    *to = copy;
    return OK;
}

static int compare_names(const void *x, const void *y)
{
    const struct str *a = x;
    const struct str *b = y;

    return str_compare(*a, *b);
}

enum status names_check_differ(struct str *name, size_t n, struct err *e)
{
    qsort(name, n, sizeof *name, compare_names);
    for (size_t i = 1; i < n; i++)
        if (str_equal(name[i - 1], name[i]))
            return err_set(e, BAD_INPUT, "the name \"%.*s\" is there twice, expected once", STR(name[i]));
    return OK;
}

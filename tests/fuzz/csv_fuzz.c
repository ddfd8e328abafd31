/* Any bytes as CSV: every row has the header's number of fields, and all views lie inside the input or the
 * arena. */
#include "base/arena.h"
#include "base/csv.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct csv in;
    struct err e = {OK, ""};
    bool has_row = true;

    if (csv_open(&in, "fuzz", (struct str){(const char *)data, size}, a, &e) == OK) {
        size_t expected = in.n;
        while (has_row && csv_next(&in, &has_row, &e) == OK) {
            assert(in.n == expected);
            struct text out = text_open(a);
            for (size_t i = 0; has_row && i < in.n; i++)
                csv_put(&out, in.fields[i], in.separator);
        }
    }
    arena_close(a);
    return 0;
}

/* Any bytes as a spreadsheet: every row has the header's cells, all of them within the limits. */
#include "base/arena.h"
#include "network/contact_list.h"
#include "sheet/sheet.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct contact_rows rows;
    struct sheet sheet;
    struct err e = {OK, ""};

    if (sheet_read("fuzz", (struct str){(const char *)data, size}, a, &sheet, &e) == OK) {
        assert(sheet.columns > 0 && sheet.columns <= SHEET_MAX_COLUMNS && sheet.n <= SHEET_MAX_ROWS);
        for (size_t i = 0; i < sheet.n; i++)
            for (size_t k = 0; k < sheet.columns; k++)
                assert(sheet.row[i].cell[k].n <= SHEET_CELL_MAX_BYTES);
        if (contact_list_read("fuzz", &sheet, ACTOR_OTHER, a, &rows, &e) == OK)
            assert(rows.n == sheet.n && rows.faults <= rows.n);
    }
    arena_close(a);
    return 0;
}

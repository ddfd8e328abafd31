/* Swedish municipalities by code. */
#include "store/municipality.h"

#include "base/csv.h"
#include "base/number.h"

extern const char municipalities_csv[];

enum status municipality_name(struct str code, struct arena *a, struct str *name, struct err *e)
{
    struct csv in;
    bool has_row = false;
    int64_t number = 0;

    if (code.n != 4 || !i64_from_str(code, 0, 9999, &number))
        return err_set(e, BAD_INPUT,
                       "\"%.*s\" is not a municipality's code: expected four digits, as 1281 for Lund",
                       STR(str_part(code, 0, 20)));
    *name = S("");
    TRY(csv_open(&in, "municipalities.csv", str_of(municipalities_csv), a, e));
    TRY(csv_next(&in, &has_row, e));
    while (has_row) {
        if (str_equal(in.fields[0], code)) {
            *name = in.fields[1];
            return OK;
        }
        TRY(csv_next(&in, &has_row, e));
    }
    return OK;
}

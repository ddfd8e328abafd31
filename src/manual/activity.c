/* The activities of the register of processing. */
#include "manual/activity.h"

#include "base/arena.h"
#include "base/csv.h"

extern const char activities_csv[];

/* The columns that are read, by their names in the header. */
enum { ID, NAME, ENGLISH, PURPOSE, PERSONS, DATA, COLUMNS };

static const char *const names[COLUMNS] = {
    [ID] = "id",           [NAME] = "behandling",          [ENGLISH] = "english",
    [PURPOSE] = "ändamål", [PERSONS] = "vilka det gäller", [DATA] = "slag av uppgifter"};

static enum status find_columns(const struct csv *in, int at[COLUMNS], struct err *e)
{
    for (int i = 0; i < COLUMNS; i++) {
        at[i] = csv_column(in, names[i]);
        if (at[i] < 0)
            return csv_fault(e, in, 0, "expected a column %s", names[i]);
    }
    return OK;
}

enum status activities_read(struct arena *a, struct activities *out, struct err *e)
{
    struct activities all = {0};
    struct csv in;
    int at[COLUMNS];
    size_t room = 0;
    bool has_row = false;

    TRY(csv_open(&in, "activities.csv", str_of(activities_csv), a, e));
    TRY(find_columns(&in, at, e));
    TRY(csv_next(&in, &has_row, e));
    while (has_row) {
        all.activity = arena_grow(a, all.activity, all.n + 1, &room, sizeof *all.activity);
        all.activity[all.n++] = (struct activity){
            .id = in.fields[at[ID]],
            .name = {[LANGUAGE_SV] = in.fields[at[NAME]], [LANGUAGE_EN] = in.fields[at[ENGLISH]]},
            .purpose = in.fields[at[PURPOSE]],
            .persons = in.fields[at[PERSONS]],
            .data = in.fields[at[DATA]]};
        TRY(csv_next(&in, &has_row, e));
    }
    *out = all;
    return OK;
}

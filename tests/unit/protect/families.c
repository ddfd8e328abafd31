/* The tables of tests/data/disclosure, as the tests use them. */
#include "families.h"

#include "base/csv.h"
#include "base/file.h"
#include "base/number.h"
#include "protect/table_csv.h"

#include <string.h>

struct str families_read(const char *name, struct arena *a)
{
    struct str bytes = {NULL, 0};
    struct err e;

    if (file_read(arena_printf(a, "%s/disclosure/%s", TEST_DATA, name), 1 << 20, a, &bytes, &e) != OK)
        die("%s", e.what);
    return bytes;
}

static struct table read_table(const char *name, struct str bytes, const char *groups, struct arena *a)
{
    struct table t;
    struct err e;

    if (table_csv_read(name, bytes, &(struct table_csv_options){.groups = str_of(groups)}, a, &t, &e) != OK)
        die("%s", e.what);
    return t;
}

struct table families_e1(struct arena *a)
{
    return read_table("e1_input.csv", families_read("e1_input.csv", a), "", a);
}

struct table families_b(struct arena *a)
{
    return read_table("family_b_input.csv", families_read("family_b_input.csv", a),
                      "district=area,form=fgroup", a);
}

/* Gender and age as one: "other" is counted with women, everybody below 18 is a child. */
static const char *profile_of(struct arena *a, struct str gender, struct str age)
{
    bool is_child = str_is(age, "0-14") || str_is(age, "15-17");

    return arena_printf(a, "%s_%.*s", str_is(gender, "man") ? "man" : "woman",
                        STR(is_child ? S("child") : age));
}

/* The rows of family A without period, several for a cell: each adds to its cell of an empty table that is
 * made of a row with 0 for every district, form and profile. */
struct table families_a(struct arena *a)
{
    static const char *const form[] = {"begging", "crime", "labour", "organ", "other", "sexual"};
    static const char *const kind[] = {"FL", "FL", "FL", "FO", "FO", "FX"};
    static const char *const profile[] = {"man_18-24",   "man_25-39",   "man_40+",   "man_child",
                                          "woman_18-24", "woman_25-39", "woman_40+", "woman_child"};
    struct text empty = text_open(a);
    struct csv in;
    struct err e;
    bool has_row = true;

    text_lit(&empty, "district,area,form,fgroup,profile,n\n");
    for (int d = 0; d < 20; d++)
        for (int f = 0; f < 6; f++)
            for (int p = 0; p < 8; p++)
                text_format(&empty, "D%02d,S%d,%s,%s,%s,0\n", d + 1, d / 4 + 1, form[f], kind[f], profile[p]);
    struct table t = read_table("family A", text_str(&empty), "district=area,form=fgroup", a);
    if (csv_open(&in, "family_a_input.csv", families_read("family_a_input.csv", a), a, &e) != OK)
        die("%s", e.what);
    while (csv_next(&in, &has_row, &e) == OK && has_row) {
        struct str label[] = {in.fields[0], in.fields[2], str_of(profile_of(a, in.fields[4], in.fields[5]))};
        size_t cell = 0;
        size_t inner = 0;
        int64_t n = 0;

        if (!table_find(&t.shape, label, &cell) || !table_is_inner(&t.shape, cell, &inner) ||
            !i64_from_str(in.fields[7], 1, 900, &n))
            die("family_a_input.csv: a row of no cell");
        t.count[inner] += n;
    }
    return t;
}

struct table families_line(const int64_t *count, size_t n, struct arena *a)
{
    struct str *name = arena_new(a, n, struct str);
    struct table t;
    struct err e;

    for (size_t i = 0; i < n; i++)
        name[i] = str_of(arena_printf(a, "c%zu", i));
    if (table_make(&(struct table_dimension){.name = S("x"), .n = n, .category = name}, 1, a, &t, &e) != OK)
        die("%s", e.what);
    memcpy(t.count, count, n * sizeof *count);
    return t;
}

struct cube families_cube(const struct table *t, unsigned char key, struct arena *a)
{
    unsigned char secret[CUBE_KEY_BYTES] = {key};
    struct cube c;
    struct err e = {OK, ""};

    if (cube_make(t, &(struct cube_options){.id = S("1281/2025")}, secret, a, &c, &e) != OK)
        die("%s", e.what);
    return c;
}

struct attack_report families_attack(const struct ledger_table *tables, size_t n,
                                     const struct ledger_map *map, struct arena *a)
{
    struct ledger l;
    struct attack_report r = {0};
    struct err e = {OK, ""};

    if (ledger_join(tables, n, map, a, &l, &e) != OK ||
        attack_cells(&l.knowledge, &(struct attack_options){.depth = ATTACK_UNTIL_SAFE}, a, &r, &e) != OK)
        die("%s", e.what);
    return r;
}

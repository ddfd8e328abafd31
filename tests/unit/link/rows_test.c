/* A list whose rows are read in any order. All people are invented. */
#include "link/rows.h"

#include "../unit.h"

#include "base/text.h"
#include "link/clk_file.h"

#include <string.h>

enum { PEOPLE = 700 };

static const unsigned char key[ENCODE_KEY_BYTES] = {1, 2, 3};

static struct schema *schema_of(struct arena *a)
{
    static const char json[] =
        "{\"lykta_schema\": 1, \"project\": \"Example\", \"round\": \"1\", \"as_of\": \"2026-11-24\", \"strata\": "
        "[\"age\"], \"fields\": [{\"kind\": \"name\", \"columns\": [\"name\"]}, {\"kind\": \"birth_date\", "
        "\"columns\": [\"born\"]}]}";
    struct schema *s = arena_new(a, 1, struct schema);
    struct err e = {OK, ""};

    assert_int_equal(schema_read(s, "schema", str_of(json), a, &e), OK);
    return s;
}

/* People with quotes and new lines in their fields, and empty lines between them. */
static struct str list_of(size_t n, struct arena *a)
{
    struct text t = text_open(a);

    text_lit(&t, "name,born\n");
    for (size_t i = 0; i < n; i++)
        text_format(
            &t, i % 5 == 0 ? "\"Hittepå, \"\"%c%c\"\"\nExempel\",19%02zu-03-04\n\n" : "Prov%c%c,19%02zu\n",
            (int)('a' + i % 26), (int)('a' + i / 26 % 26), 10 + i % 90);
    return text_str(&t);
}

static void scan(struct rows *rows, const struct schema *s, struct str list, struct encoder *x,
                 struct arena *a, struct arena *row)
{
    struct err e = {OK, ""};

    assert_int_equal(rows_scan(rows, s, "list", list, x, a, row, NULL, &e), OK);
}

/* All encodings, in the order of the rows. */
static struct encodings encode(struct rows *rows, const struct schema *s, struct encoder *x, struct arena *a,
                               struct arena *row)
{
    struct text file = text_open(a);
    struct sink to = sink_to_text(&file);
    struct clk_writer *w = NULL;
    struct clk_header h;
    struct encodings shuffled;
    struct encodings out;
    uint32_t *order = NULL;
    struct err e = {OK, ""};

    clk_header_of(&h, s, x);
    h.list = S("list");
    h.n = rows->n;
    memcpy(h.present, rows->present, sizeof h.present);
    assert_int_equal(clk_writer_open(&w, &h, &to, a, &e), OK);
    assert_int_equal(rows_encode(rows, x, w, &order, a, row, NULL, &e), OK);
    assert_int_equal(clk_writer_close(w, &e), OK);
    struct str rest = text_str(&file);
    struct source from = source_of_str(&rest, "list");
    assert_int_equal(clk_read(&h, &shuffled, &from, rest.n, a, &e), OK);
    clk_room(&out, &h, h.n, a);
    for (size_t i = 0; i < h.n; i++)
        memcpy(out.group[0].word + order[i] * 16, filter_of(&shuffled, 0, i), 128);
    return out;
}

static void encodings_kept_from_the_scan_are_those_made_later(void **state)
{
    struct arena *row = arena_open();
    const struct schema *s = schema_of(*state);
    struct encoder *x = encoder_open(s, key, key, *state);
    struct rows *kept = arena_new(*state, 1, struct rows);
    struct rows *late = arena_new(*state, 1, struct rows);

    scan(kept, s, list_of(PEOPLE, *state), x, *state, row);
    scan(late, s, list_of(PEOPLE, *state), NULL, *state, row);
    assert_int_equal(kept->n, PEOPLE);
    struct encodings a = encode(kept, s, x, *state, row);
    struct encodings b = encode(late, s, x, *state, row);
    assert_memory_equal(a.group[0].word, b.group[0].word, PEOPLE * 128);
    arena_close(row);
}

static void any_row_is_read_by_its_number(void **state)
{
    struct arena *row = arena_open();
    struct rows *rows = arena_new(*state, 1, struct rows);
    struct person p;
    struct err e = {OK, ""};

    scan(rows, schema_of(*state), list_of(PEOPLE, *state), NULL, *state, row);
    for (size_t i = PEOPLE; i > 0; i--) {
        assert_int_equal(rows_read(rows, i - 1, row, &p, &e), OK);
        assert_int_equal(p.birth.year, 1910 + (i - 1) % 90);
    }
    arena_close(row);
}

static void lines_are_counted_with_those_inside_quotes(void **state)
{
    struct arena *row = arena_open();
    struct rows *rows = arena_new(*state, 1, struct rows);
    struct err e = {OK, ""};
    int64_t line = 0;

    scan(rows, schema_of(*state), list_of(20, *state), NULL, *state, row);
    assert_int_equal(rows_line(rows, 0, row, &line, &e), OK);
    assert_int_equal(line, 2);
    assert_int_equal(rows_line(rows, 1, row, &line, &e), OK);
    assert_int_equal(line, 5); /* two lines of the first person, an empty one */
    assert_int_equal(rows_line(rows, 11, row, &line, &e), OK);
    assert_int_equal(line, 19);
    arena_close(row);
}

static void doubles_and_what_is_present_are_counted(void **state)
{
    struct arena *row = arena_open();
    struct rows *rows = arena_new(*state, 1, struct rows);

    scan(rows, schema_of(*state), S("name,born\nÅsa Prov,1980\nPROV Aasa,1980\n,\n,\nBo,\n"), NULL, *state,
         row);
    assert_int_equal(rows->n, 5);
    assert_int_equal(rows->doubles, 1);
    assert_int_equal(rows->present[GROUP_NAMES], 3);
    assert_int_equal(rows->present[GROUP_BIRTH], 2);
    assert_int_equal(rows->known, 3);
    arena_close(row);
}

static void a_list_without_rows_has_nobody(void **state)
{
    struct arena *row = arena_open();
    struct rows *rows = arena_new(*state, 1, struct rows);

    scan(rows, schema_of(*state), S("name,born\n"), NULL, *state, row);
    assert_int_equal(rows->n, 0);
    arena_close(row);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(encodings_kept_from_the_scan_are_those_made_later),
        WITH_ARENA(any_row_is_read_by_its_number),
        WITH_ARENA(lines_are_counted_with_those_inside_quotes),
        WITH_ARENA(doubles_and_what_is_present_are_counted),
        WITH_ARENA(a_list_without_rows_has_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

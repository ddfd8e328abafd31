/* Spreadsheets: what is written is read back. A file of shared and inline texts stands in the fuzz corpus. */
#include "../unit.h"

#include "base/text.h"
#include "sheet/sheet.h"
#include "sheet/sheet_write.h"

#include <string.h>
#include <zip.h>

static const struct str header[] = {{"Organisation", 12}, {"Namn", 4}};

static struct str xlsx_of(void **state, const struct str *cells, size_t rows)
{
    struct sheet_table table = {
        .name = "Kontakter", .columns = 2, .header = header, .n = rows, .cell = cells};
    struct str bytes;
    struct err e;

    assert_int_equal(sheet_write_xlsx(&table, *state, &bytes, &e), OK);
    return bytes;
}

static void an_xlsx_file_reads_back_as_it_was_written(void **state)
{
    const struct str cells[] = {S("Åhus & <Söner>"), S("Нина \"Пример\""),  S("="),
                                S("=1+1"),           S("+46 8 465 004 00"), S("@x")};
    struct sheet sheet;
    struct err e;

    assert_int_equal(sheet_read("k.xlsx", xlsx_of(state, cells, 3), *state, &sheet, &e), OK);
    assert_int_equal(sheet.columns, 2);
    assert_str(sheet.header[1], "Namn");
    assert_int_equal(sheet.n, 3);
    for (size_t i = 0; i < 6; i++)
        assert_true(str_equal(sheet.row[i / 2].cell[i % 2], cells[i]));
    assert_int_equal(sheet.row[2].line, 4);
}

static void no_cell_of_an_xlsx_file_is_a_formula(void **state)
{
    const struct str cells[] = {S("=HYPERLINK(\"http://x.example\")"), S("-1+1")};
    struct str bytes = xlsx_of(state, cells, 1);

    assert_null(memmem(bytes.p, bytes.n, "<f>", 3));
    assert_null(memmem(bytes.p, bytes.n, "<f ", 3));
}

static void a_csv_file_keeps_formulas_as_texts(void **state)
{
    const struct str cells[] = {S("=1+1"), S("a;b\"c")};
    struct sheet_table table = {.name = "x", .columns = 2, .header = header, .n = 1, .cell = cells};

    assert_str(sheet_write_csv(&table, *state), "\xEF\xBB\xBFOrganisation;Namn\r\n'=1+1;\"a;b\"\"c\"\r\n");
}

static void a_csv_file_reads_back(void **state)
{
    const struct str cells[] = {S("Å; \"x\""), S("y")};
    struct sheet_table table = {.name = "x", .columns = 2, .header = header, .n = 1, .cell = cells};
    struct sheet sheet;
    struct err e;

    assert_int_equal(sheet_read("x.csv", sheet_write_csv(&table, *state), *state, &sheet, &e), OK);
    assert_str(sheet.row[0].cell[0], "Å; \"x\"");
    assert_str(sheet.row[0].cell[1], "y");
}

static void a_damaged_file_is_refused(void **state)
{
    const struct str cells[] = {S("a"), S("b")};
    struct str bytes = xlsx_of(state, cells, 1);
    struct sheet sheet;
    struct err e;

    assert_int_equal(sheet_read("k.xlsx", str_part(bytes, 0, bytes.n / 2), *state, &sheet, &e), BAD_INPUT);
    assert_says(e, "damaged");
    assert_int_equal(sheet_read("k.xls", S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), *state, &sheet, &e),
                     BAD_INPUT);
    assert_says(e, "save it as .xlsx");
}

/* The same workbook with a sheet that is a few kilobytes packed, and more than may be unpacked. */
static struct str with_a_bomb(void **state, struct str bytes)
{
    const size_t n = (size_t)SHEET_INFLATED_BYTES + 1;
    char *blanks = arena_alloc(*state, n, 1);
    zip_source_t *kept = zip_source_buffer_create(bytes.p, bytes.n, 0, NULL);
    zip_t *zip = zip_open_from_source(kept, 0, NULL);
    struct zip_stat found;

    assert_non_null(zip);
    zip_source_keep(kept);
    memset(blanks, ' ', n);
    assert_int_equal(zip_file_replace(zip, (zip_uint64_t)zip_name_locate(zip, "xl/worksheets/sheet1.xml", 0),
                                      zip_source_buffer(zip, blanks, n, 0), 0),
                     0);
    assert_int_equal(zip_close(zip), 0);
    assert_int_equal(zip_source_stat(kept, &found), 0);
    char *out = arena_alloc(*state, (size_t)found.size, 1);
    assert_int_equal(zip_source_open(kept), 0);
    assert_int_equal(zip_source_read(kept, out, found.size), found.size);
    zip_source_close(kept);
    zip_source_free(kept);
    return (struct str){out, (size_t)found.size};
}

static void a_small_file_that_unpacks_to_a_huge_one_is_refused(void **state)
{
    const struct str cells[] = {S("a"), S("b")};
    struct sheet sheet;
    struct err e;
    struct str bomb = with_a_bomb(state, xlsx_of(state, cells, 1));

    assert_true(bomb.n < SHEET_INFLATED_BYTES / 100);
    assert_int_equal(sheet_read("k.xlsx", bomb, *state, &sheet, &e), BAD_INPUT);
    assert_says(e, "unpacked it is larger than");
}

static void an_empty_file_says_what_was_expected(void **state)
{
    struct sheet sheet;
    struct err e;

    assert_int_equal(sheet_read("k.csv", S(""), *state, &sheet, &e), BAD_INPUT);
    assert_says(e, "header");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(an_xlsx_file_reads_back_as_it_was_written),
        WITH_ARENA(no_cell_of_an_xlsx_file_is_a_formula),
        WITH_ARENA(a_csv_file_keeps_formulas_as_texts),
        WITH_ARENA(a_csv_file_reads_back),
        WITH_ARENA(a_damaged_file_is_refused),
        WITH_ARENA(a_small_file_that_unpacks_to_a_huge_one_is_refused),
        WITH_ARENA(an_empty_file_says_what_was_expected),
    };

    return cmocka_run_group_tests_name("sheet", tests, NULL, NULL);
}

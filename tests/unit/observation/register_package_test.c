/* The register as an archive package: what stands in it, and that nothing breaks its form. */
#include "../unit.h"

#include "base/arena.h"
#include "observation/register_package.h"

#include <string.h>
#include <zip.h>

/* A year with two records. */
static struct register_package year(struct arena *a)
{
    struct register_row *row = arena_new(a, 2, struct register_row);

    row[0] = (struct register_row){.number = S("2026-001"),
                                   .received_on = {2026, 11, 20},
                                   .sender = S("Okänd"),
                                   .decision = S("Inget ännu")};
    row[1] = (struct register_row){.number = S("2026-002"),
                                   .received_on = {2026, 11, 21},
                                   .sender = S("Medlem"),
                                   .decision = S("Överlämnad <&\"\x01>"),
                                   .decided_on = {2026, 11, 22},
                                   .disposed_on = {2028, 11, 22}};
    return (struct register_package){.year = 2026,
                                     .city = S("Lund"),
                                     .municipality = S("1281"),
                                     .now_at = 1795176000,
                                     .rows = 2,
                                     .row = row,
                                     .pdf = S("%PDF-1.7 exempel")};
}

static void a_package_is_named_by_city_year_and_moment(void **state)
{
    struct register_package p = year(*state);

    assert_str(register_package_id(&p, *state), "diarium-1281-2026-20261120T120000Z");
}

static void each_record_is_told_with_the_days_it_has(void **state)
{
    struct register_package p = year(*state);
    const char *xml = register_xml(&p, *state).p;

    assert_non_null(
        strstr(xml, "<diarium xmlns=\"urn:lykta:diarium:1\" kommun=\"Lund\" kommunkod=\"1281\" ar=\"2026\" "
                    "uttagen=\"2026-11-20\">"));
    assert_non_null(strstr(xml, "<handling nummer=\"2026-001\">\n  <inkom>2026-11-20</inkom>\n"
                                "  <avsandare>Okänd</avsandare>\n  <arende>Iakttagelse</arende>\n"
                                "  <beslut>Inget ännu</beslut>\n </handling>"));
    assert_non_null(strstr(xml, "<beslutad>2026-11-22</beslutad>\n  <gallrad>2028-11-22</gallrad>"));
}

static void what_has_a_meaning_in_xml_does_not_break_it(void **state)
{
    struct register_package p = year(*state);

    assert_non_null(strstr(register_xml(&p, *state).p, "<beslut>Överlämnad &lt;&amp;&quot;&gt;</beslut>"));
}

static void all_files_lie_in_one_folder_with_the_package_s_name(void **state)
{
    static const char *const paths[] = {"documentation/om_diariet.txt", "schemas/diarium.xsd",
                                        "representations/rep1/data/diarium.xml",
                                        "representations/rep1/data/diarium.pdf", "METS.xml"};
    struct register_package p = year(*state);
    struct str bytes;
    struct err e = {0};

    assert_int_equal(register_package(&p, *state, &bytes, &e), OK);
    zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, NULL);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, NULL);
    assert_non_null(zip);
    assert_int_equal(zip_get_num_entries(zip, 0), sizeof paths / sizeof *paths);
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        const char *path = arena_printf(*state, "diarium-1281-2026-20261120T120000Z/%s", paths[i]);

        assert_true(zip_name_locate(zip, path, 0) >= 0);
    }
    zip_discard(zip);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_package_is_named_by_city_year_and_moment),
        WITH_ARENA(each_record_is_told_with_the_days_it_has),
        WITH_ARENA(what_has_a_meaning_in_xml_does_not_break_it),
        WITH_ARENA(all_files_lie_in_one_folder_with_the_package_s_name),
    };

    return cmocka_run_group_tests_name("register package", tests, NULL, NULL);
}

/* What lies around a published table: the threats 19 and 20 of docs/protection.md. The other threats are in
 * protect/threats_test.c and beside it. */
#include "../scratch_city.h"
#include "../unit.h"

#include "area/area_match.h"
#include "base/text.h"
#include "mapping/example.h"
#include "portal/permission.h"
#include "portal/person.h"
#include "public/report_charts.h"
#include "public/report_view.h"
#include "publishing/round.h"
#include "publishing/round_input.h"
#include "publishing/round_run.h"
#include "release/propose.h"
#include "release/release.h"
#include "web/html.h"

#include <dirent.h>
#include <string.h>

enum { NOON = 1785924000, MOST_BYTES = 1 << 26 };

static const struct who who = {.name = "test", .now_at = NOON};

static int64_t noon(void)
{
    return NOON;
}

static int begin(void **state)
{
    struct person analyst = {
        .email = S("b@lund.example"), .name = S("Exempel"), .roles = ROLE_BIT(ROLE_ANALYST)};
    struct err e = {0};

    if (scratch_city_open(state, &who) != 0)
        return -1;
    struct city *city = scratch_city(state);
    return person_add(city->db, &who, &analyst, &e) == OK ? 0 : -1;
}

/* The first row of the example, "1,0,0,0,0,0,54": 54 people on the first list alone. */
static struct str exact_row(void)
{
    struct str head;
    struct str rest;
    struct str row;

    assert_true(str_cut(str_of(example_histories), '\n', &head, &rest));
    assert_true(str_cut(rest, '\n', &row, &rest));
    return row;
}

/* Works a mapping out, as the program does by itself. */
static void work_out(struct scratch *s)
{
    struct city *city = s->mine;
    struct mapping *m = arena_new(s->arena, 1, struct mapping);
    const struct round_input input = {S("2013.csv"), str_of(example_histories), str_of(example_names)};
    struct round_runner w = {
        .city = city, .db = city->db, .now_at = noon, .estimate = estimate_options_default()};
    struct err e = {0};
    bool has_run = false;

    mapping_example(m);
    struct round round = {.first_year = 2013,
                          .last_year = 2013,
                          .title_sv = m->title_sv,
                          .title_en = m->title_en,
                          .people_sv = m->people_sv,
                          .people_en = m->people_en,
                          .source_sv = m->source_sv,
                          .source_en = m->source_en,
                          .specification = S("Alla på sex listor."),
                          .corrects = S(""),
                          .reason = S("")};
    w.estimate.replicates = 50;
    assert_int_equal(round_open(city->db, &round, 1, &who, &e), OK);
    assert_int_equal(round_upload(city, city->db, round.id, &input, 1, &who, &e), OK);
    assert_int_equal(round_run_next(&w, &has_run, &e), OK);
    assert_int_equal(round_find(city->db, round.id, s->arena, &round, &e), OK);
    assert_int_equal(round.state, ROUND_MADE);
}

struct search {
    struct str wanted;
    size_t files, found; /* read, and of them those that hold it */
};

/* Reads every file in `folder` and below. */
static void search_folder(const char *folder, struct search *x, struct arena *a)
{
    DIR *in = opendir(folder);

    assert_non_null(in);
    for (struct dirent *entry = readdir(in); entry; entry = readdir(in)) {
        const char *path = arena_printf(a, "%s/%s", folder, entry->d_name);
        struct str bytes;
        struct err e = {0};

        if (entry->d_name[0] == '.')
            continue;
        if (entry->d_type == DT_DIR) {
            search_folder(path, x, a);
            continue;
        }
        assert_int_equal(file_read(path, MOST_BYTES, a, &bytes, &e), OK);
        x->files++;
        x->found += memmem(bytes.p, bytes.n, x->wanted.p, x->wanted.n) != NULL;
    }
    closedir(in);
}

/* What the municipality does not keep, nobody can be given as a public document. */
static void threat_19_the_exact_table_is_nowhere_to_be_asked_for_once_it_is_worked_out(void **state)
{
    struct scratch *s = *state;
    struct search x = {.wanted = exact_row()};

    work_out(s);
    search_folder(scratch_path(s, "lund"), &x, s->arena);
    assert_true(x.files > 2);
    assert_int_equal(x.found, 0);
}

static void threat_19_the_search_finds_an_exact_table_that_is_kept(void **state)
{
    struct scratch *s = *state;
    struct search x = {.wanted = exact_row()};

    scratch_write(s, "lund/files/kept.csv", str_of(example_histories));
    search_folder(scratch_path(s, "lund"), &x, s->arena);
    assert_int_equal(x.found, 1);
}

static struct release *released(struct scratch *s, struct str histories)
{
    struct mapping *m = arena_new(s->arena, 1, struct mapping);
    struct release *r = arena_new(s->arena, 1, struct release);
    struct proposal p = {.histories_name = "h",
                         .histories = histories,
                         .names_name = "n",
                         .names = str_of(example_names),
                         .estimate = estimate_options_default(),
                         .now_at = NOON};
    struct err e = {0};

    p.estimate.replicates = 50;
    mapping_example(m);
    if (release_propose(s->mine, &p, m, s->arena, r, &e) != OK)
        fail_msg("%s", e.what);
    return r;
}

/* A true table that would be published just so: the published figures themselves, as if they were exact. */
static struct str rounded_histories(const struct release *r, struct arena *a)
{
    const struct release_table *overlap = release_table(r, "overlap");
    struct text out = text_open(a);
    struct str head;
    struct str rest;

    assert_true(str_cut(str_of(example_histories), '\n', &head, &rest));
    text_format(&out, "%.*s\n", STR(head));
    for (size_t i = 0; i < overlap->n; i++) {
        if (overlap->row[i].figure.people == 0)
            continue;
        for (int list = 0; list < 6; list++)
            text_format(&out, "%d,", (int)(overlap->row[i].lists >> list & 1));
        text_format(&out, "%d\n", (int)overlap->row[i].figure.people);
    }
    return text_str(&out);
}

/* The table "lists" as if its rows were areas, all of them the same square. */
static struct area_map map_of(const struct release *r, struct arena *a)
{
    static const struct sweref border[] = {{0, 0}, {9, 0}, {9, 9}, {0, 9}, {0, 0}};
    static struct chart_ring ring = {border, 5};
    struct area_map map = {.table = release_table(r, "lists")};

    map.areas = (struct areas){map.table->n, arena_new(a, map.table->n, struct area)};
    for (size_t i = 0; i < map.areas.n; i++)
        map.areas.area[i] = (struct area){.code = map.table->row[i].label.code,
                                          .name = map.table->row[i].label.sv,
                                          .n = 1,
                                          .ring = &ring,
                                          .circle = {{4, 4}, 4}};
    map.match = area_match(map.table, &map.areas, a);
    return map;
}

static struct str pictures(const struct release *r, struct arena *a)
{
    struct html h = html_open(a, catalogue_of(LANGUAGE_SV));
    struct report_view v = report_view_alone(r, LANGUAGE_SV, a);
    const struct area_map map = map_of(r, a);

    v.map = &map;
    v.maps = 1;
    report_charts(&h, &v);
    return html_str(&h);
}

/* Lengths, shades and hidden texts of a picture come from the figures that are shown: two true tables that
 * are published alike have the same pictures, byte by byte. The estimate is another matter (threat 14): the
 * second release is given the first one's. */
static void threat_20_pictures_and_shades_tell_no_more_than_the_figures_shown(void **state)
{
    struct scratch *s = *state;
    struct release *first = released(s, str_of(example_histories));
    struct release *second = released(s, rounded_histories(first, s->arena));

    assert_true(str_equal(first->cube_csv, second->cube_csv));
    second->estimate = first->estimate;
    assert_true(str_equal(pictures(first, s->arena), pictures(second, s->arena)));
}

#define IN_A_CITY(test) cmocka_unit_test_setup_teardown(test, begin, scratch_city_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_CITY(threat_19_the_exact_table_is_nowhere_to_be_asked_for_once_it_is_worked_out),
        IN_A_CITY(threat_19_the_search_finds_an_exact_table_that_is_kept),
        IN_A_CITY(threat_20_pictures_and_shades_tell_no_more_than_the_figures_shown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

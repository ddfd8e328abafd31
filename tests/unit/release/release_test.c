/* A release: made, published, read back, and proved against the city's ledger. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../scratch_city.h"
#include "base/text.h"
#include "estimate/pooled.h"
#include "mapping/cube_draws.h"
#include "mapping/example.h"
#include "mapping/from_cube.h"
#include "protect/cube.h"
#include "protect/dark_figure.h"
#include "release/bundle.h"
#include "release/propose.h"
#include "release/release.h"
#include "release/release_files.h"
#include "release/report.h"
#include "store/keys.h"

#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <jansson.h>

static const struct who who = {.name = "test", .now_at = 1000};

static int city_make_and_open(void **state)
{
    return scratch_city_open(state, &who);
}

static void propose_by(struct scratch *scratch, int64_t replicates, bool has_example_key, struct mapping *m,
                       struct release *out)
{
    struct proposal p = {.histories_name = "h",
                         .histories = str_of(example_histories),
                         .names_name = "n",
                         .names = str_of(example_names),
                         .estimate = estimate_options_default(),
                         .has_example_key = has_example_key,
                         .now_at = 1795496039};
    struct err e = {0};

    p.estimate.replicates = replicates;
    mapping_example(m);
    assert_int_equal(release_propose(scratch->mine, &p, m, scratch->arena, out, &e), OK);
}

/* With the city's key, and no replicates: they take most of the time, and few tests look at limits. */
static void propose(struct scratch *scratch, struct mapping *m, struct release *out)
{
    propose_by(scratch, 0, false, m, out);
}

/* Publishes the example and gives the path of its folder. */
static const char *publish(struct scratch *scratch, struct release *out)
{
    struct mapping *m = arena_new(scratch->arena, 1, struct mapping);
    struct err e = {0};

    propose(scratch, m, out);
    assert_int_equal(release_publish(scratch->mine, m, out, &who, scratch->arena, &e), OK);
    return release_path(scratch->mine, out->name, scratch->arena);
}

static struct str as_json(const struct release *r, struct arena *a)
{
    struct text out = text_open(a);
    struct err e;

    assert_int_equal(report_json(r, NULL, &out, &e), OK);
    return text_str(&out);
}

static struct release *new_release(struct scratch *scratch)
{
    return arena_new(scratch->arena, 1, struct release);
}

/* `text` without `part`, which is in it. */
static struct str without(struct str text, const char *part, struct arena *a)
{
    const char *whole = arena_cstr(a, text.p, text.n);
    const char *at = strstr(whole, part);
    struct text out = text_open(a);

    assert_non_null(at);
    text_add(&out, (struct str){whole, (size_t)(at - whole)});
    text_add(&out, str_of(at + strlen(part)));
    return text_str(&out);
}

static void a_release_reads_back_as_it_was_made(void **state)
{
    struct scratch *scratch = *state;
    struct release *made = new_release(scratch);
    struct release *found = new_release(scratch);
    const char *path = publish(scratch, made);
    struct err e = {0};

    assert_int_equal(release_read(path, made->public_key, scratch->arena, found, &e), OK);
    assert_string_equal(as_json(found, scratch->arena).p, as_json(made, scratch->arena).p);
    assert_true(str_equal(found->cube_csv, made->cube_csv));
    assert_int_equal(release_table(found, "overlap")->row[62].lists, 63);
}

static void the_methods_of_a_release_are_read_back(void **state)
{
    struct scratch *scratch = *state;
    struct mapping *m = arena_new(scratch->arena, 1, struct mapping);
    struct bundle *b = arena_new(scratch->arena, 1, struct bundle);
    struct release *made = new_release(scratch);
    struct release *found = new_release(scratch);
    struct err e = {0};

    propose(scratch, m, made);
    made->estimate.methods = (struct release_methods){.n = 1,
                                                      .range = {9200, RELEASE_UNKNOWN},
                                                      .method = {{S("graphs"), S("En graf."), S("A graph.")}},
                                                      .lowest = S("graphs"),
                                                      .highest = S("graphs")};
    release_files(made, scratch->arena, b);
    assert_int_equal(release_from_files(b, scratch->arena, found, &e), OK);
    assert_string_equal(as_json(found, scratch->arena).p, as_json(made, scratch->arena).p);
    assert_int_equal(found->estimate.methods.range[1], RELEASE_UNKNOWN);
    assert_true(str_is(found->estimate.methods.method[0].en, "A graph."));
}

/* A release of before: its estimate.json has no methods. */
static void a_release_that_tells_no_methods_is_read(void **state)
{
    struct scratch *scratch = *state;
    struct mapping *m = arena_new(scratch->arena, 1, struct mapping);
    struct bundle *b = arena_new(scratch->arena, 1, struct bundle);
    struct release *made = new_release(scratch);
    struct release *found = new_release(scratch);
    struct err e = {0};

    propose(scratch, m, made);
    assert_int_equal(made->estimate.methods.n, 0);
    release_files(made, scratch->arena, b);
    for (size_t i = 0; i < b->files; i++)
        if (str_is(b->file[i].name, "estimate.json"))
            b->file[i].bytes = without(b->file[i].bytes, "  \"methods\": null,\n", scratch->arena);
    assert_int_equal(release_from_files(b, scratch->arena, found, &e), OK);
    assert_int_equal(found->estimate.methods.n, 0);
    assert_int_equal(found->estimate.nhat, made->estimate.nhat);
}

/* Reports of situations, not people: beside the tables, and never one of them. */
static void situations_are_read_back_beside_the_tables(void **state)
{
    struct release_row row = {.label = {S("form-labour"), S("Arbete"), S("Labour")},
                              .figure = {45, 35, 55, S("cirka 45"), S("about 45")}};
    struct scratch *scratch = *state;
    struct mapping *m = arena_new(scratch->arena, 1, struct mapping);
    struct release *made = new_release(scratch);
    struct release *found = new_release(scratch);
    struct err e = {0};

    propose(scratch, m, made);
    made->situations = (struct release_table){.label = release_situations_label, .n = 1, .row = &row};
    assert_int_equal(release_publish(scratch->mine, m, made, &who, scratch->arena, &e), OK);
    const char *path = release_path(scratch->mine, made->name, scratch->arena);
    assert_int_equal(release_read(path, made->public_key, scratch->arena, found, &e), OK);
    assert_string_equal(as_json(found, scratch->arena).p, as_json(made, scratch->arena).p);
    assert_int_equal(found->situations.n, 1);
    assert_int_equal(found->situations.row[0].figure.hi, 55);
    assert_true(str_equal(found->situations.row[0].label.en, S("Labour")));
    assert_int_equal(found->tables, 3);
    assert_null(release_table(found, "situations"));
    assert_null(memmem(found->cube_csv.p, found->cube_csv.n, "labour", 6));
}

static void every_combination_of_lists_has_its_row(void **state)
{
    struct scratch *scratch = *state;
    struct release *r = new_release(scratch);

    publish(scratch, r);
    assert_int_equal(release_table(r, "lists")->n, 6);
    assert_int_equal(release_table(r, "overlap")->n, 63);
    assert_int_equal(release_table(r, "number")->n, 6);
    assert_null(release_table(r, "gender"));
}

static void the_tables_add_up(void **state)
{
    struct scratch *scratch = *state;
    struct release *r = new_release(scratch);
    int64_t overlap = 0;
    int64_t number = 0;

    publish(scratch, r);
    for (size_t i = 0; i < 63; i++)
        overlap += release_table(r, "overlap")->row[i].figure.people;
    for (size_t i = 0; i < 6; i++)
        number += release_table(r, "number")->row[i].figure.people;
    assert_int_equal(overlap, r->seen.people);
    assert_int_equal(number, r->seen.people);
}

static void every_interval_holds_the_truth(void **state)
{
    struct scratch *scratch = *state;
    struct release *r = new_release(scratch);
    struct arena *a = scratch->arena;
    struct counts counts;
    struct err e = {0};
    int64_t number[7] = {0};

    publish(scratch, r);
    assert_int_equal(counts_read(&counts, "h", str_of(example_histories), a, &e), OK);
    for (uint32_t mask = 1; mask < 64; mask++) {
        const struct release_figure *f = &release_table(r, "overlap")->row[mask - 1].figure;

        assert_in_range(counts.y[mask], f->lo, f->hi);
        number[__builtin_popcount(mask)] += counts.y[mask];
    }
    for (size_t i = 1; i <= 6; i++) {
        const struct release_figure *f = &release_table(r, "number")->row[i - 1].figure;

        assert_in_range(number[i], f->lo, f->hi);
    }
}

/* 11417.99, its limits and the 2744 people are what the estimator found: none may be in any file. */
static void no_exact_figure_is_in_any_file(void **state)
{
    static const char *const exact[] = {"2744", "11417",    "11418",        "deviance",
                                        "aic",  "\"bic\":", "models_tried", "removed"};
    struct scratch *scratch = *state;
    struct bundle *b = arena_new(scratch->arena, 1, struct bundle);
    struct release *r = new_release(scratch);

    publish(scratch, r);
    release_files(r, scratch->arena, b);
    for (size_t i = 0; i < b->files; i++)
        for (size_t j = 0; j < sizeof exact / sizeof *exact; j++)
            assert_null(memmem(b->file[i].bytes.p, b->file[i].bytes.n, exact[j], strlen(exact[j])));
}

/* As anybody can who has the release: its table of combinations is a file of histories. */
/* The people of tables/overlap.csv. */
static void read_overlap(struct scratch *scratch, const struct release *r, struct counts *out)
{
    const struct release_table *overlap = release_table(r, "overlap");
    struct text csv = text_open(scratch->arena);
    struct err e = {0};

    for (size_t k = 0; k < r->mapping.lists; k++)
        text_format(&csv, "%.*s,", STR(r->mapping.list[k].code));
    text_lit(&csv, "count\n");
    for (size_t i = 0; i < overlap->n; i++) {
        for (size_t k = 0; k < r->mapping.lists; k++)
            text_format(&csv, "%u,", overlap->row[i].lists >> k & 1U);
        text_format(&csv, "%lld\n", (long long)overlap->row[i].figure.people);
    }
    assert_int_equal(counts_read(out, "overlap", text_str(&csv), scratch->arena, &e), OK);
}

/* Whoever has the release and the program: draws, estimates, pools. */
static void the_figure_follows_from_the_published_table(void **state)
{
    struct scratch *scratch = *state;
    struct release *r = new_release(scratch);
    struct counts *draw = arena_new(scratch->arena, CUBE_DRAWS, struct counts);
    struct estimate *of = arena_new(scratch->arena, CUBE_DRAWS, struct estimate);
    struct estimate *pooled = arena_new(scratch->arena, 1, struct estimate);
    struct estimate_options options = estimate_options_default();
    struct mapping *m = arena_new(scratch->arena, 1, struct mapping);
    struct counts counts;
    struct err e = {0};

    propose_by(scratch, 100, true, m, r);
    read_overlap(scratch, r, &counts);
    assert_int_equal(r->estimate.replicates, 100);
    options.replicates = r->estimate.replicates;
    cube_draws(&counts, &(struct cube_rounding){.base = CUBE_STANDARD_BASE, .parts = 1}, r->estimate.seed,
               CUBE_DRAWS, scratch->arena, draw);
    for (size_t i = 0; i < CUBE_DRAWS; i++)
        assert_int_equal(estimate(&draw[i], &options, scratch->arena, &of[i], &e), OK);
    pool_estimates(of, CUBE_DRAWS, scratch->arena, pooled);
    assert_int_equal(r->estimate.answer, RELEASE_POINT);
    assert_int_equal(r->estimate.nhat, dark_figure_round(pooled->nhat, DARK_FIGURE_NEAREST));
    assert_int_equal(r->estimate.ci95[0], dark_figure_round(pooled->ci95[0], DARK_FIGURE_DOWN));
    assert_int_equal(r->estimate.ci95[1], dark_figure_round(pooled->ci95[1], DARK_FIGURE_UP));
}

static void tables_are_json_stat_with_a_value_for_each_cell(void **state)
{
    struct scratch *scratch = *state;
    const char *path = publish(scratch, new_release(scratch));
    json_error_t fault;
    json_t *table = json_load_file(arena_printf(scratch->arena, "%s/tables/overlap.json", path),
                                   JSON_REJECT_DUPLICATES, &fault);
    json_t *size = json_object_get(table, "size");
    json_t *dimension = json_object_get(json_object_get(table, "dimension"), "overlap");

    assert_string_equal(json_string_value(json_object_get(table, "version")), "2.0");
    assert_string_equal(json_string_value(json_object_get(table, "class")), "dataset");
    assert_int_equal(json_array_size(json_object_get(table, "id")), json_array_size(size));
    assert_int_equal(
        json_integer_value(json_array_get(size, 0)) * json_integer_value(json_array_get(size, 1)), 63);
    assert_int_equal(json_array_size(json_object_get(table, "value")), 63);
    assert_int_equal(json_array_size(json_object_get(json_object_get(dimension, "category"), "index")), 63);
    json_decref(table);
}

static void a_period_is_published_once(void **state)
{
    struct scratch *scratch = *state;
    struct mapping *m = arena_new(scratch->arena, 1, struct mapping);
    struct release *r = new_release(scratch);
    struct err e = {0};
    size_t n = 0;

    publish(scratch, r);
    propose(scratch, m, r);
    m->last_year = 2014;
    assert_int_equal(release_publish(scratch->mine, m, r, &who, scratch->arena, &e), REFUSED);
    assert_non_null(strstr(e.what, "1281-2013 is published already"));
    assert_int_equal(release_verify_all(scratch->mine, &n, &e), OK);
    assert_int_equal(n, 1);
}

static void a_city_with_its_releases_as_written_is_whole(void **state)
{
    struct scratch *scratch = *state;
    struct release_entry *entries = NULL;
    struct err e = {0};
    size_t n = 0;

    publish(scratch, new_release(scratch));
    assert_int_equal(release_verify_all(scratch->mine, &n, &e), OK);
    assert_int_equal(n, 1);
    assert_int_equal(release_list(((struct city *)scratch->mine)->db, scratch->arena, &entries, &n, &e), OK);
    assert_true(str_is(entries[0].name, "1281-2013"));
    assert_true(entries[0].is_example);
}

static void a_release_outside_the_ledger_is_named(void **state)
{
    struct scratch *scratch = *state;
    struct err e = {0};
    size_t n = 0;

    publish(scratch, new_release(scratch));
    assert_int_equal(mkdir(scratch_path(scratch, "lund/files/releases/1281-2014"), 0700), 0);
    assert_int_equal(release_verify_all(scratch->mine, &n, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "files/releases/1281-2014: is not in the city's ledger"));
}

static void what_a_killed_publication_left_goes_with_the_next(void **state)
{
    struct scratch *scratch = *state;
    struct err e = {0};
    size_t n = 0;

    assert_int_equal(mkdir(scratch_path(scratch, "lund/files/releases/1281-2013"), 0700), 0);
    assert_int_equal(mkdir(scratch_path(scratch, "lund/files/releases/1281-2013.99.tmp"), 0700), 0);
    assert_int_equal(release_verify_all(scratch->mine, &n, &e), BAD_INPUT);
    publish(scratch, new_release(scratch));
    assert_int_equal(release_verify_all(scratch->mine, &n, &e), OK);
}

static void a_release_gone_from_the_folder_is_named(void **state)
{
    struct scratch *scratch = *state;
    const char *path = publish(scratch, new_release(scratch));
    struct err e = {0};
    size_t n = 0;

    folder_remove(path);
    assert_int_equal(release_verify_all(scratch->mine, &n, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "files/releases/1281-2013"));
}

static void a_release_signed_anew_is_not_the_one_in_the_ledger(void **state)
{
    struct scratch *scratch = *state;
    struct release *r = new_release(scratch);
    const char *path = publish(scratch, r);
    struct bundle *b = arena_new(scratch->arena, 1, struct bundle);
    struct key key;
    struct err e = {0};
    size_t n = 0;

    r->seen.people += 5;
    release_files(r, scratch->arena, b);
    folder_remove(path);
    assert_int_equal(key_read(((struct city *)scratch->mine)->path, KEY_RELEASE, &key, &e), OK);
    assert_int_equal(bundle_write(b, path, &key, scratch->arena, &e), OK);
    key_wipe(&key);
    assert_int_equal(release_verify_all(scratch->mine, &n, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "manifest.json: changed: it is signed, but is not the one in the ledger"));
}

static void what_a_crash_left_behind_is_replaced(void **state)
{
    struct scratch *scratch = *state;
    struct err e = {0};
    size_t n = 0;

    assert_int_equal(mkdir(scratch_path(scratch, "lund/files/releases/1281-2013"), 0700), 0);
    assert_int_equal(
        file_write(scratch_path(scratch, "lund/files/releases/1281-2013/cube.csv"), S("x"), 0600, &e), OK);
    publish(scratch, new_release(scratch));
    assert_int_equal(release_verify_all(scratch->mine, &n, &e), OK);
}

static int publish_with_little_room(struct scratch *scratch, struct mapping *m, struct release *r)
{
    const struct rlimit limit = {.rlim_cur = 20000, .rlim_max = 20000};
    struct err e = {0};

    (void)signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    return (int)release_publish(scratch->mine, m, r, &who, scratch->arena, &e);
}

static void a_full_disk_in_the_middle_leaves_the_city_as_it_was(void **state)
{
    struct scratch *scratch = *state;
    struct mapping *m = arena_new(scratch->arena, 1, struct mapping);
    struct release *r = new_release(scratch);
    struct audit_head head;
    struct err e = {0};
    int outcome = 0;
    size_t n = 9;

    propose(scratch, m, r);
    pid_t child = fork();
    if (child == 0)
        _exit(publish_with_little_room(scratch, m, r));
    assert_int_equal(waitpid(child, &outcome, 0), child);
    assert_int_equal(WEXITSTATUS(outcome), SYSTEM);
    assert_int_equal(release_verify_all(scratch->mine, &n, &e), OK);
    assert_int_equal(n, 0);
    assert_int_equal(audit_verify(((struct city *)scratch->mine)->db, &head, &e), OK);
    assert_int_equal(head.last, 1);
}

/* A signed folder whose facts are not those of a release: the reader trusts the sender's key, not its sense.
 */
static void read_with(struct scratch *scratch, const char *name, struct str bytes, const char *named)
{
    struct bundle *b = arena_new(scratch->arena, 1, struct bundle);
    struct release *r = new_release(scratch);
    struct err e = {0};

    publish(scratch, r);
    release_files(r, scratch->arena, b);
    for (size_t i = 0; i < b->files; i++)
        if (str_is(b->file[i].name, name))
            b->file[i].bytes = bytes;
    assert_int_equal(release_from_files(b, scratch->arena, r, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, named));
}

static void an_estimate_without_its_figure_is_named(void **state)
{
    read_with(*state, "estimate.json", S("{\"status\": \"estimate\", \"nhat\": null}"),
              "estimate.json: \"seen\"");
}

static void a_file_that_is_no_json_is_named_with_its_place(void **state)
{
    read_with(*state, "texts.json", S("{\n\"title\": }"), "texts.json:2:");
}

static void a_table_of_another_shape_is_named(void **state)
{
    read_with(*state, "tables/lists.json", S("{\"value\": [1, \"2\"], \"dimension\": {}}"),
              "tables/lists.json: \"lists\"");
}

#define RELEASE_TEST(name) cmocka_unit_test_setup_teardown(name, city_make_and_open, scratch_city_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RELEASE_TEST(a_release_reads_back_as_it_was_made),
        RELEASE_TEST(the_methods_of_a_release_are_read_back),
        RELEASE_TEST(a_release_that_tells_no_methods_is_read),
        RELEASE_TEST(situations_are_read_back_beside_the_tables),
        RELEASE_TEST(every_combination_of_lists_has_its_row),
        RELEASE_TEST(the_tables_add_up),
        RELEASE_TEST(every_interval_holds_the_truth),
        RELEASE_TEST(no_exact_figure_is_in_any_file),
        RELEASE_TEST(the_figure_follows_from_the_published_table),
        RELEASE_TEST(tables_are_json_stat_with_a_value_for_each_cell),
        RELEASE_TEST(a_period_is_published_once),
        RELEASE_TEST(a_city_with_its_releases_as_written_is_whole),
        RELEASE_TEST(a_release_outside_the_ledger_is_named),
        RELEASE_TEST(what_a_killed_publication_left_goes_with_the_next),
        RELEASE_TEST(a_release_gone_from_the_folder_is_named),
        RELEASE_TEST(a_release_signed_anew_is_not_the_one_in_the_ledger),
        RELEASE_TEST(what_a_crash_left_behind_is_replaced),
        RELEASE_TEST(a_full_disk_in_the_middle_leaves_the_city_as_it_was),
        RELEASE_TEST(an_estimate_without_its_figure_is_named),
        RELEASE_TEST(a_file_that_is_no_json_is_named_with_its_place),
        RELEASE_TEST(a_table_of_another_shape_is_named),
    };

    return cmocka_run_group_tests_name("release", tests, NULL, NULL);
}

/* Releases as they arrive: each way one is refused. */
#include "programme/arrival.h"

#include "../scratch.h"
#include "../unit.h"
#include "towns.h"

#include "programme/trust.h"

#include <stdio.h>

#define NOW 100000

static const char *publish(const struct scratch *s, const char *name, const struct town *town)
{
    const char *path = scratch_path(s, name);

    (void)town_publish(town, path, s->arena);
    return path;
}

static struct arrivals arrive(const struct scratch *s, const struct trust *trust, const char *const *path,
                              size_t n)
{
    const struct arrival_rules rules = {.trust = trust, .now_at = NOW};
    struct arrivals all;
    struct err e;

    assert_int_equal(arrivals_read(path, n, &rules, s->arena, &all, &e), OK);
    return all;
}

static struct trust trust_in(const struct scratch *s, const char *municipality)
{
    struct trust t = {.n = 1, .city = arena_new(s->arena, 1, struct trusted_city)};

    t.city[0] =
        (struct trusted_city){.municipality = str_of(municipality), .key = town_key(municipality, s->arena)};
    return t;
}

static void assert_refused(const struct arrivals *all, size_t i, const char *why)
{
    assert_int_equal(all->arrival[i].state, ARRIVAL_REFUSED);
    assert_non_null(strstr(all->arrival[i].reason.p, why));
}

static void a_whole_release_of_a_trusted_city_is_accepted(void **state)
{
    const struct scratch *s = *state;
    const char *path = publish(s, "a", &(struct town){.municipality = "1281"});
    struct trust t = trust_in(s, "1281");
    struct arrivals all = arrive(s, &t, &path, 1);

    assert_int_equal(all.accepted, 1);
    assert_str(all.arrival[0].release.municipality, "1281");
    assert_int_equal(all.arrival[0].release.nhat, 300);
    assert_str(all.arrival[0].release.table[1].row[0].label.en, "Women");
}

static void one_changed_byte_is_refused_with_the_files_name(void **state)
{
    const struct scratch *s = *state;
    const char *path = publish(s, "a", &(struct town){.municipality = "1281"});
    FILE *file = fopen(arena_printf(s->arena, "%s/estimate.json", path), "r+");

    fseek(file, 20, SEEK_SET);
    fputc('x', file);
    fclose(file);
    struct arrivals all = arrive(s, NULL, &path, 1);
    assert_refused(&all, 0, "estimate.json: changed");
}

static void a_release_cut_short_is_refused(void **state)
{
    const struct scratch *s = *state;
    const char *path = publish(s, "a", &(struct town){.municipality = "1281"});

    assert_int_equal(remove(arena_printf(s->arena, "%s/cube.csv", path)), 0);
    struct arrivals all = arrive(s, NULL, &path, 1);
    assert_refused(&all, 0, "cube.csv: missing");
}

static void what_is_no_release_is_refused(void **state)
{
    const struct scratch *s = *state;
    const char *path[] = {scratch_write(s, "file", S("text")), scratch_path(s, "nothing")};
    struct arrivals all = arrive(s, NULL, path, 2);

    assert_refused(&all, 0, "is not a folder");
    assert_refused(&all, 1, "is not a folder");
}

static void a_release_signed_with_another_key_is_refused(void **state)
{
    const struct scratch *s = *state;
    const char *path = publish(s, "a", &(struct town){.municipality = "1281", .key = 1});
    struct trust t = trust_in(s, "1281");
    struct arrivals all = arrive(s, &t, &path, 1);

    assert_refused(&all, 0, "is not the trusted key of 1281");
}

static void another_citys_release_is_refused(void **state)
{
    const struct scratch *s = *state;
    const char *path = publish(s, "a", &(struct town){.municipality = "1280"});
    struct trust t = trust_in(s, "1281");
    struct arrivals all = arrive(s, &t, &path, 1);

    assert_refused(&all, 0, "not among the trusted cities");
}

static void a_city_that_has_withdrawn_is_left_out_and_not_a_fault(void **state)
{
    const struct scratch *s = *state;
    const char *path = publish(s, "a", &(struct town){.municipality = "1281"});
    struct trust t = trust_in(s, "1281");

    t.city[0].is_withdrawn = true;
    struct arrivals all = arrive(s, &t, &path, 1);
    assert_int_equal(all.arrival[0].state, ARRIVAL_WITHDRAWN);
    assert_int_equal(all.accepted, 0);
}

static void the_same_release_twice_counts_once(void **state)
{
    const struct scratch *s = *state;
    const char *path[] = {publish(s, "a", &(struct town){.municipality = "1281"}),
                          publish(s, "b", &(struct town){.municipality = "1281"})};
    struct arrivals all = arrive(s, NULL, path, 2);

    assert_int_equal(all.accepted, 1);
    assert_refused(&all, 1, "the same release as");
}

static void two_keys_for_one_municipality_are_refused(void **state)
{
    const struct scratch *s = *state;
    const char *path[] = {publish(s, "a", &(struct town){.municipality = "1281"}),
                          publish(s, "b", &(struct town){.municipality = "1281", .year = 2024, .key = 1})};
    struct arrivals all = arrive(s, NULL, path, 2);

    assert_int_equal(all.accepted, 1);
    assert_refused(&all, 1, "another key");
}

static void a_release_from_the_future_is_refused(void **state)
{
    const struct scratch *s = *state;
    const char *path = publish(s, "a", &(struct town){.municipality = "1281", .published_at = 10 * NOW});
    struct arrivals all = arrive(s, NULL, &path, 1);

    assert_refused(&all, 0, "a clock is wrong");
}

static void a_release_of_another_format_is_refused_though_it_is_signed(void **state)
{
    const struct scratch *s = *state;
    const char *path[] = {publish(s, "a", &(struct town){.municipality = "1281", .format = '0'}),
                          publish(s, "b", &(struct town){.municipality = "1280", .format = '2'})};
    struct arrivals all = arrive(s, NULL, path, 2);

    assert_int_equal(all.accepted, 0);
    assert_refused(&all, 0, "lykta-release 1");
    assert_refused(&all, 1, "lykta-release 1");
}

static void limits_in_disorder_are_refused_though_they_are_signed(void **state)
{
    const struct scratch *s = *state;
    const char *path[] = {
        publish(s, "a", &(struct town){.municipality = "1281", .nhat = 300, .lo = 400, .hi = 500}),
        publish(s, "b", &(struct town){.municipality = "1280", .nhat = 300, .lo = 200, .hi = INT64_MAX})};
    struct arrivals all = arrive(s, NULL, path, 2);

    assert_refused(&all, 0, "outside its own limits");
    assert_refused(&all, 1, "outside its own limits");
}

/* 60 women (56 to 64) and 65 women (61 to 69): together 61 to 64, which is four values. */
static void two_roundings_that_together_reveal_a_figure_are_found_and_the_pair_is_named(void **state)
{
    const struct scratch *s = *state;
    const char *path[] = {publish(s, "first", &(struct town){.municipality = "1281", .women = 60}),
                          publish(s, "second", &(struct town){.municipality = "1281", .women = 65})};
    struct arrivals all = arrive(s, NULL, path, 2);

    assert_int_equal(all.accepted, 1);
    assert_int_equal(all.arrival[1].fault, ARRIVAL_REVEALS);
    assert_refused(&all, 1, "worked out too closely");
    assert_refused(&all, 1, strstr(all.arrival[1].path, "first") ? "second" : "first");
}

static void two_releases_that_reveal_nothing_still_count_people_twice(void **state)
{
    const struct scratch *s = *state;
    const char *path[] = {publish(s, "a", &(struct town){.municipality = "1281"}),
                          publish(s, "b", &(struct town){.municipality = "1281", .method = "chapman"})};
    struct arrivals all = arrive(s, NULL, path, 2);

    assert_int_equal(all.arrival[1].fault, ARRIVAL_OVERLAP);
    assert_refused(&all, 1, "counted twice");
}

static void two_years_of_one_city_are_both_accepted(void **state)
{
    const struct scratch *s = *state;
    const char *path[] = {publish(s, "a", &(struct town){.municipality = "1281", .year = 2025}),
                          publish(s, "b", &(struct town){.municipality = "1281", .year = 2024})};
    struct arrivals all = arrive(s, NULL, path, 2);

    assert_int_equal(all.accepted, 2);
    assert_int_equal(all.arrival[0].release.first_year, 2024);
}

/* Sparse: takes no room on the disk, and is not read. */
static void a_file_larger_than_a_release_may_be_is_not_read(void **state)
{
    const struct scratch *s = *state;
    const char *path = publish(s, "a", &(struct town){.municipality = "1281"});
    FILE *file = fopen(arena_printf(s->arena, "%s/cube.csv", path), "r+");

    assert_int_equal(fseek(file, 1L << 31, SEEK_SET), 0);
    fputc('x', file);
    fclose(file);
    struct arrivals all = arrive(s, NULL, &path, 1);
    assert_refused(&all, 0, "cube.csv");
}

int main(void)
{
#define WITH_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)
    const struct CMUnitTest tests[] = {
        WITH_SCRATCH(a_whole_release_of_a_trusted_city_is_accepted),
        WITH_SCRATCH(one_changed_byte_is_refused_with_the_files_name),
        WITH_SCRATCH(a_release_cut_short_is_refused),
        WITH_SCRATCH(what_is_no_release_is_refused),
        WITH_SCRATCH(a_release_signed_with_another_key_is_refused),
        WITH_SCRATCH(another_citys_release_is_refused),
        WITH_SCRATCH(a_city_that_has_withdrawn_is_left_out_and_not_a_fault),
        WITH_SCRATCH(the_same_release_twice_counts_once),
        WITH_SCRATCH(two_keys_for_one_municipality_are_refused),
        WITH_SCRATCH(a_release_from_the_future_is_refused),
        WITH_SCRATCH(a_release_of_another_format_is_refused_though_it_is_signed),
        WITH_SCRATCH(limits_in_disorder_are_refused_though_they_are_signed),
        WITH_SCRATCH(two_roundings_that_together_reveal_a_figure_are_found_and_the_pair_is_named),
        WITH_SCRATCH(two_releases_that_reveal_nothing_still_count_people_twice),
        WITH_SCRATCH(two_years_of_one_city_are_both_accepted),
        WITH_SCRATCH(a_file_larger_than_a_release_may_be_is_not_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

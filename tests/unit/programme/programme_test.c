/* A programme: its cities, its ledger, and what leaves a pool. */
#include "programme/programme.h"

#include "../made_city.h"
#include "../scratch.h"
#include "../unit.h"
#include "towns.h"

#include "programme/population.h"
#include "programme/publication.h"
#include "store/audit.h"
#include "store/city.h"
#include "store/db.h"

#include <stdio.h>
#include <unistd.h>

static const struct who who = {.name = "test", .now_at = 100000};

static int programme_open(void **state)
{
    struct city *city = NULL;
    struct err e = {0};

    if (scratch_open(state) != 0)
        return -1;
    const char *path = scratch_path(*state, "programme");
    const struct city_make make = {.municipality = S(PROGRAMME_CODE), .name = S("Programmet"), .who = who};
    if (made_city(path, &make, &e) != OK || city_open(path, DB_WRITE, &city, &e) != OK ||
        programme_make(city->db, &who, &e) != OK)
        return -1;
    ((struct scratch *)*state)->mine = city;
    return 0;
}

static int programme_close(void **state)
{
    city_close(((struct scratch *)*state)->mine);
    return scratch_close(state);
}

static struct city *programme_of(const struct scratch *s)
{
    return s->mine;
}

static enum status join(const struct scratch *s, const char *municipality, struct err *e)
{
    const struct programme_city city = {.municipality = str_of(municipality),
                                        .name = S("Ort"),
                                        .public_key = town_key(municipality, s->arena)};

    return programme_join(programme_of(s)->db, &who, &city, e);
}

static void join_three(const struct scratch *s)
{
    struct err e;

    assert_int_equal(join(s, "1280", &e), OK);
    assert_int_equal(join(s, "1281", &e), OK);
    assert_int_equal(join(s, "1283", &e), OK);
}

static enum status take(const struct scratch *s, const char *name, const struct town *town, struct err *e)
{
    const char *path = scratch_path(s, name);
    struct arrivals all;

    (void)town_publish(town, path, s->arena);
    return programme_take(programme_of(s), programme_of(s)->db, &path, 1, &who, s->arena, &all, e);
}

static struct arrivals taken(const struct scratch *s)
{
    struct arrivals all;
    struct err e;

    assert_int_equal(programme_arrivals(programme_of(s), programme_of(s)->db, who.now_at, s->arena, &all, &e),
                     OK);
    return all;
}

static void a_release_is_taken_and_verified_where_it_lies(void **state)
{
    const struct scratch *s = *state;
    struct err e;

    join_three(s);
    assert_int_equal(take(s, "a", &(struct town){.municipality = "1281"}, &e), OK);
    folder_remove(scratch_path(s, "a"));
    struct arrivals all = taken(s);
    assert_int_equal(all.accepted, 1);
    assert_str(all.arrival[0].release.name, "1281-2025");
}

static void a_release_of_a_city_that_takes_no_part_is_refused(void **state)
{
    const struct scratch *s = *state;
    struct err e;

    join_three(s);
    assert_int_equal(take(s, "a", &(struct town){.municipality = "1284"}, &e), BAD_INPUT);
    assert_says(e, "not among the trusted cities");
    assert_int_equal(taken(s).n, 0);
}

static void all_are_taken_or_none(void **state)
{
    const struct scratch *s = *state;
    const char *path[] = {scratch_path(s, "a"), scratch_path(s, "b")};
    struct arrivals all;
    struct err e;

    join_three(s);
    (void)town_publish(&(struct town){.municipality = "1280"}, path[0], s->arena);
    (void)town_publish(&(struct town){.municipality = "1281", .key = 3}, path[1], s->arena);
    assert_int_equal(programme_take(programme_of(s), programme_of(s)->db, path, 2, &who, s->arena, &all, &e),
                     BAD_INPUT);
    assert_int_equal(taken(s).n, 0);
}

/* As on a disk that is full: the first is copied and in the ledger when the second fails. */
static void nothing_is_left_of_several_when_one_fails(void **state)
{
    const struct scratch *s = *state;
    const char *path[] = {scratch_path(s, "a"), scratch_path(s, "b")};
    struct arrivals all;
    struct err e;

    join_three(s);
    (void)town_publish(&(struct town){.municipality = "1280"}, path[0], s->arena);
    (void)town_publish(&(struct town){.municipality = "1281"}, path[1], s->arena);
    assert_int_equal(db_script(programme_of(s)->db,
                               "create trigger full before insert on programme_release when new.name = "
                               "'1281-2025' begin select raise(abort, 'full'); end;",
                               &e),
                     OK);
    assert_int_equal(programme_take(programme_of(s), programme_of(s)->db, path, 2, &who, s->arena, &all, &e),
                     SYSTEM);
    assert_int_equal(taken(s).n, 0);
    assert_int_equal(all.accepted, 2);
    for (size_t i = 0; i < all.n; i++) {
        const struct str hash = all.arrival[i].release.manifest_hash;
        const char *name = arena_printf(s->arena, "files/programme/%.*s", STR(hash));

        assert_int_not_equal(access(city_file(programme_of(s), name, s->arena), F_OK), 0);
    }
}

static void the_same_release_is_taken_once(void **state)
{
    const struct scratch *s = *state;
    struct err e;

    join_three(s);
    assert_int_equal(take(s, "a", &(struct town){.municipality = "1281"}, &e), OK);
    assert_int_equal(take(s, "b", &(struct town){.municipality = "1281"}, &e), BAD_INPUT);
    assert_says(e, "the same release");
}

/* Whichever was published first: what has been taken has been shown. */
static void a_release_that_reveals_a_figure_with_one_taken_before_is_refused(void **state)
{
    const struct scratch *s = *state;
    struct err e;

    join_three(s);
    assert_int_equal(take(s, "a", &(struct town){.municipality = "1281", .published_at = 900}, &e), OK);
    assert_int_equal(
        take(s, "b", &(struct town){.municipality = "1281", .women = 65, .published_at = 500}, &e), REFUSED);
    assert_says(e, "worked out too closely");
    assert_int_equal(taken(s).accepted, 1);
}

static void another_key_is_refused_until_a_person_has_confirmed_it(void **state)
{
    const struct scratch *s = *state;
    const char *path = scratch_path(s, "new");
    struct arrivals all;
    struct err e;

    join_three(s);
    assert_int_equal(take(s, "old", &(struct town){.municipality = "1281", .year = 2024}, &e), OK);
    struct str key = town_publish(&(struct town){.municipality = "1281", .key = 5}, path, s->arena);
    assert_int_equal(programme_take(programme_of(s), programme_of(s)->db, &path, 1, &who, s->arena, &all, &e),
                     BAD_INPUT);
    assert_says(e, "is not the trusted key");
    assert_int_equal(programme_set_key(programme_of(s)->db, &who, S("1281"), key, &e), OK);
    assert_int_equal(programme_take(programme_of(s), programme_of(s)->db, &path, 1, &who, s->arena, &all, &e),
                     OK);
    assert_int_equal(taken(s).accepted, 2);
}

static void the_figures_of_a_city_that_withdraws_leave_the_pool(void **state)
{
    const struct scratch *s = *state;
    struct arrivals all;
    struct pooled pooled;
    struct err e;

    join_three(s);
    assert_int_equal(take(s, "a", &(struct town){.municipality = "1280"}, &e), OK);
    assert_int_equal(take(s, "b", &(struct town){.municipality = "1281"}, &e), OK);
    assert_int_equal(programme_withdraw(programme_of(s)->db, &who, S("1281"), &e), OK);
    all = taken(s);
    assert_int_equal(all.accepted, 1);
    assert_int_equal(all.arrival[1].state, ARRIVAL_WITHDRAWN);
    assert_int_equal(programme_pool(programme_of(s)->db, &all, s->arena, &pooled, &e), OK);
    assert_int_equal(pooled.period[0].pooled, 1);
    assert_int_equal(take(s, "c", &(struct town){.municipality = "1281", .year = 2024}, &e), BAD_INPUT);
}

static void a_city_joins_once_and_again_after_it_has_withdrawn(void **state)
{
    const struct scratch *s = *state;
    struct err e;

    join_three(s);
    assert_int_equal(join(s, "1281", &e), BAD_INPUT);
    assert_int_equal(programme_withdraw(programme_of(s)->db, &who, S("1281"), &e), OK);
    assert_int_equal(programme_withdraw(programme_of(s)->db, &who, S("1281"), &e), BAD_INPUT);
    assert_int_equal(join(s, "1281", &e), OK);
}

static void a_changed_file_in_the_programmes_folder_is_found(void **state)
{
    const struct scratch *s = *state;
    struct err e;

    join_three(s);
    assert_int_equal(take(s, "a", &(struct town){.municipality = "1281"}, &e), OK);
    FILE *file = fopen(arena_printf(s->arena, "%s/texts.json", taken(s).arrival[0].path), "a");
    fputc('x', file);
    fclose(file);
    struct arrivals all = taken(s);
    assert_int_equal(all.accepted, 0);
    assert_non_null(strstr(all.arrival[0].reason.p, "texts.json: changed"));
}

static void the_ledger_tells_what_was_pooled_and_is_never_changed(void **state)
{
    static const char count[] = "select count(*) from programme_pooled";
    const struct scratch *s = *state;
    struct db *db = programme_of(s)->db;
    struct pooled pooled;
    int64_t id = 0;
    struct err e;

    join_three(s);
    assert_int_equal(take(s, "a", &(struct town){.municipality = "1280"}, &e), OK);
    assert_int_equal(take(s, "b", &(struct town){.municipality = "1281"}, &e), OK);
    struct arrivals all = taken(s);
    assert_int_equal(programme_pool(db, &all, s->arena, &pooled, &e), OK);
    assert_int_equal(programme_note_pooling(db, &who, &pooled, S("{}"), &id, &e), OK);
    struct query q = db_query(db, count);
    assert_true(query_next(&q));
    assert_int_equal(query_int(&q, 0), 2);
    assert_int_equal(query_end(&q, &e), OK);
    assert_int_equal(db_script(db, "delete from programme_release", &e), SYSTEM);
    assert_says(e, "append-only");
}

/* What is pooled of two cities is published; its number. */
static int64_t publish_two(const struct scratch *s)
{
    struct db *db = programme_of(s)->db;
    struct pooled pooled;
    struct err e;
    int64_t id = 0;

    join_three(s);
    assert_int_equal(take(s, "a", &(struct town){.municipality = "1280"}, &e), OK);
    assert_int_equal(take(s, "b", &(struct town){.municipality = "1281"}, &e), OK);
    struct arrivals all = taken(s);
    assert_int_equal(programme_pool(db, &all, s->arena, &pooled, &e), OK);
    assert_int_equal(publication_add(db, &who, &pooled, &id, &e), OK);
    return id;
}

static enum status read_published(const struct scratch *s, int64_t id, struct published *out, bool *is_there,
                                  struct err *e)
{
    return publication_read(programme_of(s), programme_of(s)->db, id, who.now_at, s->arena, out, is_there, e);
}

static void a_release_leads_to_the_latest_publication_that_holds_it(void **state)
{
    const struct scratch *s = *state;
    int64_t published = publish_two(s);
    struct arrivals all = taken(s);
    int64_t id = -1;
    struct err e;

    assert_int_equal(publication_holding(programme_of(s)->db, all.arrival[1].release.manifest_hash, &id, &e),
                     OK);
    assert_int_equal(id, published);
    assert_int_equal(publication_holding(programme_of(s)->db, S("x"), &id, &e), OK);
    assert_int_equal(id, 0);
}

static enum status write_text(const struct scratch *s, int64_t latest, const char *sv, const char *en,
                              struct err *e)
{
    const struct str words[LANGUAGES] = {[LANGUAGE_SV] = str_of(sv), [LANGUAGE_EN] = str_of(en)};

    return lead_text_save(programme_of(s)->db, &who, latest, words, e);
}

static void a_text_is_saved_by_who_has_read_the_latest(void **state)
{
    const struct scratch *s = *state;
    struct lead_text text;
    struct err e;

    assert_int_equal(write_text(s, 0, "", "Alone.", &e), BAD_INPUT);
    assert_int_equal(write_text(s, 0, "Ett", "", &e), OK);
    assert_int_equal(write_text(s, 0, "Två", "", &e), REFUSED);
    assert_int_equal(lead_text_latest(programme_of(s)->db, s->arena, &text, &e), OK);
    assert_str(text.in[LANGUAGE_SV], "Ett");
    assert_int_equal(write_text(s, text.id, "Ett", "", &e), OK);
    const int64_t before = text.id;
    assert_int_equal(lead_text_latest(programme_of(s)->db, s->arena, &text, &e), OK);
    assert_int_equal(text.id, before); /* the same words again are no version */
    assert_int_equal(db_script(programme_of(s)->db, "update programme_text set sv = 'x'", &e), SYSTEM);
}

static void what_is_published_keeps_its_text(void **state)
{
    const struct scratch *s = *state;
    struct published x;
    bool is_there = false;
    struct err e;

    assert_int_equal(write_text(s, 0, "Minst {2025 minst}.", "", &e), OK);
    const int64_t id = publish_two(s);
    assert_int_equal(write_text(s, 1, "Något annat.", "", &e), OK);
    assert_int_equal(read_published(s, id, &x, &is_there, &e), OK);
    assert_true(is_there && x.is_same);
    assert_str(x.pooled.text.in[LANGUAGE_SV], "Minst {2025 minst}.");
}

static void a_text_with_a_figure_that_has_gone_is_not_published(void **state)
{
    const struct scratch *s = *state;
    struct pooled pooled;
    int64_t id = 0;
    struct err e;

    assert_int_equal(write_text(s, 0, "I Lund {2025 1281 kända}.", "", &e), OK);
    (void)publish_two(s);
    assert_int_equal(programme_withdraw(programme_of(s)->db, &who, S("1281"), &e), OK);
    struct arrivals all = taken(s);
    assert_int_equal(programme_pool(programme_of(s)->db, &all, s->arena, &pooled, &e), OK);
    assert_int_equal(publication_add(programme_of(s)->db, &who, &pooled, &id, &e), REFUSED);
    assert_says(e, "2025 1281 kända");
}

static void what_was_published_stays_as_it_was(void **state)
{
    static const struct population_row people[] = {{{"1280", 4}, 2025, 10000}};
    const struct scratch *s = *state;
    struct published x;
    bool is_there = false;
    struct err e;

    int64_t id = publish_two(s);
    assert_int_equal(programme_withdraw(programme_of(s)->db, &who, S("1281"), &e), OK);
    assert_int_equal(programme_set_population(programme_of(s)->db, &who,
                                              &(struct population){1, (struct population_row *)people}, &e),
                     OK);
    assert_int_equal(read_published(s, id, &x, &is_there, &e), OK);
    assert_true(is_there && x.is_same);
    assert_int_equal(x.pooled.period[0].pooled, 2);
    assert_int_equal(db_script(programme_of(s)->db, "delete from programme_publication", &e), SYSTEM);
    assert_says(e, "never changed");
}

static void what_was_not_published_is_not_there(void **state)
{
    const struct scratch *s = *state;
    struct publications all;
    struct published x;
    bool is_there = true;
    struct err e;

    int64_t id = publish_two(s);
    assert_int_equal(read_published(s, id + 1, &x, &is_there, &e), OK);
    assert_false(is_there);
    assert_int_equal(publication_list(programme_of(s)->db, s->arena, &all, &e), OK);
    assert_int_equal(all.n, 1);
    assert_int_equal(all.publication[0].releases, 2);
}

static void a_publication_whose_release_has_been_changed_is_not_shown(void **state)
{
    const struct scratch *s = *state;
    struct published x;
    bool is_there = false;
    struct err e;

    int64_t id = publish_two(s);
    FILE *file = fopen(arena_printf(s->arena, "%s/estimate.json", taken(s).arrival[0].path), "a");
    fputc(' ', file);
    fclose(file);
    assert_int_equal(read_published(s, id, &x, &is_there, &e), SYSTEM);
    assert_says(e, "is no longer what was published");
}

int main(void)
{
#define IN_PROGRAMME(test) cmocka_unit_test_setup_teardown(test, programme_open, programme_close)
    const struct CMUnitTest tests[] = {
        IN_PROGRAMME(a_release_is_taken_and_verified_where_it_lies),
        IN_PROGRAMME(a_release_of_a_city_that_takes_no_part_is_refused),
        IN_PROGRAMME(all_are_taken_or_none),
        IN_PROGRAMME(nothing_is_left_of_several_when_one_fails),
        IN_PROGRAMME(the_same_release_is_taken_once),
        IN_PROGRAMME(a_release_that_reveals_a_figure_with_one_taken_before_is_refused),
        IN_PROGRAMME(another_key_is_refused_until_a_person_has_confirmed_it),
        IN_PROGRAMME(the_figures_of_a_city_that_withdraws_leave_the_pool),
        IN_PROGRAMME(a_city_joins_once_and_again_after_it_has_withdrawn),
        IN_PROGRAMME(a_changed_file_in_the_programmes_folder_is_found),
        IN_PROGRAMME(the_ledger_tells_what_was_pooled_and_is_never_changed),
        IN_PROGRAMME(a_release_leads_to_the_latest_publication_that_holds_it),
        IN_PROGRAMME(a_text_is_saved_by_who_has_read_the_latest),
        IN_PROGRAMME(what_is_published_keeps_its_text),
        IN_PROGRAMME(a_text_with_a_figure_that_has_gone_is_not_published),
        IN_PROGRAMME(what_was_published_stays_as_it_was),
        IN_PROGRAMME(what_was_not_published_is_not_there),
        IN_PROGRAMME(a_publication_whose_release_has_been_changed_is_not_shown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

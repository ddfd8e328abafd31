/* A release as the files of a form: what is taken, and what hostile files come to. */
#include "programme/handed_release.h"

#include "../made_city.h"
#include "../scratch.h"
#include "../unit.h"
#include "towns.h"

#include "programme/programme.h"
#include "store/audit.h"
#include "store/city.h"
#include "store/db.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct who who = {.name = "test", .now_at = 100000};

enum { MOST = HANDED_MOST_FILES + 1, DAY_AND_MORE = 200000 };

/* What is chosen in the form. */
struct chosen {
    struct handed_file file[MOST];
    size_t n;
};

static enum status join(const struct scratch *s, const char *municipality, struct err *e)
{
    const struct city *city = s->mine;
    const struct programme_city one = {.municipality = str_of(municipality),
                                       .name = S("Ort"),
                                       .public_key = town_key(municipality, s->arena)};

    return programme_join(city->db, &who, &one, e);
}

static int programme_open(void **state)
{
    struct city *city = NULL;
    struct err e = {0};

    if (scratch_open(state) != 0)
        return -1;
    struct scratch *s = *state;
    const char *path = scratch_path(s, "programme");
    const struct city_make make = {.municipality = S(PROGRAMME_CODE), .name = S("Programmet"), .who = who};
    if (made_city(path, &make, &e) != OK || city_open(path, DB_WRITE, &city, &e) != OK ||
        programme_make(city->db, &who, &e) != OK)
        return -1;
    s->mine = city;
    return join(s, "1280", &e) == OK && join(s, "1281", &e) == OK ? 0 : -1;
}

static int programme_close(void **state)
{
    city_close(((struct scratch *)*state)->mine);
    return scratch_close(state);
}

static void choose(struct chosen *c, struct str name, struct str bytes, bool is_table)
{
    assert_true(c->n < MOST);
    c->file[c->n++] = (struct handed_file){name, bytes, is_table};
}

static void choose_all_in(const struct scratch *s, const char *folder, bool is_table, struct chosen *c)
{
    DIR *open = opendir(folder);
    struct dirent *entry = NULL;
    struct err e;

    assert_non_null(open);
    while ((entry = readdir(open)) != NULL) {
        struct str bytes;

        if (entry->d_name[0] == '.' || strcmp(entry->d_name, "tables") == 0)
            continue;
        assert_int_equal(
            file_read(arena_printf(s->arena, "%s/%s", folder, entry->d_name), 1 << 20, s->arena, &bytes, &e),
            OK);
        choose(c, str_copy(str_of(entry->d_name), s->arena), bytes, is_table);
    }
    closedir(open);
}

/* The files of the release that the town publishes, as its folder has them. */
static struct chosen *files_of(const struct scratch *s, const char *name, const struct town *town)
{
    const char *path = scratch_path(s, name);
    struct chosen *c = arena_new(s->arena, 1, struct chosen);

    (void)town_publish(town, path, s->arena);
    choose_all_in(s, path, false, c);
    choose_all_in(s, arena_printf(s->arena, "%s/tables", path), true, c);
    return c;
}

static struct handed_file *file_named(struct chosen *c, const char *name)
{
    for (size_t i = 0; i < c->n; i++)
        if (str_is(c->file[i].name, name))
            return &c->file[i];
    die("%s is not among the files", name);
}

static void leave_out(struct chosen *c, const char *name)
{
    struct handed_file *gone = file_named(c, name);

    *gone = c->file[--c->n];
}

static struct handed hand_in(const struct scratch *s, const struct chosen *c)
{
    const struct city *city = s->mine;
    struct handed told;
    struct err e;

    assert_int_equal(db_begin(city->db, &e), OK);
    if (handed_release_take(city, city->db, c->file, c->n, &who, s->arena, &told, &e) != OK)
        fail_msg("%s", e.what);
    assert_int_equal(db_end(city->db, OK, &e), OK);
    return told;
}

/* How many releases the ledger has, and each of them lies in the programme's folder, with nothing beside. */
static size_t kept(const struct scratch *s)
{
    const struct city *city = s->mine;
    DIR *folder = opendir(city_file(city, "files/programme", s->arena));
    struct arrivals all;
    struct dirent *entry = NULL;
    size_t n = 0;
    struct err e;

    assert_int_equal(programme_arrivals(city, city->db, who.now_at, s->arena, &all, &e), OK);
    assert_int_equal(all.accepted, all.n);
    while (folder && (entry = readdir(folder)) != NULL)
        n += entry->d_name[0] != '.';
    if (folder)
        closedir(folder);
    assert_int_equal(n, all.n);
    return n;
}

static int64_t lines(const struct scratch *s)
{
    const struct city *city = s->mine;
    struct query q = db_query(city->db, "select count(*) from audit where action = 'programme.take'");
    struct err e;
    int64_t n = query_next(&q) ? query_int(&q, 0) : -1;

    assert_int_equal(query_end(&q, &e), OK);
    return n;
}

static struct handed assert_refused(const struct scratch *s, const struct chosen *c, enum handed_fault fault)
{
    const size_t before = kept(s);
    const int64_t lines_before = lines(s);
    struct handed told = hand_in(s, c);

    assert_int_equal(told.fault, fault);
    assert_int_equal(kept(s), before);
    assert_int_equal(lines(s), lines_before);
    return told;
}

static struct handed assert_arrival_refused(const struct scratch *s, const struct chosen *c,
                                            enum arrival_fault fault)
{
    struct handed told = assert_refused(s, c, HANDED_REFUSED);

    assert_int_equal(told.arrival, fault);
    return told;
}

static void a_release_is_taken_with_a_line_in_the_audit_log(void **state)
{
    const struct scratch *s = *state;
    struct handed told = hand_in(s, files_of(s, "a", &(struct town){.municipality = "1281"}));

    assert_int_equal(told.fault, HANDED_TAKEN);
    assert_str(told.municipality, "1281");
    assert_int_equal(kept(s), 1);
    assert_int_equal(lines(s), 1);
}

static void files_that_were_put_in_one_folder_are_put_back(void **state)
{
    const struct scratch *s = *state;
    struct chosen *c = files_of(s, "a", &(struct town){.municipality = "1281"});

    for (size_t i = 0; i < c->n; i++)
        c->file[i].is_table = false;
    assert_int_equal(hand_in(s, c).fault, HANDED_TAKEN);
    assert_int_equal(kept(s), 1);
}

static void what_a_killed_process_left_is_not_in_the_way(void **state)
{
    const struct scratch *s = *state;
    const struct city *city = s->mine;
    struct err e;

    assert_int_equal(folder_make(city_file(city, "files/programme", s->arena), 0755, &e), OK);
    const char *left = city_file(city, "files/programme/arriving.tmp", s->arena);
    assert_int_equal(folder_make(left, 0700, &e), OK);
    assert_int_equal(file_write(arena_printf(s->arena, "%s/cube.csv", left), S("half"), 0600, &e), OK);
    assert_int_equal(hand_in(s, files_of(s, "a", &(struct town){.municipality = "1281"})).fault,
                     HANDED_TAKEN);
    assert_int_equal(kept(s), 1);
}

static void no_file_and_too_many_files_are_refused(void **state)
{
    const struct scratch *s = *state;
    struct chosen *c = files_of(s, "a", &(struct town){.municipality = "1281"});

    (void)assert_refused(s, &(struct chosen){.n = 0}, HANDED_NOTHING);
    while (c->n <= HANDED_MOST_FILES)
        choose(c, str_of(arena_printf(s->arena, "more%zu.csv", c->n)), S(""), true);
    (void)assert_refused(s, c, HANDED_TOO_MANY);
}

static void files_that_are_too_large_together_are_refused(void **state)
{
    const struct scratch *s = *state;
    struct chosen *c = files_of(s, "a", &(struct town){.municipality = "1281"});
    const struct str half = {arena_new(s->arena, HANDED_MOST_BYTES / 2, char), HANDED_MOST_BYTES / 2};

    choose(c, S("one.csv"), half, true);
    choose(c, S("two.csv"), half, true);
    (void)assert_refused(s, c, HANDED_TOO_LARGE);
}

static void names_that_lead_elsewhere_are_refused(void **state)
{
    static const char *const names[] = {"../lykta.conf", "..",           "../../keys/release.key",
                                        "/etc/passwd",   "tables/x.csv", ".hidden",
                                        "a\\b.c",        "räkning.csv",  "",
                                        "a b.csv"};
    const struct scratch *s = *state;
    struct chosen *c = files_of(s, "a", &(struct town){.municipality = "1281"});

    for (size_t i = 0; i < 2 * sizeof names / sizeof *names; i++) {
        struct chosen with = *c;

        choose(&with, str_of(names[i / 2]), S("x"), i % 2 == 0);
        struct handed told = assert_refused(s, &with, HANDED_NAME);
        assert_true(str_is(told.detail, names[i / 2]));
    }
    struct chosen long_one = *c;
    choose(&long_one, (struct str){memset(arena_new(s->arena, 200, char), 'a', 200), 200}, S("x"), true);
    (void)assert_refused(s, &long_one, HANDED_NAME);
    struct chosen cut = *c;
    choose(&cut, (struct str){"a\0b", 3}, S("x"), true);
    (void)assert_refused(s, &cut, HANDED_NAME);
}

static void a_name_twice_is_refused(void **state)
{
    const struct scratch *s = *state;
    struct chosen *c = files_of(s, "a", &(struct town){.municipality = "1281"});
    struct chosen again = *c;

    choose(&again, S("estimate.json"), S("{}"), false);
    assert_str(assert_refused(s, &again, HANDED_TWICE).detail, "estimate.json");
    choose(c, S("lists.csv"), S("x"), false);
    assert_str(assert_refused(s, c, HANDED_TWICE).detail, "lists.csv");
}

static void a_release_without_manifest_or_signature_is_refused(void **state)
{
    const struct scratch *s = *state;
    struct chosen *c = files_of(s, "a", &(struct town){.municipality = "1281"});
    struct chosen unsigned_one = *c;

    leave_out(&unsigned_one, "manifest.sig");
    (void)assert_refused(s, &unsigned_one, HANDED_NO_SIGNATURE);
    leave_out(c, "manifest.json");
    (void)assert_refused(s, c, HANDED_NO_MANIFEST);
}

/* Every file in turn: one byte more, one byte less, empty. */
static void a_file_that_is_not_as_it_was_signed_is_refused(void **state)
{
    const struct scratch *s = *state;
    struct chosen *c = files_of(s, "a", &(struct town){.municipality = "1281"});

    for (size_t i = 0; i < c->n; i++) {
        struct chosen changed = *c;
        struct str *bytes = &changed.file[i].bytes;
        const char *more = arena_printf(s->arena, "%.*s ", STR(*bytes));

        *bytes = (struct str){more, i % 3 == 0 ? bytes->n + 1 : i % 3 == 1 ? bytes->n - 1 : 0};
        (void)assert_arrival_refused(s, &changed, ARRIVAL_CHANGED);
    }
}

static void a_truncated_manifest_is_refused(void **state)
{
    const struct scratch *s = *state;
    struct chosen *c = files_of(s, "a", &(struct town){.municipality = "1281"});
    struct str *manifest = &file_named(c, "manifest.json")->bytes;

    manifest->n /= 2;
    struct handed told = assert_arrival_refused(s, c, ARRIVAL_CHANGED);
    assert_true(str_starts(told.detail, S("manifest.json: changed")));
}

static void a_forged_signature_is_refused(void **state)
{
    const struct scratch *s = *state;
    struct chosen *c = files_of(s, "a", &(struct town){.municipality = "1281"});
    struct chosen *other = files_of(s, "b", &(struct town){.municipality = "1281", .year = 2024});
    struct str *signature = &file_named(c, "manifest.sig")->bytes;
    const struct str genuine = *signature;
    char *forged = arena_cstr(s->arena, genuine.p, genuine.n);

    forged[genuine.n - 2] = forged[genuine.n - 2] == '0' ? '1' : '0';
    *signature = (struct str){forged, genuine.n};
    struct handed told = assert_arrival_refused(s, c, ARRIVAL_CHANGED);
    assert_true(str_starts(told.detail, S("manifest.sig: changed")));
    *signature = file_named(other, "manifest.sig")->bytes; /* the city's own, of another release */
    (void)assert_arrival_refused(s, c, ARRIVAL_CHANGED);
}

static void a_file_that_is_missing_or_does_not_belong_is_refused(void **state)
{
    const struct scratch *s = *state;
    struct chosen *c = files_of(s, "a", &(struct town){.municipality = "1281"});
    struct chosen more = *c;

    choose(&more, S("more.csv"), S("x"), true);
    (void)assert_arrival_refused(s, &more, ARRIVAL_CHANGED);
    leave_out(c, "lists.csv");
    (void)assert_arrival_refused(s, c, ARRIVAL_CHANGED);
}

static void another_key_is_refused_until_a_person_has_confirmed_it(void **state)
{
    const struct scratch *s = *state;
    const struct city *city = s->mine;
    const struct chosen *c = files_of(s, "a", &(struct town){.municipality = "1281", .key = 5});
    struct err e;

    struct handed told = assert_arrival_refused(s, c, ARRIVAL_OTHER_KEY);
    assert_str(told.municipality, "1281");
    assert_int_equal(programme_set_key(city->db, &who, S("1281"), told.public_key, &e), OK);
    assert_int_equal(hand_in(s, c).fault, HANDED_TAKEN);
}

static void each_fault_of_a_release_has_a_name(void **state)
{
    const struct scratch *s = *state;
    const struct city *city = s->mine;
    struct err e;

    (void)assert_arrival_refused(s, files_of(s, "stranger", &(struct town){.municipality = "1290"}),
                                 ARRIVAL_STRANGER);
    (void)assert_arrival_refused(s, files_of(s, "old", &(struct town){.municipality = "1281", .format = '0'}),
                                 ARRIVAL_FORM);
    (void)assert_arrival_refused(
        s, files_of(s, "future", &(struct town){.municipality = "1281", .published_at = DAY_AND_MORE}),
        ARRIVAL_FUTURE);
    (void)assert_arrival_refused(
        s, files_of(s, "limits", &(struct town){.municipality = "1281", .nhat = 300, .lo = 400, .hi = 500}),
        ARRIVAL_FIGURES);
    assert_int_equal(programme_withdraw(city->db, &who, S("1280"), &e), OK);
    (void)assert_arrival_refused(s, files_of(s, "left", &(struct town){.municipality = "1280"}),
                                 ARRIVAL_LEFT);
}

static void a_release_is_held_against_those_that_were_taken(void **state)
{
    const struct scratch *s = *state;
    const struct chosen *c = files_of(s, "a", &(struct town){.municipality = "1281"});

    assert_int_equal(hand_in(s, c).fault, HANDED_TAKEN);
    (void)assert_arrival_refused(s, c, ARRIVAL_SAME);
    (void)assert_arrival_refused(
        s, files_of(s, "again", &(struct town){.municipality = "1281", .published_at = 2000}),
        ARRIVAL_OVERLAP);
    (void)assert_arrival_refused(s, files_of(s, "b", &(struct town){.municipality = "1281", .women = 65}),
                                 ARRIVAL_REVEALS);
    assert_int_equal(kept(s), 1);
}

int main(void)
{
#define IN_PROGRAMME(test) cmocka_unit_test_setup_teardown(test, programme_open, programme_close)
    const struct CMUnitTest tests[] = {
        IN_PROGRAMME(a_release_is_taken_with_a_line_in_the_audit_log),
        IN_PROGRAMME(files_that_were_put_in_one_folder_are_put_back),
        IN_PROGRAMME(what_a_killed_process_left_is_not_in_the_way),
        IN_PROGRAMME(no_file_and_too_many_files_are_refused),
        IN_PROGRAMME(files_that_are_too_large_together_are_refused),
        IN_PROGRAMME(names_that_lead_elsewhere_are_refused),
        IN_PROGRAMME(a_name_twice_is_refused),
        IN_PROGRAMME(a_release_without_manifest_or_signature_is_refused),
        IN_PROGRAMME(a_file_that_is_not_as_it_was_signed_is_refused),
        IN_PROGRAMME(a_truncated_manifest_is_refused),
        IN_PROGRAMME(a_forged_signature_is_refused),
        IN_PROGRAMME(a_file_that_is_missing_or_does_not_belong_is_refused),
        IN_PROGRAMME(another_key_is_refused_until_a_person_has_confirmed_it),
        IN_PROGRAMME(each_fault_of_a_release_has_a_name),
        IN_PROGRAMME(a_release_is_held_against_those_that_were_taken),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

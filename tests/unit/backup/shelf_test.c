/* Backups in their folder: names, which ones go, and which one is of a moment. */
#include "../scratch.h"
#include "../unit.h"

#include "backup/shelf.h"

#include <sys/stat.h>
#include <unistd.h>

/* 2026-11-26 02:30 in Stockholm. */
enum { NIGHT = 1795656600, HOUR = 3600 };

static void a_name_tells_city_and_moment_and_is_known_again(void **state)
{
    static const char *const foreign[] = {"lykta-1281-2026-11-26-0230.lykta.1.tmp",
                                          "lykta-1281-2026-02-30-0230.lykta",
                                          "lykta-1281-2026-11-26-2430.lykta",
                                          "lykta-1281-2026-11-26-0260.lykta",
                                          "lykta-1281-2026-11-26-0230.LYKTA",
                                          "lykta-1281-2026-11-26_0230.lykta",
                                          "lykta-12x1-2026-11-26-0230.lykta",
                                          "lund-2026-11-26.lykta",
                                          ""};
    struct shelf_backup b = {0};

    assert_string_equal(shelf_name(S("1281"), NIGHT, *state), "lykta-1281-2026-11-26-0230.lykta");
    assert_true(shelf_name_read(S("lykta-1281-2026-11-26-0230.lykta"), &b));
    assert_true(date_equal(b.at.day, (struct date){2026, 11, 26}));
    assert_int_equal(b.at.minute, 150);
    assert_true(str_is(b.municipality, "1281"));
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        assert_false(shelf_name_read(str_of(foreign[i]), &b));
}

static void put(struct scratch *s, const char *name)
{
    scratch_write(s, arena_printf(s->arena, "kept/%s", name), S("x"));
}

static bool is_there(struct scratch *s, const char *name)
{
    return access(scratch_path(s, arena_printf(s->arena, "kept/%s", name)), F_OK) == 0;
}

static const char *folder(struct scratch *s)
{
    const char *path = scratch_path(s, "kept");

    (void)mkdir(path, 0700);
    return path;
}

static void of_days_that_are_over_the_first_backup_is_kept_and_of_others_all(void **state)
{
    static const char *const stay[] = {"lykta-1281-2026-11-12-0200.lykta", "lykta-1281-2026-11-24-0030.lykta",
                                       "lykta-1281-2026-11-25-0200.lykta", "lykta-1281-2026-11-25-0300.lykta",
                                       "lykta-1281-2026-11-26-0200.lykta", "lykta-0180-2026-11-01-0200.lykta",
                                       "lykta-0180-2026-11-01-0300.lykta", "lykta.txt"};
    static const char *const go[] = {"lykta-1281-2026-11-11-0200.lykta", "lykta-1281-2026-11-24-0200.lykta",
                                     "lykta-1281-2026-11-24-2330.lykta"};
    struct scratch *s = *state;
    const char *kept = folder(s);
    size_t gone = 0;
    struct err e = {0};

    for (size_t i = 0; i < sizeof stay / sizeof *stay; i++)
        put(s, stay[i]);
    for (size_t i = 0; i < sizeof go / sizeof *go; i++)
        put(s, go[i]);
    assert_int_equal(shelf_clear(kept, S("1281"), 14, NIGHT, &gone, &e), OK);
    assert_int_equal(gone, sizeof go / sizeof *go);
    for (size_t i = 0; i < sizeof stay / sizeof *stay; i++)
        assert_true(is_there(s, stay[i]));
    for (size_t i = 0; i < sizeof go / sizeof *go; i++)
        assert_false(is_there(s, go[i]));
}

static void the_newest_that_is_not_later_is_of_a_moment(void **state)
{
    static const struct {
        struct shelf_moment wanted;
        const char *name;
    } cases[] = {
        {{{2026, 11, 25}, 840}, "lykta-1281-2026-11-25-1400.lykta"},
        {{{2026, 11, 25}, 899}, "lykta-1281-2026-11-25-1400.lykta"},
        {{{2026, 11, 25}, 900}, "lykta-1281-2026-11-25-1500.lykta"},
        {{{2026, 12, 1}, 0}, "lykta-1281-2026-11-25-1500.lykta"},
        {{{2026, 11, 25}, 0}, "lykta-1281-2026-11-24-0200.lykta"},
    };
    static const struct shelf_moment before = {{2026, 11, 24}, 119};
    struct scratch *s = *state;
    const char *kept = folder(s);
    const char *path = NULL;
    struct err e = {0};

    assert_int_equal(shelf_at(kept, &before, s->arena, &path, &e), BAD_INPUT);
    assert_says(e, "holds no backup");
    put(s, "lykta-1281-2026-11-25-1500.lykta");
    put(s, "lykta-1281-2026-11-24-0200.lykta");
    put(s, "lykta-1281-2026-11-25-1400.lykta");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(shelf_at(kept, &cases[i].wanted, s->arena, &path, &e), OK);
        assert_string_equal(strrchr(path, '/') + 1, cases[i].name);
    }
    assert_int_equal(shelf_at(kept, &before, s->arena, &path, &e), BAD_INPUT);
    assert_says(e, "the oldest backup is later");
}

static void backups_of_several_cities_are_not_chosen_among(void **state)
{
    static const struct shelf_moment wanted = {{2026, 11, 26}, 0};
    struct scratch *s = *state;
    const char *kept = folder(s);
    const char *path = NULL;
    struct err e = {0};

    put(s, "lykta-1281-2026-11-25-0200.lykta");
    put(s, "lykta-0180-2026-11-25-0200.lykta");
    assert_int_equal(shelf_at(kept, &wanted, s->arena, &path, &e), BAD_INPUT);
    assert_says(e, "several cities");
    assert_int_equal(shelf_at(scratch_path(s, "nowhere"), &wanted, s->arena, &path, &e), SYSTEM);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_name_tells_city_and_moment_and_is_known_again),
        IN_SCRATCH(of_days_that_are_over_the_first_backup_is_kept_and_of_others_all),
        IN_SCRATCH(the_newest_that_is_not_later_is_of_a_moment),
        IN_SCRATCH(backups_of_several_cities_are_not_chosen_among),
    };

    return cmocka_run_group_tests_name("shelf", tests, NULL, NULL);
}

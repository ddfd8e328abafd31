/* Receiving: once and registered, whatever breaks; and nothing of it in the clear. */
#include "arrivals.h"

#include "base/file.h"
#include "observation/flood.h"
#include "observation/register.h"
#include "observation/triage.h"
#include "store/audit.h"
#include "store/db.h"

#include <stdio.h>
#include <time.h>

static void a_report_gets_a_code_and_the_next_number_of_the_year(void **state)
{
    struct town *t = *state;
    struct receipt first = arrive(t, S("x"), 1, NOON_AT);
    struct receipt second = arrive(t, S("y"), 2, NOON_AT);
    struct receipt next_year = arrive(t, S("z"), 3, NOON_AT + 60 * 86400);

    assert_int_equal(first.year, 2026);
    assert_int_equal(first.number, 1);
    assert_int_equal(second.number, 2);
    assert_int_equal(next_year.year, 2027);
    assert_int_equal(next_year.number, 1);
    assert_string_not_equal(first.code.digits, second.code.digits);
}

static void the_same_form_sent_again_is_one_report_with_one_code(void **state)
{
    struct town *t = *state;
    struct receipt first = arrive(t, S("x"), 1, NOON_AT);
    struct receipt again = arrive(t, S("x"), 1, NOON_AT + 60);
    struct register_entries entries;
    struct err e = {0};

    assert_false(first.is_again);
    assert_true(again.is_again);
    assert_string_equal(again.code.digits, first.code.digits);
    assert_int_equal(again.number, first.number);
    assert_int_equal(register_read(t->city->db, 2026, t->arena, &entries, &e), OK);
    assert_int_equal(entries.n, 1);
}

/* A crash after the keys were kept and before the report was: the form sent again is received. */
static void a_form_whose_first_attempt_broke_is_received(void **state)
{
    struct town *t = *state;
    struct case_file file;
    bool is_there = false;
    struct err e = {0};

    arrive(t, S("x"), 1, NOON_AT);
    assert_int_equal(
        db_script(t->city->db,
                  "delete from register_entry; delete from observation; delete from sealed_text;", &e),
        OK);
    struct receipt again = arrive(t, S("x"), 1, NOON_AT);
    assert_false(again.is_again);
    assert_int_equal(followup_open(t->keyring, &again.code, t->arena, &is_there, &file, &e), OK);
    assert_true(is_there);
    assert_str(file.report.text, "x");
}

static void a_report_that_cannot_be_registered_is_not_received(void **state)
{
    struct town *t = *state;
    const struct report report = {.actor = S("hotel"), .text = S("x")};
    struct arrival arrival = {.report = &report, .channel = CHANNEL_ANYONE, .once = {9}, .now_at = NOON_AT};
    struct observations all;
    struct receipt receipt;
    struct err e = {0};

    assert_int_equal(
        db_script(t->city->db,
                  "create trigger full before insert on register_entry begin select raise(abort, "
                  "'no'); end;",
                  &e),
        OK);
    assert_int_equal(receive(t->keyring, &arrival, t->arena, &receipt, &e), SYSTEM);
    assert_int_equal(db_script(t->city->db, "drop trigger full", &e), OK);
    assert_int_equal(triage_list(t->city->db, 0, 10, t->arena, &all, &e), OK);
    assert_int_equal(all.n, 0);
}

static void nothing_of_it_is_on_the_disk_in_the_clear(void **state)
{
    struct town *t = *state;
    struct receipt receipt = arrive(t, S("MARKER korta besök varje natt"), 1, NOON_AT);

    assert_false(town_holds(t, "MARKER"));
    assert_false(town_holds(t, "HO07"));
    assert_false(town_holds(t, "north"));
    assert_false(town_holds(t, receipt.code.digits));
    assert_true(town_holds(t, "anyone")); /* the channel is in the clear: the scan finds what is there */
}

static void no_time_finer_than_the_day_is_kept(void **state)
{
    struct town *t = *state;
    static const char sql[] = "select count(*) from audit where at % 86400 <> 0 and who = 'reporter'";
    struct err e = {0};

    arrive(t, S("x"), 1, NOON_AT + 12345);
    struct query q = db_query(t->city->db, sql);
    assert_true(query_next(&q));
    assert_int_equal(query_int(&q, 0), 0);
    assert_int_equal(query_end(&q, &e), OK);
}

/* The bytes of `needle`, each changed by one bit, are looked for in all memory this process may write: so the
 * test itself does not hold what it looks for. */
static size_t times_in_memory(const char *flipped, size_t n)
{
    FILE *maps = fopen("/proc/self/maps", "r");
    FILE *memory = fopen("/proc/self/mem", "r");
    char line[512];
    static char page[4096 + 64];
    size_t found = 0;

    while (fgets(line, sizeof line, maps)) {
        unsigned long from = 0;
        unsigned long end = 0;
        char mode[5] = "";

        if (sscanf(line, "%lx-%lx %4s", &from, &end, mode) != 3 || mode[0] != 'r' || mode[1] != 'w' ||
            end - from > (1UL << 30))
            continue;
        for (unsigned long at = from; at < end; at += 4096) {
            size_t read = fseek(memory, (long)at, SEEK_SET) == 0 ? fread(page, 1, 4096 + n, memory) : 0;

            for (size_t i = 0; read >= n && i < 4096 && i + n <= read; i++) {
                size_t k = 0;

                while (k < n && (page[i + k] ^ 1) == flipped[k])
                    k++;
                found += k == n;
            }
        }
        memset(page, 0, sizeof page);
    }
    fclose(maps);
    fclose(memory);
    return found;
}

static void nothing_of_it_is_left_in_memory_after_the_request(void **state)
{
    struct town *t = *state;
    char flipped[] = "SUPPH?jdsu`,cdrój"; /* any bytes that stand nowhere else */
    size_t n = sizeof flipped - 1;
    struct arena *a = arena_open();
    char *text = arena_new(a, n, char);
    struct report report = {.actor = S("hotel"), .text = {text, n}};
    struct arrival arrival = {.report = &report, .channel = CHANNEL_ANYONE, .once = {7}, .now_at = NOON_AT};
    struct receipt receipt;
    struct err e = {0};

    for (size_t i = 0; i < n; i++)
        text[i] = (char)(flipped[i] ^ 1);
    assert_true(times_in_memory(flipped, n) > 0); /* the search finds what is there */
    assert_int_equal(receive(t->keyring, &arrival, a, &receipt, &e), OK);
    arena_wipe(a);
    assert_int_equal(times_in_memory(flipped, n), 0);
    arena_close(a);
}

static void a_redirection_keeps_its_kind_and_hour_alone(void **state)
{
    struct town *t = *state;
    static const char sql[] = "select kind, actor, hour from redirection";
    struct err e = {0};

    assert_int_equal(redirect_note(t->keyring, "child", S("school"), NOON_AT + 1234, &e), OK);
    struct query q = db_query(t->city->db, sql);
    assert_true(query_next(&q));
    assert_str(query_str(&q, 1, t->arena), "school");
    assert_int_equal(query_int(&q, 2), NOON_AT);
    assert_int_equal(query_end(&q, &e), OK);
}

static void a_flood_is_parked_and_members_are_not(void **state)
{
    struct flood *f = flood_open();

    (void)state;
    for (int i = 0; i < FLOOD_OPEN; i++)
        assert_int_equal(flood_lane(f, CHANNEL_ANYONE, S(""), 90, 100), LANE_OPEN);
    assert_int_equal(flood_lane(f, CHANNEL_ANYONE, S(""), 90, 100), LANE_PARKED);
    assert_int_equal(flood_lane(f, CHANNEL_MEMBER, S(""), 100, 100), LANE_OPEN);
    assert_int_equal(flood_lane(f, CHANNEL_ANYONE, S(""), 90, 100 + FLOOD_REFILL_SECONDS), LANE_OPEN);
    assert_int_equal(flood_lane(f, CHANNEL_ANYONE, S(""), 90, 101 + FLOOD_REFILL_SECONDS), LANE_PARKED);
    assert_int_equal(flood_lane(f, CHANNEL_ANYONE, S("http"), 90, 9000), LANE_PARKED);
    assert_int_equal(flood_lane(f, CHANNEL_ANYONE, S(""), 8999, 9000), LANE_PARKED);
    flood_close(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_report_gets_a_code_and_the_next_number_of_the_year),
        IN_TOWN(the_same_form_sent_again_is_one_report_with_one_code),
        IN_TOWN(a_form_whose_first_attempt_broke_is_received),
        IN_TOWN(a_report_that_cannot_be_registered_is_not_received),
        IN_TOWN(nothing_of_it_is_on_the_disk_in_the_clear),
        IN_TOWN(no_time_finer_than_the_day_is_kept),
        IN_TOWN(nothing_of_it_is_left_in_memory_after_the_request),
        IN_TOWN(a_redirection_keeps_its_kind_and_hour_alone),
        cmocka_unit_test(a_flood_is_parked_and_members_are_not),
    };

    return cmocka_run_group_tests_name("receive", tests, NULL, NULL);
}

/* The commands that work on a city's folder: made, published, served, verified, reported; and each way it
 * fails. */
#include "program.h"

#include "../copy_folder.h"
#include "../scratch.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* Three lists, in which an estimate needs few replicates. */
static const char histories[] =
    "police,shelter,health,count\n1,0,0,1200\n0,1,0,900\n0,0,1,600\n1,1,0,200\n1,0,1,150\n"
    "0,1,1,100\n1,1,1,60\n";

static struct program run(const struct scratch *s, const char *const *arguments)
{
    return program_run(arguments, S(""), s->arena);
}

static const char *make_city(const struct scratch *s)
{
    const char *city = scratch_path(s, "city");

    assert_int_equal(run(s, ARGUMENTS("init", city, "--municipality", "1281")).status, OK);
    return city;
}

static const char *write_histories(const struct scratch *s, struct str table)
{
    const char *path = scratch_path(s, "histories.csv");
    struct err e;

    assert_int_equal(file_write(path, table, 0644, &e), OK);
    return path;
}

static struct program publish(const struct scratch *s, const char *city, const char *table,
                              const char *approve)
{
    return run(s, ARGUMENTS("publish", city, table, "--period", "2025", "--title", "Kartläggning",
                            "--title-en", "Mapping", "--seed", "7", approve));
}

/* Estimating takes most of the time: a city with the release 1281-2025 is made once, and copied. */
static const struct scratch *published;

static int publish_once(void **state)
{
    int opened = scratch_open(state);

    published = *state;
    if (opened != 0)
        return opened;
    return publish(published, make_city(published), write_histories(published, str_of(histories)),
                   "--approve")
        .status;
}

/* A copy of the city with the release 1281-2025; the path of the release. */
static const char *make_release(const struct scratch *s)
{
    const char *city = scratch_path(s, "city");

    write_histories(s, str_of(histories));
    copy_folder(scratch_path(published, "city"), city);
    return arena_printf(s->arena, "%s/files/releases/1281-2025", city);
}

static void assert_says_so(struct program p, enum status status, const char *says)
{
    assert_int_equal(p.status, status);
    assert_non_null(strstr(p.err.p, says));
}

static void a_new_city_is_whole(void **state)
{
    const struct scratch *s = *state;
    struct program p = run(s, ARGUMENTS("verify", make_city(s)));

    assert_int_equal(p.status, OK);
    assert_non_null(strstr(p.out.p, "whole"));
}

static void a_city_is_not_made_where_something_is(void **state)
{
    const struct scratch *s = *state;

    assert_says_so(run(s, ARGUMENTS("init", s->folder, "--municipality", "1281")), BAD_INPUT,
                   "there is something there already");
}

static void a_municipality_code_is_checked(void **state)
{
    const struct scratch *s = *state;
    const char *city = scratch_path(s, "city");

    assert_int_equal(run(s, ARGUMENTS("init", city, "--municipality", "128")).status, BAD_INPUT);
    assert_int_equal(run(s, ARGUMENTS("init", city)).status, USAGE);
    assert_int_equal(access(city, F_OK), -1);
}

static void publishing_without_approval_changes_nothing(void **state)
{
    const struct scratch *s = *state;
    const char *city = make_city(s);
    struct program p = publish(s, city, write_histories(s, str_of(histories)), NULL);

    assert_int_equal(p.status, OK);
    assert_non_null(strstr(p.out.p, "Nothing is published"));
    assert_int_equal(access(arena_printf(s->arena, "%s/files/releases/1281-2025", city), F_OK), -1);
}

static void a_period_is_published_once(void **state)
{
    const struct scratch *s = *state;

    make_release(s);
    assert_int_equal(
        publish(s, scratch_path(s, "city"), write_histories(s, str_of(histories)), "--approve").status,
        REFUSED);
}

static void a_table_with_a_fault_is_told_with_its_place(void **state)
{
    const struct scratch *s = *state;
    const char *city = make_city(s);
    const char *table = write_histories(s, S("A,B,count\n1,0,5\n1,2,5\n"));

    assert_says_so(publish(s, city, table, "--approve"), BAD_INPUT, "histories.csv:3:2");
}

static void one_changed_byte_in_a_release_is_found_and_named(void **state)
{
    const struct scratch *s = *state;
    const char *release = make_release(s);
    const char *path = arena_printf(s->arena, "%s/tables/lists.csv", release);
    struct str bytes;
    struct err e;

    assert_int_equal(run(s, ARGUMENTS("verify", release)).status, OK);
    assert_int_equal(file_read(path, 100000, s->arena, &bytes, &e), OK);
    char *changed = arena_cstr(s->arena, bytes.p, bytes.n);
    changed[bytes.n / 2] ^= 1;
    assert_int_equal(file_write(path, (struct str){changed, bytes.n}, 0644, &e), OK);
    assert_says_so(run(s, ARGUMENTS("verify", release)), BAD_INPUT, "tables/lists.csv");
    assert_says_so(run(s, ARGUMENTS("verify", scratch_path(s, "city"))), BAD_INPUT, "tables/lists.csv");
}

static void a_report_is_written_in_every_format(void **state)
{
    const struct scratch *s = *state;
    const char *release = make_release(s);
    static const char *const begins[][2] = {
        {"r.html", "<!doctype html>"}, {"r.csv", "\xEF\xBB\xBF"}, {"r.json", "{"},
        {"r.pdf", "%PDF-1."},          {"r.px", "CHARSET="},      {"r.xlsx", "PK"}};

    for (size_t i = 0; i < 6; i++) {
        const char *path = scratch_path(s, begins[i][0]);
        struct str bytes;
        struct err e;

        assert_int_equal(run(s, ARGUMENTS("report", release, "-o", path)).status, OK);
        assert_int_equal(file_read(path, 1 << 20, s->arena, &bytes, &e), OK);
        assert_true(str_starts(bytes, str_of(begins[i][1])));
    }
}

static void a_report_is_laid_beside_earlier_releases_alone(void **state)
{
    const struct scratch *s = *state;
    const char *release = make_release(s);

    assert_says_so(run(s, ARGUMENTS("report", release, release, "-o", scratch_path(s, "r.html"))), USAGE,
                   "expected an earlier release of the same municipality");
}

static void a_report_of_an_unknown_format_or_nothing_is_told(void **state)
{
    const struct scratch *s = *state;

    assert_says_so(run(s, ARGUMENTS("report", s->folder, "-o", "r.doc")), USAGE,
                   "expected .csv, .html, .json, .pdf, .px or .xlsx");
    assert_says_so(run(s, ARGUMENTS("report", scratch_path(s, "none"), "-o", "r.csv")), BAD_INPUT, "none");
}

static void a_folder_that_is_no_city_is_told(void **state)
{
    const struct scratch *s = *state;

    assert_says_so(run(s, ARGUMENTS("serve", scratch_path(s, "none"))), BAD_INPUT, "no such folder");
    assert_says_so(run(s, ARGUMENTS("serve", s->folder)), BAD_INPUT, "is not a city");
}

static void a_port_in_use_is_told(void **state)
{
    const struct scratch *s = *state;
    const char *city = make_city(s);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof here;

    assert_int_equal(bind(fd, (struct sockaddr *)&here, size), 0);
    assert_int_equal(listen(fd, 1), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&here, &size), 0);
    const char *address = arena_printf(s->arena, "127.0.0.1:%d", ntohs(here.sin_port));
    assert_says_so(run(s, ARGUMENTS("serve", city, "--listen", address)), SYSTEM, "uses this port");
    close(fd);
}

static void an_address_that_others_reach_must_be_asked_for(void **state)
{
    const struct scratch *s = *state;

    assert_says_so(run(s, ARGUMENTS("serve", make_city(s), "--listen", "0.0.0.0:0")), USAGE, "--direct");
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(a_new_city_is_whole),
        IN_SCRATCH(a_city_is_not_made_where_something_is),
        IN_SCRATCH(a_municipality_code_is_checked),
        IN_SCRATCH(publishing_without_approval_changes_nothing),
        IN_SCRATCH(a_period_is_published_once),
        IN_SCRATCH(a_table_with_a_fault_is_told_with_its_place),
        IN_SCRATCH(one_changed_byte_in_a_release_is_found_and_named),
        IN_SCRATCH(a_report_is_written_in_every_format),
        IN_SCRATCH(a_report_is_laid_beside_earlier_releases_alone),
        IN_SCRATCH(a_report_of_an_unknown_format_or_nothing_is_told),
        IN_SCRATCH(a_folder_that_is_no_city_is_told),
        IN_SCRATCH(a_port_in_use_is_told),
        IN_SCRATCH(an_address_that_others_reach_must_be_asked_for),
    };

    return cmocka_run_group_tests_name("city", tests, publish_once, scratch_close);
}

/* lykta init --template and lykta programme template: a city that begins with something, or no city. */
#include "../scratch.h"
#include "program.h"

#include <string.h>
#include <unistd.h>

#define WITH_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

static const char template[] =
    "{\"lykta_template\": 1, \"name\": \"Exempellän\", \"texts\": [], \"measures\": [{\"goal\": \"detect\", "
    "\"title\": \"Frukost\", \"done_when\": \"Den är hållen\", \"legal\": \"\"}]}";

static void a_city_begins_with_the_template_and_is_whole(void **state)
{
    struct scratch *s = *state;

    scratch_write(s, "t.json", str_of(template));
    struct program p = program_run_line(s, "init @city --municipality 1281 --template @t.json");
    assert_int_equal(p.status, OK);
    assert_non_null(strstr(p.out.p, "In the plan: 1 from the template"));
    assert_int_equal(program_run_line(s, "verify @city").status, OK);
}

static void a_template_is_taken_out_of_a_programme_that_has_something(void **state)
{
    struct scratch *s = *state;
    struct str out;
    struct err e;

    scratch_write(s, "t.json", str_of(template));
    assert_int_equal(program_run_line(s, "programme new @p --name Exempellän").status, OK);
    assert_int_equal(program_run_line(s, "programme template @p -o @empty").status, REFUSED);
    assert_int_equal(program_run_line(s, "init @q --municipality 1281 --template @t.json").status, OK);
    assert_int_equal(program_run_line(s, "programme template @q -o @x").status, BAD_INPUT);
    assert_int_not_equal(file_read(scratch_path(s, "empty"), 100, s->arena, &out, &e), OK);
    assert_int_not_equal(file_read(scratch_path(s, "x"), 100, s->arena, &out, &e), OK);
}

static void a_template_that_is_none_leaves_no_city(void **state)
{
    struct scratch *s = *state;

    scratch_write(s, "t.json", S("{\"lykta_template\": 1, \"name\": \"x\"}"));
    struct program p = program_run_line(s, "init @city --municipality 1281 --template @t.json");
    assert_int_equal(p.status, BAD_INPUT);
    assert_non_null(strstr(p.err.p, "t.json"));
    assert_int_not_equal(access(scratch_path(s, "city"), F_OK), 0);
}

static void a_folder_that_is_there_stays_as_it_is(void **state)
{
    struct scratch *s = *state;

    scratch_write(s, "t.json", str_of(template));
    assert_int_equal(program_run_line(s, "init @city --municipality 1281").status, OK);
    assert_int_equal(program_run_line(s, "init @city --municipality 1281 --template @t.json").status,
                     BAD_INPUT);
    assert_int_equal(program_run_line(s, "verify @city").status, OK);
}

/* What is said of mappings in a programme is there in a city that begins with its template. */
static void a_specification_goes_from_the_programme_into_a_new_city(void **state)
{
    struct scratch *s = *state;
    struct str file;
    struct err e;

    scratch_write(s, "words.txt", S("Alla som finns på listorna.\n"));
    scratch_write(s, "names.csv", S("code,sv,en\nLA,Kommunen,The city\n"));
    assert_int_equal(program_run_line(s, "programme new @p --name Exempellän").status, OK);
    assert_int_equal(program_run_line(s, "programme specification @p @words.txt --names @names.csv").status,
                     OK);
    assert_int_equal(program_run_line(s, "programme template @p -o @t.json").status, OK);
    assert_int_equal(file_read(scratch_path(s, "t.json"), 1 << 20, s->arena, &file, &e), OK);
    assert_non_null(strstr(file.p, "Alla som finns"));
    struct program p = program_run_line(s, "init @city --municipality 1281 --template @t.json");
    assert_int_equal(p.status, OK);
    assert_non_null(strstr(p.out.p, "Mappings begin from the programme's specification"));
    assert_int_equal(program_run_line(s, "verify @city").status, OK);
}

static void a_specification_that_is_none_is_refused_by_its_place(void **state)
{
    struct scratch *s = *state;

    scratch_write(s, "words.txt", S("Alla."));
    scratch_write(s, "empty.txt", S(" \n"));
    scratch_write(s, "areas.csv", S("code,sv,en,residents\n"));
    scratch_write(s, "twice.csv", S("code,sv,en\nLA,A,A\nLA,B,B\n"));
    assert_int_equal(program_run_line(s, "programme new @p --name Exempellän").status, OK);
    struct program p = program_run_line(s, "programme specification @p @words.txt --names @areas.csv");
    assert_int_equal(p.status, BAD_INPUT);
    assert_non_null(strstr(p.err.p, "areas.csv:1:1: expected the header code,sv,en"));
    p = program_run_line(s, "programme specification @p @words.txt --names @twice.csv");
    assert_int_equal(p.status, BAD_INPUT);
    assert_non_null(strstr(p.err.p, "\"LA\" stands twice"));
    assert_int_equal(program_run_line(s, "programme specification @p @empty.txt").status, BAD_INPUT);
    assert_int_equal(program_run_line(s, "programme specification @p").status, USAGE);
    assert_int_equal(program_run_line(s, "programme template @p -o @t.json").status, REFUSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCRATCH(a_city_begins_with_the_template_and_is_whole),
        WITH_SCRATCH(a_template_is_taken_out_of_a_programme_that_has_something),
        WITH_SCRATCH(a_template_that_is_none_leaves_no_city),
        WITH_SCRATCH(a_folder_that_is_there_stays_as_it_is),
        WITH_SCRATCH(a_specification_goes_from_the_programme_into_a_new_city),
        WITH_SCRATCH(a_specification_that_is_none_is_refused_by_its_place),
    };

    return cmocka_run_group_tests_name("template command", tests, NULL, NULL);
}

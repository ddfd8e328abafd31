/* lykta check: says of each thing how it is and what to do. */
#include "program.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct program run(void **state, const char *line)
{
    return program_run_line(*state, line);
}

static void settle(void **state, const char *conf)
{
    assert_int_equal(run(state, "init @lund --municipality 1281").status, OK);
    assert_int_equal(chmod(scratch_path(*state, "lund/lykta.conf"), 0600), 0);
    scratch_write(*state, "lund/lykta.conf", str_of(conf));
}

static void assert_finds(void **state, const char *sentence)
{
    struct program p = run(state, "check @lund");

    assert_int_equal(p.status, BAD_INPUT);
    if (!strstr(p.out.p, sentence))
        fail_msg("\"%s\" is not in:\n%s", sentence, p.out.p);
}

static void a_new_city_is_whole_and_lacks_what_only_people_can_give_it(void **state)
{
    settle(state, "");
    assert_finds(state, "ok   folder");
    assert_finds(state, "ok   keys");
    assert_finds(state, "ok   database");
    assert_finds(state, "the city has no address");
    assert_finds(state, "no mail server is named");
    assert_finds(state, "there has never been a backup");
    assert_finds(state, "there is no key to seal backups with");
}

static void what_is_set_right_is_not_asked_for(void **state)
{
    settle(state, "[site]\naddress = https://lund.example\n[mail]\nserver = smtp://mail.example:587\n"
                  "sender = portal@lund.example\n");
    assert_int_equal(run(state, "backup @lund --make-key @key").status, OK);
    assert_int_equal(run(state, "backup @lund @one.lykta").status, OK);
    assert_int_equal(run(state, "restore @one.lykta @lund --trial --key @key").status, OK);
    struct program p = run(state, "check @lund");
    assert_non_null(strstr(p.out.p, "ok   address   https://lund.example"));
    assert_non_null(strstr(p.out.p, "the settings can be used"));
    assert_non_null(strstr(p.out.p, "the latest, one.lykta"));
    assert_null(strstr(p.out.p, "DO   backup"));
}

static void a_key_others_may_read_and_one_that_is_gone_are_told(void **state)
{
    settle(state, "");
    assert_int_equal(chmod(scratch_path(*state, "lund/keys/link.key"), 0640), 0);
    assert_int_equal(unlink(scratch_path(*state, "lund/keys/cube.key")), 0);
    assert_finds(state, "keys/link.key: others than its owner may read this secret key");
    assert_finds(state, "keys/cube.key: the key cannot be opened");
}

static void a_folder_others_may_enter_is_told_with_the_command_that_mends_it(void **state)
{
    settle(state, "");
    assert_int_equal(chmod(scratch_path(*state, "lund"), 0755), 0);
    assert_finds(state, "others than its owner may use it (mode 755)");
    assert_finds(state, "-> chmod 700 ");
}

static void a_database_that_is_none_is_told_and_the_rest_is_checked(void **state)
{
    settle(state, "");
    scratch_write(*state, "lund/lykta.db", S("not a database at all, whatever its name says"));
    assert_finds(state, "DO   database");
    assert_finds(state, "clock");
}

static void settings_that_do_not_fit_together_are_told(void **state)
{
    settle(state, "[site]\naddress = http://lund.example\n[mail]\nserver = smtp://mail.example:587\n"
                  "sender = nobody\n[backup]\nfolder = here\n");
    assert_finds(state, "is read without encryption");
    assert_finds(state, "sender in [mail]");
    assert_finds(state, "folder in [backup]");
}

static void a_log_or_a_socket_that_would_stop_the_start_is_told(void **state)
{
    settle(state, "[log]\nform = paper\n[watch]\nsocket = watch.sock\n");
    assert_finds(state, "DO   log");
    assert_finds(state, "socket in [watch]: expected a whole path");
}

static void a_folder_for_the_socket_that_is_not_there_is_told(void **state)
{
    settle(state, "[watch]\nsocket = /nowhere/lund/watch.sock\n");
    assert_finds(state, "/nowhere/lund/: there is no such folder for the socket of monitoring");
    assert_finds(state, "ok   log       is written as words");
}

static void a_backup_folder_that_is_not_there_is_told(void **state)
{
    settle(state, "[backup]\nfolder = /nowhere/at/all\n");
    assert_finds(state, "/nowhere/at/all: No such file or directory");
}

static void json_holds_the_same(void **state)
{
    settle(state, "");
    struct program p = run(state, "check @lund --json");
    assert_int_equal(p.status, BAD_INPUT);
    assert_non_null(strstr(p.out.p, "\"ready\": false"));
    assert_non_null(strstr(p.out.p, "there has never been a backup"));
}

static void a_mail_server_that_does_not_answer_is_told_when_it_is_asked(void **state)
{
    settle(state, "[mail]\nserver = smtp://127.0.0.1:1\nsender = portal@lund.example\ntls = none\n");
    struct program p = run(state, "check @lund --network");
    assert_int_equal(p.status, BAD_INPUT);
    assert_non_null(strstr(p.out.p, "DO   mail      smtp://127.0.0.1:1: "));
}

static void an_address_that_nobody_answers_at_is_told_when_it_is_visited(void **state)
{
    settle(state, "[site]\naddress = https://127.0.0.1:1\n");
    struct program p = run(state, "check @lund --network");
    assert_int_equal(p.status, BAD_INPUT);
    assert_non_null(strstr(p.out.p, "DO   address   https://127.0.0.1:1: cannot be visited: "));
}

static void a_folder_that_is_no_city_is_told(void **state)
{
    struct program p = run(state, "check @nowhere");
    assert_int_equal(p.status, BAD_INPUT);
    assert_non_null(strstr(p.out.p, "is not a folder"));
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(a_new_city_is_whole_and_lacks_what_only_people_can_give_it),
        IN_SCRATCH(what_is_set_right_is_not_asked_for),
        IN_SCRATCH(a_key_others_may_read_and_one_that_is_gone_are_told),
        IN_SCRATCH(a_folder_others_may_enter_is_told_with_the_command_that_mends_it),
        IN_SCRATCH(a_database_that_is_none_is_told_and_the_rest_is_checked),
        IN_SCRATCH(settings_that_do_not_fit_together_are_told),
        IN_SCRATCH(a_log_or_a_socket_that_would_stop_the_start_is_told),
        IN_SCRATCH(a_folder_for_the_socket_that_is_not_there_is_told),
        IN_SCRATCH(a_backup_folder_that_is_not_there_is_told),
        IN_SCRATCH(json_holds_the_same),
        IN_SCRATCH(a_mail_server_that_does_not_answer_is_told_when_it_is_asked),
        IN_SCRATCH(an_address_that_nobody_answers_at_is_told_when_it_is_visited),
        IN_SCRATCH(a_folder_that_is_no_city_is_told),
    };

    return cmocka_run_group_tests_name("check command", tests, NULL, NULL);
}

/* Recovery in the portal: shares from their holders, sealed until who asked joins them. */
#include "../unit.h"
#include "town.h"

#include "keyring/regain.h"
#include "keyring/share_holder.h"
#include "seal/passphrase.h"
#include "seal/recovery.h"
#include "store/audit.h"
#include "store/db.h"

#include <string.h>

/* Account 10 + n holds share n; account 20 is there too. */
static void name_holders(struct town *t)
{
    static const char people[] =
        "with recursive t(i) as (select 11 union all select i + 1 from t where i < 20) "
        "insert into person (id, email, name, language, state, made_at, signed_in_at, version) "
        "select i, i || '@exempel.example', 'Kim Exempel', 'sv', 'active', 1, 1, 1 from t";
    struct err e = {0};

    assert_int_equal(db_script(t->city->db, people, &e), OK);
    for (int64_t n = 1; n <= 5; n++)
        assert_int_equal(share_holder_name(t->keyring, n, 10 + n, S("Registrator"), &t->who, &e), OK);
}

static void begin(struct town *t)
{
    struct err e = {0};

    assert_int_equal(regain_begin(t->keyring, 1, TOWN_OTHER_PASSPHRASE, &t->who, &e), OK);
}

static enum status give(struct town *t, int64_t account, const struct recovery_share *share, struct err *e)
{
    char shown[RECOVERY_SHOWN];

    recovery_share_shown(share, shown);
    return regain_give(t->keyring, account, str_of(shown), &t->who, e);
}

static void give_three(struct town *t)
{
    struct err e = {0};

    for (int64_t n = 1; n <= 5; n += 2)
        assert_int_equal(give(t, 10 + n, &t->share[n - 1], &e), OK);
}

static enum regain_answer finish(struct town *t, struct str passphrase)
{
    enum regain_answer answer = REGAIN_WRONG;
    struct err e = {0};

    assert_int_equal(regain_finish(t->keyring, 1, passphrase, &t->who, &answer, &e), OK);
    return answer;
}

static struct regain now(struct town *t)
{
    struct regain now = {0};
    struct err e = {0};

    assert_int_equal(regain_now(t->keyring, date_of(t->who.now_at), &now, &e), OK);
    return now;
}

static void who_lost_the_passphrase_reads_again_when_three_holders_have_given(void **state)
{
    struct town *t = *state;
    struct opener lost = town_recipient(t);
    struct seal_id id = town_seal(t, S("x"));

    name_holders(t);
    begin(t);
    assert_int_equal(now(t).account, 1);
    give_three(t);
    assert_int_equal(now(t).given, 3);
    assert_int_equal(finish(t, TOWN_OTHER_PASSPHRASE), REGAIN_DONE);
    struct opener found = town_opener(t, 1, TOWN_OTHER_PASSPHRASE);
    assert_true(town_reads(t, &found, &id, S("x")));
    assert_false(town_reads(t, &lost, &id, S("x")));
    assert_int_equal(now(t).account, 0);
}

static void two_shares_are_too_few_and_nobody_else_can_finish(void **state)
{
    struct town *t = *state;
    enum regain_answer answer;
    struct err e = {0};

    town_recipient(t);
    name_holders(t);
    begin(t);
    assert_int_equal(give(t, 11, &t->share[0], &e), OK);
    assert_int_equal(give(t, 11, &t->share[0], &e), OK); /* the same again is one */
    assert_int_equal(give(t, 12, &t->share[1], &e), OK);
    assert_int_equal(regain_finish(t->keyring, 1, TOWN_OTHER_PASSPHRASE, &t->who, &answer, &e), REFUSED);
    assert_says(e, "3 shares are needed, and 2 were given");
    assert_int_equal(give(t, 13, &t->share[2], &e), OK);
    assert_int_equal(regain_finish(t->keyring, 2, TOWN_OTHER_PASSPHRASE, &t->who, &answer, &e), REFUSED);
}

static void a_holder_gives_their_own_share_alone(void **state)
{
    struct town *t = *state;
    struct recovery_share other = t->share[0];
    struct err e = {0};

    town_recipient(t);
    name_holders(t);
    assert_int_equal(give(t, 11, &t->share[0], &e), REFUSED);
    assert_says(e, "no recovery is under way");
    begin(t);
    assert_int_equal(give(t, 11, &t->share[1], &e), BAD_INPUT);
    assert_says(e, "share number 2, and yours has number 1");
    assert_int_equal(give(t, 99, &t->share[0], &e), REFUSED);
    other.key_mark[0] ^= 1U;
    assert_int_equal(give(t, 11, &other, &e), BAD_INPUT);
    assert_says(e, "another recovery key");
    assert_int_equal(regain_give(t->keyring, 11, S("7"), &t->who, &e), BAD_INPUT);
    assert_int_equal(now(t).given, 0);
}

static void a_share_that_is_given_is_in_no_file_of_the_city(void **state)
{
    struct town *t = *state;

    town_recipient(t);
    name_holders(t);
    begin(t);
    give_three(t);
    for (size_t i = 0; i < 5; i += 2) {
        char shown[RECOVERY_SHOWN];
        char bytes[9] = "";

        recovery_share_shown(&t->share[i], shown);
        shown[10] = '\0';
        memcpy(bytes, t->share[i].share.y, 8);
        assert_false(town_holds(t, shown));
        if (strlen(bytes) == 8) /* a zero byte cuts the marker short */
            assert_false(town_holds(t, bytes));
    }
    assert_true(town_holds(t, "Registrator")); /* the search finds what is there */
}

static void a_false_share_is_told_and_all_are_asked_for_again(void **state)
{
    struct town *t = *state;
    struct recovery_share false_share = t->share[2];
    struct seal_id id;
    struct err e = {0};

    town_recipient(t);
    id = town_seal(t, S("x"));
    name_holders(t);
    begin(t);
    false_share.share.y[1] ^= 1U; /* byte 0 has bits that X25519 does not look at */
    assert_int_equal(give(t, 11, &t->share[0], &e), OK);
    assert_int_equal(give(t, 12, &t->share[1], &e), OK);
    assert_int_equal(give(t, 13, &false_share, &e), OK);
    assert_int_equal(finish(t, TOWN_OTHER_PASSPHRASE), REGAIN_NOT_SHARES);
    assert_int_equal(now(t).given, 0);
    give_three(t);
    assert_int_equal(finish(t, TOWN_OTHER_PASSPHRASE), REGAIN_DONE);
    struct opener found = town_opener(t, 1, TOWN_OTHER_PASSPHRASE);
    assert_true(town_reads(t, &found, &id, S("x")));
}

static void the_tenth_wrong_passphrase_ends_the_recovery(void **state)
{
    struct town *t = *state;

    town_recipient(t);
    name_holders(t);
    begin(t);
    give_three(t);
    for (int i = 1; i < REGAIN_TRIES; i++)
        assert_int_equal(finish(t, TOWN_PASSPHRASE), REGAIN_WRONG);
    assert_int_equal(finish(t, TOWN_PASSPHRASE), REGAIN_OVER);
    assert_int_equal(now(t).account, 0);
    begin(t);
    assert_int_equal(now(t).given, 0);
}

static void there_is_one_recovery_at_a_time_and_it_can_be_stopped(void **state)
{
    struct town *t = *state;
    struct err e = {0};

    town_recipient(t);
    assert_int_equal(regain_begin(t->keyring, 1, S("hemligt lösenord"), &t->who, &e), BAD_INPUT);
    begin(t);
    assert_int_equal(regain_begin(t->keyring, 2, TOWN_PASSPHRASE, &t->who, &e), REFUSED);
    assert_int_equal(regain_stop(t->keyring, &t->who, &e), OK);
    assert_int_equal(regain_begin(t->keyring, 2, TOWN_PASSPHRASE, &t->who, &e), OK);
}

static int64_t kept(struct town *t)
{
    static const char sql[] = "select count(*) from regain";
    struct query q = db_query(keyring_file(t->keyring), sql);
    struct err e = {0};
    int64_t n = query_next(&q) ? query_int(&q, 0) : -1;

    assert_int_equal(query_end(&q, &e), OK);
    return n;
}

static struct regain found_on(struct town *t, struct date day)
{
    struct regain found = {0};
    struct err e = {0};

    assert_int_equal(regain_now(t->keyring, day, &found, &e), OK);
    return found;
}

static void a_recovery_is_forgotten_after_its_days_and_looking_at_it_changes_nothing(void **state)
{
    struct town *t = *state;
    struct err e = {0};

    town_recipient(t);
    begin(t);
    struct date last = date_from_days(date_days(date_of(t->who.now_at)) + REGAIN_DAYS);
    struct date after = date_from_days(date_days(last) + 1);
    assert_int_equal(regain_forget(t->keyring, last, &e), OK);
    assert_int_equal(found_on(t, last).account, 1);
    assert_int_equal(found_on(t, after).account, 0);
    assert_int_equal(kept(t), 1);
    assert_int_equal(regain_forget(t->keyring, after, &e), OK);
    assert_int_equal(kept(t), 0);
}

static void a_recovery_whose_time_is_out_takes_no_share_and_makes_room_for_another(void **state)
{
    struct town *t = *state;
    enum regain_answer answer;
    struct err e = {0};

    town_recipient(t);
    name_holders(t);
    begin(t);
    give_three(t);
    t->who.now_at += (REGAIN_DAYS + 1) * (int64_t)86400;
    assert_int_equal(give(t, 12, &t->share[1], &e), REFUSED);
    assert_int_equal(regain_finish(t->keyring, 1, TOWN_OTHER_PASSPHRASE, &t->who, &answer, &e), REFUSED);
    begin(t);
    assert_int_equal(now(t).given, 0);
}

static void each_share_has_one_holder_and_each_holder_one_share(void **state)
{
    struct town *t = *state;
    struct share_holders all;
    struct err e = {0};

    name_holders(t);
    assert_int_equal(share_holder_name(t->keyring, 2, 11, S("Registrator"), &t->who, &e), BAD_INPUT);
    assert_says(e, "holds share number 1");
    assert_int_equal(share_holder_name(t->keyring, 6, 20, S("Registrator"), &t->who, &e), BAD_INPUT);
    assert_int_equal(share_holder_name(t->keyring, 0, 20, S("Registrator"), &t->who, &e), BAD_INPUT);
    assert_says(e, "no share number 0");
    assert_int_equal(share_holder_name(t->keyring, 2, 20, S("Jurist"), &t->who, &e), OK);
    assert_int_equal(share_holders_list(t->keyring, t->arena, &all, &e), OK);
    assert_int_equal(all.needed, 3);
    assert_int_equal(all.n, 5);
    assert_int_equal(all.holder[1].account, 20);
    assert_true(str_is(all.holder[1].role, "Jurist"));
    assert_null(share_holder_of(&all, 12));
    assert_null(share_holder_of(&all, 0)); /* a share that nobody holds yet is not nobody's */
}

/* As after the key file of a time with fewer shares has been put back. */
static void a_holder_of_a_share_that_is_no_more_is_left_out(void **state)
{
    struct town *t = *state;
    struct share_holders all;
    struct err e = {0};

    name_holders(t);
    begin(t);
    give_three(t);
    assert_int_equal(db_script(keyring_file(t->keyring), "update recovery set needed = 2, shares = 2", &e),
                     OK);
    assert_int_equal(share_holders_list(t->keyring, t->arena, &all, &e), OK);
    assert_int_equal(all.n, 2);
    assert_int_equal(all.holder[1].account, 12);
    assert_int_equal(all.holder[1].given_on.year, 0);
    assert_null(share_holder_of(&all, 13));
}

static int64_t log_lines(struct town *t)
{
    struct audit_head head = {0};
    struct err e = {0};

    assert_int_equal(audit_verify(t->city->db, &head, &e), OK);
    return head.last;
}

static void to_stop_what_is_not_under_way_is_nothing(void **state)
{
    struct town *t = *state;
    const int64_t before = log_lines(t);
    struct err e = {0};

    assert_int_equal(regain_stop(t->keyring, &t->who, &e), OK);
    assert_int_equal(log_lines(t), before);
}

/* Longer than any passphrase may be typed: it is not even tried, and counts as wrong. */
static void a_passphrase_that_is_too_long_is_a_wrong_one(void **state)
{
    struct town *t = *state;
    char *typed = arena_new(t->arena, 4 * PASSPHRASE_MOST + 1, char);

    town_recipient(t);
    name_holders(t);
    begin(t);
    give_three(t);
    memset(typed, 'a', 4 * PASSPHRASE_MOST + 1);
    assert_int_equal(finish(t, (struct str){typed, 4 * PASSPHRASE_MOST + 1}), REGAIN_WRONG);
    assert_int_equal(now(t).given, 3);
    assert_int_equal(finish(t, TOWN_OTHER_PASSPHRASE), REGAIN_DONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(who_lost_the_passphrase_reads_again_when_three_holders_have_given),
        IN_TOWN(two_shares_are_too_few_and_nobody_else_can_finish),
        IN_TOWN(a_holder_gives_their_own_share_alone),
        IN_TOWN(a_share_that_is_given_is_in_no_file_of_the_city),
        IN_TOWN(a_false_share_is_told_and_all_are_asked_for_again),
        IN_TOWN(the_tenth_wrong_passphrase_ends_the_recovery),
        IN_TOWN(there_is_one_recovery_at_a_time_and_it_can_be_stopped),
        IN_TOWN(a_recovery_is_forgotten_after_its_days_and_looking_at_it_changes_nothing),
        IN_TOWN(a_recovery_whose_time_is_out_takes_no_share_and_makes_room_for_another),
        IN_TOWN(each_share_has_one_holder_and_each_holder_one_share),
        IN_TOWN(a_holder_of_a_share_that_is_no_more_is_left_out),
        IN_TOWN(to_stop_what_is_not_under_way_is_nothing),
        IN_TOWN(a_passphrase_that_is_too_long_is_a_wrong_one),
    };

    return cmocka_run_group_tests_name("regain", tests, NULL, NULL);
}

/* Sealing: who can open a report, and that nothing of it is on the disk. */
#include "../unit.h"
#include "town.h"

#include "keyring/relock.h"
#include "seal/secret.h"
#include "store/db.h"

#include <string.h>

static void a_recipient_reads_what_was_sealed(void **state)
{
    struct town *t = *state;
    struct opener opener = town_recipient(t);
    struct seal_id id = town_seal(t, S("Madrasser i köket"));

    assert_true(town_reads(t, &opener, &id, S("Madrasser i köket")));
}

static void nothing_of_200_reports_is_on_the_disk(void **state)
{
    struct town *t = *state;
    struct opener opener = town_recipient(t);
    struct seal_id last = {{0}};

    for (int i = 0; i < 200; i++)
        last = town_seal(t, str_of(arena_printf(t->arena, "MARKER-%03d-korta besök varje natt", i)));
    assert_false(town_holds(t, "MARKER-"));
    assert_false(town_holds(t, "varje natt"));
    assert_true(
        town_holds(t, "report")); /* the scan does find what is there in the clear: the field's name */
    assert_true(town_reads(t, &opener, &last, S("MARKER-199-korta besök varje natt")));
}

static void neither_passphrase_nor_code_is_on_the_disk(void **state)
{
    static const struct receipt_code code = {"00000000049927398716"};
    struct town *t = *state;
    struct sealing *s = sealing_begin();
    struct err e = {0};

    town_recipient(t);
    assert_int_equal(sealing_receipt(t->keyring, s, &code, &e), OK);
    assert_int_equal(sealing_keep(t->keyring, s, &e), OK);
    sealing_close(s);
    assert_false(town_holds(t, "lomu kadel"));
    assert_false(town_holds(t, code.digits));
}

static void the_receipt_code_opens_its_own_report_alone(void **state)
{
    static const struct receipt_code code = {"00000000049927398716"};
    static const struct receipt_code unknown = {"00000000000000000000"};
    struct town *t = *state;
    struct sealing *s = sealing_begin();
    struct sealing *opened = NULL;
    struct err e = {0};

    assert_int_equal(sealing_receipt(t->keyring, s, &code, &e), OK);
    assert_int_equal(sealing_keep(t->keyring, s, &e), OK);
    assert_int_equal(sealing_open_code(t->keyring, &code, &opened, &e), OK);
    assert_non_null(opened);
    assert_memory_equal(&opened->id, &s->id, sizeof s->id);
    assert_memory_equal(&opened->key, &s->key, sizeof s->key);
    sealing_close(opened);
    sealing_close(s);
    assert_int_equal(sealing_open_code(t->keyring, &unknown, &opened, &e), OK);
    assert_null(opened);
}

static void keys_that_cannot_be_looked_for_leave_nothing_to_close(void **state)
{
    static const struct receipt_code code = {"00000000049927398716"};
    struct town *t = *state;
    struct sealing *s = NULL;
    struct err e = {0};
    bool is_kept = false;

    assert_int_equal(db_script(keyring_file(t->keyring), "drop table reporter", &e), OK);
    assert_int_not_equal(sealing_begin_code(t->keyring, &code, &s, &is_kept, &e), OK);
    assert_null(s);
}

static void three_shares_of_the_recovery_key_open_it(void **state)
{
    struct town *t = *state;
    struct seal_id id = town_seal(t, S("x"));
    struct seal_public public_key;
    struct seal_key secret;
    struct err e = {0};

    assert_int_equal(keyring_recovery(t->keyring, &public_key, &e), OK);
    assert_int_equal(recovery_join(t->share + 1, 3, &public_key, &secret, &e), OK);
    const struct opener recovery = {.recipient = HOLDER_RECOVERY, .secret = &secret};
    assert_true(town_reads(t, &recovery, &id, S("x")));
}

static void what_is_forgotten_opens_for_nobody_and_leaves_the_disk(void **state)
{
    struct town *t = *state;
    struct opener opener = town_recipient(t);
    struct seal_id id = town_seal(t, S("x"));
    const char *name = arena_cstr(t->arena, (const char *)id.bytes, SEAL_ID_BYTES);
    struct err e = {0};

    assert_true(town_holds(t, name) || strlen(name) < SEAL_ID_BYTES);
    assert_int_equal(db_begin(t->city->db, &e), OK);
    assert_int_equal(db_end(t->city->db, sealing_forget(t->keyring, &id, &e), &e), OK);
    keyring_erase(t->keyring);
    assert_false(town_reads(t, &opener, &id, S("x")));
    assert_false(strlen(name) == SEAL_ID_BYTES && town_holds(t, name));
}

static void a_box_put_in_another_reports_place_does_not_open(void **state)
{
    struct town *t = *state;
    struct opener opener = town_recipient(t);
    struct seal_id first = town_seal(t, S("first"));
    struct err e = {0};

    town_seal(t, S("second"));
    assert_int_equal(db_script(t->city->db,
                               "update sealed_text set box = (select box from sealed_text where id = 2) "
                               "where id = 1",
                               &e),
                     OK);
    assert_false(town_reads(t, &opener, &first, S("second")));
    assert_false(town_reads(t, &opener, &first, S("first")));
}

static void relocking_keeps_everything_readable_under_new_keys(void **state)
{
    static const struct receipt_code code = {"00000000049927398716"};
    struct town *t = *state;
    struct opener opener = town_recipient(t);
    const struct audit_line line = {.who = t->who, .action = "test.seal"};
    struct sealing *s = sealing_begin();
    struct sealing *opened = NULL;
    struct seal_key old_key = s->key;
    size_t n = 0;
    struct err e = {0};

    assert_int_equal(sealing_receipt(t->keyring, s, &code, &e), OK);
    assert_int_equal(sealing_keep(t->keyring, s, &e), OK);
    assert_int_equal(db_change(t->city->db, &e), OK);
    assert_int_equal(
        db_change_end(t->city->db, sealing_put(t->keyring, s, S("report"), S("x"), &e), &line, &e), OK);
    assert_int_equal(relock_all(t->keyring, &opener, &t->who, &n, &e), OK);
    assert_int_equal(n, 1);
    assert_true(town_reads(t, &opener, &s->id, S("x")));
    assert_int_equal(sealing_open_code(t->keyring, &code, &opened, &e), OK);
    assert_memory_not_equal(&opened->key, &old_key, sizeof old_key);
    sealing_close(opened);

    /* Whoever opened it before must not seal with the old key: nobody could open that. */
    assert_int_equal(db_begin(t->city->db, &e), OK);
    assert_int_equal(db_end(t->city->db, sealing_put(t->keyring, s, S("message 1"), S("y"), &e), &e),
                     REFUSED);
    sealing_close(s);
}

static void a_report_on_its_way_in_survives_relocking(void **state)
{
    struct town *t = *state;
    struct opener opener = town_recipient(t);
    struct sealing *s = sealing_begin();
    size_t n = 0;
    struct err e = {0};

    assert_int_equal(sealing_keep(t->keyring, s, &e), OK);
    assert_int_equal(relock_all(t->keyring, &opener, &t->who, &n, &e), OK);
    assert_int_equal(db_begin(t->city->db, &e), OK);
    assert_int_equal(db_end(t->city->db, sealing_put(t->keyring, s, S("report"), S("x"), &e), &e), OK);
    assert_true(town_reads(t, &opener, &s->id, S("x")));
    sealing_close(s);
}

static void the_key_file_is_made_once(void **state)
{
    struct town *t = *state;
    const struct keyring_make make = {.needed = 3, .shares = 5, .who = t->who};
    struct recovery_share share[5];
    struct err e = {0};

    assert_int_equal(keyring_make(t->city, &make, share, &e), BAD_INPUT);
    assert_says(e, "is there already");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_recipient_reads_what_was_sealed),
        IN_TOWN(nothing_of_200_reports_is_on_the_disk),
        IN_TOWN(neither_passphrase_nor_code_is_on_the_disk),
        IN_TOWN(the_receipt_code_opens_its_own_report_alone),
        IN_TOWN(keys_that_cannot_be_looked_for_leave_nothing_to_close),
        IN_TOWN(three_shares_of_the_recovery_key_open_it),
        IN_TOWN(what_is_forgotten_opens_for_nobody_and_leaves_the_disk),
        IN_TOWN(a_box_put_in_another_reports_place_does_not_open),
        IN_TOWN(relocking_keeps_everything_readable_under_new_keys),
        IN_TOWN(a_report_on_its_way_in_survives_relocking),
        IN_TOWN(the_key_file_is_made_once),
    };

    return cmocka_run_group_tests_name("sealing", tests, NULL, NULL);
}

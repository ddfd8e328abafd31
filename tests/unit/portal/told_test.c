/* Whose way of signing in is changed gets one letter about it, in their language; nobody else does. */
#include "served.h"

#include "account/password.h"
#include "passkey/passkey.h"
#include "portal/permission.h"
#include "store/city.h"
#include "store/db.h"

#include <inttypes.h>
#include <string.h>

static const char of_person[] =
    "select count(*) from mail_letter m join person p on p.email = m.address where p.id = $1";
static const char of_all[] = "select count(*) from mail_letter where $1 = 0";

/* A query without an answer, with `person` as its parameter. */
static void run(struct served *s, const char *sql, int64_t person)
{
    struct query q = db_query(s->city->db, sql);
    struct err e = {0};

    bind_int(&q, 1, person);
    assert_int_equal(query_run(&q, &e), OK);
}

/* Somebody with `role` who has signed in before, with the password "ord som gäller nu" and no letters
 * waiting. */
static struct caller somebody(struct served *s, int role)
{
    struct caller caller = served_caller(s, role);
    struct str hash;
    struct err e = {0};

    run(s, "update person set signed_in_at = 1000 where id = $1", caller.person);
    run(s, "delete from mail_letter where $1 > 0", caller.person);
    assert_int_equal(password_hash(S("ord som gäller nu"), s->scratch->arena, &hash, &e), OK);
    assert_int_equal(password_set(s->city->db, caller.person, hash, 0, &e), OK);
    return caller;
}

static int post(struct served *s, const struct caller *caller, const char *path, const char *fields)
{
    return served_ask(s, &(struct asked){.method = "POST",
                                         .path = path,
                                         .caller = caller,
                                         .token = served_token(s, caller),
                                         .fields = fields})
        .http_status;
}

/* There is one letter in all, to `person`, and its subject and text have these words; not the new password.
 */
static void assert_told(struct served *s, int64_t person, const char *subject, const char *words)
{
    static const char sql[] =
        "select m.subject, m.plain, m.html from mail_letter m join person p on p.email = m.address where p.id = $1";
    struct arena *a = s->scratch->arena;
    struct query q = db_query(s->city->db, sql);
    struct err e = {0};
    size_t n = 0;

    bind_int(&q, 1, person);
    while (query_next(&q)) {
        struct str plain = query_str(&q, 1, a);
        const char *text = arena_cstr(a, plain.p, plain.n);

        n++;
        assert_true(str_starts(query_str(&q, 0, a), str_of(subject)));
        assert_non_null(strstr(text, words));
        assert_null(strstr(text, "://"));
        assert_null(strstr(text, "piano"));
    }
    assert_int_equal(query_end(&q, &e), OK);
    assert_int_equal(n, 1);
    assert_int_equal(served_count(s, of_all, 0), 1);
}

static int change_password(struct served *s, const struct caller *caller, const char *now)
{
    const char *fields = arena_printf(
        s->scratch->arena, "now=%s&wanted=mustig+piano+hagel+tak&again=mustig+piano+hagel+tak", now);

    return post(s, caller, "/konto/losenord", fields);
}

static void a_changed_password_is_told_once(void **state)
{
    struct served *s = *state;
    struct caller analyst = somebody(s, ROLE_ANALYST);

    assert_int_equal(change_password(s, &analyst, "fel+ord"), 422);
    assert_int_equal(served_count(s, of_all, 0), 0);
    assert_int_equal(change_password(s, &analyst, "ord+som+g%C3%A4ller+nu"), 303);
    assert_told(s, analyst.person, "Din inloggning i Lund", "Ditt lösenord i portalen har bytts.");
}

static void it_is_told_in_the_language_of_the_person(void **state)
{
    struct served *s = *state;
    struct caller analyst = somebody(s, ROLE_ANALYST);

    run(s, "update person set language = 'en' where id = $1", analyst.person);
    assert_int_equal(change_password(s, &analyst, "ord+som+g%C3%A4ller+nu"), 303);
    assert_told(s, analyst.person, "Your sign-in in Lund", "Your password in the portal has been changed.");
    run(s, "update person set language = 'sv' where id = $1", analyst.person);
}

static void who_has_never_signed_in_is_not_told(void **state)
{
    struct served *s = *state;
    struct caller analyst = somebody(s, ROLE_ANALYST);

    run(s, "update person set signed_in_at = 0 where id = $1", analyst.person);
    assert_int_equal(change_password(s, &analyst, "ord+som+g%C3%A4ller+nu"), 303);
    assert_int_equal(served_count(s, of_all, 0), 0);
}

static void new_recovery_codes_are_told_once(void **state)
{
    struct served *s = *state;
    struct caller analyst = somebody(s, ROLE_ANALYST);

    assert_int_equal(post(s, &analyst, "/konto/aterstallningskoder", "password=fel+ord"), 422);
    assert_int_equal(served_count(s, of_all, 0), 0);
    assert_int_equal(post(s, &analyst, "/konto/aterstallningskoder", "password=ord+som+g%C3%A4ller+nu"), 200);
    assert_told(s, analyst.person, "Din inloggning", "Nya återställningskoder");
}

/* A passkey of `person`, as if a device had made it; its number. */
static int64_t passkey_of(struct served *s, int64_t person)
{
    const struct passkey p = {.person = person,
                              .key = {.credential = S("device"), .spki = S("key"), .algorithm = -7},
                              .name = S("Exempel"),
                              .made_at = 1000};
    struct passkeys found;
    struct err e = {0};

    assert_int_equal(passkey_add(s->city->db, &p, &e), OK);
    assert_int_equal(passkeys_of(s->city->db, person, s->scratch->arena, &found, &e), OK);
    return found.passkey[0].id;
}

static void a_removed_passkey_is_told_once_and_to_its_owner_alone(void **state)
{
    struct served *s = *state;
    struct caller other = somebody(s, ROLE_MEMBER);
    struct caller analyst = somebody(s, ROLE_ANALYST);
    const char *path =
        arena_printf(s->scratch->arena, "/konto/passkey/%" PRId64 "/ta-bort", passkey_of(s, analyst.person));

    (void)post(s, &other, path, NULL);
    assert_int_equal(served_count(s, of_all, 0), 0);
    assert_int_equal(post(s, &analyst, path, NULL), 303);
    assert_told(s, analyst.person, "Din inloggning", "En passkey har tagits bort");
    (void)post(s, &analyst, path, NULL);
    assert_int_equal(served_count(s, of_all, 0), 1);
}

static void devices_that_an_administrator_forgets_are_told_to_their_owner(void **state)
{
    struct served *s = *state;
    struct caller administrator = somebody(s, ROLE_ADMINISTRATOR);
    struct caller analyst = somebody(s, ROLE_ANALYST);
    const char *path = arena_printf(s->scratch->arena, "/personer/%" PRId64 "/enhet", analyst.person);

    assert_int_equal(post(s, &administrator, path, NULL), 303);
    assert_told(s, analyst.person, "Din inloggning", "Administratören har tagit bort din app");
}

/* Saves the auditor's account with this name and address, as an administrator. */
static int save_auditor(struct served *s, int64_t auditor, const char *name, const char *email)
{
    struct caller administrator = served_caller(s, ROLE_ADMINISTRATOR);
    int64_t version = served_count(s, "select version from person where id = $1", auditor);
    const char *path = arena_printf(s->scratch->arena, "/personer/%" PRId64, auditor);

    return post(s, &administrator, path,
                arena_printf(s->scratch->arena, "name=%s&email=%s&language=sv&roles=auditor&version=%" PRId64,
                             name, email, version));
}

static void another_address_is_told_to_the_former_one(void **state)
{
    struct served *s = *state;
    struct caller auditor = somebody(s, ROLE_AUDITOR);

    assert_int_equal(save_auditor(s, auditor.person, "Exempel+Ny", "granskare%40lund.example"), 303);
    assert_int_equal(served_count(s, of_all, 0), 0);
    assert_int_equal(save_auditor(s, auditor.person, "Exempel+Ny", "ny%40lund.example"), 303);
    assert_int_equal(served_count(s, of_person, auditor.person), 0);
    run(s, "update person set email = 'granskare@lund.example' where id = $1", auditor.person);
    assert_told(s, auditor.person, "Din inloggning", "har bytt e-postadress");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_changed_password_is_told_once),
        cmocka_unit_test(it_is_told_in_the_language_of_the_person),
        cmocka_unit_test(who_has_never_signed_in_is_not_told),
        cmocka_unit_test(new_recovery_codes_are_told_once),
        cmocka_unit_test(a_removed_passkey_is_told_once_and_to_its_owner_alone),
        cmocka_unit_test(devices_that_an_administrator_forgets_are_told_to_their_owner),
        cmocka_unit_test(another_address_is_told_to_the_former_one),
    };

    return cmocka_run_group_tests_name("who is told", tests, served_begin, served_end);
}

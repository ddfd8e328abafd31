/* Sessions: who is signed in, until which second, and what the database knows of it. */
#include "portal/session.h"

#include "house.h"

#include <sodium.h>

#include <string.h>

enum { COOKIE_BYTES = 2 * SESSION_SECRET_BYTES };

static const uint32_t coordinator = ROLE_BIT(ROLE_COORDINATOR);
static const uint32_t triage = ROLE_BIT(ROLE_TRIAGE);

static struct session begin(struct house *h, int64_t person, enum session_stage stage,
                            char cookie[COOKIE_BYTES])
{
    struct session s = {
        .person = person, .stage = stage, .method = S("password"), .device = S("Firefox, Linux")};
    unsigned char secret[SESSION_SECRET_BYTES];
    struct err e = {0};

    assert_int_equal(session_begin(h->db, &h->outside, &s, secret, &e), OK);
    sodium_bin2base64(cookie, COOKIE_BYTES, secret, sizeof secret, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return s;
}

static bool is_live_at(struct house *h, struct str cookie, int64_t now_at)
{
    struct session_found found;
    struct err e = {0};

    assert_int_equal(session_find(h->db, cookie, now_at, h->arena, &found, &e), OK);
    return found.is_live;
}

static void see(struct house *h, int64_t id, int64_t at)
{
    struct err e = {0};

    assert_int_equal(session_seen(h->db, id, at, &e), OK);
}

static void a_session_is_found_by_its_cookie(void **state)
{
    struct house *h = house_of(state);
    struct person kim = house_person(h, "kim@exempel.example", coordinator);
    char cookie[COOKIE_BYTES];
    struct session begun = begin(h, kim.id, SESSION_WHOLE, cookie);
    struct session_found found;
    struct err e = {0};

    assert_int_equal(session_find(h->db, str_of(cookie), h->now_at, h->arena, &found, &e), OK);
    assert_true(found.is_live);
    assert_int_equal(found.session.id, begun.id);
    assert_int_equal(found.person.id, kim.id);
    assert_int_equal(found.session.stage, SESSION_WHOLE);
    assert_str(found.session.device, "Firefox, Linux");
    assert_int_equal(found.person.roles, coordinator);
}

/* Whatever the cookie says, the state of the doors comes with it. */
static void assert_doors(struct house *h, struct str cookie, enum doors_state state, int64_t since_at)
{
    struct session_found found;
    struct err e = {0};

    assert_int_equal(session_find(h->db, cookie, h->now_at, h->arena, &found, &e), OK);
    assert_int_equal(found.doors.state, state);
    assert_int_equal(found.doors.since_at, since_at);
}

static void the_doors_are_told_with_and_without_a_session(void **state)
{
    struct house *h = house_of(state);
    struct person kim = house_person(h, "kim@exempel.example", coordinator);
    char cookie[COOKIE_BYTES];
    struct session begun = begin(h, kim.id, SESSION_WHOLE, cookie);
    struct err e = {0};

    assert_doors(h, str_of(cookie), DOORS_OPEN, 0);
    assert_int_equal(doors_set(h->db, DOORS_REPORTS, begun.id, h->now_at, &e), OK);
    assert_doors(h, str_of(cookie), DOORS_REPORTS, h->now_at);
    assert_doors(h, S("not a cookie of ours"), DOORS_REPORTS, h->now_at);
    assert_int_equal(session_end(h->db, kim.id, begun.id, &e), OK);
    assert_doors(h, str_of(cookie), DOORS_REPORTS, h->now_at);
}

/* A server tells of it by itself, some milliseconds after. */
static void who_watches_the_doors_sees_them_shut(void **state)
{
    struct house *h = house_of(state);
    struct doors_watch watch = {.is_known = false};
    struct err e = {0};

    assert_int_equal(doors_watch(h->db, h->now_at, &watch, &e), OK);
    assert_int_equal(watch.doors.state, DOORS_OPEN);
    assert_int_equal(doors_set(h->db, DOORS_HELP, 0, h->now_at, &e), OK);
    while (watch.doors.state == DOORS_OPEN)
        assert_int_equal(doors_watch(h->db, h->now_at, &watch, &e), OK);
    assert_int_equal(watch.doors.state, DOORS_HELP);
    assert_int_equal(watch.doors.since_at, h->now_at);
}

/* Changed behind the watch's back, as when the news of it are lost. */
static void doors_are_looked_at_again_without_news(void **state)
{
    struct house *h = house_of(state);
    struct doors_watch watch = {.is_known = false};
    struct err e = {0};

    assert_int_equal(doors_watch(h->db, h->now_at, &watch, &e), OK);
    assert_int_equal(
        db_script(
            h->db,
            "insert into doors (id, state, since_at) values (1, 2, 1) on conflict (id) do update set state = 2",
            &e),
        OK);
    assert_int_equal(doors_watch(h->db, h->now_at + DOORS_WATCHED_SECONDS, &watch, &e), OK);
    assert_int_equal(watch.doors.state, 2);
}

/* Not used for `idle`: over at that second, and not the second before. */
static void assert_idle(struct house *h, uint32_t roles, int64_t idle)
{
    struct person kim = house_person(h, "kim@exempel.example", roles);
    char cookie[COOKIE_BYTES];

    (void)begin(h, kim.id, SESSION_WHOLE, cookie);
    assert_true(is_live_at(h, str_of(cookie), h->now_at + idle - 1));
    assert_false(is_live_at(h, str_of(cookie), h->now_at + idle));
}

static void a_session_that_is_not_used_ends_at_the_half_hour(void **state)
{
    assert_idle(house_of(state), coordinator, 30 * 60);
}

static void a_recipients_session_that_is_not_used_ends_at_the_quarter(void **state)
{
    assert_idle(house_of(state), triage, 15 * 60);
}

static void one_role_of_a_recipient_is_enough_for_the_shorter_time(void **state)
{
    assert_idle(house_of(state), coordinator | triage, 15 * 60);
}

/* Used all the time: over `longest` after it began all the same. */
static void assert_longest(struct house *h, uint32_t roles, int64_t longest)
{
    struct person kim = house_person(h, "kim@exempel.example", roles);
    char cookie[COOKIE_BYTES];
    struct session s = begin(h, kim.id, SESSION_WHOLE, cookie);

    see(h, s.id, h->now_at + longest - 1);
    assert_true(is_live_at(h, str_of(cookie), h->now_at + longest - 1));
    see(h, s.id, h->now_at + longest);
    assert_false(is_live_at(h, str_of(cookie), h->now_at + longest));
}

static void a_session_in_use_ends_after_ten_hours(void **state)
{
    assert_longest(house_of(state), coordinator, 10 * 3600);
}

static void a_recipients_session_in_use_ends_after_eight_hours(void **state)
{
    assert_longest(house_of(state), triage, 8 * 3600);
}

static void the_half_of_a_sign_in_is_good_for_ten_minutes(void **state)
{
    struct house *h = house_of(state);
    struct person kim = house_person(h, "kim@exempel.example", coordinator);
    char cookie[COOKIE_BYTES];
    struct session s = begin(h, kim.id, SESSION_HALF, cookie);

    see(h, s.id, h->now_at + 599);
    assert_true(is_live_at(h, str_of(cookie), h->now_at + 599));
    assert_false(is_live_at(h, str_of(cookie), h->now_at + 600));
}

static void use_gives_the_session_more_time(void **state)
{
    struct house *h = house_of(state);
    struct person kim = house_person(h, "kim@exempel.example", coordinator);
    char cookie[COOKIE_BYTES];
    struct session s = begin(h, kim.id, SESSION_WHOLE, cookie);

    see(h, s.id, h->now_at + 1000);
    assert_true(is_live_at(h, str_of(cookie), h->now_at + 1000 + SESSION_IDLE_SECONDS - 1));
    assert_false(is_live_at(h, str_of(cookie), h->now_at + 1000 + SESSION_IDLE_SECONDS));
}

static void a_clock_that_is_set_back_ends_no_session(void **state)
{
    struct house *h = house_of(state);
    struct person kim = house_person(h, "kim@exempel.example", coordinator);
    char cookie[COOKIE_BYTES];

    (void)begin(h, kim.id, SESSION_WHOLE, cookie);
    assert_true(is_live_at(h, str_of(cookie), h->now_at - 3600));
}

static bool holds(struct str bytes, const void *part, size_t n)
{
    return memmem(bytes.p, bytes.n, part, n) != NULL;
}

/* The database and its write-ahead log, byte by byte. */
static void the_secret_stands_nowhere_in_the_files_but_its_hash_does(void **state)
{
    ONLY_IN_A_FILE();
    struct house *h = house_of(state);
    struct person kim = house_person(h, "kim@exempel.example", coordinator);
    unsigned char secret[SESSION_SECRET_BYTES];
    unsigned char hash[32];
    char cookie[COOKIE_BYTES];
    struct err e = {0};

    (void)begin(h, kim.id, SESSION_WHOLE, cookie);
    assert_true(session_secret(str_of(cookie), secret));
    crypto_generichash(hash, sizeof hash, secret, sizeof secret, NULL, 0);
    assert_int_equal(db_checkpoint(h->db, &e), OK);
    struct str bytes = {0};
    assert_int_equal(
        file_read(arena_printf(h->arena, "%s/lykta.db", h->folder), 1 << 26, h->arena, &bytes, &e), OK);
    assert_false(holds(bytes, secret, sizeof secret));
    assert_false(holds(bytes, cookie, strlen(cookie)));
    assert_true(holds(bytes, hash, sizeof hash));
}

static void the_hash_of_the_database_opens_nothing(void **state)
{
    static const char sql[] = "select hash from session";
    struct house *h = house_of(state);
    struct person kim = house_person(h, "kim@exempel.example", coordinator);
    char cookie[COOKIE_BYTES];
    char stolen[COOKIE_BYTES];
    struct err e = {0};

    (void)begin(h, kim.id, SESSION_WHOLE, cookie);
    struct query q = db_query(h->db, sql);
    assert_true(query_next(&q));
    struct str hash = query_blob(&q, 0, h->arena);
    assert_int_equal(query_end(&q, &e), OK);
    sodium_bin2base64(stolen, sizeof stolen, (const unsigned char *)hash.p, hash.n,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    assert_false(is_live_at(h, str_of(stolen), h->now_at));
}

static void a_hostile_cookie_is_no_session(void **state)
{
    static const struct str hostile[] = {
        {NULL, 0},
        {"", 0},
        {"A", 1},
        {"' or 1=1 --", 11},
        {"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ", 42},   /* a letter short */
        {"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEA", 44}, /* one too many */
        {"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=", 44}, /* padded */
        {"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQF", 43},  /* the bits over are not zero */
        {"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE ", 44}, /* a blank after it */
        {" AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE", 44}, /* and before it */
        {"AQEBAQEBAQEBAQEBAQEB\0QEBAQEBAQEBAQEBAQEBAQE", 43}, /* a zero byte in it */
        {"\"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE\"", 45},
        {"+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+", 43}, /* the other alphabet */
        {"\xff\xfe\xfd\xc3\xa5", 5},
    };
    struct house *h = house_of(state);
    struct person kim = house_person(h, "kim@exempel.example", coordinator);
    char cookie[COOKIE_BYTES];
    unsigned char secret[SESSION_SECRET_BYTES];

    (void)begin(h, kim.id, SESSION_WHOLE, cookie); /* thirty-two bytes of 1: what the above come near to */
    assert_string_equal(cookie, "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE");
    assert_true(is_live_at(h, str_of(cookie), h->now_at));
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
        assert_false(session_secret(hostile[i], secret));
        assert_false(is_live_at(h, hostile[i], h->now_at));
    }
}

static void a_cookie_of_a_million_letters_is_no_session(void **state)
{
    struct house *h = house_of(state);
    char *letters = arena_new(h->arena, 1000001, char);

    memset(letters, 'A', 1000000);
    assert_false(is_live_at(h, (struct str){letters, 1000000}, h->now_at));
}

static void each_session_has_a_secret_and_a_form_key_of_its_own(void **state)
{
    struct house *h = house_of(state);
    struct person kim = house_person(h, "kim@exempel.example", coordinator);
    char one[COOKIE_BYTES];
    char other[COOKIE_BYTES];
    unsigned char key[2][32] = {{0}};

    (void)begin(h, kim.id, SESSION_WHOLE, one);
    (void)begin(h, kim.id, SESSION_WHOLE, other);
    session_form_key(str_of(one), key[0]);
    session_form_key(str_of(other), key[1]);
    assert_string_not_equal(one, other);
    assert_memory_not_equal(key[0], key[1], sizeof key[0]);
}

static void what_is_no_cookie_gives_no_key(void **state)
{
    static const unsigned char none[32] = {0};
    unsigned char key[32];

    (void)state;
    memset(key, 9, sizeof key);
    session_form_key(S("no cookie"), key);
    assert_memory_equal(key, none, sizeof key);
}

static void keys_for_different_purposes_differ(void **state)
{
    struct house *h = house_of(state);
    struct person kim = house_person(h, "kim@exempel.example", coordinator);
    char cookie[COOKIE_BYTES];
    unsigned char form[32];
    unsigned char other[32];

    (void)begin(h, kim.id, SESSION_WHOLE, cookie);
    session_form_key(str_of(cookie), form);
    session_key(str_of(cookie), "something else", other, sizeof other);
    assert_memory_not_equal(form, other, sizeof form);
}

static void an_ended_session_is_not_found_again(void **state)
{
    struct house *h = house_of(state);
    struct person kim = house_person(h, "kim@exempel.example", coordinator);
    char cookie[COOKIE_BYTES];
    struct session s = begin(h, kim.id, SESSION_WHOLE, cookie);
    struct err e = {0};

    assert_int_equal(session_end(h->db, kim.id, s.id, &e), OK);
    assert_false(is_live_at(h, str_of(cookie), h->now_at));
}

static void nobody_ends_anothers_session(void **state)
{
    struct house *h = house_of(state);
    struct person kim = house_person(h, "kim@exempel.example", coordinator);
    struct person lo = house_person(h, "lo@exempel.example", coordinator);
    char cookie[COOKIE_BYTES];
    struct session s = begin(h, kim.id, SESSION_WHOLE, cookie);
    struct err e = {0};

    assert_int_equal(session_end(h->db, lo.id, s.id, &e), OK);
    assert_int_equal(sessions_end(h->db, lo.id, 0, &e), OK);
    assert_true(is_live_at(h, str_of(cookie), h->now_at));
}

static void all_sessions_but_one_end(void **state)
{
    struct house *h = house_of(state);
    struct person kim = house_person(h, "kim@exempel.example", coordinator);
    char kept[COOKIE_BYTES];
    char ended[COOKIE_BYTES];
    struct session s = begin(h, kim.id, SESSION_WHOLE, kept);
    struct err e = {0};

    (void)begin(h, kim.id, SESSION_WHOLE, ended);
    assert_int_equal(sessions_end(h->db, kim.id, s.id, &e), OK);
    assert_true(is_live_at(h, str_of(kept), h->now_at));
    assert_false(is_live_at(h, str_of(ended), h->now_at));
}

static void the_list_has_the_live_sessions_with_the_latest_used_first(void **state)
{
    struct house *h = house_of(state);
    struct person kim = house_person(h, "kim@exempel.example", coordinator);
    char cookie[COOKIE_BYTES];
    struct sessions list = {0};
    struct err e = {0};

    (void)begin(h, kim.id, SESSION_WHOLE, cookie); /* will be over */
    h->now_at += 600;
    struct session early = begin(h, kim.id, SESSION_WHOLE, cookie);
    struct session late = begin(h, kim.id, SESSION_WHOLE, cookie);
    see(h, early.id, h->now_at + 300);
    assert_int_equal(sessions_of(h->db, &kim, h->now_at + SESSION_IDLE_SECONDS - 1, h->arena, &list, &e), OK);
    assert_int_equal(list.n, 2);
    assert_int_equal(list.session[0].id, early.id);
    assert_int_equal(list.session[1].id, late.id);
}

static void what_is_over_is_forgotten_and_what_lives_is_kept(void **state)
{
    struct house *h = house_of(state);
    struct person kim = house_person(h, "kim@exempel.example", coordinator);
    char old[COOKIE_BYTES];
    char young[COOKIE_BYTES];
    struct err e = {0};

    (void)begin(h, kim.id, SESSION_WHOLE, old);
    h->now_at += SESSION_IDLE_SECONDS + 1;
    (void)begin(h, kim.id, SESSION_WHOLE, young);
    assert_int_equal(sessions_forget(h->db, h->now_at, &e), OK);
    assert_int_equal(house_count(h, "select count(*) from session"), 1);
    assert_true(is_live_at(h, str_of(young), h->now_at));
}

/* Saves `p` as somebody else would. */
static void save(struct house *h, const struct person *p)
{
    const struct who who = house_who(h);
    struct err e = {0};
    bool is_overtaken = false;

    assert_int_equal(person_save(h->db, &who, p, &is_overtaken, &e), OK);
}

static void another_role_ends_the_sessions(void **state)
{
    struct house *h = house_of(state);
    struct person kim = house_person(h, "kim@exempel.example", coordinator);
    char cookie[COOKIE_BYTES];

    kim.version = 1;
    (void)begin(h, kim.id, SESSION_WHOLE, cookie);
    kim.roles |= triage;
    save(h, &kim);
    assert_false(is_live_at(h, str_of(cookie), h->now_at));
}

static void a_closed_account_has_no_session_not_even_a_new_one(void **state)
{
    struct house *h = house_of(state);
    struct person kim = house_person(h, "kim@exempel.example", coordinator);
    char before[COOKIE_BYTES];
    char after[COOKIE_BYTES];

    kim.version = 1;
    (void)begin(h, kim.id, SESSION_WHOLE, before);
    kim.is_closed = true;
    save(h, &kim);
    (void)begin(h, kim.id, SESSION_WHOLE, after);
    assert_false(is_live_at(h, str_of(before), h->now_at));
    assert_false(is_live_at(h, str_of(after), h->now_at));
}

static void who_has_no_role_has_no_session(void **state)
{
    struct house *h = house_of(state);
    struct person kim = house_person(h, "kim@exempel.example", 0);
    char cookie[COOKIE_BYTES];

    (void)begin(h, kim.id, SESSION_WHOLE, cookie);
    assert_false(is_live_at(h, str_of(cookie), h->now_at));
}

static void a_browser_is_told_in_few_words(void **state)
{
    struct house *h = house_of(state);

    assert_str(
        session_device(S("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"), h->arena),
        "Firefox, Linux");
    assert_str(
        session_device(S("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0"), h->arena),
        "Edge, Windows");
    assert_str(session_device(S("<script>alert(1)</script>"), h->arena), "?, ?");
    assert_str(session_device((struct str){NULL, 0}, h->arena), "?, ?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_HOUSE(a_session_is_found_by_its_cookie),
        IN_HOUSE(the_doors_are_told_with_and_without_a_session),
        IN_HOUSE(who_watches_the_doors_sees_them_shut),
        IN_HOUSE(doors_are_looked_at_again_without_news),
        IN_HOUSE(a_session_that_is_not_used_ends_at_the_half_hour),
        IN_HOUSE(a_recipients_session_that_is_not_used_ends_at_the_quarter),
        IN_HOUSE(one_role_of_a_recipient_is_enough_for_the_shorter_time),
        IN_HOUSE(a_session_in_use_ends_after_ten_hours),
        IN_HOUSE(a_recipients_session_in_use_ends_after_eight_hours),
        IN_HOUSE(the_half_of_a_sign_in_is_good_for_ten_minutes),
        IN_HOUSE(use_gives_the_session_more_time),
        IN_HOUSE(a_clock_that_is_set_back_ends_no_session),
        IN_HOUSE(the_secret_stands_nowhere_in_the_files_but_its_hash_does),
        IN_HOUSE(the_hash_of_the_database_opens_nothing),
        IN_HOUSE(a_hostile_cookie_is_no_session),
        IN_HOUSE(a_cookie_of_a_million_letters_is_no_session),
        IN_HOUSE(each_session_has_a_secret_and_a_form_key_of_its_own),
        cmocka_unit_test(what_is_no_cookie_gives_no_key),
        IN_HOUSE(keys_for_different_purposes_differ),
        IN_HOUSE(an_ended_session_is_not_found_again),
        IN_HOUSE(nobody_ends_anothers_session),
        IN_HOUSE(all_sessions_but_one_end),
        IN_HOUSE(the_list_has_the_live_sessions_with_the_latest_used_first),
        IN_HOUSE(what_is_over_is_forgotten_and_what_lives_is_kept),
        IN_HOUSE(another_role_ends_the_sessions),
        IN_HOUSE(a_closed_account_has_no_session_not_even_a_new_one),
        IN_HOUSE(who_has_no_role_has_no_session),
        IN_HOUSE(a_browser_is_told_in_few_words),
    };

    return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}

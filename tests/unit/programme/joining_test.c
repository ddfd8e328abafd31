/* A city joins by a signed invitation, and every other way is refused in words. */
#include "../database.h"
#include "../unit.h"

#include "programme/joining.h"
#include "programme/programme.h"
#include "programme/trust.h"
#include "store/audit.h"
#include "store/city.h"
#include "store/keys.h"

#include <string.h>

enum { DAY = 86400, NOW = 20000 * DAY };

static const struct who who = {.name = "test", .now_at = NOW};

struct scene {
    struct city *programme, *city, *other;
};

static struct city *make(const struct scratch *s, const char *name, const char *municipality)
{
    const struct city_make what = {.municipality = str_of(municipality),
                                   .name = str_of(name),
                                   .database = database_server() ? str_of(scratch_database(s, name)) : S(""),
                                   .who = who};
    struct city *city = NULL;
    struct err e = {0};

    if (city_init(scratch_path(s, name), &what, &e) != OK ||
        city_open(scratch_path(s, name), DB_WRITE, &city, &e) != OK)
        die("%s", e.what);
    return city;
}

static int open_scene(void **state)
{
    struct err e = {0};

    if (scratch_open(state) != 0)
        return -1;
    struct scratch *s = *state;
    struct scene *x = arena_new(s->arena, 1, struct scene);
    *x = (struct scene){make(s, "together", PROGRAMME_CODE), make(s, "lund", "1281"),
                        make(s, "eslov", "1285")};
    s->mine = x;
    return programme_make(x->programme->db, &who, &e) == OK ? 0 : -1;
}

static int close_scene(void **state)
{
    const struct scene *x = ((struct scratch *)*state)->mine;

    city_close(x->programme);
    city_close(x->city);
    city_close(x->other);
    return scratch_close(state);
}

static const struct scene *scene_of(void **state)
{
    return ((struct scratch *)*state)->mine;
}

static struct arena *arena_of(void **state)
{
    return ((struct scratch *)*state)->arena;
}

/* To Lund, for ten days. */
static struct joining_file invite(void **state)
{
    struct joining_file made;
    struct err e = {0};

    if (joining_invite(scene_of(state)->programme, &who, S("1281"), S("Lund"), date_of(NOW + 10 * DAY),
                       arena_of(state), &made, &e) != OK)
        fail_msg("%s", e.what);
    return made;
}

static enum status answer_by(const struct city *city, const struct joining_file *to, int64_t now_at,
                             void **state, struct joining_file *made, struct err *e)
{
    const struct who then = {.name = "test", .now_at = now_at};

    return joining_answer(city, &then, "the file", to->bytes, to->invitation.programme_key, arena_of(state),
                          made, e);
}

static struct joining_file answer(void **state, const struct joining_file *to)
{
    struct joining_file made;
    struct err e = {0};

    if (answer_by(scene_of(state)->city, to, NOW, state, &made, &e) != OK)
        fail_msg("%s", e.what);
    return made;
}

static enum status accept_at(void **state, struct str bytes, struct str key, int64_t now_at, struct err *e)
{
    const struct who then = {.name = "test", .now_at = now_at};
    struct str name;

    return joining_accept(scene_of(state)->programme, &then, "the file", bytes, key, arena_of(state), &name,
                          e);
}

static enum status accept(void **state, const struct joining_file *x, struct err *e)
{
    return accept_at(state, x->bytes, x->answer.city_key, NOW, e);
}

static size_t cities(void **state)
{
    struct programme_cities all;
    struct err e = {0};

    assert_int_equal(programme_cities(scene_of(state)->programme->db, arena_of(state), &all, &e), OK);
    return all.n;
}

static void a_city_that_was_invited_takes_part_with_its_key(void **state)
{
    const struct joining_file to = invite(state);
    const struct joining_file back = answer(state, &to);
    struct programme_cities all;
    struct err e = {0};

    assert_int_equal(accept(state, &back, &e), OK);
    assert_int_equal(programme_cities(scene_of(state)->programme->db, arena_of(state), &all, &e), OK);
    assert_int_equal(all.n, 1);
    assert_str(all.city[0].municipality, "1281");
    assert_str(all.city[0].name, "Lund");
    assert_true(str_equal(all.city[0].public_key, back.answer.city_key));
}

static void nobody_takes_part_before_the_fingerprint_has_been_heard(void **state)
{
    const struct joining_file to = invite(state);
    const struct joining_file back = answer(state, &to);
    const struct str fingerprint = key_fingerprint(back.answer.city_key, arena_of(state));
    struct str heard;
    struct err e = {0};

    assert_int_equal(accept_at(state, back.bytes, S(""), NOW, &e), REFUSED);
    assert_says(e, arena_cstr(arena_of(state), fingerprint.p, fingerprint.n));
    assert_int_equal(cities(state), 0);
    assert_true(key_parse(fingerprint, arena_of(state), &heard));
    assert_int_equal(accept_at(state, back.bytes, heard, NOW, &e), OK);
}

static void an_invitation_of_somebody_else_is_not_answered(void **state)
{
    struct joining_file to = invite(state);
    struct joining_file made;
    struct str own;
    struct err e = {0};

    assert_int_equal(key_public(scene_of(state)->other->path, arena_of(state), &own, &e), OK);
    to.invitation.programme_key = own; /* what the city was told in person */
    assert_int_equal(answer_by(scene_of(state)->city, &to, NOW, state, &made, &e), BAD_INPUT);
    assert_says(e, "was not signed by the programme");
}

static void an_invitation_to_another_city_is_not_answered(void **state)
{
    const struct joining_file to = invite(state);
    struct joining_file made;
    struct err e = {0};

    assert_int_equal(answer_by(scene_of(state)->other, &to, NOW, state, &made, &e), BAD_INPUT);
    assert_says(e, "is an invitation to Lund (1281), and this is the city of 1285");
}

static void an_invitation_is_answered_until_its_last_day(void **state)
{
    const struct joining_file to = invite(state);
    struct joining_file made;
    struct err e = {0};

    assert_int_equal(answer_by(scene_of(state)->city, &to, NOW + 11 * DAY - 1, state, &made, &e), OK);
    assert_int_equal(answer_by(scene_of(state)->city, &to, NOW + 11 * DAY, state, &made, &e), BAD_INPUT);
    assert_says(e, "could be answered until");
}

static void every_byte_of_both_files_is_signed(void **state)
{
    struct arena *a = arena_of(state);
    const struct joining_file to = invite(state);
    const struct joining_file back = answer(state, &to);
    struct city_invitation invitation;
    struct city_answer read;
    struct err e = {0};

    for (size_t i = 0; i < to.bytes.n; i++) {
        struct str changed = str_copy(to.bytes, a);

        ((char *)(uintptr_t)changed.p)[i] ^= 1;
        assert_int_equal(city_invitation_read("the file", changed, a, &invitation, &e), BAD_INPUT);
    }
    for (size_t i = 0; i < back.bytes.n; i++) {
        struct str changed = str_copy(back.bytes, a);

        ((char *)(uintptr_t)changed.p)[i] ^= 1;
        assert_int_equal(city_answer_read("the file", changed, a, &read, &e), BAD_INPUT);
    }
    assert_int_equal(city_answer_read("the file", str_part(back.bytes, 0, back.bytes.n - 1), a, &read, &e),
                     BAD_INPUT);
    assert_int_equal(city_answer_read("the file", to.bytes, a, &read, &e), BAD_INPUT);
    assert_says(e, "is not what is expected here");
}

static void what_was_changed_on_the_way_is_not_accepted(void **state)
{
    const struct joining_file to = invite(state);
    const struct joining_file back = answer(state, &to);
    struct str changed = str_copy(back.bytes, arena_of(state));
    struct err e = {0};

    memcpy(strstr((char *)(uintptr_t)changed.p, "1281"), "1285", 4);
    assert_int_equal(accept_at(state, changed, back.answer.city_key, NOW, &e), BAD_INPUT);
    assert_says(e, "has been changed: it is not as it was signed");
    assert_int_equal(cities(state), 0);
}

static void an_invitation_is_good_once(void **state)
{
    const struct joining_file to = invite(state);
    const struct joining_file back = answer(state, &to);
    struct err e = {0};

    assert_int_equal(accept(state, &back, &e), OK);
    assert_int_equal(programme_withdraw(scene_of(state)->programme->db, &who, S("1281"), &e), OK);
    assert_int_equal(accept(state, &back, &e), BAD_INPUT);
    assert_says(e, "is good once");
}

static void a_later_invitation_replaces_the_one_before(void **state)
{
    const struct joining_file to = invite(state);
    const struct joining_file later = invite(state);
    const struct joining_file back = answer(state, &to);
    const struct joining_file other = answer(state, &later);
    struct err e = {0};

    assert_int_equal(accept(state, &back, &e), BAD_INPUT);
    assert_says(e, "a later one has replaced");
    assert_int_equal(accept(state, &other, &e), OK);
}

static void an_answer_is_accepted_until_the_last_day(void **state)
{
    const struct joining_file to = invite(state);
    const struct joining_file back = answer(state, &to);
    struct err e = {0};

    assert_int_equal(accept_at(state, back.bytes, back.answer.city_key, NOW + 11 * DAY, &e), BAD_INPUT);
    assert_says(e, "could be answered until");
    assert_int_equal(accept_at(state, back.bytes, back.answer.city_key, NOW + 10 * DAY, &e), OK);
}

/* Signed by a city for itself, with whatever it wants in it. */
static struct joining_file made_up(void **state, const struct city *by, struct city_answer what)
{
    struct joining_file made = {.answer = what};
    struct key key;
    struct err e = {0};

    assert_int_equal(key_read(by->path, KEY_RELEASE, &key, &e), OK);
    made.bytes = city_answer_write(&made.answer, &key, arena_of(state));
    key_wipe(&key);
    return made;
}

static void another_city_cannot_use_the_invitation(void **state)
{
    const struct joining_file to = invite(state);
    const struct joining_file back =
        made_up(state, scene_of(state)->other,
                (struct city_answer){to.invitation.hash, to.invitation.programme_key, S("1285"), S("")});
    const struct joining_file posing =
        made_up(state, scene_of(state)->other,
                (struct city_answer){to.invitation.hash, to.invitation.programme_key, S("1281"), S("")});
    struct str heard;
    struct err e = {0};

    assert_int_equal(accept(state, &back, &e), BAD_INPUT);
    assert_says(e, "comes from the city of 1285, and answers an invitation to Lund (1281)");
    assert_int_equal(key_public(scene_of(state)->city->path, arena_of(state), &heard, &e), OK);
    assert_int_equal(accept_at(state, posing.bytes, heard, NOW, &e), BAD_INPUT);
    assert_says(e, "somebody else may have answered");
    assert_int_equal(cities(state), 0);
}

static void an_invitation_that_was_never_made_is_not_accepted(void **state)
{
    const struct joining_file to = invite(state);
    const struct joining_file forged = made_up(
        state, scene_of(state)->city,
        (struct city_answer){to.invitation.programme_key, to.invitation.programme_key, S("1281"), S("")});
    const struct joining_file elsewhere =
        made_up(state, scene_of(state)->city,
                (struct city_answer){to.invitation.hash, to.invitation.hash, S("1281"), S("")});
    struct err e = {0};

    assert_int_equal(accept(state, &forged, &e), BAD_INPUT);
    assert_says(e, "an invitation that this programme has not made");
    assert_int_equal(accept(state, &elsewhere, &e), BAD_INPUT);
    assert_says(e, "answers another programme");
}

static void a_key_is_one_citys(void **state)
{
    const struct joining_file to = invite(state);
    const struct joining_file back = answer(state, &to);
    const struct programme_city other = {
        .municipality = S("1285"), .name = S("Eslöv"), .public_key = back.answer.city_key};
    struct err e = {0};

    assert_int_equal(programme_join(scene_of(state)->programme->db, &who, &other, &e), OK);
    assert_int_equal(accept(state, &back, &e), BAD_INPUT);
    assert_says(e, "has the key of 1285");
}

static void only_a_city_that_is_not_in_it_is_invited_and_not_for_ever(void **state)
{
    const struct joining_file to = invite(state);
    const struct joining_file back = answer(state, &to);
    const struct city *programme = scene_of(state)->programme;
    struct joining_file made;
    struct err e = {0};

    assert_int_equal(accept(state, &back, &e), OK);
    assert_int_equal(
        joining_invite(programme, &who, S("1281"), S("Lund"), date_of(NOW), arena_of(state), &made, &e),
        BAD_INPUT);
    assert_says(e, "takes part already");
    assert_int_equal(joining_invite(programme, &who, S("1285"), S("Eslöv"), date_of(NOW - DAY),
                                    arena_of(state), &made, &e),
                     BAD_INPUT);
    assert_int_equal(joining_invite(programme, &who, S("1285"), S("Eslöv"), date_of(NOW + 91 * DAY),
                                    arena_of(state), &made, &e),
                     BAD_INPUT);
    assert_says(e, "within 90 days");
    assert_int_equal(joining_invite(programme, &who, S("1285"), S("a\nname Lund"), date_of(NOW),
                                    arena_of(state), &made, &e),
                     BAD_INPUT);
    assert_int_equal(
        joining_invite(programme, &who, S("0000"), S("Vi"), date_of(NOW), arena_of(state), &made, &e),
        BAD_INPUT);
}

#define OF(name) cmocka_unit_test_setup_teardown(name, open_scene, close_scene)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OF(a_city_that_was_invited_takes_part_with_its_key),
        OF(nobody_takes_part_before_the_fingerprint_has_been_heard),
        OF(an_invitation_of_somebody_else_is_not_answered),
        OF(an_invitation_to_another_city_is_not_answered),
        OF(an_invitation_is_answered_until_its_last_day),
        OF(every_byte_of_both_files_is_signed),
        OF(what_was_changed_on_the_way_is_not_accepted),
        OF(an_invitation_is_good_once),
        OF(a_later_invitation_replaces_the_one_before),
        OF(an_answer_is_accepted_until_the_last_day),
        OF(another_city_cannot_use_the_invitation),
        OF(an_invitation_that_was_never_made_is_not_accepted),
        OF(a_key_is_one_citys),
        OF(only_a_city_that_is_not_in_it_is_invited_and_not_for_ever),
    };

    return cmocka_run_group_tests_name("joining", tests, NULL, NULL);
}

/* The post box of secure sums: what it takes, from whom and when, and that it gives back the same bytes. */
#include "programme/sum_box.h"

#include "../secure/cities.h"
#include "../tables.h"

#include "store/audit.h"
#include "store/db.h"

#include <string.h>

enum { CITIES = 6, CELLS = 7, SIGNATURE = 64 };

static const int64_t until[3] = {100, 200, 300};

/* A round in the box, and its cities. */
struct post {
    struct db *db;
    struct arena *a;
    struct cities *c;
    struct str hash;
};

static struct str bytes_of(const struct letter *l)
{
    return (struct str){l->signed_part.p, l->signed_part.n + SIGNATURE};
}

static struct who who_at(int64_t now)
{
    return (struct who){.name = "test", .now_at = now};
}

static int box_open(void **state)
{
    const struct who who = who_at(1);
    struct err e;

    if (scratch_open(state) != 0)
        return -1;
    struct scratch *s = *state;
    struct post *p = arena_new(s->arena, 1, struct post);
    *p = (struct post){.a = s->arena, .c = arena_new(s->arena, 1, struct cities)};
    s->mine = p;
    cities_open(p->c, CITIES, CELLS, p->a);
    if (scratch_tables(s, "lykta", 0, &p->db, &e) != OK)
        return -1;
    return sum_box_open(p->db, &who, "round", bytes_of(&p->c->opening), until, p->a, &p->hash, &e) == OK ? 0
                                                                                                         : -1;
}

static struct post *post_of(void **state)
{
    return ((struct scratch *)*state)->mine;
}

static int box_close(void **state)
{
    db_close(post_of(state)->db);
    return scratch_close(state);
}

#define WITH_BOX(test) cmocka_unit_test_setup_teardown(test, box_open, box_close)

static struct sum_box_state state_of(const struct post *p)
{
    struct sum_box_state x;
    bool is_there = false;
    struct err e;

    assert_int_equal(sum_box_read(p->db, p->hash, p->a, &x, &is_there, &e), OK);
    assert_true(is_there);
    return x;
}

static enum sum_posting send_bytes(const struct post *p, struct str bytes, int64_t now)
{
    const struct who who = who_at(now);
    const struct sum_box_state x = state_of(p);
    enum sum_posting out = SUM_STRANGE;
    struct err why = {OK, ""};
    struct err e;

    if (sum_box_post(p->db, &who, &x, "letter", bytes, p->a, &out, &why, &e) != OK)
        fail_msg("%s", e.what);
    assert_true(out == SUM_TAKEN || why.what[0] != '\0');
    return out;
}

static enum sum_posting post(const struct post *p, const struct letter *l, int64_t now)
{
    return send_bytes(p, bytes_of(l), now);
}

/* All but the cities of `without` join, and all rosters are in the box. */
static void join_all(const struct post *p, uint64_t without)
{
    cities_join(p->c, ALL & ~without);
    for (size_t i = 0; i < CITIES; i++)
        if (p->c->join[i].name)
            assert_int_equal(post(p, &p->c->join[i], 50), SUM_TAKEN);
    assert_int_equal(post(p, &p->c->county_letter, 110), SUM_TAKEN);
    for (size_t i = 0; i < CITIES; i++)
        if (p->c->join[i].name)
            assert_int_equal(post(p, &p->c->roster_letter[i], 110), SUM_TAKEN);
}

static void give_all(const struct post *p, uint64_t without)
{
    cities_give(p->c, ALL & ~without);
    for (size_t i = 0; i < CITIES; i++)
        if (p->c->figures[i].name)
            assert_int_equal(post(p, &p->c->figures[i], 150), SUM_TAKEN);
    assert_int_equal(post(p, &p->c->asking, 210), SUM_TAKEN);
}

static struct str kept(const struct post *p, enum letter_kind kind, size_t place)
{
    const struct sum_box_state x = state_of(p);
    struct str out;
    struct err e;

    assert_int_equal(sum_box_letter(p->db, &x, kind, place, p->a, &out, &e), OK);
    return out;
}

/* Takes the place of the letters with what the box gives back. */
static void fetch(const struct post *p, enum letter_kind kind, struct letter *all)
{
    struct err e;

    for (size_t i = 0; i < CITIES; i++) {
        const struct str bytes = kept(p, kind, i);
        const bool was_sent = all[i].name != NULL;

        assert_int_equal(bytes.n > 0, was_sent);
        if (!was_sent)
            continue;
        assert_true(str_equal(bytes, bytes_of(&all[i])));
        assert_int_equal(letter_read(&all[i], "fetched", bytes, &e), OK);
    }
}

static void letters_that_went_through_the_box_are_the_same_and_give_the_sums(void **state)
{
    const struct post p = *post_of(state);
    struct sum_cell sum[CELLS];
    struct err e;

    join_all(&p, 0);
    give_all(&p, 1 << 2); /* one drops out */
    cities_reveal(p.c, ALL);
    for (size_t i = 0; i < CITIES; i++)
        assert_int_equal(post(&p, &p.c->reveal[i], 250), SUM_TAKEN);
    fetch(&p, LETTER_JOIN, p.c->join);
    fetch(&p, LETTER_FIGURES, p.c->figures);
    fetch(&p, LETTER_REVEAL, p.c->reveal);
    fetch(&p, LETTER_ROSTER, p.c->roster_letter);
    assert_int_equal(cities_add(p.c, sum, &e), OK);
    assert_sums(p.c, sum, ALL & ~(uint64_t)(1 << 2));
}

static void a_letter_that_is_sent_again_is_in_the_box_once(void **state)
{
    const struct post p = *post_of(state);

    cities_join(p.c, ALL);
    assert_int_equal(post(&p, &p.c->join[0], 50), SUM_TAKEN);
    assert_int_equal(post(&p, &p.c->join[0], 51), SUM_TAKEN);
    cities_join(p.c, 1 | 2 | 4 | 8 | 16); /* joins anew, with other elements */
    assert_int_equal(post(&p, &p.c->join[0], 52), SUM_OTHERWISE);
}

static void a_letter_before_its_turn_is_refused(void **state)
{
    const struct post p = *post_of(state);

    cities_join(p.c, ALL);
    cities_give(p.c, ALL);
    cities_reveal(p.c, ALL);
    assert_int_equal(post(&p, &p.c->figures[1], 50), SUM_EARLY);
    assert_int_equal(post(&p, &p.c->asking, 50), SUM_EARLY);
    assert_int_equal(post(&p, &p.c->reveal[1], 50), SUM_EARLY);
}

static void a_city_that_is_late_is_left_out(void **state)
{
    const struct post p = *post_of(state);

    cities_join(p.c, ALL);
    assert_int_equal(post(&p, &p.c->join[3], 99), SUM_TAKEN);
    assert_int_equal(post(&p, &p.c->join[4], 100), SUM_LATE);
}

static void figures_are_late_when_their_day_is_over_or_shares_have_been_asked_for(void **state)
{
    const struct post p = *post_of(state);

    join_all(&p, 0);
    cities_give(p.c, ALL);
    assert_int_equal(post(&p, &p.c->figures[1], 200), SUM_LATE);
    assert_int_equal(post(&p, &p.c->asking, 180), SUM_TAKEN);
    assert_int_equal(post(&p, &p.c->figures[1], 190), SUM_LATE);
    cities_reveal(p.c, 1);
    assert_int_equal(post(&p, &p.c->reveal[0], 300), SUM_LATE);
}

static void a_city_that_lies_about_the_format_is_refused_with_a_good_signature(void **state)
{
    const struct post p = *post_of(state);

    join_all(&p, 0);
    for (size_t n = 0; n < 3; n++) {
        static const size_t lengths[] = {0, LETTER_ROUND_BYTES, LETTER_ROUND_BYTES + 2 * CELLS * 8 + 1};
        struct text body = text_open(p.a);
        struct text lie = text_open(p.a);

        put_bytes(&body, p.c->roster[1].set, LETTER_ROUND_BYTES);
        while (body.n < lengths[n])
            text_byte(&body, 'x');
        letter_write(&lie, LETTER_FIGURES, p.c->round.hash, 1, str_part(text_str(&body), 0, lengths[n]),
                     &p.c->key[1]);
        assert_int_equal(send_bytes(&p, text_str(&lie), 150), SUM_STRANGE);
    }
}

static void what_is_replayed_from_another_round_or_signed_by_nobody_is_refused(void **state)
{
    const struct post p = *post_of(state);
    struct cities *other = arena_new(p.a, 1, struct cities);

    cities_open(other, CITIES, CELLS, p.a);
    cities_join(other, ALL);
    assert_int_equal(post(&p, &other->join[0], 50), SUM_STRANGE);
    assert_int_equal(post(&p, &p.c->opening, 50), SUM_STRANGE);
    assert_int_equal(send_bytes(&p, S("lykta-sum 1 join\n"), 50), SUM_STRANGE);
    cities_join(p.c, ALL);
    const struct str whole = bytes_of(&p.c->join[0]);
    char *spoilt = arena_cstr(p.a, whole.p, whole.n);
    for (size_t i = 0; i < whole.n; i += 97) {
        spoilt[i] ^= 1;
        assert_int_equal(send_bytes(&p, (struct str){spoilt, whole.n}, 50), SUM_STRANGE);
        spoilt[i] ^= 1;
    }
}

static void a_round_is_opened_once_with_days_that_rise(void **state)
{
    const struct post p = *post_of(state);
    const struct who who = who_at(1);
    struct cities *other = arena_new(p.a, 1, struct cities);
    struct str hash;
    struct err e;

    assert_int_equal(sum_box_open(p.db, &who, "round", bytes_of(&p.c->opening), until, p.a, &hash, &e),
                     BAD_INPUT);
    cities_open(other, CITIES, CELLS, p.a);
    assert_int_equal(sum_box_open(p.db, &who, "round", bytes_of(&other->opening), (const int64_t[]){2, 2, 3},
                                  p.a, &hash, &e),
                     BAD_INPUT);
}

static void a_letters_name_is_read_back(void **state)
{
    enum letter_kind kind = LETTER_ROUND;
    size_t place = 0;

    assert_true(sum_box_named(str_of(sum_box_name(LETTER_FIGURES, 2, post_of(state)->a)), &kind, &place));
    assert_int_equal(kind, LETTER_FIGURES);
    assert_int_equal(place, 2);
    assert_true(sum_box_named(S("county.asking"), &kind, &place));
    assert_true(kind == LETTER_ASKING && place == LETTER_COUNTY);
    assert_false(sum_box_named(S("000.join"), &kind, &place));
    assert_false(sum_box_named(S("401.join"), &kind, &place));
    assert_false(sum_box_named(S("001.key"), &kind, &place));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_BOX(letters_that_went_through_the_box_are_the_same_and_give_the_sums),
        WITH_BOX(a_letter_that_is_sent_again_is_in_the_box_once),
        WITH_BOX(a_letter_before_its_turn_is_refused),
        WITH_BOX(a_city_that_is_late_is_left_out),
        WITH_BOX(figures_are_late_when_their_day_is_over_or_shares_have_been_asked_for),
        WITH_BOX(a_city_that_lies_about_the_format_is_refused_with_a_good_signature),
        WITH_BOX(what_is_replayed_from_another_round_or_signed_by_nobody_is_refused),
        WITH_BOX(a_round_is_opened_once_with_days_that_rise),
        WITH_BOX(a_letters_name_is_read_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Names that are the same to a person are the same bytes. All people are invented. */
#include "link/normalise.h"

#include "../unit.h"

#include "base/rng.h"

#include <string.h>

static struct str joined(const char *first, const char *second, struct arena *a)
{
    struct name_parts names = {0};
    struct str out = {"", 0};

    name_add(&names, str_of(first), NULL, a);
    name_add(&names, str_of(second), NULL, a);
    for (size_t i = 0; i < names.n; i++)
        out = str_of(arena_printf(a, "%.*s%s%.*s", STR(out), i ? " " : "", STR(names.part[i])));
    return out;
}

static void swedish_letters_lose_their_rings_and_dots(void **state)
{
    assert_str(text_loose(S("Åsa Östberg-Ärlig"), *state), "asa ostberg arlig");
    assert_str(text_loose(S("Bjørn Ærlig"), *state), "bjorn arlig");
}

static void old_spellings_of_swedish_letters_fall_together(void **state)
{
    assert_str(text_loose(S("Aasa"), *state), "asa");
    assert_str(text_loose(S("Goeran"), *state), "goran");
    assert_str(text_loose(S("Haekan"), *state), "hakan");
}

static void a_letter_and_its_composed_form_are_the_same(void **state)
{
    assert_str(text_fold(S("A\xCC\x8Asa"), *state), "åsa");
    assert_str(text_loose(S("A\xCC\x8Asa"), *state), "asa");
}

static void case_is_folded_without_a_locale(void **state)
{
    assert_str(text_loose(S("İSTANBULLU"), *state), "istanbulu");
    assert_str(text_loose(S("ILGAZ"), *state), "ilgaz");
    assert_str(text_loose(S("ılgaz"), *state), "ilgaz");
    assert_str(text_fold(S("STRAẞE"), *state), "strasse");
}

static void marks_without_width_are_removed(void **state)
{
    assert_str(text_fold(S("Le\xE2\x80\x8Bna\xE2\x80\x8E"), *state), "lena");
}

static void cyrillic_and_greek_are_written_in_latin_letters(void **state)
{
    assert_str(text_loose(S("Юлия Щербакова"), *state), "iulia shcherbakova");
    assert_str(text_loose(S("Елена Ёлкина"), *state), "elena elkina");
    assert_str(text_loose(S("Γεώργιος"), *state), "georgios");
}

static void transcriptions_of_one_arabic_name_fall_together(void **state)
{
    assert_str(text_loose(S("Khadija"), *state), "chadija");
    assert_str(text_loose(S("Chadidja"), *state), "chadija");
    assert_str(text_loose(S("Mahmoud"), *state), "mahmud");
    assert_str(text_loose(S("Mahmood"), *state), "mahmud");
    assert_str(text_loose(S("Yousseff"), *state), "iusef");
    assert_str(text_loose(S("Youssef"), *state), "iusef");
    assert_str(text_loose(S("Qadir"), *state), "kadir");
}

static void vietnamese_marks_are_removed(void **state)
{
    assert_str(text_loose(S("Ngọc Ánh Đặng"), *state), "ngoc anh dang");
}

static void a_script_without_a_table_is_kept(void **state)
{
    assert_str(text_loose(S("李娜"), *state), "李娜");
}

static void a_name_is_a_set_of_parts_in_any_fields(void **state)
{
    struct name_parts swapped = {0};

    name_add(&swapped, S("Exempelsson"), NULL, *state);
    name_add(&swapped, S("Anna Anna-Maria"), NULL, *state);
    assert_int_equal(swapped.n, 3);
    assert_str(swapped.part[0], "exempelson");
    assert_str(swapped.part[1], "ana");
    assert_str(swapped.part[2], "maria");
}

static void particles_titles_and_initials_are_left_out(void **state)
{
    assert_str(joined("Dr. Omar J.", "bin al-Testi", *state), "omar testi");
    assert_str(joined("", "O'Provell", *state), "provel");
}

static void a_name_of_particles_alone_keeps_them(void **state)
{
    assert_str(joined("An", "De", *state), "an de");
    assert_str(joined("", "Da", *state), "da");
}

static void words_for_not_known_are_missing(void **state)
{
    static const char *const words[] = {
        "okänd",   "Okänd Okänd", "NN",  "N.N.", "anonym", "Flicka",  "unknown",
        "-",       "x",           "XXX", "?",    "",       "   ",     "uppgift saknas",
        "MISSING", "12345",       "n/n", "–",    "hemlig", "UNKNOWN."};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        assert_int_equal(joined(words[i], words[i], *state).n, 0);
}

static void an_agency_can_add_its_own_words_for_not_known(void **state)
{
    const struct str word[] = {text_loose(S("Sekretess"), *state)};
    const struct fillers fillers = {.n = 1, .word = word};
    struct name_parts names = {0};

    assert_false(name_add(&names, S("SEKRETESS"), &fillers, *state));
    assert_true(name_add(&names, S("Sekretess Provsson"), &fillers, *state));
    assert_int_equal(names.n, 1);
}

static void digits_are_removed_from_names(void **state)
{
    assert_str(joined("Maria 2", "Prov3sson", *state), "maria provson");
}

static void a_field_longer_than_a_name_is_missing(void **state)
{
    char *name = arena_new(*state, 1000, char);
    struct name_parts names = {0};

    memset(name, 'b', 999);
    assert_false(name_add(&names, (struct str){name, 999}, NULL, *state));
}

static void further_parts_than_a_person_can_have_are_left_out(void **state)
{
    struct name_parts names = {0};

    for (char c = 'a'; c <= 'z'; c++)
        name_add(&names, str_of(arena_printf(*state, "%cib %cob", c, c)), NULL, *state);
    assert_int_equal(names.n, NAME_MAX_PARTS);
}

/* Random text of Latin, Greek, Cyrillic, marks, signs and blanks; the seed is the stream's number. */
static struct str random_text(uint64_t seed, struct arena *a)
{
    static const char *const pieces[] = {"a", "e", "o", "u",        "k", "h", "c",  "q", "w", "y",
                                         "d", "j", "p", "A",        "Å", "ö", "Ø",  "æ", "ß", "İ",
                                         "щ", "Ψ", "Ё", "\xCC\x8A", " ", "-", "'",  ".", "7", "n",
                                         "l", "v", "f", "ﷺ",        "ﬁ", "ⅷ", "李", "ǅ", "s"};
    struct rng rng = rng_open(seed, 0);
    char *out = arena_new(a, 200, char);
    size_t n = 0;

    for (uint64_t left = rng_u64(&rng) % 24; left > 0; left--) {
        const char *piece = pieces[rng_u64(&rng) % (sizeof pieces / sizeof pieces[0])];

        memcpy(out + n, piece, strlen(piece));
        n += strlen(piece);
    }
    return (struct str){out, n};
}

static void normalising_twice_is_normalising_once(void **state)
{
    for (uint64_t seed = 0; seed < 5000; seed++) {
        struct str s = random_text(seed, *state);
        struct str loose = text_loose(s, *state);
        struct str fold = text_fold(s, *state);

        if (!str_equal(text_loose(loose, *state), loose) || !str_equal(text_fold(fold, *state), fold))
            fail_msg("seed %llu", (unsigned long long)seed);
    }
}

/* A mark without width makes the text go the long way, and is removed there. */
static void the_short_way_and_the_long_way_come_to_the_same(void **state)
{
    for (uint64_t seed = 0; seed < 20000; seed++) {
        struct rng rng = rng_open(seed, 1);
        char *s = arena_new(*state, 40, char);
        size_t n = 0;

        for (uint64_t left = rng_u64(&rng) % 12; left > 0; left--) {
            if (rng_u64(&rng) % 3 == 0) {
                s[n++] = (char)0xC3;
                s[n++] = (char)(0x80 + rng_u64(&rng) % 64);
            } else {
                s[n++] = (char)(1 + rng_u64(&rng) % 127);
            }
        }
        memcpy(s + n, "\xE2\x80\x8B", 3);
        struct str at_once = text_loose((struct str){s, n}, *state);
        if (!str_equal(at_once, text_loose((struct str){s, n + 3}, *state)))
            fail_msg("seed %llu", (unsigned long long)seed);
    }
}

static void sex_is_read_from_the_usual_words(void **state)
{
    (void)state;
    assert_int_equal(sex_of(S("Kvinna")), 'K');
    assert_int_equal(sex_of(S(" f ")), 'K');
    assert_int_equal(sex_of(S("M")), 'M');
    assert_int_equal(sex_of(S("annat")), 'X');
    assert_int_equal(sex_of(S("")), 0);
    assert_int_equal(sex_of(S("vet ej")), 0);
}

static void a_telephone_number_is_its_last_eight_digits(void **state)
{
    assert_str(phone_of(S("+46 70-000 00 12"), *state), "00000012");
    assert_str(phone_of(S("0700000012"), *state), "00000012");
    assert_int_equal(phone_of(S("12345"), *state).n, 0);
    assert_int_equal(phone_of(S("0000012"), *state).n, 0);
    assert_str(phone_of(S("00000019"), *state), "00000019");
}

static void another_number_is_its_capitals_and_digits(void **state)
{
    assert_str(other_id_of(S("lma 00-11 22"), *state), "LMA001122");
    assert_int_equal(other_id_of(S("a-1"), *state).n, 0);
    assert_int_equal(other_id_of(S("az9"), *state).n, 0);
    assert_str(other_id_of(S("az-09"), *state), "AZ09");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(swedish_letters_lose_their_rings_and_dots),
        WITH_ARENA(old_spellings_of_swedish_letters_fall_together),
        WITH_ARENA(a_letter_and_its_composed_form_are_the_same),
        WITH_ARENA(case_is_folded_without_a_locale),
        WITH_ARENA(marks_without_width_are_removed),
        WITH_ARENA(cyrillic_and_greek_are_written_in_latin_letters),
        WITH_ARENA(transcriptions_of_one_arabic_name_fall_together),
        WITH_ARENA(vietnamese_marks_are_removed),
        WITH_ARENA(a_script_without_a_table_is_kept),
        WITH_ARENA(a_name_is_a_set_of_parts_in_any_fields),
        WITH_ARENA(particles_titles_and_initials_are_left_out),
        WITH_ARENA(a_name_of_particles_alone_keeps_them),
        WITH_ARENA(words_for_not_known_are_missing),
        WITH_ARENA(an_agency_can_add_its_own_words_for_not_known),
        WITH_ARENA(digits_are_removed_from_names),
        WITH_ARENA(a_field_longer_than_a_name_is_missing),
        WITH_ARENA(further_parts_than_a_person_can_have_are_left_out),
        WITH_ARENA(normalising_twice_is_normalising_once),
        WITH_ARENA(the_short_way_and_the_long_way_come_to_the_same),
        WITH_ARENA(sex_is_read_from_the_usual_words),
        WITH_ARENA(a_telephone_number_is_its_last_eight_digits),
        WITH_ARENA(another_number_is_its_capitals_and_digits),
    };

    return cmocka_run_group_tests_name("normalise", tests, NULL, NULL);
}

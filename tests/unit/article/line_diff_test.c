/* Lines taken away and added, and addresses made of titles. */
#include "../unit.h"

#include "article/article.h"
#include "article/line_diff.h"
#include "article/slug.h"
#include "base/rng.h"
#include "base/text.h"

/* The lines of `d` that are not `without`, put together. */
static struct str side(const struct line_diff *d, enum line_fate without, struct arena *a)
{
    struct text out = text_open(a);

    for (size_t i = 0; i < d->n; i++)
        if (d->line[i].fate != without) {
            text_add(&out, d->line[i].text);
            text_byte(&out, '\n');
        }
    return text_str(&out);
}

static void a_changed_line_is_taken_away_and_added(void **state)
{
    struct line_diff d = line_diff(S("ett\ntva\ntre\n"), S("ett\ntvå\ntre\n"), *state);

    assert_int_equal(d.n, 4);
    assert_int_equal(d.changes, 2);
    assert_int_equal(d.line[1].fate, LINE_REMOVED);
    assert_str(d.line[1].text, "tva");
    assert_int_equal(d.line[2].fate, LINE_ADDED);
    assert_str(d.line[2].text, "två");
}

static void equal_and_empty_texts_have_no_changes(void **state)
{
    assert_int_equal(line_diff(S("a\nb\n"), S("a\nb\n"), *state).changes, 0);
    assert_int_equal(line_diff(S(""), S(""), *state).n, 0);
    assert_int_equal(line_diff(S(""), S("a\n"), *state).changes, 1);
    assert_int_equal(line_diff(S("a\n"), S(""), *state).changes, 1);
}

/* How many lines two texts of at most 8 lines have in common in order, by trying every choice of the first.
 */
static size_t longest_by_trying(const char *x, size_t n, const char *y, size_t m)
{
    size_t best = 0;

    for (unsigned chosen = 0; chosen < 1U << n; chosen++) {
        size_t j = 0;
        size_t found = 0;
        bool fits = true;

        for (size_t i = 0; i < n && fits; i++) {
            if (!(chosen >> i & 1))
                continue;
            while (j < m && y[j] != x[i])
                j++;
            fits = j < m;
            j++;
            found++;
        }
        best = fits && found > best ? found : best;
    }
    return best;
}

static struct str random_text(struct rng *rng, char letters[8], size_t *n, struct arena *a)
{
    struct text out = text_open(a);

    *n = (size_t)(rng_u64(rng) % 9);
    for (size_t i = 0; i < *n; i++) {
        letters[i] = (char)('a' + (char)(rng_u64(rng) % 3));
        text_format(&out, "%c\n", letters[i]);
    }
    return text_str(&out);
}

static void both_sides_are_whole_and_the_changes_as_few_as_can_be(void **state)
{
    struct rng rng = rng_open(20261124, 0);

    for (int i = 0; i < 500; i++) {
        char x[8];
        char y[8];
        size_t n = 0;
        size_t m = 0;
        struct str before = random_text(&rng, x, &n, *state);
        struct str after = random_text(&rng, y, &m, *state);
        struct line_diff d = line_diff(before, after, *state);

        assert_true(str_equal(side(&d, LINE_ADDED, *state), before));
        assert_true(str_equal(side(&d, LINE_REMOVED, *state), after));
        assert_int_equal(d.changes, n + m - 2 * longest_by_trying(x, n, y, m));
    }
}

static void texts_of_very_many_lines_are_exchanged_whole(void **state)
{
    struct text before = text_open(*state);
    struct text after = text_open(*state);

    for (int i = 0; i < 3000; i++) {
        text_format(&before, "%d\n", i);
        text_format(&after, "%d\n", -i - 1);
    }
    struct line_diff d = line_diff(text_str(&before), text_str(&after), *state);
    assert_int_equal(d.changes, 6000);
    assert_true(str_equal(side(&d, LINE_ADDED, *state), text_str(&before)));
}

static void a_title_becomes_an_address_without_swedish_letters(void **state)
{
    assert_str(slug_of(S("Frukost som blev ett nätverk"), *state), "frukost-som-blev-ett-natverk");
    assert_str(slug_of(S("  Åre, ÖREBRO & Malmö!  "), *state), "are-orebro-malmo");
    assert_str(slug_of(S("Idé – och café"), *state), "ide-och-cafe");
    assert_str(slug_of(S("人身売買"), *state), "artikel");
}

static void every_address_made_is_valid_and_short(void **state)
{
    struct str key = slug_of(S("Ett mycket långt namn på en artikel som handlar om allt som går att säga om "
                               "samverkan mellan kommunen och polisen"),
                             *state);

    assert_true(slug_is_valid(key));
    assert_true(key.n <= ARTICLE_KEY_LETTERS);
    assert_true(str_ends(key, S("-kommunen")) || str_ends(key, S("-mellan")) || str_ends(key, S("-om")));
}

static void an_address_with_anything_else_is_not_valid(void **state)
{
    static const char *const wrong[] = {"", "-a", "a-", "a--b", "A", "å", "a b", "a/b", "a.atom", ".."};

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(slug_is_valid(str_of(wrong[i])));
    assert_true(slug_is_valid(S("2026-ar")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_changed_line_is_taken_away_and_added),
        WITH_ARENA(equal_and_empty_texts_have_no_changes),
        WITH_ARENA(both_sides_are_whole_and_the_changes_as_few_as_can_be),
        WITH_ARENA(texts_of_very_many_lines_are_exchanged_whole),
        WITH_ARENA(a_title_becomes_an_address_without_swedish_letters),
        WITH_ARENA(every_address_made_is_valid_and_short),
        WITH_ARENA(an_address_with_anything_else_is_not_valid),
    };

    return cmocka_run_group_tests_name("line diff", tests, NULL, NULL);
}

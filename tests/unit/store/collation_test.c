/* Order as in Swedish. */
#include "../unit.h"

#include "../database.h"
#include "base/text.h"
#include "store/db.h"

/* `texts` in the database's order, with spaces between. */
static struct str sorted(struct scratch *scratch, const char *const *texts, size_t n)
{
    static const char add[] = "insert into t (a) values ($1)";
    static const char all[] = "select a from t order by a collate \"sv-x-icu\"";
    struct db *db = NULL;
    struct err e = {0};
    struct text out = text_open(scratch->arena);

    assert_int_equal(db_open(scratch_database(scratch, "t"), DB_CREATE, &db, &e), OK);
    assert_int_equal(db_script(db, "create table t (a {text} not null) {strict}", &e), OK);
    for (size_t i = 0; i < n; i++) {
        struct query q = db_query(db, add);
        bind_str(&q, 1, str_of(texts[i]));
        assert_int_equal(query_run(&q, &e), OK);
    }
    struct query q = db_query(db, all);
    for (const char *space = ""; query_next(&q); space = " ") {
        text_add(&out, str_of(space));
        text_add(&out, query_str(&q, 0, scratch->arena));
    }
    assert_int_equal(query_end(&q, &e), OK);
    db_close(db);
    return text_str(&out);
}

static void the_last_letters_of_the_alphabet_come_last(void **state)
{
    static const char *const texts[] = {"Öresund", "Zinken", "Ärla", "Åhus", "Alnarp"};

    assert_str(sorted(*state, texts, 5), "Alnarp Zinken Åhus Ärla Öresund");
}

static void capital_letters_do_not_come_first(void **state)
{
    static const char *const texts[] = {"bo", "Asp", "alm", "Ek"};

    assert_str(sorted(*state, texts, 4), "alm Asp bo Ek");
}

static void accents_of_other_languages_sort_with_their_letter(void **state)
{
    static const char *const texts[] = {"Fabian", "Élise", "Eva", "Elsa"};

    assert_str(sorted(*state, texts, 4), "Élise Elsa Eva Fabian");
}

static void other_scripts_come_after_latin(void **state)
{
    static const char *const texts[] = {"Юлия", "Östen", "李", "Άννα"};

    assert_str(sorted(*state, texts, 4), "Östen Άννα Юлия 李");
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(the_last_letters_of_the_alphabet_come_last),
        IN_SCRATCH(capital_letters_do_not_come_first),
        IN_SCRATCH(accents_of_other_languages_sort_with_their_letter),
        IN_SCRATCH(other_scripts_come_after_latin),
    };

    return cmocka_run_group_tests_name("collation", tests, NULL, NULL);
}

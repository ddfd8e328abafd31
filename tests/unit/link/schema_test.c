/* The agreement on what is linked. */
#include "link/schema.h"

#include "../unit.h"

#include <string.h>

#define HEAD "{\"lykta_schema\": 1, \"project\": \"Example\", \"round\": \"1\", \"as_of\": \"2026-11-24\", "
#define FIELDS                                                                                               \
    "\"fields\": [{\"kind\": \"name\", \"columns\": [\"a\", \"b\"]}, {\"kind\": \"birth_date\", "            \
    "\"columns\": [\"c\"]}]"

static enum status read_schema(const char *json, struct schema *out, struct arena *a, struct err *e)
{
    return schema_read(out, "s.json", str_of(json), a, e);
}

static void a_schema_is_read_with_its_defaults(void **state)
{
    struct schema s;
    struct err e;

    assert_int_equal(read_schema(HEAD FIELDS "}", &s, *state, &e), OK);
    assert_int_equal(s.profile, PROFILE_GROUPED);
    assert_int_equal(s.noise_percent, 5);
    assert_int_equal(s.fields, 2);
    assert_str(s.field[0].column[1], "b");
    assert_int_equal(schema_group_fields(&s, GROUP_PLACE), 0);
}

static void the_canonical_text_has_the_same_hash(void **state)
{
    struct schema first;
    struct schema second;
    struct text canonical = text_open(*state);
    struct err e;

    assert_int_equal(read_schema(HEAD FIELDS ", \"missing_words\": [\"Sekretess\"], \"strata\": [\"age\"]}",
                                 &first, *state, &e),
                     OK);
    schema_json(&canonical, &first);
    assert_int_equal(schema_read(&second, "again", text_str(&canonical), *state, &e), OK);
    assert_memory_equal(first.hash, second.hash, SCHEMA_HASH_BYTES);
    assert_true(second.gives_age);
    assert_str(second.word[0], "sekretes");
}

static void any_difference_gives_another_hash(void **state)
{
    struct schema first;
    struct schema second;
    struct err e;

    assert_int_equal(read_schema(HEAD FIELDS "}", &first, *state, &e), OK);
    assert_int_equal(read_schema(HEAD "\"noise_percent\": 4, " FIELDS "}", &second, *state, &e), OK);
    assert_memory_not_equal(first.hash, second.hash, SCHEMA_HASH_BYTES);
}

static void a_wrong_schema_is_refused_with_its_reason(void **state)
{
    static const struct {
        const char *json;
        const char *says;
    } wrong[] = {
        {"", "s.json:1:"},
        {"[", "not a schema in JSON"},
        {"[]", "a JSON object"},
        {"{\"lykta_schema\": 2}", "lykta_schema"},
        {HEAD "\"fields\": []}", "1 to 32 fields"},
        {HEAD FIELDS ", \"nationality\": 1}", "unknown key \"nationality\""},
        {HEAD "\"profile\": \"both\", " FIELDS "}", "\"grouped\" or \"clk\""},
        {HEAD "\"noise_percent\": 50, " FIELDS "}", "noise_percent"},
        {HEAD "\"fields\": [{\"kind\": \"name\", \"columns\": [\"a\"]}]}", "at least one other field"},
        {HEAD "\"fields\": [{\"kind\": \"looks\", \"columns\": [\"a\"]}]}", "fields[0]"},
        {HEAD "\"fields\": [{\"kind\": \"name\", \"columns\": []}]}", "1 to 8 names"},
        {HEAD "\"fields\": [{\"kind\": \"name\", \"columns\": [\"a\", 7]}]}", "a text of 1 to 100 bytes"},
        {HEAD FIELDS ", \"strata\": [\"district\"]}", "strata"},
        {HEAD "\"as_of\": 1}", "not a schema in JSON"},
        {"{\"lykta_schema\": 1, \"round\": \"1\"}", "project"},
        {"{\"lykta_schema\": 1, \"project\": \"\", \"round\": \"1\"}", "project"},
        {"{\"lykta_schema\": 1, \"project\": \"a\\nb\", \"round\": \"1\"}", "without control characters"},
        {"{\"lykta_schema\": 1, \"project\": \"a\", \"round\": 1}", "round"},
        {"{\"lykta_schema\": 1, \"project\": \"a\", \"round\": \"1\"}", "as_of"},
        {"{\"lykta_schema\": 1, \"project\": \"a\", \"round\": \"1\", \"as_of\": \"2026-02-30\"}",
         "a day as"},
        {HEAD "\"profile\": 1, " FIELDS "}", "\"grouped\" or \"clk\""},
        {HEAD "\"noise_percent\": -1, " FIELDS "}", "noise_percent"},
        {HEAD "\"noise_percent\": 5.0, " FIELDS "}", "noise_percent"},
        {HEAD "\"fields\": [7]}", "an object"},
        {HEAD "\"fields\": [{\"columns\": [\"a\"]}]}", "\"kind\""},
        {HEAD "\"fields\": [{\"kind\": \"name\", \"columns\": [\"a\"], \"weight\": 2}]}", "\"weight\""},
        {HEAD "\"fields\": [{\"kind\": \"birth_date\", \"columns\": [\"c\"], \"order\": \"month first\"}]}",
         "\"order\""},
        {HEAD "\"fields\": [{\"kind\": \"birth_date\", \"columns\": [\"c\"], \"order\": 1}]}", "\"order\""},
        {HEAD "\"fields\": [{\"kind\": \"name\", \"columns\": [\"a\"], \"optional\": 1}]}", "true or false"},
        {HEAD "\"fields\": [{\"kind\": \"name\", \"columns\": "
              "[\"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\", \"8\", \"9\"]}]}",
         "1 to 8 names"},
        {HEAD "\"fields\": [{\"kind\": \"birth_date\", \"columns\": [\"c\"]}]}", "at least one other field"},
        {HEAD FIELDS ", \"missing_words\": \"okänd\"}", "missing_words"},
        {HEAD FIELDS ", \"missing_words\": [\"okänd\", 7]}", "missing_words"},
        {HEAD FIELDS ", \"strata\": \"age\"}", "strata"},
        {HEAD FIELDS ", \"strata\": [7]}", "strata"},
    };
    struct schema s;
    struct err e;

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(read_schema(wrong[i].json, &s, *state, &e), BAD_INPUT);
        assert_says(e, wrong[i].says);
    }
}

static void more_fields_words_or_letters_than_there_is_room_for_are_refused(void **state)
{
    struct text fields = text_open(*state);
    struct text words = text_open(*state);
    struct schema s;
    struct err e;

    text_lit(&fields, HEAD "\"fields\": [");
    for (int i = 0; i < SCHEMA_MAX_FIELDS + 1; i++)
        text_format(&fields, "%s{\"kind\": \"phone\", \"columns\": [\"c%d\"]}", i ? ", " : "", i);
    text_lit(&fields, "]}");
    assert_int_equal(schema_read(&s, "s.json", text_str(&fields), *state, &e), BAD_INPUT);
    assert_says(e, "1 to 32 fields");
    text_lit(&words, HEAD FIELDS ", \"missing_words\": [");
    for (int i = 0; i < SCHEMA_MAX_WORDS + 1; i++)
        text_format(&words, "%s\"w%d\"", i ? ", " : "", i);
    text_lit(&words, "]}");
    assert_int_equal(schema_read(&s, "s.json", text_str(&words), *state, &e), BAD_INPUT);
    assert_says(e, "at most 64 words");
    for (int n = SCHEMA_MAX_TEXT; n <= SCHEMA_MAX_TEXT + 1; n++) {
        const char *json = arena_printf(*state,
                                        "{\"lykta_schema\": 1, \"project\": \"%0*d\", \"round\": \"1\", "
                                        "\"as_of\": \"2026-11-24\", " FIELDS "}",
                                        n, 1);
        assert_int_equal(read_schema(json, &s, *state, &e), n > SCHEMA_MAX_TEXT ? BAD_INPUT : OK);
    }
}

static void a_column_is_not_taken_twice_for_one_kind(void **state)
{
    struct schema s;
    struct err e;

    assert_int_equal(
        read_schema(HEAD
                    "\"fields\": [{\"kind\": \"name\", \"columns\": [\"a\"]}, "
                    "{\"kind\": \"name\", \"columns\": [\"a\"]}, {\"kind\": \"sex\", \"columns\": [\"k\"]}]}",
                    &s, *state, &e),
        BAD_INPUT);
    assert_says(e, "named twice");
}

static void a_schema_is_guessed_from_swedish_and_english_columns(void **state)
{
    const struct str header[] = {S("Förnamn"),      S("surname"), S("Födelsedatum"), S("Kön"),
                                 S("Personnummer"), S("Telefon"), S("suburb"),       S("Ärendetyp"),
                                 S("LMA-kort"),     S("Ålder"),   S("Medborgarskap")};
    static const enum field_kind expected[] = {FIELD_NAME,  FIELD_NAME,         FIELD_BIRTH_DATE,
                                               FIELD_SEX,   FIELD_PERSONNUMMER, FIELD_PHONE,
                                               FIELD_PLACE, FIELD_OTHER_ID,     FIELD_AGE};
    struct schema s;

    schema_guess(&s, header, sizeof header / sizeof header[0], (struct date){2026, 11, 24}, *state);
    assert_int_equal(s.fields, sizeof expected / sizeof expected[0]);
    assert_int_equal(s.noise_percent, 10);
    for (size_t i = 0; i < s.fields; i++)
        assert_int_equal(s.field[i].kind, expected[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_schema_is_read_with_its_defaults),
        WITH_ARENA(the_canonical_text_has_the_same_hash),
        WITH_ARENA(any_difference_gives_another_hash),
        WITH_ARENA(a_wrong_schema_is_refused_with_its_reason),
        WITH_ARENA(more_fields_words_or_letters_than_there_is_room_for_are_refused),
        WITH_ARENA(a_column_is_not_taken_twice_for_one_kind),
        WITH_ARENA(a_schema_is_guessed_from_swedish_and_english_columns),
    };

    return cmocka_run_group_tests_name("schema", tests, NULL, NULL);
}

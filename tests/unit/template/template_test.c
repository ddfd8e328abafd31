/* What a city starts from: taken out of one folder and put into another, and files that are none. */
#include "template/template.h"

#include "../scratch.h"
#include "../unit.h"
#include "store/city.h"

#include "base/text.h"

#include <string.h>

#define WITH_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

enum { NOW = 1795176000 };

static const struct who who = {.name = "test", .now_at = NOW};

static const char good[] =
    "{\"lykta_template\": 2, \"name\": \"Exempellän\",\n"
    " \"measures\": [{\"goal\": \"detect\", \"title\": \"Frukost\", \"done_when\": \"Den är hållen\", \"legal\": \"\"}],\n"
    " \"texts\": [{\"kind\": \"article\", \"key\": \"frukost\", \"is_on_start\": true,\n"
    "   \"sv\": {\"title\": \"T\", \"ingress\": \"I\", \"body\": \"B\"},\n"
    "   \"en\": {\"title\": \"\", \"ingress\": \"\", \"body\": \"\"}}],\n"
    " \"signs\": [{\"id\": \"HO01\", \"strength\": \"strong\", \"sv\": \"Ett rum får många korta besök.\",\n"
    "   \"en\": \"A room gets many short visits.\", \"is_withdrawn\": false}],\n"
    " \"mappings\": [{\"people_sv\": \"de som räknas\", \"people_en\": \"who is counted\", \"source_sv\": \"\", \"source_en\": \"\",\n"
    "   \"specification\": \"Alla på listan.\\nÄven andra.\",\n"
    "   \"names\": [{\"code\": \"LA\", \"sv\": \"Kommunen, alla\", \"en\": \"The city\"},\n"
    "     {\"code\": \"gender=woman\", \"sv\": \"Kvinna\", \"en\": \"Woman\"}]}]}";

static struct city *open_city(const struct scratch *s, const char *name)
{
    const struct city_make make = {.municipality = S("1281"), .who = who};
    struct city *city = NULL;
    struct err e;

    if (city_init(scratch_path(s, name), &make, &e) != OK ||
        city_open(scratch_path(s, name), DB_WRITE, &city, &e) != OK)
        fail_msg("%s", e.what);
    return city;
}

static void read_good(struct template *t, struct arena *a)
{
    struct err e;

    if (template_read(t, "good", str_of(good), a, &e) != OK)
        fail_msg("%s", e.what);
}

static void a_city_begins_with_measures_that_wait_and_texts_that_are_drafts(void **state)
{
    struct scratch *s = *state;
    struct city *city = open_city(s, "city");
    struct template t;
    struct measures measures;
    struct articles articles;
    struct err e;

    read_good(&t, s->arena);
    assert_int_equal(template_apply(city->db, &t, &who, &e), OK);
    assert_int_equal(measure_list(city->db, &(struct measure_filter){0}, s->arena, &measures, &e), OK);
    assert_int_equal(measures.n, 1);
    assert_str(measures.measure[0].title, "Frukost");
    assert_int_equal(measures.measure[0].state, MEASURE_WAITING);
    assert_int_equal(article_list(city->db, NOW, s->arena, &articles, &e), OK);
    assert_int_equal(articles.n, 1);
    assert_int_equal(article_state(&articles.article[0]), ARTICLE_DRAFT);
    city_close(city);
}

/* Owner, deadline and note are the programme's own; a draft of its is nobody's to start from. */
static void only_what_is_for_others_is_taken_out(void **state)
{
    struct scratch *s = *state;
    struct city *city = open_city(s, "programme");
    const struct measure m = {.goal = PLAN_SUPPORT,
                              .title = S("Ring varje vecka"),
                              .note = S("bara för oss"),
                              .evidence = S("vår egen siffra")};
    struct text out = text_open(s->arena);
    struct template t;
    struct template again;
    int64_t id = 0;
    struct err e;

    read_good(&t, s->arena);
    t.measures = t.signs = 0;
    t.has_mapping = false;
    assert_int_equal(template_apply(city->db, &t, &who, &e), OK);
    assert_int_equal(template_collect(city->db, S("x"), NOW, s->arena, &again, &e), REFUSED);
    assert_int_equal(measure_add(city->db, &m, &who, &id, &e), OK);
    assert_int_equal(template_collect(city->db, S("x"), NOW, s->arena, &again, &e), OK);
    template_write(&out, &again);
    assert_non_null(strstr(out.p, "Ring varje vecka"));
    assert_null(strstr(out.p, "bara för oss"));
    assert_null(strstr(out.p, "vår egen siffra"));
    assert_null(strstr(out.p, "frukost"));
    city_close(city);
}

static void a_city_words_signs_and_begins_mappings_as_the_programme_does(void **state)
{
    struct scratch *s = *state;
    struct city *city = open_city(s, "city");
    struct mapping_specification mapping;
    struct indicator_versions wordings;
    struct indicators all;
    struct template t;
    bool is_there = false;
    struct err e;

    read_good(&t, s->arena);
    assert_int_equal(template_apply(city->db, &t, &who, &e), OK);
    assert_int_equal(indicators_load(city->db, s->arena, &all, &e), OK);
    assert_str(indicator_find(&all, S("HO01"))->sv, "Ett rum får många korta besök.");
    assert_int_equal(indicator_find(&all, S("HO01"))->strength, STRENGTH_STRONG);
    assert_int_equal(indicator_history(city->db, S("HO01"), s->arena, &wordings, &e), OK);
    assert_str(wordings.version[0].reason, "Ur mallen: Exempellän");
    assert_int_equal(mapping_specification_read(city->db, s->arena, &mapping, &is_there, &e), OK);
    assert_true(is_there);
    assert_str(mapping.words, "Alla på listan.\nÄven andra.");
    assert_int_equal(mapping.names, 2);
    assert_str(mapping.name[0].sv, "Kommunen, alla");
    city_close(city);
}

/* From one folder to a file, and from it into another: nothing is lost on the way. */
static void signs_and_specification_are_taken_out_again(void **state)
{
    struct scratch *s = *state;
    struct city *programme = open_city(s, "programme");
    struct text out = text_open(s->arena);
    struct template t;
    struct template again;
    struct err e;

    read_good(&t, s->arena);
    assert_int_equal(template_apply(programme->db, &t, &who, &e), OK);
    assert_int_equal(template_collect(programme->db, S("Län"), NOW, s->arena, &again, &e), OK);
    template_write(&out, &again);
    assert_int_equal(template_read(&t, "again", text_str(&out), s->arena, &e), OK);
    assert_int_equal(t.signs, 1);
    assert_str(t.sign[0].id, "HO01");
    assert_true(t.has_mapping);
    assert_str(t.mapping.name[1].code, "gender=woman");
    city_close(programme);
}

/* Files of the first version have neither signs nor mappings. */
static void a_file_of_the_first_version_is_read(void **state)
{
    static const char first[] = "{\"lykta_template\": 1, \"name\": \"x\", \"measures\": [], \"texts\": []}";
    struct template t;
    struct err e;

    assert_int_equal(template_read(&t, "first", str_of(first), ((struct scratch *)*state)->arena, &e), OK);
    assert_int_equal(t.signs, 0);
    assert_false(t.has_mapping);
}

static void what_is_written_is_read_back(void **state)
{
    struct scratch *s = *state;
    struct text first = text_open(s->arena);
    struct text second = text_open(s->arena);
    struct template t;
    struct template again;
    struct err e;

    read_good(&t, s->arena);
    template_write(&first, &t);
    assert_int_equal(template_read(&again, "again", text_str(&first), s->arena, &e), OK);
    template_write(&second, &again);
    assert_string_equal(first.p, second.p);
    assert_str(again.text[0].text.in[LANGUAGE_SV].body, "B");
}

/* `good` with `from` replaced by `to`. */
static struct str good_but(const char *from, const char *to, struct arena *a)
{
    const char *at = strstr(good, from);

    assert_non_null(at);
    return str_of(arena_printf(a, "%.*s%s%s", (int)(at - good), good, to, at + strlen(from)));
}

static void files_that_are_no_template_are_refused(void **state)
{
    static const char *const changes[][2] = {
        {"\"lykta_template\": 2", "\"lykta_template\": 3"},
        {"\"detect\"", "\"everything\""},
        {"\"Frukost\"", "\" \""},
        {"\"Frukost\"", "\"a\\nb\""},
        {"\"Frukost\"", "7"},
        {"\"frukost\"", "\"../x\""},
        {"\"article\"", "\"script\""},
        {"\"B\"", "\"\""},
        {"\"ingress\": \"\"", "\"ingress\": \"x\""},
        {"\"measures\"", "\"other\""},
        {"\"signs\"", "\"other\""},
        {"\"HO01\"", "\"XX99\""},
        {"\"strong\"", "\"certain\""},
        {"Ett rum får", "En utländsk man får"}, /* on which no sign may rest */
        {"\"A room gets many short visits.\"", "\"\""},
        {"\"is_withdrawn\": false", "\"is_withdrawn\": 0"},
        {"{\"id\"",
         "{\"id\": \"HO01\", \"strength\": \"weak\", \"sv\": \"Ett.\", \"en\": \"One.\", \"is_withdrawn\": true}, {\"id\""},
        {"\"mappings\": [{", "\"mappings\": [{}, {"},
        {"\"de som räknas\"", "\" \""},
        {"\"who is counted\"", "\"a\\nb\""},
        {"\"Alla på listan.\\nÄven andra.\"", "\"\""},
        {"\"LA\"", "\"../LA\""},
        {"\"LA\"", "\"gender=woman\""},
        {"\"gender=woman\"", "\"gender=\""},
        {"\"Kommunen, alla\"", "\"=HYPERLINK(1)\""},
        {"\"Woman\"", "\"\""},
        {"\"names\": [{", "\"names\": [7, {"},
        {"]}]}", ""},
    };
    struct scratch *s = *state;
    struct template t;
    struct err e;

    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        struct str bytes = good_but(changes[i][0], changes[i][1], s->arena);

        if (template_read(&t, "file", bytes, s->arena, &e) != BAD_INPUT)
            fail_msg("%s was taken", changes[i][1]);
        assert_says(e, "file");
    }
}

static void a_text_that_is_too_long_is_refused(void **state)
{
    struct scratch *s = *state;
    char *title = arena_new(s->arena, 2 * ARTICLE_TITLE_LETTERS, char);
    struct template t;
    struct err e;

    memset(title, 'x', ARTICLE_TITLE_LETTERS + 1);
    struct str bytes = good_but("\"T\"", arena_printf(s->arena, "\"%s\"", title), s->arena);
    assert_int_equal(template_read(&t, "file", bytes, s->arena, &e), BAD_INPUT);
    assert_says(e, "shorter");
}

static void an_address_that_stands_twice_does_not_fit(void **state)
{
    struct scratch *s = *state;
    struct city *city = open_city(s, "city");
    struct template t;
    struct err e;

    read_good(&t, s->arena);
    struct template_text twice[2] = {t.text[0], t.text[0]};
    t.text = twice;
    t.texts = 2;
    assert_int_equal(template_apply(city->db, &t, &who, &e), BAD_INPUT);
    assert_says(e, "\"frukost\" stands twice");
    city_close(city);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCRATCH(a_city_begins_with_measures_that_wait_and_texts_that_are_drafts),
        WITH_SCRATCH(only_what_is_for_others_is_taken_out),
        WITH_SCRATCH(a_city_words_signs_and_begins_mappings_as_the_programme_does),
        WITH_SCRATCH(signs_and_specification_are_taken_out_again),
        WITH_SCRATCH(a_file_of_the_first_version_is_read),
        WITH_SCRATCH(what_is_written_is_read_back),
        WITH_SCRATCH(files_that_are_no_template_are_refused),
        WITH_SCRATCH(a_text_that_is_too_long_is_refused),
        WITH_SCRATCH(an_address_that_stands_twice_does_not_fit),
    };

    return cmocka_run_group_tests_name("template", tests, NULL, NULL);
}

/* Feeds: what is written is what a reader of XML finds. */
#include "../unit.h"

#include "web/feed.h"

#include <string.h>

static const struct feed_entry entries[] = {
    {{"urn:x:1", 7}, {"A & <b>", 7}, {"https://e.example/a?x=\"1\"&y", 27}, {"Rad\x01 ett", 8}, 1795507200},
    {{"urn:x:2", 7}, {"B", 1}, {"https://e.example/b", 19}, {"", 0}, 1795507260},
};

static const struct feed news = {.id = {"urn:x", 5},
                                 .language = {"sv", 2},
                                 .title = {"Nytt", 4},
                                 .self = {"https://e.example/f", 19},
                                 .alternate = {"https://e.example/", 18},
                                 .author = {"Lund", 4},
                                 .n = 2,
                                 .entry = entries};

static void texts_are_escaped_and_control_characters_left_out(void **state)
{
    struct str xml = feed_write(&news, *state);

    assert_non_null(strstr(xml.p, "<title>A &amp; &lt;b&gt;</title>"));
    assert_non_null(strstr(xml.p, "href=\"https://e.example/a?x=&quot;1&quot;&amp;y\""));
    assert_non_null(strstr(xml.p, "<summary>Rad ett</summary>"));
}

static void a_feed_is_as_new_as_its_newest_entry(void **state)
{
    struct str xml = feed_write(&news, *state);

    assert_true(strstr(xml.p, "2026-11-24T08:01:00Z") < strstr(xml.p, "<entry>"));
}

static void a_feed_without_news_is_whole(void **state)
{
    struct feed empty = news;

    empty.n = 0;
    struct str xml = feed_write(&empty, *state);
    assert_null(strstr(xml.p, "<entry>"));
    assert_true(str_ends(xml, S("</feed>\n")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(texts_are_escaped_and_control_characters_left_out),
        WITH_ARENA(a_feed_is_as_new_as_its_newest_entry),
        WITH_ARENA(a_feed_without_news_is_whole),
    };

    return cmocka_run_group_tests_name("feed", tests, NULL, NULL);
}

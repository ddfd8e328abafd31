/* From the city's numbers and a language's sentences to a page. */
#include "help/help_view.h"

#include "assets.h"
#include "base/arena.h"

static const unsigned for_themselves = HELPLINE_NOW | HELPLINE_SELF | HELPLINE_CHILD;

const struct help_language *help_language_find(struct str name)
{
    for (size_t i = 0; i < help_languages_n; i++)
        if (str_equal(help_languages[i].name, name))
            return &help_languages[i];
    return NULL;
}

struct help_choices help_choices_of(const struct help_language *but, struct arena *a)
{
    struct help_choice *choice = arena_new(a, help_languages_n, struct help_choice);
    struct help_choices out = {0, choice};

    for (size_t i = 0; i < help_languages_n; i++) {
        const struct help_language *l = &help_languages[i];

        if (l != but)
            choice[out.n++] =
                (struct help_choice){.href = str_of(arena_printf(a, "/hjalp/%.*s", STR(l->name))),
                                     .name = l->own_name,
                                     .code = l->code,
                                     .direction = l->direction};
    }
    return out;
}

/* Of the two languages that everything is in, the one that who reads `l` may know. */
static struct help_words in_swedish_or_english(const struct help_language *l, struct str swedish,
                                               struct str english)
{
    if (str_is(l->code, "sv"))
        return (struct help_words){swedish, S("")};
    return (struct help_words){english, str_is(l->code, "en") ? S("") : S("en")};
}

static struct help_words site_words(const struct help_language *l, enum text_key key)
{
    return in_swedish_or_english(l, catalogue_text(catalogue_of(LANGUAGE_SV), key),
                                 catalogue_text(catalogue_of(LANGUAGE_EN), key));
}

static struct help_words words_in(const struct help_language *l, struct str swedish, struct str english)
{
    for (size_t i = 0; i < l->phrases; i++)
        if (str_equal(l->phrase[i].swedish, swedish))
            return (struct help_words){l->phrase[i].own, S("")};
    return in_swedish_or_english(l, swedish, english);
}

struct help_view help_view_of(const struct portal_view *site, const struct help_language *language,
                              const struct helplines *swedish, const struct helplines *english,
                              struct arena *a)
{
    struct help_number *number = arena_new(a, swedish->n + 1, struct help_number);
    struct help_view v = {.language = language,
                          .city = site->city,
                          .style_href = S(ASSET_HELP_CSS),
                          .icon_href = S(ASSET_LYKTA_SVG),
                          .leave_href = S("/lamna"),
                          .number = number,
                          .others = help_choices_of(language, a)};

    if (site->is_example) {
        v.example = site_words(language, TEXT_WEB_LAYOUT_EXAMPLE);
        v.example_why = site_words(language, TEXT_WEB_LAYOUT_EXAMPLE_WHY);
    }
    for (size_t i = 0; i < swedish->n && i < english->n; i++) {
        const struct helpline *sv = &swedish->line[i];
        const struct helpline *en = &english->line[i];

        if (sv->circles & for_themselves)
            number[v.numbers++] = (struct help_number){.number = sv->number,
                                                       .href = sv->href,
                                                       .about = words_in(language, sv->about, en->about),
                                                       .hours = words_in(language, sv->hours, en->hours)};
    }
    return v;
}

/* From texts, numbers and releases to what a page shows. */
#include "public/public_view.h"

#include "article/article_picture.h"
#include "base/arena.h"
#include "base/text.h"

enum { EMBEDDED_WIDTH = 960, EMBEDDED_HEIGHT = 480 };

/* Where the next line that begins with "## " starts in `s`, from `from` on; s.n when there is none. */
static size_t next_heading(struct str s, size_t from)
{
    for (size_t i = from; i < s.n; i++)
        if ((i == 0 || s.p[i - 1] == '\n') && str_starts(str_part(s, i, 3), S("## ")))
            return i;
    return s.n;
}

/* "Vad är människohandel?" is at #vad-ar-manniskohandel. */
static struct str anchor_of(struct str title, struct arena *a)
{
    static const char *const letters[][2] = {{"å", "a"}, {"ä", "a"}, {"ö", "o"}, {"Å", "a"},
                                             {"Ä", "a"}, {"Ö", "o"}, {"é", "e"}};
    struct text anchor = text_open(a);

    for (size_t i = 0; i < title.n; i++) {
        unsigned char c = (unsigned char)title.p[i];
        bool is_capital = c >= 'A' && c <= 'Z';

        if (is_capital || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            text_byte(&anchor, (char)(is_capital ? c + 32 : c));
        else if (c == ' ' && anchor.n && anchor.p[anchor.n - 1] != '-')
            text_byte(&anchor, '-');
        for (size_t k = 0; k < sizeof letters / sizeof letters[0]; k++)
            if (str_starts(str_part(title, i, 2), str_of(letters[k][0])))
                text_add(&anchor, str_of(letters[k][1]));
    }
    return text_str(&anchor);
}

const struct public_section *public_sections(struct str body, struct arena *a, size_t *n)
{
    struct public_section *sections = NULL;
    size_t room = 0;
    size_t from = 0;

    *n = 0;
    while (from < body.n) {
        size_t end = next_heading(body, from + 1);
        struct str part = str_part(body, from, end - from);
        struct public_section section = {.body = part};

        if (str_starts(part, S("## "))) {
            struct str heading;
            str_cut(part, '\n', &heading, &section.body);
            section.title = str_trim(str_part(heading, 3, heading.n));
            section.anchor = anchor_of(section.title, a);
        }
        sections = arena_grow(a, sections, *n + 1, &room, sizeof *sections);
        sections[(*n)++] = section;
        from = end;
    }
    return sections;
}

struct public_view public_view_of(const struct portal_view *site, const struct public_page *page,
                                  struct str path, struct arena *a)
{
    struct str here = portal_address(site, path, a);
    struct public_view v = {
        .layout = portal_layout(site, page->title, path, a),
        .page = page,
        .is_old = public_page_is_old(page, site->today),
        .is_other = page->language.n > 0 && !str_equal(page->language, language_code(site->language)),
        .picture = article_picture_href(page->picture, a),
        .picture_width = page->picture_width ? page->picture_width : EMBEDDED_WIDTH,
        .picture_height = page->picture_height ? page->picture_height : EMBEDDED_HEIGHT,
        .address = str_of(arena_printf(a, "%.*s%.*s", STR(site->address), STR(here))),
        .contact = page->contact.n ? str_of(arena_printf(a, "mailto:%.*s", STR(page->contact))) : S(""),
        .help_href = portal_address(site, S("/hjalp"), a),
        .languages = help_choices_of(NULL, a),
        .articles_href = portal_address(site, S("/artiklar"), a),
        .mappings_href = portal_address(site, S("/kartlaggning"), a),
    };

    v.section = public_sections(page->body, a, &v.sections);
    return v;
}

const struct public_card *public_cards(const struct portal_view *site, const struct public_pages *pages,
                                       size_t most, struct arena *a, size_t *n)
{
    struct public_card *cards = arena_new(a, pages->n + 1, struct public_card);

    *n = pages->n < most ? pages->n : most;
    for (size_t i = 0; i < *n; i++) {
        const struct public_page *page = &pages->page[i];
        struct str path = str_of(arena_printf(a, "/artiklar/%.*s", STR(page->key)));

        cards[i] = (struct public_card){.href = portal_address(site, path, a),
                                        .title = page->title,
                                        .ingress = page->ingress,
                                        .on = page->published_on};
    }
    return cards;
}

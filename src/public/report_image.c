/* The report's pictures are drawn, and one is cut out of its figure: "<svg" and "</svg>" stand in no text,
 * since every text is escaped. */
#include "public/report_image.h"

#include "assets.h"
#include "base/arena.h"
#include "base/text.h"
#include "public/report_charts.h"
#include "public/report_view.h"
#include "web/asset.h"
#include "web/html.h"

#include <string.h>

/* A drawing among the report's, from "<svg" to "</svg>", and the id its figure has. */
struct drawing {
    struct str name;
    struct str inside; /* after "<svg", up to "</svg>" */
};

static bool cut_at(struct str s, const char *mark, struct str *before, struct str *after)
{
    const char *found = s.n ? memmem(s.p, s.n, mark, strlen(mark)) : NULL;

    if (!found)
        return false;
    size_t n = (size_t)(found - s.p);
    *before = str_part(s, 0, n);
    *after = str_part(s, n + strlen(mark), s.n);
    return true;
}

/* The next of `*rest`; false when there is none. */
static bool next_drawing(struct str *rest, struct drawing *out)
{
    struct str before;
    struct str after;

    return cut_at(*rest, "<svg", &before, &after) && cut_at(after, "</svg>", &out->inside, rest) &&
           cut_at(out->inside, " aria-labelledby=\"", &before, &after) &&
           cut_at(after, "-t ", &out->name, &after);
}

static struct str drawn(const struct report_view *v, enum language language, struct arena *a)
{
    struct html h = html_open(a, catalogue_of(language));

    report_charts(&h, v);
    return html_str(&h);
}

struct str report_image(const struct report_view *v, enum language language, struct str name, struct arena *a)
{
    const struct asset *style = asset_named(S("lykta.css"));
    struct str rest = drawn(v, language, a);
    struct text out = text_open(a);
    struct drawing drawing;

    while (next_drawing(&rest, &drawing)) {
        if (!str_equal(drawing.name, name))
            continue;
        text_lit(&out, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"ch\"");
        text_add(&out, drawing.inside);
        text_lit(&out, "<style>");
        text_add(&out, style ? style->bytes : S(""));
        text_lit(&out, "</style></svg>\n");
        break;
    }
    return text_str(&out);
}

const struct report_file *report_images(const struct report_view *v, enum language language, struct str path,
                                        struct arena *a, size_t *n)
{
    struct str rest = drawn(v, language, a);
    struct report_file *files = NULL;
    struct drawing drawing;
    size_t room = 0;

    for (*n = 0; next_drawing(&rest, &drawing); (*n)++) {
        files = arena_grow(a, files, *n + 1, &room, sizeof *files);
        files[*n] = (struct report_file){
            .href = str_of(arena_printf(a, "%.*s/bild/%.*s.svg", STR(path), STR(drawing.name))),
            .name = str_of(arena_printf(a, "%.*s.svg", STR(drawing.name)))};
    }
    return files;
}

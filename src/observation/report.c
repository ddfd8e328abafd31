/* A report of a situation. */
#include "observation/report.h"

#include "base/arena.h"
#include "base/text.h"
#include "indicator/indicator.h"
#include "words/scanner.h"

#include <string.h>

static const char *const whens[WHENS] = {"today", "yesterday", "week", "earlier"};
static const char *const areas[AREAS] = {"centre", "north", "east", "south", "west", "country", "unknown"};
static const char *const places[PLACES] = {"hotel", "home",     "salon", "restaurant",
                                           "site",  "outdoors", "net",   "other"};

const char *report_when_name(enum report_when when)
{
    return whens[when];
}

const char *report_area_name(enum report_area area)
{
    return areas[area];
}

const char *report_place_name(enum report_place place)
{
    return places[place];
}

/* The index of `name` among `n` words; n when it is not there. */
static size_t index_of(struct str name, const char *const *words, size_t n)
{
    size_t i = 0;

    while (i < n && !str_is(name, words[i]))
        i++;
    return i;
}

bool report_when_named(struct str name, enum report_when *out)
{
    size_t i = index_of(name, whens, WHENS);

    if (i < WHENS)
        *out = (enum report_when)i;
    return i < WHENS;
}

bool report_area_named(struct str name, enum report_area *out)
{
    size_t i = index_of(name, areas, AREAS);

    if (i < AREAS)
        *out = (enum report_area)i;
    return i < AREAS;
}

bool report_place_named(struct str name, enum report_place *out)
{
    size_t i = index_of(name, places, PLACES);

    if (i < PLACES)
        *out = (enum report_place)i;
    return i < PLACES;
}

enum status report_check(const struct report *r, const struct indicators *indicators, struct err *e)
{
    struct arena *a = arena_open();
    struct scan scan = scan_text(r->text, a);
    size_t refused = scan_refused(&scan);

    arena_close(a);
    if (r->n_signs == 0 && str_trim(r->text).n == 0)
        return err_set(e, BAD_INPUT, "a report says what was seen: choose a sign or write a line");
    if (r->text.n > REPORT_TEXT_BYTES || !str_is_utf8(r->text))
        return err_set(e, BAD_INPUT, "the free line is longer than %d bytes", (int)REPORT_TEXT_BYTES);
    for (size_t i = 0; i < r->n_signs; i++)
        if (!indicator_find(indicators, r->sign[i]))
            return err_set(e, BAD_INPUT, "one of the signs does not exist");
    if (refused > 0)
        return err_set(e, BAD_INPUT,
                       "the free line points at a person in %zu places; a report is about a situation",
                       refused);
    return OK;
}

bool report_is_weak(const struct report *r, const struct indicators *indicators)
{
    size_t weak = 0;

    for (size_t i = 0; i < r->n_signs; i++) {
        const struct indicator *sign = indicator_find(indicators, r->sign[i]);

        weak += sign && sign->strength == STRENGTH_WEAK;
    }
    return r->n_signs <= 1 && weak == r->n_signs && str_trim(r->text).n == 0;
}

bool report_calls_for(const struct report *r, const struct indicators *indicators, const char *caution)
{
    for (size_t i = 0; i < r->n_signs; i++) {
        const struct indicator *sign = indicator_find(indicators, r->sign[i]);

        for (size_t k = 0; sign && k < sign->n_cautions; k++)
            if (str_is(sign->caution[k]->code, caution))
                return true;
    }
    return false;
}

bool report_is_of_form(const struct report *r, const struct indicators *indicators, const char *form)
{
    for (size_t i = 0; i < r->n_signs; i++) {
        const struct indicator *sign = indicator_find(indicators, r->sign[i]);
        struct str rest = sign ? sign->forms : S("");
        struct str one;

        while (rest.n > 0) {
            str_cut(rest, ';', &one, &rest);
            if (str_is(one, form))
                return true;
        }
    }
    return false;
}

bool report_is_weighed(const struct report *r, const struct indicators *indicators)
{
    return r->n_signs > 1 && report_calls_for(r, indicators, "ENS");
}

struct str report_write(const struct report *r, struct arena *a)
{
    struct text out = text_open(a);

    text_format(&out, "actor: %.*s\nwhen: %s\narea: %s\nplace: %s\n", STR(r->actor), whens[r->when],
                areas[r->area], places[r->place]);
    for (size_t i = 0; i < r->n_signs; i++)
        text_format(&out, "sign: %.*s\n", STR(r->sign[i]));
    text_lit(&out, "\n");
    text_add(&out, r->text);
    return text_str(&out);
}

void report_read(struct str text, struct report *out)
{
    struct str line;

    *out = (struct report){.area = AREA_UNKNOWN, .place = PLACE_OTHER, .when = WHEN_EARLIER};
    while (str_cut(text, '\n', &line, &text) && line.n > 0) {
        struct str key;
        struct str value;

        if (!str_cut(line, ':', &key, &value))
            continue;
        value = str_trim(value);
        if (str_is(key, "actor"))
            out->actor = value;
        else if (str_is(key, "when"))
            report_when_named(value, &out->when);
        else if (str_is(key, "area"))
            report_area_named(value, &out->area);
        else if (str_is(key, "place"))
            report_place_named(value, &out->place);
        else if (str_is(key, "sign") && out->n_signs < REPORT_SIGNS)
            out->sign[out->n_signs++] = value;
    }
    out->text = text;
}

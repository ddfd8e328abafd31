/* What an inspector takes to the report of the visit. */
#include "observation/inspection.h"

#include "base/arena.h"
#include "base/text.h"
#include "indicator/indicator.h"
#include "observation/report_words.h"

static const char *const inspector[] = {"environment_inspector", "building_inspector",
                                        "nail_massage_salon_inspector"};

bool inspection_is(const struct report *r)
{
    for (size_t i = 0; i < sizeof inspector / sizeof *inspector; i++)
        if (str_is(r->actor, inspector[i]))
            return true;
    return false;
}

static void put(struct text *out, const struct catalogue *texts, enum text_key key)
{
    text_format(out, "%.*s\n", STR(catalogue_text(texts, key)));
}

struct str inspection_text(const struct report *r, const struct indicators *indicators, struct str number,
                           enum language language, struct arena *a)
{
    const struct catalogue *texts = catalogue_of(language);
    struct text out = text_open(a);

    text_format(&out, "%.*s (%.*s):\n", STR(catalogue_text(texts, TEXT_OBSERVATION_INSPECTION_SEEN)),
                STR(catalogue_text(texts, report_when_text[r->when])));
    for (size_t i = 0; i < r->n_signs; i++) {
        const struct indicator *sign = indicator_find(indicators, r->sign[i]);

        if (sign)
            text_format(&out, "– %.*s\n", STR(language == LANGUAGE_SV ? sign->sv : sign->en));
    }
    text_format(&out, "%.*s %.*s.\n", STR(catalogue_text(texts, TEXT_OBSERVATION_INSPECTION_TOLD)),
                STR(number));
    put(&out, texts, TEXT_OBSERVATION_INSPECTION_NOBODY);
    put(&out, texts, TEXT_OBSERVATION_INSPECTION_COOPERATE);
    if (report_is_of_form(r, indicators, "labour"))
        put(&out, texts, TEXT_OBSERVATION_INSPECTION_WORK);
    if (report_calls_for(r, indicators, "BAR"))
        put(&out, texts, TEXT_OBSERVATION_INSPECTION_CHILD);
    return text_str(&out);
}

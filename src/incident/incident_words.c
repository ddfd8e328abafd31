/* Incidents in words. */
#include "incident/incident_words.h"

#include "base/arena.h"
#include "base/text.h"
#include "calendar/stockholm.h"

enum { SECONDS_PER_MINUTE = 60, MINUTES_PER_HOUR = 60 };

static struct str words(enum language language, enum text_key key, const struct insertion *values, size_t n,
                        struct arena *a)
{
    struct text out = text_open(a);

    catalogue_write(&out, catalogue_of(language), key, values, n);
    return text_str(&out);
}

struct str incident_moment(int64_t at, enum language language, struct arena *a)
{
    int minute = 0;
    struct date day = stockholm_day(at, &minute);
    const struct insertion values[] = {
        insertion("day", day),
        insertion("time", str_of(arena_printf(a, "%02d:%02d", minute / MINUTES_PER_HOUR,
                                              minute % MINUTES_PER_HOUR)))};

    return at == 0 ? S("") : words(language, TEXT_INCIDENT_MOMENT, values, 2, a);
}

struct str incident_span(int64_t seconds, enum language language, struct arena *a)
{
    int64_t minutes = seconds / SECONDS_PER_MINUTE;
    const struct insertion values[] = {insertion("hours", minutes / MINUTES_PER_HOUR),
                                       insertion("minutes", minutes % MINUTES_PER_HOUR)};

    return words(language, TEXT_INCIDENT_SPAN, values, 2, a);
}

struct str incident_name(int64_t id, enum language language, struct arena *a)
{
    const struct insertion number = insertion("number", id);

    return words(language, TEXT_INCIDENT_NAME, &number, 1, a);
}

static void add_with_comma(struct text *out, struct str part)
{
    if (out->n > 0)
        text_lit(out, ", ");
    text_add(out, part);
}

struct str incident_natures(int natures, enum language language, struct arena *a)
{
    struct text out = text_open(a);

    for (int bit = INCIDENT_SEEN; bit <= INCIDENT_LOST; bit <<= 1)
        if (natures & bit)
            add_with_comma(&out, catalogue_text(catalogue_of(language),
                                                incident_nature_words((enum incident_nature)bit)));
    return text_str(&out);
}

bool incident_has_kind(const struct incident *x, struct str activity)
{
    struct str rest = x->kinds;
    struct str kind;

    while (rest.n > 0) {
        if (!str_cut(rest, ' ', &kind, &rest))
            rest = S("");
        if (str_equal(kind, activity))
            return true;
    }
    return false;
}

struct str incident_kinds(const struct incident *x, const struct activities *all, enum language language,
                          struct arena *a)
{
    struct text out = text_open(a);

    for (size_t i = 0; i < all->n; i++)
        if (incident_has_kind(x, all->activity[i].id))
            add_with_comma(&out, all->activity[i].name[language]);
    return text_str(&out);
}

struct str incident_amount(int64_t n, enum language language, struct arena *a)
{
    const struct insertion amount = insertion("n", n);

    return n == INCIDENT_NOT_KNOWN ? words(language, TEXT_INCIDENT_NOT_KNOWN, NULL, 0, a)
                                   : words(language, TEXT_INCIDENT_ABOUT, &amount, 1, a);
}

enum text_key incident_nature_words(enum incident_nature nature)
{
    switch (nature) {
    case INCIDENT_SEEN:
        return TEXT_INCIDENT_NATURE_SEEN;
    case INCIDENT_ALTERED:
        return TEXT_INCIDENT_NATURE_ALTERED;
    case INCIDENT_LOST:
        break;
    }
    return TEXT_INCIDENT_NATURE_LOST;
}

enum text_key incident_risk_words(enum incident_risk risk)
{
    static const enum text_key keys[] = {[INCIDENT_NOT_JUDGED] = TEXT_INCIDENT_RISK_NOT_JUDGED,
                                         [INCIDENT_NO_RISK] = TEXT_INCIDENT_RISK_NONE,
                                         [INCIDENT_RISK] = TEXT_INCIDENT_RISK_SOME,
                                         [INCIDENT_HIGH_RISK] = TEXT_INCIDENT_RISK_HIGH};

    return keys[risk];
}

enum text_key incident_telling_words(enum incident_telling telling)
{
    static const enum text_key keys[] = {[INCIDENT_TELLING_NOT_DECIDED] = TEXT_INCIDENT_TELLING_NOT_DECIDED,
                                         [INCIDENT_TOLD] = TEXT_INCIDENT_TELLING_TOLD,
                                         [INCIDENT_TOLD_PUBLICLY] = TEXT_INCIDENT_TELLING_PUBLICLY,
                                         [INCIDENT_UNREADABLE] = TEXT_INCIDENT_TELLING_UNREADABLE,
                                         [INCIDENT_PREVENTED] = TEXT_INCIDENT_TELLING_PREVENTED,
                                         [INCIDENT_TELLING_NOT_NEEDED] = TEXT_INCIDENT_TELLING_NOT_NEEDED};

    return keys[telling];
}

enum text_key incident_doors_words(enum doors_state state)
{
    static const enum text_key keys[] = {[DOORS_OPEN] = TEXT_INCIDENT_DOORS_OPEN,
                                         [DOORS_ACCOUNTS] = TEXT_INCIDENT_DOORS_ACCOUNTS,
                                         [DOORS_REPORTS] = TEXT_INCIDENT_DOORS_REPORTS,
                                         [DOORS_HELP] = TEXT_INCIDENT_DOORS_HELP};

    return keys[state];
}

enum text_key incident_step_words(enum incident_step_kind kind)
{
    static const enum text_key keys[INCIDENT_STEPS] = {[INCIDENT_STEP_OPENED] = TEXT_INCIDENT_STEP_OPENED,
                                                       [INCIDENT_STEP_CHANGED] = TEXT_INCIDENT_STEP_CHANGED,
                                                       [INCIDENT_STEP_JUDGED] = TEXT_INCIDENT_STEP_JUDGED,
                                                       [INCIDENT_STEP_REPORTED] = TEXT_INCIDENT_STEP_REPORTED,
                                                       [INCIDENT_STEP_TOLD] = TEXT_INCIDENT_STEP_TOLD,
                                                       [INCIDENT_STEP_NOTED] = TEXT_INCIDENT_STEP_NOTED,
                                                       [INCIDENT_STEP_SHUT] = TEXT_INCIDENT_STEP_SHUT,
                                                       [INCIDENT_STEP_OPENED_DOORS] =
                                                           TEXT_INCIDENT_STEP_DOORS_OPENED,
                                                       [INCIDENT_STEP_CLOSED] = TEXT_INCIDENT_STEP_CLOSED};

    return keys[kind];
}

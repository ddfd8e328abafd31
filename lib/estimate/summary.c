/* An estimate as one paragraph. */
#include "estimate/summary.h"

#include "base/arena.h"
#include "estimate/about.h"
#include "estimate/diagnostics.h"
#include "estimate/estimate.h"
#include "estimate/method.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>

/* The sentences, in the order of summary_language; {} is where a value goes. */
static const char *const known[] = {
    "Minst {} människor är kända. ",
    "At least {} people are known. ",
};
static const char *const shared[] = {
    "De finns på {} listor, och {} av dem finns på minst två. ",
    "They are on {} lists, and {} of them are on two or more. ",
};
static const char *const refused[] = {
    "Hur många som inte syns går inte att räkna ut av listorna. ",
    "How many are not seen cannot be worked out from the lists. ",
};
static const char *const one_way[] = {
    "Räknat på ett sätt är de troligen mellan {} och {} totalt. ",
    "Worked out in one way, there are probably between {} and {} in all. ",
};
static const char *const one_way_open[] = {
    "Räknat på ett sätt är de troligen minst {} totalt, och någon övre gräns ger listorna inte. ",
    "Worked out in one way, there are probably at least {} in all, and the lists give no upper limit. ",
};
static const char *const many_ways[] = {
    "Räknat på {} olika sätt är de troligen mellan {} och {} totalt. ",
    "Worked out in {} different ways, there are probably between {} and {} in all. ",
};
static const char *const many_ways_open[] = {
    "Räknat på {} olika sätt är de troligen minst {} totalt, och någon övre gräns ger listorna inte. ",
    "Worked out in {} different ways, there are probably at least {} in all, and the lists give no upper limit. ",
};
static const char *const lowest[] = {
    "Det lägsta svaret förutsätter detta: {} ",
    "The lowest answer rests on this: {} ",
};
static const char *const highest[] = {
    "Det högsta svaret förutsätter detta: {} ",
    "The highest answer rests on this: {} ",
};
static const char *const cannot_tell[] = {
    "Listorna kan inte visa vilket som är rätt. ",
    "The lists cannot show which is right. ",
};
static const char *const moves[] = {
    "Utan listan \"{}\" blir svaret ett annat, mer än slumpen förklarar. ",
    "Without the list \"{}\" the answer is another one, by more than chance explains. ",
};
static const char *const rests[] = {
    "Allt detta gäller bara om samma människor fanns hela tiden, om samma person känns igen på alla listor och om alla "
    "listor menar samma sak.",
    "All of this holds only if the same people were there all the time, if the same person is recognised on every list, "
    "and if all lists mean the same thing.",
};

void summary_say(struct text *out, const char *sentence, const char *const *value)
{
    for (; *sentence; sentence++) {
        if (sentence[0] == '{' && sentence[1] == '}') {
            text_add(out, str_of(*value++));
            sentence++;
        } else {
            text_byte(out, *sentence);
        }
    }
}

#define SAY(out, sentence, ...) summary_say((out), (sentence), (const char *const[]){__VA_ARGS__})

const char *summary_grouped(int64_t n, enum summary_language language, char out[SUMMARY_NUMBER_BYTES])
{
    char digits[24];
    size_t length = (size_t)snprintf(digits, sizeof digits, "%" PRId64, n);
    size_t at = 0;

    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) {
            const char *apart = language == SUMMARY_SWEDISH ? "\u00a0" : ",";
            while (*apart)
                out[at++] = *apart++;
        }
        out[at++] = digits[i];
    }
    out[at] = '\0';
    return out;
}

static const char *outward(double figure, double (*way)(double), enum summary_language language, char out[48])
{
    double told = fmin(figure, ABOUT_MOST);
    double unit = told >= 1000.0 ? pow(10.0, floor(log10(told)) - 1.0) : 1.0;

    return summary_grouped((int64_t)(way(told / unit) * unit + 0.5), language, out);
}

const char *summary_number_word(size_t n, enum summary_language language, char out[SUMMARY_NUMBER_BYTES])
{
    static const char *const words[][13] = {
        {"noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"},
        {"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
         "twelve"}};

    return n < 13 ? words[language][n] : summary_grouped((int64_t)n, language, out);
}

static void put_range(struct text *out, const struct estimate *x, const double ends[2],
                      enum summary_language language)
{
    char low[48];
    char high[48];
    char ways[48];
    bool is_open = ends[1] > ABOUT_MOST;
    size_t n = x->methods > 0 ? x->methods_with_figure : 1;

    outward(ends[0], floor, language, low);
    if (!is_open)
        outward(ends[1], ceil, language, high);
    if (n > 1 && is_open)
        SAY(out, many_ways_open[language], summary_number_word(n, language, ways), low);
    else if (n > 1)
        SAY(out, many_ways[language], summary_number_word(n, language, ways), low, high);
    else if (is_open)
        SAY(out, one_way_open[language], low);
    else
        SAY(out, one_way[language], low, high);
}

/* Which method reaches lowest, and which highest. */
static void put_assumptions(struct text *out, const struct estimate *x, enum summary_language language)
{
    const struct estimate_of_method *low = NULL;
    const struct estimate_of_method *high = NULL;

    for (size_t i = 0; i < x->methods; i++) {
        const struct estimate_of_method *m = &x->of_method[i];

        if (m->status == ESTIMATE_REFUSED || m->is_bound)
            continue;
        if (!low || m->limit[0] < low->limit[0])
            low = m;
        if (!high || m->limit[1] > high->limit[1])
            high = m;
    }
    if (!low || !high || low == high)
        return;
    SAY(out, lowest[language],
        language == SUMMARY_SWEDISH ? low->method->antagande : low->method->assumption);
    SAY(out, highest[language],
        language == SUMMARY_SWEDISH ? high->method->antagande : high->method->assumption);
    text_add(out, str_of(cannot_tell[language]));
}

void summary_put(struct text *out, const struct estimate *x, enum summary_language language)
{
    char people[48];
    char lists[48];

    SAY(out, known[language], summary_grouped(x->n, language, people));
    if (x->on_two_lists > 0)
        SAY(out, shared[language], summary_grouped((int64_t)x->lists, language, lists),
            summary_grouped(x->on_two_lists, language, people));
    if (x->status == ESTIMATE_REFUSED) {
        text_add(out, str_of(refused[language]));
    } else {
        put_range(out, x, x->status == ESTIMATE_RANGE ? x->range : x->ci95, language);
        put_assumptions(out, x, language);
        for (size_t i = 0; x->diagnostics && i < x->diagnostics->lists; i++)
            if (x->diagnostics->list[i].moves)
                SAY(out, moves[language], arena_cstr(out->arena, x->list[i].p, x->list[i].n));
        text_add(out, str_of(rests[language]));
    }
    text_byte(out, '\n');
}

/* What would change a release's estimate. */
#include "release/what_if.h"

#include "base/arena.h"
#include "base/text.h"
#include "estimate/summary.h"
#include "protect/dark_figure.h"

#include <math.h>

enum { LEAST_SHARED = 20, LEAST_LISTS = 3 };

static int64_t at_least(const struct release *r);
static void turn_dial(const struct release *r, struct what_if *out);
static void find_list(const struct release *r, struct what_if *out);
static void put_notes(const struct release *r, struct arena *a, struct what_if *out);

void what_if_of(const struct release *r, struct arena *a, struct what_if *out)
{
    *out = (struct what_if){.at_least = at_least(r), .half = RELEASE_UNKNOWN, .twice = RELEASE_UNKNOWN};
    turn_dial(r, out);
    find_list(r, out);
    put_notes(r, a, out);
}

bool what_if_has_methods(const struct release_estimate *x)
{
    return x->methods.n > 1;
}

/* People on exactly one list, at least, by list; false where the release has no table of combinations. */
static bool singles(const struct release *r, double out[COUNTS_MAX_LISTS])
{
    const struct release_table *overlap = release_table(r, "overlap");

    for (size_t i = 0; overlap && i < overlap->n; i++)
        for (size_t k = 0; k < r->mapping.lists; k++)
            if (overlap->row[i].lists == UINT32_C(1) << k)
                out[k] = (double)overlap->row[i].figure.lo;
    return overlap != NULL;
}

/* People on exactly two lists, at most: no more than everyone less those on one. */
static double most_on_two(const struct release *r)
{
    const struct release_table *number = release_table(r, "number");
    double most = INFINITY;
    double others = (double)r->seen.hi;

    for (size_t i = 0; number && i < number->n; i++) {
        if (str_is(number->row[i].label.code, "2"))
            most = (double)number->row[i].figure.hi;
        else
            others -= (double)number->row[i].figure.lo;
    }
    return fmin(most, fmax(others, 0.0));
}

static int64_t at_least(const struct release *r)
{
    double alone[COUNTS_MAX_LISTS] = {0};
    double unseen = 0.0;

    if (!singles(r, alone))
        return RELEASE_UNKNOWN;
    for (size_t i = 0; i < r->mapping.lists; i++)
        for (size_t j = i + 1; j < r->mapping.lists; j++)
            unseen += alone[i] * alone[j];
    int64_t people =
        dark_figure_round((double)r->seen.lo + unseen / (most_on_two(r) + 1.0), DARK_FIGURE_DOWN);
    return people > r->seen.hi ? people : RELEASE_UNKNOWN;
}

static void turn_dial(const struct release *r, struct what_if *out)
{
    const double seen = (double)r->seen.people;
    const double unseen = (double)r->estimate.nhat - seen;

    if (r->estimate.answer != RELEASE_POINT || unseen <= 0.0)
        return;
    out->half = dark_figure_round(seen + unseen / 2.0, DARK_FIGURE_NEAREST);
    out->twice = dark_figure_round(seen + unseen * 2.0, DARK_FIGURE_NEAREST);
}

static void find_list(const struct release *r, struct what_if *out)
{
    const struct release_table *overlap = release_table(r, "overlap");
    int64_t on[COUNTS_MAX_LISTS] = {0};

    for (size_t i = 0; overlap && i < overlap->n; i++) {
        const struct release_row *row = &overlap->row[i];

        if ((row->lists & (row->lists - 1)) == 0)
            continue;
        out->shared += row->figure.people;
        for (size_t k = 0; k < r->mapping.lists; k++)
            on[k] += row->lists >> k & 1U ? row->figure.people : 0;
    }
    for (size_t k = 0; r->mapping.lists >= LEAST_LISTS && k < r->mapping.lists; k++)
        if (on[k] >= LEAST_SHARED && on[k] > out->on_list) {
            out->on_list = on[k];
            out->list = r->mapping.list[k];
        }
}

/* The sentences, in the order of summary_language; {} is where a value goes. */
static const char *const ways[] = {
    "Antalet är räknat på {} sätt. De som ger ett svar ger tillsammans mellan {} och {}. ",
    "The number was worked out in {} ways. Those that give an answer give between {} and {} together. ",
};
static const char *const ways_open[] = {
    "Antalet är räknat på {} sätt. De som ger ett svar ger tillsammans minst {}, och någon övre gräns finns inte. ",
    "The number was worked out in {} ways. Those that give an answer give at least {} together, and there is no "
    "upper limit. ",
};
static const char *const ends[] = {
    "Det lägsta svaret bygger på detta: {} Det högsta bygger på detta: {} ",
    "The lowest answer rests on this: {} The highest rests on this: {} ",
};
static const char *const cannot_tell[] = {
    "Listorna kan inte visa vilket som är rätt.",
    "The lists cannot show which is right.",
};
static const char *const differ[] = {
    "Människor är olika lätta att få med på listor. Räknat utan någon annan modell än det är de minst omkring {}, så "
    "länge den som finns på en lista inte mer sällan än andra finns på en till.",
    "People differ in how easily they are listed. Worked out with no other model than that, there are at least about "
    "{}, as long as being on one list does not make being on another less likely.",
};
static const char *const missed[] = {
    "Har samma person inte känts igen på flera listor är det verkliga antalet lägre än det uppskattade. Har olika "
    "personer blandats ihop är det högre.",
    "If the same person was not recognised on several lists, the true number is lower than the estimated one. If "
    "different people were mixed up, it is higher.",
};
static const char *const tie[] = {
    "Ett samband mellan alla listor på en gång syns inte i uppgifterna. Är de okända hälften så många som modellen "
    "säger blir antalet omkring {}. Är de dubbelt så många blir det omkring {}.",
    "A tie between all lists at once does not show in the data. If there are half as many unknown people as the "
    "model says, the number is about {}. If there are twice as many, it is about {}.",
};
static const char *const most[] = {
    "I de avrundade tabellerna har listan ”{}” flest människor gemensamma med andra listor: omkring {} av omkring {}. "
    "Ju mer en lista delar med andra, desto mer hänger svaret på den. Vad svaret blir utan en viss lista visas inte, "
    "för av det kan man räkna ut hur många som finns på två listor.",
    "In the rounded tables the list “{}” shares most people with other lists: about {} of about {}. The more a list "
    "shares with others, the more the answer hangs on it. What the answer would be without a certain list is not "
    "shown, since from that one could work out how many are on two lists.",
};

/* Writes one sentence or more, in one language. */
typedef void put_words(const struct release *r, const struct what_if *x, enum summary_language language,
                       struct text *out);

#define SAY(out, sentence, ...) summary_say((out), (sentence), (const char *const[]){__VA_ARGS__})

static const char *resting_on(const struct release_methods *m, struct str code,
                              enum summary_language language, struct arena *a)
{
    for (size_t i = 0; i < m->n; i++) {
        struct str words = language == SUMMARY_SWEDISH ? m->method[i].sv : m->method[i].en;

        if (str_equal(m->method[i].code, code))
            return arena_cstr(a, words.p, words.n);
    }
    return "";
}

static void put_methods(const struct release *r, const struct what_if *x, enum summary_language language,
                        struct text *out)
{
    const struct release_methods *m = &r->estimate.methods;
    char tried[SUMMARY_NUMBER_BYTES];
    char low[SUMMARY_NUMBER_BYTES];
    char high[SUMMARY_NUMBER_BYTES];
    const char *n = summary_number_word(m->n, language, tried);

    (void)x;
    summary_grouped(m->range[0], language, low);
    if (m->range[1] == RELEASE_UNKNOWN)
        SAY(out, ways_open[language], n, low);
    else
        SAY(out, ways[language], n, low, summary_grouped(m->range[1], language, high));
    if (!str_equal(m->lowest, m->highest))
        SAY(out, ends[language], resting_on(m, m->lowest, language, out->arena),
            resting_on(m, m->highest, language, out->arena));
    text_add(out, str_of(cannot_tell[language]));
}

static void put_at_least(const struct release *r, const struct what_if *x, enum summary_language language,
                         struct text *out)
{
    char people[SUMMARY_NUMBER_BYTES];

    (void)r;
    SAY(out, differ[language], summary_grouped(x->at_least, language, people));
}

static void put_missed(const struct release *r, const struct what_if *x, enum summary_language language,
                       struct text *out)
{
    (void)r;
    (void)x;
    text_add(out, str_of(missed[language]));
}

static void put_tie(const struct release *r, const struct what_if *x, enum summary_language language,
                    struct text *out)
{
    char half[SUMMARY_NUMBER_BYTES];
    char twice[SUMMARY_NUMBER_BYTES];

    (void)r;
    SAY(out, tie[language], summary_grouped(x->half, language, half),
        summary_grouped(x->twice, language, twice));
}

static void put_list(const struct release *r, const struct what_if *x, enum summary_language language,
                     struct text *out)
{
    struct str name = language == SUMMARY_SWEDISH ? x->list.sv : x->list.en;
    char on[SUMMARY_NUMBER_BYTES];
    char shared[SUMMARY_NUMBER_BYTES];

    (void)r;
    SAY(out, most[language], arena_cstr(out->arena, name.p, name.n),
        summary_grouped(x->on_list, language, on), summary_grouped(x->shared, language, shared));
}

static void put_notes(const struct release *r, struct arena *a, struct what_if *out)
{
    const bool is_told = r->estimate.answer != RELEASE_REFUSED;
    const struct {
        struct str code;
        put_words *put;
        bool is_there;
    } rows[WHAT_IF_NOTES] = {
        {S("methods"), put_methods, is_told && what_if_has_methods(&r->estimate)},
        {S("at_least"), put_at_least, out->at_least != RELEASE_UNKNOWN},
        {S("missed"), put_missed, is_told},
        {S("unseen_tie"), put_tie, out->half != RELEASE_UNKNOWN},
        {S("list"), put_list, is_told && out->on_list > 0},
    };

    for (size_t i = 0; i < WHAT_IF_NOTES; i++) {
        struct text sv = text_open(a);
        struct text en = text_open(a);

        if (!rows[i].is_there)
            continue;
        rows[i].put(r, out, SUMMARY_SWEDISH, &sv);
        rows[i].put(r, out, SUMMARY_ENGLISH, &en);
        out->note[out->notes++] = (struct release_note){rows[i].code, text_str(&sv), text_str(&en)};
    }
}

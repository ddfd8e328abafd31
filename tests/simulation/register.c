/* A register of people who do not exist. */
#include "register.h"

#include "base/rng.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Family names borne by most people in Sweden in 2024 (Skatteverket, as given by sverige-i-siffror.se, 14
 * January 2025), per million of 10.6 million people. All further names are invented. */
static const struct {
    const char *name;
    double per_million;
} families[] = {{"Andersson", 217631 / 10.6}, {"Johansson", 215841 / 10.6}, {"Karlsson", 160720 / 10.6},
                {"Nilsson", 149635 / 10.6},   {"Eriksson", 121053 / 10.6},  {"Larsson", 110848 / 10.6},
                {"Olsson", 93203 / 10.6},     {"Persson", 92897 / 10.6},    {"Svensson", 86736 / 10.6},
                {"Gustafsson", 62887 / 10.6}};

/* First given names borne by most at the end of 2011 (SCB, "Anna och Lars vanligaste tilltalsnamnen", 1 June
 * 2012), per million of half of 9.48 million people. */
static const struct {
    const char *woman;
    double women;
    const char *man;
    double men;
} givens[] = {{"Anna", 111488 / 4.74, "Lars", 98483 / 4.74},
              {"Eva", 93399 / 4.74, "Anders", 81614 / 4.74},
              {"Maria", 83519 / 4.74, "Mikael", 79279 / 4.74}};

enum { FAMILIES = sizeof families / sizeof families[0], GIVENS = sizeof givens / sizeof givens[0] };

const struct register_errors register_careful = {.respelled = 0.01,
                                                 .typed_wrong = 0.01,
                                                 .swapped = 0.002,
                                                 .second_name = 0.03,
                                                 .no_date = 0.01,
                                                 .year_only = 0.01,
                                                 .wrong_date = 0.005,
                                                 .no_place = 0.05,
                                                 .moved = 0.10};
const struct register_errors register_field = {.respelled = 0.15,
                                               .typed_wrong = 0.05,
                                               .swapped = 0.03,
                                               .alias = 0.04,
                                               .second_name = 0.10,
                                               .no_date = 0.10,
                                               .year_only = 0.12,
                                               .wrong_date = 0.04,
                                               .no_place = 0.30,
                                               .moved = 0.25};
const char register_header[] = "förnamn;efternamn;född;kön;ort;telefon\n";

static size_t pick(struct rng *r, size_t n)
{
    return (size_t)(rng_unit(r) * (double)n);
}

/* An invented name of two to four syllables; number `n` is always the same. */
static void invent(char out[REGISTER_TEXT], uint64_t kind, size_t n)
{
    static const char *const starts[] = {"Al", "Bre", "Cho", "Dja", "El",  "Fa", "Gri", "Hou", "Is",  "Ja",
                                         "Ka", "Khe", "Lin", "Mou", "Nor", "Os", "Pe",  "Qua", "Ros", "Sha",
                                         "Ta", "Ul",  "Vi",  "Wa",  "Ya",  "Zo", "Åk",  "Ön"};
    static const char *const middles[] = {"ba", "chi", "dree", "fou", "li", "ma",  "na",  "ra",
                                          "se", "tou", "va",   "ko",  "mi", "nne", "ddi", "lo"};
    static const char *const ends[] = {"d",   "na",  "rik", "sson", "lund", "berg", "vic", "r",   "ja", "n",
                                       "min", "tov", "dis", "ra",   "gren", "shi",  "ck",  "lle", "m",  "s"};
    struct rng r = rng_open(kind, n);
    size_t length = 0;

    length += (size_t)snprintf(out, REGISTER_TEXT, "%s", starts[pick(&r, sizeof starts / sizeof *starts)]);
    for (size_t left = pick(&r, 3); left > 0; left--)
        length += (size_t)snprintf(out + length, REGISTER_TEXT - length, "%s",
                                   middles[pick(&r, sizeof middles / sizeof *middles)]);
    snprintf(out + length, REGISTER_TEXT - length, "%s", ends[pick(&r, sizeof ends / sizeof *ends)]);
}

/* Invented names go on where the published ones end, by Zipf's law from the last of them on: rank r is borne
 * by last * (known / r) of a million. */
static double tail(double last, size_t known, size_t rank)
{
    return last * (double)known / (double)(rank + 1);
}

double register_given(char out[REGISTER_TEXT], char sex, size_t rank)
{
    bool is_woman = sex == 'K';
    double last = is_woman ? givens[GIVENS - 1].women : givens[GIVENS - 1].men;

    if (rank >= GIVENS) {
        invent(out, is_woman ? 101 : 102, rank);
        return tail(last, GIVENS, rank);
    }
    snprintf(out, REGISTER_TEXT, "%s", is_woman ? givens[rank].woman : givens[rank].man);
    return is_woman ? givens[rank].women : givens[rank].men;
}

double register_family(char out[REGISTER_TEXT], size_t rank)
{
    if (rank >= FAMILIES) {
        invent(out, 103, rank);
        return tail(families[FAMILIES - 1].per_million, FAMILIES, rank);
    }
    snprintf(out, REGISTER_TEXT, "%s", families[rank].name);
    return families[rank].per_million;
}

/* The rank that a uniform draw falls on: the published names first, then the tail by the inverse of its sum
 * (harmonic numbers, by logarithms), and the rest of the million on names of their own. */
static size_t draw_rank(double u, const double *known, size_t n, size_t names)
{
    double at = u * 1e6;

    for (size_t i = 0; i < n; i++) {
        if (at < known[i])
            return i;
        at -= known[i];
    }
    double scale = known[n - 1] * (double)n;
    double rank = (double)n * exp(at / scale);
    return rank < (double)names ? (size_t)rank : n + (size_t)(at) % (names - n);
}

static size_t draw_family(struct rng *r)
{
    double known[FAMILIES];

    for (size_t i = 0; i < FAMILIES; i++)
        known[i] = families[i].per_million;
    return draw_rank(rng_unit(r), known, FAMILIES, REGISTER_FAMILY);
}

static size_t draw_given(struct rng *r, char sex)
{
    double known[GIVENS];

    for (size_t i = 0; i < GIVENS; i++)
        known[i] = sex == 'K' ? givens[i].women : givens[i].men;
    return draw_rank(rng_unit(r), known, GIVENS, REGISTER_GIVEN);
}

/* Town and telephone of a household; numbers are of the series that PTS keeps free for fiction. */
static void place(struct register_person *p, uint64_t seed, uint64_t household)
{
    static const char *const towns[] = {"Lund (exempel)",    "Malmö (exempel)", "Eslöv (exempel)",
                                        "Svedala (exempel)", "Ystad (exempel)", "Kävlinge (exempel)"};
    struct rng r = rng_open(seed ^ 0x706C616365U, household);

    snprintf(p->town, sizeof p->town, "%s", towns[pick(&r, sizeof towns / sizeof *towns)]);
    snprintf(p->phone, sizeof p->phone, "070-174 06 %02u", 5U + (unsigned)pick(&r, 95) % 95U);
}

void register_person(struct register_person *out, uint64_t seed, uint64_t i)
{
    struct rng household = rng_open(seed, i / 3); /* three at an address, with one family name */
    struct rng r = rng_open(seed ^ 0x6F776EU, i);

    *out = (struct register_person){.sex = rng_unit(&r) < 0.6 ? 'K' : 'M'};
    register_given(out->given, out->sex, draw_given(&r, out->sex));
    register_given(out->alias, out->sex, draw_given(&r, out->sex));
    register_family(out->family, rng_unit(&r) < 0.3 ? draw_family(&household) : draw_family(&r));
    register_family(out->second, draw_family(&r));
    /* Between 16 and 60 years old at the end of 2026, the young more often. */
    int64_t days = (int64_t)(365.25 * (16.0 + 44.0 * rng_unit(&r) * rng_unit(&r)));
    out->birth = date_from_days(date_days((struct date){2026, 12, 31}) - days - (int64_t)pick(&r, 365));
    place(out, seed, i / 3);
}

/* Writes a sound in another way, or doubles a letter. */
static void respell(char *name, struct rng *r)
{
    static const char *const ways[][2] = {{"kh", "ch"}, {"ou", "u"}, {"ee", "i"}, {"dj", "j"},
                                          {"ck", "k"},  {"å", "aa"}, {"ö", "oe"}, {"sson", "son"},
                                          {"w", "v"},   {"y", "i"},  {"nn", "n"}, {"dd", "d"},
                                          {"i", "ie"},  {"e", "i"},  {"a", "e"}};
    char spelled[2 * REGISTER_TEXT];
    size_t start = pick(r, 8);

    for (size_t k = 0; k < sizeof ways / sizeof *ways; k++) {
        const char *const *way = ways[(start + k) % (sizeof ways / sizeof *ways)];
        const char *found = strstr(name + 1, way[0]);

        if (!found)
            continue;
        snprintf(spelled, sizeof spelled, "%.*s%s%s", (int)(found - name), name, way[1],
                 found + strlen(way[0]));
        snprintf(name, REGISTER_TEXT, "%.47s", spelled);
        return;
    }
}

/* One letter becomes another. */
static void mistype(char *name, struct rng *r)
{
    size_t at = 1 + pick(r, strlen(name) > 1 ? strlen(name) - 1 : 1);

    if (name[at] >= 'a' && name[at] <= 'z')
        name[at] = (char)('a' + pick(r, 26));
}

static void spoil_names(struct register_person *p, struct rng *r, const struct register_errors *e)
{
    char spare[REGISTER_TEXT];

    if (rng_unit(r) < e->alias)
        memcpy(p->given, p->alias, sizeof p->given);
    if (rng_unit(r) < e->respelled)
        respell(rng_unit(r) < 0.5 ? p->given : p->family, r);
    if (rng_unit(r) < e->typed_wrong)
        mistype(rng_unit(r) < 0.5 ? p->given : p->family, r);
    if (rng_unit(r) < e->swapped) {
        memcpy(spare, p->given, sizeof spare);
        memcpy(p->given, p->family, sizeof spare);
        memcpy(p->family, spare, sizeof spare);
    }
}

/* The date as the list has it: a text of YYYY-MM-DD, a part of it, or nothing. */
static void write_date(char out[11], struct date d, struct rng *r, const struct register_errors *e)
{
    double u = rng_unit(r);

    if (rng_unit(r) < e->wrong_date) {
        if (d.day <= 12 && rng_unit(r) < 0.5)
            d = (struct date){d.year, d.day, d.month};
        else
            d = (struct date){d.year + (rng_unit(r) < 0.5 ? 1 : -1), d.month, d.day > 28 ? 28 : d.day};
    }
    date_to_text(d, out);
    if (u < e->no_date)
        out[0] = '\0';
    else if (u < e->no_date + e->year_only / 2)
        out[4] = '\0';
    else if (u < e->no_date + e->year_only)
        memcpy(out + 4, "-01-01", 7);
}

void register_row(struct text *out, uint64_t seed, uint64_t i, uint64_t list, const struct register_errors *e)
{
    struct register_person p;
    struct rng r = rng_open(seed ^ (list + 1) * 0x9E3779B97F4A7C15U, i);
    char date[11];

    register_person(&p, seed, i);
    spoil_names(&p, &r, e);
    write_date(date, p.birth, &r, e);
    bool has_second = rng_unit(&r) < e->second_name;
    bool has_place = rng_unit(&r) >= e->no_place;
    if (rng_unit(&r) < e->moved)
        place(&p, seed ^ list, i + 1000000007U);
    text_format(out, "%s;%s%s%s;%s;%c;%s;%s\n", p.given, p.family, has_second ? " " : "",
                has_second ? p.second : "", date, p.sex, has_place ? p.town : "", has_place ? p.phone : "");
}

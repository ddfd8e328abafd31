/* Attacks that know how frequent names are. */
#include "attacks.h"

#include "base/arena.h"
#include "link/normalise.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    TOP = 60,     /* given and family names that are crossed */
    PAIRS = 200,  /* full names and clusters that are aligned */
    LETTERS = 27, /* a-z and the blank */
    BIGRAMS = LETTERS * LETTERS,
    PUBLIC = 2000, /* family names of the public table that are tried */
    SAMPLE = 5000, /* people drawn from the public table */
    SWEEPS = 8,
    TRIED = 250,  /* pairs of letters, the commonest first */
    LEAST_SET = 3 /* bits of a set */
};

struct weighed {
    double weight;
    size_t a, b;
};

static int heavier(const void *x, const void *y)
{
    double a = ((const struct weighed *)x)->weight;
    double b = ((const struct weighed *)y)->weight;

    return (a < b) - (a > b);
}

/* Full names by how frequent they should be: `a` is the given name's rank (odd: a man's), `b` the family's.
 */
static struct weighed *full_names(struct arena *a, size_t *n)
{
    struct weighed *w = arena_new(a, 2 * TOP * TOP, struct weighed);
    char name[REGISTER_TEXT];

    *n = 0;
    for (size_t g = 0; g < 2 * TOP; g++)
        for (size_t f = 0; f < TOP; f++)
            w[(*n)++] = (struct weighed){
                register_given(name, g % 2 ? 'M' : 'K', g / 2) * register_family(name, f), g, f};
    qsort(w, *n, sizeof *w, heavier);
    return w;
}

double attack_frequency(const struct victim *v, struct arena *a)
{
    size_t names = 0;
    const struct weighed *public = full_names(a, &names);
    struct weighed *cluster = arena_new(a, v->n, struct weighed);
    size_t *of = arena_new(a, v->n, size_t);
    size_t clusters = 0;
    size_t found = 0;

    for (size_t i = 0; i < v->n; i++) {
        size_t c = 0;

        while (c < clusters && dice(name_filter(v, cluster[c].a), name_filter(v, i), name_bits(v)) < 0.85)
            c++;
        if (c == clusters)
            cluster[clusters++] = (struct weighed){0.0, i, c};
        cluster[c].weight += 1.0;
        of[i] = c;
    }
    qsort(cluster, clusters, sizeof *cluster, heavier);
    for (size_t rank = 0; rank < PAIRS && rank < clusters; rank++) {
        char given[REGISTER_TEXT];
        char family[REGISTER_TEXT];

        register_given(given, public[rank].a % 2 ? 'M' : 'K', public[rank].a / 2);
        register_family(family, public[rank].b);
        for (size_t i = 0; i < v->n; i++)
            found += of[i] == cluster[rank].b && strcmp(given, v->person[i].given) == 0 &&
                     strcmp(family, v->person[i].family) == 0;
    }
    return (double)found / (double)v->n;
}

double attack_guess(const struct victim *v)
{
    char family[REGISTER_TEXT];
    size_t found = 0;

    register_family(family, 0);
    for (size_t i = 0; i < v->n; i++)
        found += strcmp(family, v->person[i].family) == 0;
    return (double)found / (double)v->n;
}

static size_t letter(char c)
{
    return c >= 'a' && c <= 'z' ? (size_t)(c - 'a') + 1 : 0;
}

/* Marks the pairs of letters of `name`. */
static void mark(bool has[BIGRAMS], const char *name, struct arena *a)
{
    struct str word = text_loose(str_of(name), a);

    for (size_t i = 0; i <= word.n; i++)
        has[letter(i ? word.p[i - 1] : ' ') * LETTERS + letter(i < word.n ? word.p[i] : ' ')] = true;
}

/* Columns of bits: who has each, as a set of people. */
struct columns {
    size_t bits, words;
    uint64_t *word;
    size_t *count;
};

static struct columns transpose(const struct victim *v, struct arena *a)
{
    struct columns c = {.bits = name_bits(v), .words = (v->n + 63) / 64};

    c.word = arena_new(a, c.bits * c.words, uint64_t);
    c.count = arena_new(a, c.bits, size_t);
    for (size_t i = 0; i < v->n; i++)
        for (size_t b = 0; b < c.bits; b++)
            if (name_filter(v, i)[b / 64] >> b % 64 & 1) {
                c.word[b * c.words + i / 64] |= (uint64_t)1 << i % 64;
                c.count[b]++;
            }
    return c;
}

/* How strongly two bits come together: the correlation of their columns. */
static double correlation(const struct columns *c, size_t x, size_t y, size_t n)
{
    size_t both = 0;
    double p = (double)c->count[x] / (double)n;
    double q = (double)c->count[y] / (double)n;

    for (size_t w = 0; w < c->words; w++)
        both += (size_t)__builtin_popcountll(c->word[x * c->words + w] & c->word[y * c->words + w]);
    double spread = sqrt(p * (1 - p) * q * (1 - q));
    return spread > 0 ? ((double)both / (double)n - p * q) / spread : 0.0;
}

/* A set of bits, and the people who have most of them. */
struct set {
    double share;
    size_t bits;
    bool *has;
    size_t bigram; /* what it is taken for */
};

static int commoner(const void *x, const void *y)
{
    double a = ((const struct set *)x)->share;
    double b = ((const struct set *)y)->share;

    return (a < b) - (a > b);
}

static size_t find_sets(const struct victim *v, struct set *set, struct arena *a)
{
    struct columns c = transpose(v, a);
    bool *is_taken = arena_new(a, c.bits, bool);
    size_t *member = arena_new(a, c.bits, size_t);
    size_t n = 0;

    for (size_t b = 0; b < c.bits; b++) {
        size_t members = 1;

        member[0] = b;
        for (size_t other = b + 1; other < c.bits && !is_taken[b]; other++)
            if (!is_taken[other] && correlation(&c, b, other, v->n) > 0.45)
                member[members++] = other;
        if (is_taken[b] || members < LEAST_SET)
            continue;
        set[n] = (struct set){.bits = members, .has = arena_new(a, v->n, bool)};
        for (size_t i = 0; i < v->n; i++) {
            size_t on = 0;

            for (size_t m = 0; m < members; m++)
                on += name_filter(v, i)[member[m] / 64] >> member[m] % 64 & 1;
            set[n].has[i] = on * 10 >= members * 8;
            set[n].share += (double)set[n].has[i] / (double)v->n;
        }
        for (size_t m = 0; m < members; m++)
            is_taken[member[m]] = true;
        n++;
    }
    qsort(set, n, sizeof *set, commoner);
    return n;
}

/* What the public table says of pairs of letters: how many people have both of two, and one alone on the
 * diagonal; of people drawn from the table, not of the list's. */
struct language {
    double (*both)[BIGRAMS];
    struct weighed *by_share; /* the pairs, the commonest first */
};

static struct language learn(uint64_t seed, struct arena *a)
{
    struct language l = {.both = arena_alloc(a, BIGRAMS, sizeof *l.both),
                         .by_share = arena_new(a, BIGRAMS, struct weighed)};
    struct register_person p;

    for (size_t i = 0; i < SAMPLE; i++) {
        bool marks[BIGRAMS] = {false};

        register_person(&p, seed + 1, i);
        mark(marks, p.given, a);
        mark(marks, p.family, a);
        for (size_t b = 0; b < BIGRAMS; b++)
            for (size_t c = 0; c < BIGRAMS && marks[b]; c++)
                l.both[b][c] += marks[c] ? 1.0 / SAMPLE : 0.0;
    }
    for (size_t b = 0; b < BIGRAMS; b++)
        l.by_share[b] = (struct weighed){l.both[b][b], b, 0};
    qsort(l.by_share, BIGRAMS, sizeof *l.by_share, heavier);
    return l;
}

/* How many people have both of two sets. */
static double *together(const struct set *set, size_t sets, size_t n, struct arena *a)
{
    double *both = arena_new(a, sets * sets, double);

    for (size_t s = 0; s < sets; s++)
        for (size_t t = 0; t < sets; t++)
            for (size_t i = 0; i < n; i++)
                both[s * sets + t] += set[s].has[i] && set[t].has[i] ? 1.0 / (double)n : 0.0;
    return both;
}

/* How badly set `s` fits the pair `b` beside what the others are taken for. */
static double misfit(const struct set *set, size_t sets, const double *both, const struct language *l,
                     size_t s, size_t b)
{
    double sum = 0.0;

    for (size_t t = 0; t < sets; t++) {
        size_t other = t == s ? b : set[t].bigram;
        double d = sqrt(both[s * sets + t]) - sqrt(l->both[b][other]);

        sum += d * d * (t == s ? 10.0 : 1.0);
    }
    return sum;
}

/* Takes each set for the pair of its rank, then for whichever fits better, changing places if it is
 * another's. */
static void align(struct set *set, size_t sets, const double *both, const struct language *l)
{
    size_t owner[BIGRAMS];

    for (size_t b = 0; b < BIGRAMS; b++)
        owner[b] = BIGRAMS;
    for (size_t s = 0; s < sets; s++) {
        set[s].bigram = l->by_share[s].a;
        owner[set[s].bigram] = s;
    }
    for (size_t turn = 0; turn < SWEEPS; turn++)
        for (size_t s = 0; s < sets; s++)
            for (size_t rank = 0; rank < TRIED; rank++) {
                size_t b = l->by_share[rank].a;
                size_t old = set[s].bigram;
                size_t t = owner[b];
                double before = misfit(set, sets, both, l, s, old);
                double after = 0.0;

                if (t == s)
                    continue;
                if (t < sets)
                    before += misfit(set, sets, both, l, t, b);
                set[s].bigram = b;
                if (t < sets)
                    set[t].bigram = old;
                after = misfit(set, sets, both, l, s, b);
                if (t < sets)
                    after += misfit(set, sets, both, l, t, old);
                bool is_better = after < before;
                if (!is_better) {
                    set[s].bigram = old;
                    if (t < sets)
                        set[t].bigram = b;
                    continue;
                }
                owner[b] = s;
                owner[old] = t;
            }
}

/* Is the set that of its pair of letters? Judged with the truth. */
static bool is_right(const struct victim *v, const struct set *s, struct arena *a)
{
    size_t both = 0;
    size_t any = 0;

    for (size_t i = 0; i < v->n; i++) {
        bool marks[BIGRAMS] = {false};

        mark(marks, v->person[i].given, a);
        mark(marks, v->person[i].family, a);
        both += s->has[i] && marks[s->bigram];
        any += s->has[i] || marks[s->bigram];
    }
    return any > 0 && both * 10 >= any * 8;
}

/* Does the family name that fits the pairs read for person `i` best belong to that person? */
static bool reads_name(const struct victim *v, size_t i, const struct set *set, size_t sets,
                       bool (*family)[BIGRAMS])
{
    bool read[BIGRAMS] = {false};
    char name[REGISTER_TEXT];
    double best = -1.0;
    size_t guess = 0;

    for (size_t s = 0; s < sets; s++)
        if (set[s].has[i])
            read[set[s].bigram] = true;
    for (size_t f = 0; f < PUBLIC; f++) {
        size_t hit = 0;
        size_t of = 0;

        for (size_t b = 0; b < BIGRAMS; b++) {
            of += family[f][b];
            hit += family[f][b] && read[b];
        }
        double score = (double)hit / (double)(of + 1);
        if (score > best) {
            best = score;
            guess = f;
        }
    }
    register_family(name, guess);
    return strcmp(name, v->person[i].family) == 0;
}

double attack_patterns(const struct victim *v, size_t *sets, double *right, struct arena *a)
{
    struct set *set = arena_new(a, name_bits(v), struct set);
    const struct language l = learn(v->seed, a);
    bool(*family)[BIGRAMS] = arena_alloc(a, PUBLIC, sizeof *family);
    char name[REGISTER_TEXT];
    size_t found = 0;
    size_t good = 0;

    *sets = find_sets(v, set, a);
    if (*sets > TRIED)
        *sets = TRIED;
    align(set, *sets, together(set, *sets, v->n, a), &l);
    for (size_t s = 0; s < *sets; s++)
        good += is_right(v, &set[s], a);
    for (size_t f = 0; f < PUBLIC; f++) {
        register_family(name, f);
        mark(family[f], name, a);
    }
    for (size_t i = 0; i < v->n; i++)
        found += reads_name(v, i, set, *sets, family);
    *right = *sets ? (double)good / (double)*sets : 0.0;
    return (double)found / (double)v->n;
}

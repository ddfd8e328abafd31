/* Attacks that know people in clear. */
#include "attacks.h"

#include "base/arena.h"
#include "base/rng.h"
#include "link/normalise.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LETTERS = 27, BIGRAMS = 1024, TOP = 40, ANCHORS = 60, TURNS = 6 };

double attack_dictionary(const struct victim *v, const char *profile, int noise_percent, size_t people,
                         uint64_t key_number, struct arena *a)
{
    struct victim known;
    size_t found = 0;

    victim_make(&known, profile, noise_percent, VICTIM_NO_NOISE, v->seed, people, key_number, a);
    for (size_t i = 0; i < v->n; i++) {
        double best = -1.0;
        size_t who = 0;

        for (size_t k = 0; k < people; k++) {
            double sum = 0.0;

            for (size_t g = 0; g < v->x.groups; g++)
                if (v->x.group[g].bits)
                    sum += dice(filter_of(&v->x, g, i), filter_of(&known.x, g, k), v->x.group[g].bits);
            if (sum > best) {
                best = sum;
                who = k;
            }
        }
        found += who == i;
    }
    return (double)found / (double)v->n;
}

static void set_bit(uint64_t *out, size_t bit)
{
    out[bit / 64] |= (uint64_t)1 << bit % 64;
}

/* People in clear as sets of pairs of letters, of which the attacker need not know the key; with birth and
 * sex where they are in the same filter. */
static void clear_filter(uint64_t *out, const struct register_person *p, bool has_birth, struct arena *a)
{
    const char *names[] = {p->given, p->family};

    memset(out, 0, BIGRAMS / 8);
    for (size_t k = 0; k < 2; k++) {
        struct str word = text_loose(str_of(names[k]), a);

        for (size_t i = 0; i <= word.n; i++) {
            size_t x = i && word.p[i - 1] >= 'a' ? (size_t)(word.p[i - 1] - 'a') + 1 : 0;
            size_t y = i < word.n && word.p[i] >= 'a' ? (size_t)(word.p[i] - 'a') + 1 : 0;

            set_bit(out, x * LETTERS + y);
        }
    }
    if (!has_birth)
        return;
    set_bit(out, LETTERS * LETTERS + (size_t)p->birth.year % 200);
    set_bit(out, LETTERS * LETTERS + 200 + (size_t)p->birth.month);
    set_bit(out, LETTERS * LETTERS + 213 + (size_t)p->birth.day);
    set_bit(out, LETTERS * LETTERS + 246 + (p->sex == 'K'));
}

/* One side: who resembles whom, with the mean taken off and the spread made one. */
struct side {
    size_t n;
    float *like; /* n * n */
};

static void standardise(struct side *s)
{
    double sum = 0.0;
    double squares = 0.0;
    size_t cells = s->n * s->n;

    for (size_t i = 0; i < cells; i++) {
        sum += (double)s->like[i];
        squares += (double)s->like[i] * (double)s->like[i];
    }
    double mean = sum / (double)cells;
    double spread = sqrt(squares / (double)cells - mean * mean);
    for (size_t i = 0; i < cells; i++)
        s->like[i] = (float)(((double)s->like[i] - mean) / spread);
}

static struct side side_of(const uint64_t *filter, size_t words, size_t n, struct arena *a)
{
    struct side s = {.n = n, .like = arena_new(a, n * n, float)};

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            s.like[i * n + k] =
                (float)(i == k ? 0.0 : dice(filter + i * words, filter + k * words, words * 64));
    standardise(&s);
    return s;
}

static int descending(const void *x, const void *y)
{
    float a = *(const float *)x;
    float b = *(const float *)y;

    return (a < b) - (a > b);
}

/* What a person looks like without a name: the sorted resemblances to the nearest others, and the mean of
 * all. */
static void describe(const struct side *s, size_t i, float *out, struct arena *a)
{
    float *row = arena_new(a, s->n, float);
    double sum = 0.0;

    memcpy(row, s->like + i * s->n, s->n * sizeof *row);
    qsort(row, s->n, sizeof *row, descending);
    memcpy(out, row, TOP * sizeof *row);
    for (size_t k = 0; k < s->n; k++)
        sum += (double)row[k];
    out[TOP] = (float)(sum / (double)s->n * 20.0);
}

struct match {
    double sureness; /* how much nearer the best is than the second */
    size_t encoded, clear;
};

static int surer(const void *x, const void *y)
{
    double a = ((const struct match *)x)->sureness;
    double b = ((const struct match *)y)->sureness;

    return (a < b) - (a > b);
}

/* Matches each encoded person to the nearest in clear by `width` features of each side. */
static void match_all(const float *encoded, const float *clear, size_t n, size_t width, struct match *out)
{
    for (size_t i = 0; i < n; i++) {
        double best = INFINITY;
        double second = INFINITY;

        out[i] = (struct match){0.0, i, 0};
        for (size_t k = 0; k < n; k++) {
            double far = 0.0;

            for (size_t f = 0; f < width; f++) {
                double d = (double)encoded[i * width + f] - (double)clear[k * width + f];

                far += d * d;
            }
            if (far < best) {
                second = best;
                best = far;
                out[i].clear = k;
            } else if (far < second) {
                second = far;
            }
        }
        out[i].sureness = second > 0 ? 1.0 - best / second : 0.0;
    }
}

/* Resemblances to the anchors, which are the surest matches so far, are the features of the next turn. */
static void by_anchors(const struct side *encoded, const struct side *clear, struct match *match,
                       struct arena *a)
{
    size_t n = encoded->n;
    float *x = arena_new(a, n * ANCHORS, float);
    float *y = arena_new(a, n * ANCHORS, float);

    qsort(match, n, sizeof *match, surer);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < ANCHORS; k++) {
            x[i * ANCHORS + k] = encoded->like[i * n + match[k].encoded];
            y[i * ANCHORS + k] = clear->like[i * n + match[k].clear];
        }
    match_all(x, y, n, ANCHORS, match);
}

double attack_graph(const struct victim *v, double share_known, struct arena *a)
{
    size_t known = (size_t)(share_known * (double)v->n);
    uint64_t *clear = arena_new(a, v->n * (BIGRAMS / 64), uint64_t);
    struct match *match = arena_new(a, v->n, struct match);
    float *x = arena_new(a, v->n * (TOP + 1), float);
    float *y = arena_new(a, v->n * (TOP + 1), float);
    struct register_person other;
    size_t found = 0;

    for (size_t i = 0; i < v->n; i++) {
        register_person(&other, v->seed, v->n + i);
        clear_filter(clear + i * (BIGRAMS / 64), i < known ? &v->person[i] : &other, v->x.groups == 1, a);
    }
    struct side encoded = side_of(v->x.group[GROUP_NAMES].word, name_bits(v) / 64, v->n, a);
    struct side plain = side_of(clear, BIGRAMS / 64, v->n, a);
    for (size_t i = 0; i < v->n; i++) {
        describe(&encoded, i, x + i * (TOP + 1), a);
        describe(&plain, i, y + i * (TOP + 1), a);
    }
    match_all(x, y, v->n, TOP + 1, match);
    for (int turn = 0; turn < TURNS; turn++)
        by_anchors(&encoded, &plain, match, a);
    for (size_t i = 0; i < v->n; i++)
        found += match[i].encoded < known && match[i].clear == match[i].encoded;
    return (double)found / (double)known;
}

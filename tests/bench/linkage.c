/* What comparing costs: linkage RECORDS [BASELINE-ROWS]. Every kernel of this processor against the scalar
 * one of 64-bit words, on the same filters of 1,024 bits, at Dice >= 0.8: filters drawn at random with 690
 * bits set, from which no weight can be told, and the lists of a simulated register under the profile clk. As
 * JSON, CPU time. */
#include "../simulation/register.h"

#include "base/arena.h"
#include "base/number.h"
#include "base/rng.h"
#include "link/alike.h"
#include "link/encode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WORDS = 16, BITS = 64 * WORDS, SET = 690 };

static const double threshold = 0.8;

struct lists {
    struct filters a, b;
    size_t n;
};

static double seconds(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(enum status s, const struct err *e)
{
    if (s != OK)
        die("%s", e->what);
}

/* A filter with SET bits: all are set, and as many as that is too many are taken away. */
static void draw_filter(uint64_t *word, struct rng *r)
{
    memset(word, 0xFF, WORDS * sizeof *word);
    for (int left = BITS - SET; left > 0;) {
        size_t bit = (size_t)(rng_u64(r) % BITS);
        uint64_t mask = (uint64_t)1 << bit % 64;

        left -= (word[bit / 64] & mask) != 0;
        word[bit / 64] &= ~mask;
    }
}

/* One in ten of list b is of list a, with some bits moved. */
static struct lists random_lists(size_t n, struct arena *a)
{
    struct lists x = {
        {BITS, arena_new(a, n * WORDS, uint64_t)}, {BITS, arena_new(a, n * WORDS, uint64_t)}, n};
    struct rng r = rng_open(1, 0);

    for (size_t i = 0; i < n; i++) {
        draw_filter(x.a.word + i * WORDS, &r);
        draw_filter(x.b.word + i * WORDS, &r);
        if (i % 10 == 0) {
            memcpy(x.b.word + i * WORDS, x.a.word + i * WORDS, WORDS * sizeof *x.b.word);
            x.b.word[i * WORDS] = rng_u64(&r);
        }
    }
    return x;
}

static struct filters register_list(size_t n, uint64_t from, uint64_t list, struct arena *a)
{
    static const char json[] =
        "{\"lykta_schema\": 1, \"project\": \"x\", \"round\": \"1\", \"as_of\": \"2026-12-31\", "
        "\"profile\": \"clk\", \"noise_percent\": 5, \"fields\": [{\"kind\": \"name\", \"columns\": [\"förnamn\"]}, "
        "{\"kind\": \"name\", \"columns\": [\"efternamn\"]}, {\"kind\": \"birth_date\", \"columns\": [\"född\"]}, "
        "{\"kind\": \"sex\", \"columns\": [\"kön\"]}]}";
    struct schema *s = arena_new(a, 1, struct schema);
    struct encodings *people = arena_new(a, 1, struct encodings);
    unsigned char key[ENCODE_KEY_BYTES] = {1};
    unsigned char noise_key[ENCODE_KEY_BYTES] = {(unsigned char)(list + 1)};
    struct text csv = text_open(a);
    struct err e = {OK, ""};
    struct intake in;
    struct person p;
    bool has_person = true;

    text_add(&csv, str_of(register_header));
    for (uint64_t i = 0; i < n; i++)
        register_row(&csv, 1, from + i, list, &register_field);
    must(schema_read(s, "schema", str_of(json), a, &e), &e);
    encodings_new(people, s, n, a);
    struct encoder *encoder = encoder_open(s, key, noise_key, a);
    must(intake_open(&in, s, "list", text_str(&csv), a, &e), &e);
    for (size_t i = 0; i < n; i++) {
        must(intake_next(&in, a, &p, &has_person, &e), &e);
        encode_person(encoder, &p, i + 1, people, i);
    }
    return people->group[0];
}

/* Three people in ten are on both. */
static struct lists register_lists(size_t n, struct arena *a)
{
    return (struct lists){register_list(n, 0, 0, a), register_list(n, n - 3 * n / 10, 1, a), n};
}

/* Each pair by itself, 64 bits at a time: pairs a second, and how many pairs are found. */
static double baseline(const struct lists *x, size_t rows, size_t *found, struct arena *a)
{
    uint16_t *weight = arena_new(a, x->n, uint16_t);
    unsigned need[2 * BITS + 1];

    for (unsigned sum = 0; sum <= 2 * BITS; sum++)
        need[sum] = dice_need(threshold, sum);
    double began = seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (size_t j = 0; j < x->n; j++)
        weight[j] = (uint16_t)kernel_common(x->b.word + j * WORDS, x->b.word + j * WORDS, WORDS);
    *found = 0;
    for (size_t i = 0; i < rows; i++) {
        const uint64_t *row = x->a.word + i * WORDS;
        unsigned own = kernel_common(row, row, WORDS);

        for (size_t j = 0; j < x->n; j++)
            *found += kernel_common(row, x->b.word + j * WORDS, WORDS) >= need[own + weight[j]];
    }
    return (double)rows * (double)x->n / (seconds(CLOCK_PROCESS_CPUTIME_ID) - began);
}

/* The same by `kernel`, over all rows; *checked is how many of the pairs are of the first `rows`. */
static double sliced(const struct lists *x, const struct kernel *kernel, int threads, size_t rows,
                     size_t *checked, double *wall)
{
    struct alike_options o = {.threshold = threshold, .kernel = kernel, .threads = threads};
    struct arena *a = arena_open();
    struct alike_pairs pairs;
    struct err e = {OK, ""};
    double began = seconds(CLOCK_PROCESS_CPUTIME_ID);

    *wall = seconds(CLOCK_MONOTONIC);
    must(alike_find(&x->a, x->n, &x->b, x->n, &o, a, &pairs, &e), &e);
    *wall = seconds(CLOCK_MONOTONIC) - *wall;
    double rate = (double)x->n * (double)x->n / (seconds(CLOCK_PROCESS_CPUTIME_ID) - began);
    *checked = 0;
    while (*checked < pairs.n && pairs.pair[*checked].i < rows)
        ++*checked;
    arena_close(a);
    return rate;
}

static void measure(const char *name, const struct lists *x, size_t rows, struct arena *a)
{
    const struct kernel *all[KERNELS_MAX];
    size_t n = kernels(all);
    size_t expected = 0;
    double scalar = baseline(x, rows, &expected, a);

    printf(" \"%s\": {\"records\": %zu, \"baseline_rows\": %zu, \"pairs_of_these_rows\": %zu, "
           "\"baseline_pairs_s\": %.3g",
           name, x->n, rows, expected, scalar);
    for (size_t k = 0; k < n; k++) {
        size_t found = 0;
        double wall;
        double rate = sliced(x, all[k], 1, rows, &found, &wall);

        printf(",\n  \"%s\": {\"pairs_s\": %.3g, \"times_the_baseline\": %.1f, \"same_pairs\": %s}",
               all[k]->name, rate, rate / scalar, found == expected ? "true" : "false");
    }
    printf("}");
}

struct rare {
    uint32_t n;
    uint16_t bit;
};

static int rarest_first(const void *x, const void *y)
{
    const struct rare *a = x;
    const struct rare *b = y;

    return a->n != b->n ? (a->n > b->n) - (a->n < b->n) : (a->bit > b->bit) - (a->bit < b->bit);
}

/* The bits of list b, the rarest first. */
static struct rare *rare_bits(const struct lists *x, struct arena *a)
{
    struct rare *rare = arena_new(a, BITS, struct rare);

    for (size_t bit = 0; bit < BITS; bit++) {
        rare[bit].bit = (uint16_t)bit;
        for (size_t j = 0; j < x->n; j++)
            rare[bit].n += x->b.word[j * WORDS + bit / 64] >> bit % 64 & 1U;
    }
    qsort(rare, BITS, sizeof *rare, rarest_first);
    return rare;
}

/* How many bits of `row`, the rarest first, must be looked at until `other` lacks too many for the threshold.
 */
static size_t bits_needed(const uint64_t *row, const uint64_t *other, const struct rare *rare)
{
    unsigned own = kernel_common(row, row, WORDS);
    unsigned lacks = own - dice_need(threshold, own + kernel_common(other, other, WORDS));
    size_t looked = 0;

    for (size_t k = 0; k < BITS; k++) {
        size_t bit = rare[k].bit;

        if (!(row[bit / 64] >> bit % 64 & 1U))
            continue;
        looked++;
        if (!(other[bit / 64] >> bit % 64 & 1U) && lacks-- == 0)
            break;
    }
    return looked;
}

/* What any bound that looks at bits costs: a pair by itself, and 512 together until the last is given up. */
static void measure_bound(const struct lists *x, struct arena *a)
{
    enum { SAMPLE = 100 };
    const struct rare *rare = rare_bits(x, a);
    double of_pair = 0.0;
    double of_block = 0.0;
    double of_row = 0.0;

    for (size_t i = 0; i < SAMPLE; i++) {
        const uint64_t *row = x->a.word + i * (x->n / SAMPLE) * WORDS;
        size_t most = 0;

        for (size_t j = 0; j < KERNEL_LANES; j++) {
            size_t n = bits_needed(row, x->b.word + (i * 7919 + j) % x->n * WORDS, rare);

            of_pair += (double)n / (SAMPLE * KERNEL_LANES);
            most = n > most ? n : most;
        }
        of_block += (double)most / SAMPLE;
        of_row += (double)kernel_common(row, row, WORDS) / SAMPLE;
    }
    printf(",\n \"bits_looked_at\": {\"of\": %.0f, \"until_a_pair_is_given_up\": %.0f, "
           "\"until_512_are\": %.0f}",
           of_row, of_pair, of_block);
}

static void measure_threads(const struct lists *x)
{
    size_t found;
    double wall[2];
    double rate[2];

    for (int t = 0; t < 2; t++)
        rate[t] = sliced(x, NULL, t + 1, 0, &found, &wall[t]);
    printf(",\n \"two_threads\": {\"wall_s_one\": %.2f, \"wall_s_two\": %.2f, \"times\": %.2f, "
           "\"cpu_of_two_beside_one\": %.2f}",
           wall[0], wall[1], wall[0] / wall[1], rate[0] / rate[1]);
}

int main(int argc, char **argv)
{
    int64_t records = 0;
    int64_t rows = 1000;
    struct arena *a = arena_open();

    if (argc < 2 || argc > 3 || !i64_from_str(str_of(argv[1]), 10, 1000000, &records) ||
        (argc == 3 && !i64_from_str(str_of(argv[2]), 1, records, &rows))) {
        fputs("usage: linkage RECORDS [BASELINE-ROWS]\n", stderr);
        return 2;
    }
    struct lists random = random_lists((size_t)records, a);
    struct lists real = register_lists((size_t)records, a);
    puts("{");
    measure("690 bits at random", &random, (size_t)rows, a);
    puts(",");
    measure("simulated register, profile clk", &real, (size_t)rows, a);
    measure_bound(&real, a);
    measure_threads(&random);
    puts("\n}");
    arena_close(a);
    return 0;
}

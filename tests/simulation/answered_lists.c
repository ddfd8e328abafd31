/* Lists whose truth is known, linked, and linked again with the answers of owners who know it, or are wrong
 * now and then: do answers better the links, and the number of matches that is told? As CSV: two rows for
 * each two lists of each run, without answers and with them. usage: answered_lists FEBRL-FOLDER SEED
 * [DESIGN]; or --check FEBRL-FOLDER, a few small ones */
#include "encoded.h"
#include "known_lists.h"
#include "register.h"

#include "base/arena.h"
#include "base/number.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "link/linkage.h"
#include "link/sample.h"

#include <stdio.h>
#include <string.h>

enum { MOST_RUNS = 20, DRAWS = 100, ASKED = 100 };

static const struct known_design designs[] = {
    {"febrl, names and birth", "grouped", KNOWN_NAMES, NULL, 20, 2, {1000, 1000}, 50, 0},
    {"febrl, names and birth", "grouped", KNOWN_NAMES, NULL, 20, 2, {1000, 1000}, 300, 0},
    {"febrl, names and birth", "grouped", KNOWN_NAMES, NULL, 20, 2, {1000, 1000}, 1000, 0},
    {"case lists", "grouped", REGISTER_FIELDS REGISTER_PLACES, &register_field, 20, 2, {1000, 1000}, 50, 0},
    {"case lists", "grouped", REGISTER_FIELDS REGISTER_PLACES, &register_field, 20, 2, {1000, 1000}, 300, 0},
    {"case lists", "grouped", REGISTER_FIELDS REGISTER_PLACES, &register_field, 20, 2, {1000, 1000}, 1000, 0},
    {"case lists",
     "grouped",
     REGISTER_FIELDS REGISTER_PLACES,
     &register_field,
     10,
     3,
     {400, 300, 200},
     0,
     1000},
    {"febrl, names and birth, clk", "clk", KNOWN_NAMES, NULL, 10, 2, {1000, 1000}, 300, 0},
};

enum { DESIGNS = sizeof designs / sizeof designs[0] };

/* What is told of two lists. */
struct told {
    int64_t truth, links, right;
    double matches, low, high;
};

struct both {
    struct told before[KNOWN_MOST_LISTS][KNOWN_MOST_LISTS], after[KNOWN_MOST_LISTS][KNOWN_MOST_LISTS];
    struct sample_share precision, recall; /* of the linkage before, by the answers */
    bool is_refused;
};

struct run {
    const struct known_design *design;
    const struct known_file *febrl; /* two of them */
    uint64_t seed;
    double wrong; /* share of answers */
    struct both both[MOST_RUNS];
};

/* Those who own the lists of one run. */
struct owners {
    const struct known_design *design;
    const struct known_list *list;
    struct rng rng;
    double wrong;
    struct arena *a;
    struct both *out;
};

static void tell(const struct known_list *list, const struct linkage *x, size_t i, size_t j, struct told *out)
{
    const struct linkage_overlap *o = &x->overlap[i][j];

    *out = (struct told){.matches = o->matches, .low = o->low, .high = o->high};
    for (size_t k = 0; k < list[i].n; k++)
        for (size_t m = 0; m < list[j].n; m++)
            out->truth += list[i].person[k] == list[j].person[m];
    for (size_t k = 0; k < x->links; k++) {
        const struct linkage_link *link = &x->link[k];

        if (link->list_a != i || link->list_b != j)
            continue;
        out->links++;
        out->right += list[i].person[link->i] == list[j].person[link->j];
    }
}

static void tell_all(const struct owners *x, const struct linkage *found,
                     struct told told[KNOWN_MOST_LISTS][KNOWN_MOST_LISTS])
{
    for (size_t i = 0; i < x->design->lists; i++)
        for (size_t j = i + 1; j < x->design->lists; j++)
            tell(x->list, found, i, j, &told[i][j]);
}

/* The questions with an answer to each, but those in `empty`. */
static struct str answers_to(const struct sample *x, const struct known_list *list, const bool *is_wrong,
                             const bool *is_empty, struct arena *a)
{
    struct text questions = text_open(a);
    struct text out = text_open(a);
    struct str line;
    struct str rest;

    sample_csv(&questions, x);
    str_cut(text_str(&questions), '\n', &line, &rest);
    text_format(&out, "%.*s\n", STR(line));
    for (size_t k = 0; k < x->n; k++) {
        const struct linkage_link *pair = x->pair[k];
        bool is_same = list[pair->list_a].person[pair->i] == list[pair->list_b].person[pair->j];

        str_cut(rest, '\n', &line, &rest);
        text_format(&out, "%.*s%s\n", STR(line), is_empty[k] ? "" : is_same != is_wrong[k] ? "yes" : "no");
    }
    return text_str(&out);
}

/* Owners whose answers cannot all be true leave empty what they are told of, as the program asks them to. */
static enum status answer(void *owners, const struct linkage *first, struct linkage_answers *out,
                          struct err *e)
{
    struct owners *x = owners;
    struct sample asked;
    bool is_wrong[ASKED] = {false};
    bool is_empty[ASKED] = {false};
    size_t number = 0;

    for (size_t k = 0; k < ASKED; k++)
        is_wrong[k] = rng_unit(&x->rng) < x->wrong;
    tell_all(x, first, x->out->before);
    for (;;) {
        sample_draw(&asked, first, ASKED, 1, x->a);
        if (sample_read(&asked, "a", answers_to(&asked, x->list, is_wrong, is_empty, x->a), x->a, e) == OK)
            break;
        if (sscanf(e->what, "a: number %zu cannot", &number) != 1 || number > ASKED || is_empty[number - 1])
            return e->status;
        is_empty[number - 1] = true;
    }
    x->out->precision = sample_precision(&asked);
    x->out->recall = sample_recall(&asked);
    sample_answers(&asked, out, x->a);
    return OK;
}

static void run_one(void *work, size_t number)
{
    struct run *run = work;
    const struct known_design *d = run->design;
    struct arena *a = arena_open();
    struct known_list list[KNOWN_MOST_LISTS] = {{0}};
    struct linkage_list linked[KNOWN_MOST_LISTS];
    struct linkage found;
    struct err e = {OK, ""};
    const uint64_t seed = run->seed * 1000 + number;
    struct owners owners = {d, list, rng_open(seed, 0x6F776E), run->wrong, a, &run->both[number]};
    const struct linkage_options o = {.profile =
                                          strcmp(d->profile, "clk") == 0 ? PROFILE_CLK : PROFILE_GROUPED,
                                      .noise_percent = 5,
                                      .imputations = DRAWS,
                                      .seed = seed,
                                      .threads = 1,
                                      .with_others = true,
                                      .ask = answer,
                                      .owners = &owners};

    known_lists_make(d, run->febrl, seed, list, a);
    for (size_t l = 0; l < d->lists; l++)
        linked[l] = (struct linkage_list){str_of(arena_printf(a, "list%zu", l + 1)), &list[l].people};
    enum status s = linkage_run(linked, d->lists, &o, a, &found, &e);
    run->both[number].is_refused = s == REFUSED;
    if (s == OK)
        tell_all(&owners, &found, run->both[number].after);
    else if (s != REFUSED)
        die("%s", e.what);
    arena_close(a);
}

static struct run *run_design(const struct known_design *d, const struct known_file *febrl, uint64_t seed,
                              double wrong, struct arena *a)
{
    struct run *run = arena_new(a, 1, struct run);

    *run = (struct run){.design = d, .febrl = febrl, .seed = seed, .wrong = wrong};
    parallel_for(d->runs, 0, run_one, run, NULL);
    return run;
}

static void print_told(const struct run *run, size_t number, size_t i, size_t j, const char *answers,
                       const struct told *t)
{
    const struct known_design *d = run->design;
    const struct both *b = &run->both[number];

    printf("\"%s\",%zu,%zu,%zu,%zu,%g,%zu,%s,%lld,%lld,%lld,%.1f,%.1f,%.1f,%.6f,%.6f,%.6f,%.6f,%.6f,%.6f\n",
           d->name, d->lists, d->size[i], d->size[j], d->people ? d->people : d->both, run->wrong, number + 1,
           answers, (long long)t->truth, (long long)t->links, (long long)t->right, t->matches, t->low,
           t->high, b->precision.share, b->precision.low, b->precision.high, b->recall.share, b->recall.low,
           b->recall.high);
}

static void print_designs(const struct known_file *febrl, uint64_t seed, const char *only, struct arena *a)
{
    static const double wrong[] = {0.0, 0.05};

    puts(
        "design,lists,planned_a,planned_b,both_or_people,wrong,run,answers,true,links,right,matches,low,high,"
        "precision,precision_low,precision_high,recall,recall_low,recall_high");
    for (size_t d = 0; d < 2 * (size_t)DESIGNS; d++) {
        if (only && strcmp(only, designs[d / 2].name) != 0)
            continue;
        const struct run *run = run_design(&designs[d / 2], febrl, seed, wrong[d % 2], a);

        for (size_t n = 0; n < run->design->runs; n++)
            for (size_t i = 0; i < run->design->lists; i++)
                for (size_t j = i + 1; j < run->design->lists && !run->both[n].is_refused; j++) {
                    print_told(run, n, i, j, "0", &run->both[n].before[i][j]);
                    print_told(run, n, i, j, "100", &run->both[n].after[i][j]);
                }
        fflush(stdout);
    }
}

/* Of small linkages: is a tenth of the links that are wrong or missed without answers right with them? */
static int check(const struct known_file *febrl)
{
    static const struct known_design small[] = {
        {"febrl", "grouped", KNOWN_NAMES, NULL, 3, 2, {400, 400}, 100, 0},
        {"three", "grouped", REGISTER_FIELDS REGISTER_PLACES, &register_field, 2, 3, {200, 150, 100}, 0, 300},
    };
    struct arena *a = arena_open();
    int worse = 0;

    for (size_t d = 0; d < sizeof small / sizeof small[0]; d++) {
        const struct run *run = run_design(&small[d], febrl, 1, 0.0, a);
        int64_t errors[2] = {0, 0};

        for (size_t n = 0; n < small[d].runs; n++)
            for (size_t i = 0; i < small[d].lists; i++)
                for (size_t j = i + 1; j < small[d].lists; j++) {
                    const struct told *before = &run->both[n].before[i][j];
                    const struct told *after = &run->both[n].after[i][j];

                    errors[0] += before->truth + before->links - 2 * before->right;
                    errors[1] += after->truth + after->links - 2 * after->right;
                }
        printf("%s: %lld links wrong or missed, %lld with answers\n", small[d].name, (long long)errors[0],
               (long long)errors[1]);
        worse += errors[1] * 10 > errors[0] * 9;
    }
    arena_close(a);
    return worse == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
    bool is_check = argc == 3 && strcmp(argv[1], "--check") == 0;
    int64_t seed = 0;
    int status = 0;

    if (!is_check && (argc < 3 || argc > 4 || !i64_from_str(str_of(argv[2]), 0, INT32_MAX, &seed))) {
        fputs("usage: answered_lists FEBRL-FOLDER SEED [DESIGN] | --check FEBRL-FOLDER\n", stderr);
        return 2;
    }
    struct arena *a = arena_open();
    struct known_file *febrl = arena_new(a, 2, struct known_file);
    known_lists_read(febrl, is_check ? argv[2] : argv[1], a);
    if (is_check)
        status = check(febrl);
    else
        print_designs(febrl, (uint64_t)seed, argc == 4 ? argv[3] : NULL, a);
    arena_close(a);
    return status;
}

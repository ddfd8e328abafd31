/* What a report costs: report page RELEASE [EARLIER ...] draws the page and the workbook again and again;
 * report publish FOLDER YEAR HISTORIES NAMES ... publishes the mappings one after the other in a new city in
 * FOLDER, a mapping of the year before it as a version of that, and measures the last. Prints JSON. Built and
 * run by report_bench.py. */
#include "release/report.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/number.h"
#include "mapping/mapping.h"
#include "public/report_html.h"
#include "release/propose.h"
#include "release/release.h"
#include "release/release_audit.h"
#include "release/series.h"
#include "release/standing.h"
#include "store/city.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { DRAWINGS = 201 };

static double ms_of(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double now_ms(void)
{
    return ms_of(CLOCK_MONOTONIC);
}

static void must(enum status s, const struct err *e)
{
    if (s == OK)
        return;
    fprintf(stderr, "report: %s\n", e->what);
    exit(1);
}

static int in_order(const void *left, const void *right)
{
    const double *a = left;
    const double *b = right;

    return (*a > *b) - (*a < *b);
}

/* Median and slowest of DRAWINGS, and how many bytes it is. */
static void draw(const char *name, const struct release *r, const struct series *s,
                 enum status (*write)(const struct release *, const struct series *, struct text *,
                                      struct err *))
{
    double ms[DRAWINGS];
    size_t bytes = 0;
    struct err e;

    for (size_t i = 0; i < DRAWINGS; i++) {
        struct arena *a = arena_open();
        struct text out = text_open(a);
        const double begun = now_ms();

        must(write(r, s, &out, &e), &e);
        ms[i] = now_ms() - begun;
        bytes = out.n;
        arena_close(a);
    }
    qsort(ms, DRAWINGS, sizeof *ms, in_order);
    printf("\"%s\": {\"bytes\": %zu, \"median_ms\": %.3f, \"slowest_ms\": %.3f}", name, bytes,
           ms[DRAWINGS / 2], ms[DRAWINGS - 1]);
}

static void draw_all(int n, char **paths, struct arena *a)
{
    struct release *r = arena_new(a, 1 + SERIES_EARLIER, struct release);
    struct series *s = arena_new(a, 1, struct series);
    const struct release *earlier[SERIES_EARLIER];
    struct err e;

    for (int i = 0; i < n && i <= SERIES_EARLIER; i++) {
        must(release_read(paths[i], S(""), a, &r[i], &e), &e);
        if (i)
            earlier[i - 1] = &r[i];
    }
    series_make(r, earlier, (size_t)n - 1, a, s);
    printf("{");
    draw("html", r, n > 1 ? s : NULL, report_html);
    printf(", ");
    draw("xlsx", r, n > 1 ? s : NULL, report_xlsx);
    printf("}\n");
}

/* One of the mappings to publish: of the same year as the one before it, a version of it. */
struct step {
    int year;
    struct str histories, names;
    struct str release; /* its name, once it is published */
};

struct publishing {
    struct city *city;
    size_t n;
    struct step *step; /* the last is the one that is measured */
    struct arena *arena;
};

/* In `a`; *m is what release_publish and release_correct want beside it. */
static struct release *propose(const struct publishing *p, const struct step *step, struct arena *a,
                               struct mapping **m)
{
    struct proposal how = {.histories_name = "histories",
                           .histories = step->histories,
                           .names_name = "names",
                           .names = step->names,
                           .estimate = estimate_options_default(),
                           .now_at = 2000};
    struct release *r = arena_new(a, 1, struct release);
    struct err e;

    *m = arena_new(a, 1, struct mapping);
    **m = (struct mapping){.first_year = step->year,
                           .last_year = step->year,
                           .title_sv = S("Mätning"),
                           .title_en = S("Measurement"),
                           .people_sv = S("påhittade personer"),
                           .people_en = S("invented persons"),
                           .source_sv = S("Slumpade listor."),
                           .source_en = S("Lists by chance."),
                           .is_example = true};
    how.estimate.threads = 1;
    must(release_propose(p->city, &how, *m, a, r, &e), &e);
    return r;
}

/* As a version of the one before; empty: the first. */
static void publish(const struct publishing *p, struct release *r, struct mapping *m, struct str corrects,
                    struct arena *a)
{
    const struct who who = {.name = "bench", .now_at = 2000};
    const struct release_correction why = {corrects, S("En mätning.")};
    struct err e;

    if (corrects.n)
        must(release_correct(p->city, m, r, &why, &who, a, &e), &e);
    else
        must(release_publish(p->city, m, r, &who, a, &e), &e);
}

/* What counts the same people is attacked together, as the portal does; another year by itself. */
static void audit_beside(const struct publishing *p, const struct release *r, const struct step *step)
{
    struct arena *a = arena_open();
    struct release *earlier = arena_new(a, 1, struct release);
    bool is_same = step->year == r->mapping.first_year;
    struct release_audit found;
    struct err e;

    must(release_read(release_path(p->city, step->release, a), S(""), a, earlier, &e), &e);
    must(release_audit(is_same ? r : earlier, is_same ? earlier : NULL, NULL, a, &found, &e), &e);
    if (found.exposed)
        must(err_set(&e, REFUSED, "a figure is exposed"), &e);
    arena_close(a);
}

/* The release that step `i` corrects; empty: it is the first of its year. */
static struct str corrected_by(const struct publishing *p, size_t i)
{
    return i > 0 && p->step[i].year == p->step[i - 1].year ? p->step[i - 1].release : S("");
}

static void publish_earlier(const struct publishing *p)
{
    for (size_t i = 0; i + 1 < p->n; i++) {
        struct arena *a = arena_open();
        struct mapping *m = NULL;
        struct release *r = propose(p, &p->step[i], a, &m);

        publish(p, r, m, corrected_by(p, i), a);
        p->step[i].release = str_copy(r->name, p->arena);
        arena_close(a);
    }
}

struct moment {
    double wall_ms, cpu_ms;
};

static struct moment moment(void)
{
    return (struct moment){now_ms(), ms_of(CLOCK_PROCESS_CPUTIME_ID)};
}

static void tell(const char *name, struct moment from, struct moment to)
{
    printf("\"%s\": {\"wall_s\": %.2f, \"cpu_s\": %.2f}, ", name, (to.wall_ms - from.wall_ms) / 1e3,
           (to.cpu_ms - from.cpu_ms) / 1e3);
}

/* Worked out, then audited beside every earlier version as the portal does before anybody approves, then
 * published, which audits it once more. */
static void publish_all(const struct publishing *p)
{
    const size_t n = p->n - 1;
    struct mapping *m = NULL;
    struct rusage used;

    publish_earlier(p);
    const struct moment begun = moment();
    struct release *r = propose(p, &p->step[n], p->arena, &m);
    const struct moment proposed = moment();
    for (size_t i = 0; i < n; i++)
        audit_beside(p, r, &p->step[i]);
    const struct moment audited = moment();
    publish(p, r, m, corrected_by(p, n), p->arena);
    const struct moment published = moment();
    getrusage(RUSAGE_SELF, &used);
    printf("{\"earlier\": %zu, ", n);
    tell("propose", begun, proposed);
    tell("audit", proposed, audited);
    tell("publish", audited, published);
    tell("all", begun, published);
    printf("\"peak_mb\": %.0f}\n", (double)used.ru_maxrss / 1024);
}

static void open_city(struct publishing *p, const char *folder)
{
    const char *path = arena_printf(p->arena, "%s/city", folder);
    const struct city_make make = {.municipality = S("1281"), .who = {.name = "bench", .now_at = 1000}};
    struct err e;

    must(city_init(path, &make, &e), &e);
    must(city_open(path, DB_WRITE, &p->city, &e), &e);
}

/* From the arguments YEAR HISTORIES NAMES, again and again. */
static void read_steps(struct publishing *p, size_t n, char **arguments)
{
    int64_t year = 0;
    struct err e;

    p->n = n;
    p->step = arena_new(p->arena, n, struct step);
    for (size_t i = 0; i < n; i++) {
        if (!i64_from_str(str_of(arguments[3 * i]), 1, 9999, &year))
            die("%s is no year", arguments[3 * i]);
        p->step[i].year = (int)year;
        must(file_read(arguments[3 * i + 1], 1 << 24, p->arena, &p->step[i].histories, &e), &e);
        must(file_read(arguments[3 * i + 2], 1 << 20, p->arena, &p->step[i].names, &e), &e);
    }
}

int main(int argc, char **argv)
{
    struct publishing p = {.arena = arena_open()};

    if (argc >= 3 && strcmp(argv[1], "page") == 0) {
        draw_all(argc - 2, argv + 2, p.arena);
    } else if (argc >= 6 && argc % 3 == 0 && strcmp(argv[1], "publish") == 0) {
        open_city(&p, argv[2]);
        read_steps(&p, (size_t)(argc - 3) / 3, argv + 3);
        publish_all(&p);
        city_close(p.city);
    } else {
        fprintf(stderr, "usage: report page RELEASE [EARLIER ...] | "
                        "report publish FOLDER YEAR HISTORIES NAMES [YEAR HISTORIES NAMES ...]\n");
        return USAGE;
    }
    arena_close(p.arena);
    return OK;
}

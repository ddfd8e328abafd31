/* Releases of invented towns. */
#include "towns.h"

#include "base/arena.h"
#include "base/err.h"
#include "release/bundle.h"
#include "release/release_files.h"
#include "store/keys.h"

#include <inttypes.h>
#include <string.h>

#include <sodium.h>

static struct key key_of(const char *municipality, uint8_t other)
{
    struct key key = {{other}};

    memcpy(key.bytes + 1, municipality, strlen(municipality));
    return key;
}

static struct release_figure figure(int64_t people, int64_t spread, struct arena *a)
{
    const char *shown = arena_printf(a, "cirka %" PRId64, people);

    return (struct release_figure){.people = people,
                                   .lo = people > spread ? people - spread : 0,
                                   .hi = people + spread,
                                   .sv = str_of(shown),
                                   .en = str_of(shown)};
}

static struct release_table table(const char *code, const struct label *row, const int64_t *people,
                                  struct arena *a)
{
    struct release_table t = {.label = {str_of(code), str_of(code), str_of(code)},
                              .n = 2,
                              .row = arena_new(a, 2, struct release_row)};

    for (size_t i = 0; i < 2; i++)
        t.row[i] = (struct release_row){.label = row[i], .figure = figure(people[i], 4, a)};
    return t;
}

static void set_estimate(const struct town *town, struct release *r)
{
    struct release_estimate *e = &r->estimate;

    e->answer = town->answer;
    e->method = str_of(town->method ? town->method : "stepwise");
    e->interval = S("bca");
    e->nhat = RELEASE_UNKNOWN;
    for (size_t i = 0; i < 2; i++)
        e->ci95[i] = e->ci80[i] = e->range[i] = RELEASE_UNKNOWN;
    if (town->answer == RELEASE_POINT) {
        e->nhat = town->nhat ? town->nhat : 300;
        e->ci95[0] = e->ci80[0] = town->nhat ? town->lo : 200;
        e->ci95[1] = e->ci80[1] = town->nhat ? town->hi : 500;
        return;
    }
    e->reason = (struct release_note){S("few"), S("För få."), S("Too few.")};
    if (town->answer == RELEASE_RANGE) {
        e->range[0] = town->lo;
        e->range[1] = town->hi;
    }
}

/* One dimension: everybody, women, men. */
static struct str cube_csv(int64_t women, int64_t men, struct arena *a)
{
    const struct release_figure all = figure(women + men, 10, a);
    const struct release_figure w = figure(women, 4, a);
    const struct release_figure m = figure(men, 4, a);

    return str_of(arena_printf(a,
                               "gender,people,lo,hi,shown_sv,shown_en\nTotal,%" PRId64 ",%" PRId64 ",%" PRId64
                               ",a,a\nwoman,%" PRId64 ",%" PRId64 ",%" PRId64 ",a,a\nman,%" PRId64 ",%" PRId64
                               ",%" PRId64 ",a,a\n",
                               all.people, all.lo, all.hi, w.people, w.lo, w.hi, m.people, m.lo, m.hi));
}

static void make(const struct town *town, struct arena *a, struct release *r)
{
    const int64_t seen = town->seen ? town->seen : 100;
    const int64_t women = town->women ? town->women : 60;
    const int year = town->year ? town->year : 2025;
    struct mapping *m = &r->mapping;
    const struct label genders[2] = {{S("woman"), S("Kvinnor"), S("Women")}, {S("man"), S("Män"), S("Men")}};

    r->name = str_of(arena_printf(a, "%s-%d", town->municipality, year));
    r->city = str_of(arena_printf(a, "Ort %s (exempel)", town->municipality));
    r->municipality = str_of(town->municipality);
    r->published_at = town->published_at ? town->published_at : 1000;
    r->program = S("0.1.0");
    m->first_year = m->last_year = year;
    m->is_example = !town->is_real;
    m->title_sv = m->title_en = S("Kartläggning");
    m->people_sv = m->people_en = str_of(town->people ? town->people : "personer");
    m->source_sv = m->source_en = S("Invented");
    m->lists = 2;
    m->list[0] = (struct label){S("A"), S("Polisen"), S("The police")};
    m->list[1] = (struct label){S("B"), str_of(town->list ? town->list : "Socialtjänsten"), S("Services")};
    r->seen = figure(seen, 10, a);
    set_estimate(town, r);
    r->protection =
        (struct release_protection){S("frozen-cube"), S("standard"), town->base ? town->base : 5, 10};
    r->tables = 2;
    r->table[0] = table("lists", m->list, (const int64_t[]){70, 50}, a);
    r->table[1] = table("gender", genders, (const int64_t[]){women, seen - women}, a);
    r->cube_csv = cube_csv(women, seen - women, a);
}

/* As a program of another time would have written it. */
static struct str in_format(struct str manifest, char format, struct arena *a)
{
    static const char mark[] = "lykta-release 1";
    char *other = arena_cstr(a, manifest.p, manifest.n);
    char *found = strstr(other, mark);

    if (!found)
        die("the manifest names no format");
    found[sizeof mark - 2] = format;
    return (struct str){other, manifest.n};
}

struct str town_publish(const struct town *town, const char *path, struct arena *a)
{
    struct release *r = arena_new(a, 1, struct release);
    struct bundle *b = arena_new(a, 1, struct bundle);
    const struct key key = key_of(town->municipality, town->key);
    struct err e;

    make(town, a, r);
    release_files(r, a, b);
    if (town->format)
        b->manifest = in_format(b->manifest, town->format, a);
    if (bundle_write(b, path, &key, a, &e) != OK)
        die("%s", e.what);
    return b->public_key;
}

struct str town_key(const char *municipality, struct arena *a)
{
    const struct key key = key_of(municipality, 0);
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES];
    unsigned char secret[crypto_sign_SECRETKEYBYTES];
    char *hex = arena_new(a, BUNDLE_KEY_HEX + 1, char);

    crypto_sign_seed_keypair(public_key, secret, key.bytes);
    sodium_bin2hex(hex, BUNDLE_KEY_HEX + 1, public_key, sizeof public_key);
    return (struct str){hex, BUNDLE_KEY_HEX};
}

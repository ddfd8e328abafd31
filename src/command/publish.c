/* lykta publish: from capture histories to a signed release. */
#include "command/command.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"
#include "programme/programme.h"
#include "publishing/situations_table.h"
#include "release/propose.h"
#include "release/release.h"
#include "store/city.h"

#include <time.h>

static enum status run(const struct call *call, struct err *e);
static enum status read_texts(const struct call *call, struct mapping *m, struct err *e);
static enum status read_proposal(const struct call *call, struct proposal *p, struct err *e);
static enum status publish(const struct call *call, struct city *city, struct mapping *m,
                           const struct proposal *p, struct err *e);

static const struct option options[] = {
    {"--period", "YEARS", "The year or years that were counted, as 2025 or 2023-2025 (needed)"},
    {"--title", "TEXT", "The mapping's title in Swedish (needed)"},
    {"--title-en", "TEXT", "The title in English (needed)"},
    {"--people", "TEXT", "Who is counted, in Swedish (möjliga offer för människohandel)"},
    {"--people-en", "TEXT", "Who is counted, in English (potential victims of human trafficking)"},
    {"--source", "TEXT", "Whose lists they are, in Swedish (Myndigheters och organisationers listor)"},
    {"--source-en", "TEXT", "Whose lists they are, in English (The lists of agencies and organisations)"},
    {"--names", "NAMES.csv",
     "What lists and categories are called: code,sv,en; code is LIST, COLUMN or COLUMN=CATEGORY. For areas "
     "a fourth column, residents: an area has at least 5,000, and 20 people shown"},
    {"--base", "N", "Round counts to multiples of N, 5 to 100 (5)"},
    {"--seed", "N", "Seed of the estimate's bootstrap (1)"},
    {"--threads", "N", "Threads, 0 for one per processor (0); the result is the same for any number"},
    {"--example", NULL,
     "The data are from elsewhere and say nothing about the city: every page will say so; latent classes, "
     "which take up to a minute, are not tried"},
    {"--approve", NULL, "Publish; without it, what would be published is shown and nothing is changed"},
    {NULL, NULL, NULL},
};

const struct command command_publish = {
    .name = "publish",
    .arguments = "DIR HISTORIES.csv",
    .summary = "Publish a mapping as a protected, signed release",
    .about =
        "Reads how many people are on which combination of lists, estimates how many are on none, "
        "rounds every\n"
        "count so that no person can be pointed out, and shows what would be published. With --approve "
        "it is\n"
        "then published: a signed folder in DIR/files/releases, a row in the city's ledger and a line "
        "in its\n"
        "audit log. The exact counts are not stored.\n\n"
        "A period is published once: two roundings of the same people tell more than one.\n\n"
        "Whoever runs the command decides alone. In the portal (lykta serve) a second person must approve.",
    .examples = "  lykta publish lund histories.csv --period 2025 --title \"Kartläggning 2025\" --title-en "
                "\"Mapping 2025\"\n"
                "  lykta publish lund histories.csv --period 2025 --title \"Kartläggning 2025\" --title-en "
                "\"Mapping 2025\" "
                "--names names.csv --approve",
    .least = 2,
    .most = 2,
    .options = options,
    .run = run,
};

static enum status run(const struct call *call, struct err *e)
{
    struct mapping *m = arena_new(call->arena, 1, struct mapping);
    struct proposal p = {.histories_name = call->arguments[1]};
    struct city *city = NULL;

    TRY(read_texts(call, m, e));
    TRY(read_proposal(call, &p, e));
    p.wanted = (struct evidence_wanted){.methods = true, .slow = !m->is_example};
    TRY(city_open(call->arguments[0], DB_WRITE, &city, e));
    enum status s = publish(call, city, m, &p, e);
    city_close(city);
    return s;
}

static struct str text_option(const struct call *call, const char *name, const char *otherwise)
{
    const char *value = call_option(call, name);

    return str_of(value ? value : otherwise);
}

static enum status read_texts(const struct call *call, struct mapping *m, struct err *e)
{
    static const char *const needed[] = {"--period", "--title", "--title-en"};

    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!call_has(call, needed[i]))
            return err_set(e, USAGE, "lykta publish: %s is needed; see lykta help publish", needed[i]);
    m->title_sv = text_option(call, "--title", NULL);
    m->title_en = text_option(call, "--title-en", NULL);
    m->people_sv = text_option(call, "--people", "möjliga offer för människohandel");
    m->people_en = text_option(call, "--people-en", "potential victims of human trafficking");
    m->source_sv = text_option(call, "--source", "Myndigheters och organisationers listor");
    m->source_en = text_option(call, "--source-en", "The lists of agencies and organisations");
    m->is_example = call_has(call, "--example");
    return mapping_period(m, text_option(call, "--period", NULL), e);
}

static enum status read_proposal(const struct call *call, struct proposal *p, struct err *e)
{
    int64_t seed = (int64_t)estimate_options_default().seed;
    int64_t threads = 0;

    p->estimate = estimate_options_default();
    TRY(call_i64(call, "--seed", 0, INT64_MAX, &seed, e));
    TRY(call_i64(call, "--threads", 0, 256, &threads, e));
    TRY(call_i64(call, "--base", 5, 100, &p->base, e));
    p->estimate.seed = (uint64_t)seed;
    p->estimate.threads = (int)threads;
    p->estimate.progress = call->progress;
    p->now_at = (int64_t)time(NULL);
    p->names_name = call_has(call, "--names") ? call_option(call, "--names") : "--names";
    if (call_has(call, "--names"))
        TRY(file_read(p->names_name, COUNTS_MAX_BYTES, call->arena, &p->names, e));
    return file_read(p->histories_name, COUNTS_MAX_BYTES, call->arena, &p->histories, e);
}

/* A programme has no lists of its own. */
static enum status check_city(const struct city *city, struct err *e)
{
    bool is_programme = false;

    TRY(programme_is(city->db, &is_programme, e));
    if (is_programme)
        return err_set(e, BAD_INPUT, "%s: is a programme, which publishes no mapping; its cities do",
                       city->path);
    return OK;
}

static enum status publish(const struct call *call, struct city *city, struct mapping *m,
                           const struct proposal *p, struct err *e)
{
    const struct who who = {.name = "command line", .now_at = p->now_at};
    struct release *release = arena_new(call->arena, 1, struct release);
    struct text out = text_open(call->arena);

    TRY(check_city(city, e));
    TRY(release_propose(city, p, m, call->arena, release, e));
    TRY(situations_add(city, city->db, date_of(p->now_at), release, call->arena, e));
    release_preview(release, &out);
    TRY(file_write("-", text_str(&out), 0, e));
    out = text_open(call->arena);
    if (!call_has(call, "--approve")) {
        text_lit(&out, "Nothing is published. With --approve, what is shown here is.\n");
        return file_write("-", text_str(&out), 0, e);
    }
    TRY(release_publish(city, m, release, &who, call->arena, e));
    text_format(&out, "Published: %s\n", release_path(city, release->name, call->arena));
    return file_write("-", text_str(&out), 0, e);
}

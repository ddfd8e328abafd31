/* lykta link: who is on which list, from encodings. */
#include "command/command.h"
#include "command/link_read.h"
#include "command/link_share.h"
#include "command/link_sweep.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/json.h"
#include "base/str.h"
#include "link/agreement.h"
#include "link/clk_file.h"
#include "link/linkage_text.h"
#include "link/sample.h"

#include <sodium.h>

enum { KEY_MOST_BYTES = 4096, ANSWERS_MOST_BYTES = 1 << 22 };

static enum status run(const struct call *call, struct err *e);

static const struct option options[] = {
    {"-o", "HISTORIES.csv", "Where the histories go (standard output)"},
    {"--strata", "gender,age", "Also tell the histories apart by gender, age (child, adult) or both"},
    {"--imputations", "N", "Linkages to draw, 0 for one that is taken for certain (200)"},
    {"--seed", "N", "Seed of the draws (1)"},
    {"--key", "LINKER.key", "The linkage unit's key pair, for sealed encodings"},
    {"--pairs", "PAIRS.csv",
     "Also write each link by its place in the files, for the lists' owners to check"},
    {"--sample", "PAIRS.csv",
     "Also draw pairs to ask the lists' owners about: how many of the links are right, and how many are missed"},
    {"--sample-size", "N", "How many (200)"},
    {"--answers", "PAIRS.csv",
     "The same file with the owners' answers, yes, no or nothing, which the linkage then takes in; all else as when "
     "it was drawn"},
    {"--sweep", NULL,
     "Also link at odds from 0.01 to 100 instead of evens, and show what becomes of links, errors and estimate"},
    {"--sweep-odds", "FROM,TO", "From where to where, with evens between (0.01,100)"},
    {"--few", NULL, "The coordinator has confirmed that a list of fewer than 20 people may be read"},
    {"--checkpoint", "FOLDER",
     "Keep there what has been compared, and go on from it when the same command is given again"},
    {"--json", NULL, "Print sizes, matches and error rates as JSON"},
    {"--threads", "N", "Threads, 0 for one per processor (0); the result is the same for any number"},
    {NULL, NULL, NULL},
};

const struct command command_link = {
    .name = "link",
    .arguments = "A.clk B.clk ..",
    .summary = "Find who is on which list, from encodings that hold no name",
    .about =
        "Compares every person of every list with every other, without leaving any pair out, learns from all of "
        "them how\n"
        "alike one person's records are, and puts doubles inside a list and records of different lists together. "
        "No\n"
        "threshold is set by hand and no truth is needed.\n\n"
        "Who is who is not certain. The histories hold 200 linkages, drawn by how likely each is, so that lykta "
        "estimate\n"
        "can pass the uncertainty on. They are internal: small cells are personal data, and what is published "
        "goes\n"
        "through lykta protect.\n\n"
        "mpirun -n N lykta link .. divides the comparing among N processes; the result is the same to the byte. "
        "With\n"
        "--checkpoint, a folder that all of them reach, a run that was stopped goes on where it was, with any "
        "N.\n\n"
        "Refuses, with exit status 1, lists that cannot be linked: too few matches, or fields that tell nobody "
        "apart.",
    .examples = "  lykta link police.clk social.clk shelter.clk -o histories.csv\n"
                "  lykta link police.clk social.clk --strata gender,age --json -o histories.csv\n"
                "  lykta link police.clk social.clk --key linker.key --pairs pairs.csv -o histories.csv\n"
                "  lykta link police.clk social.clk --sample questions.csv -o histories.csv\n"
                "  lykta link police.clk social.clk --answers questions.csv -o histories.csv\n"
                "  lykta link police.clk social.clk --sweep -o histories.csv\n"
                "  lykta link register.clk social.clk --checkpoint compared -o histories.csv",
    .least = 2,
    .most = LINKAGE_MAX_LISTS,
    .options = options,
    .run = run,
};

/* The lists of one call. */
struct linking {
    const struct call *call;
    struct clk_header header[LINKAGE_MAX_LISTS];
    struct encodings people[LINKAGE_MAX_LISTS];
    struct linkage_list list[LINKAGE_MAX_LISTS];
    struct key_pair *own;   /* NULL without --key */
    struct sample answered; /* n is 0 without --answers */
    size_t sample_size;
    uint64_t seed;
    struct link_sweep sweep;
    struct link_share share;
};

static enum status read_key(struct linking *x, struct arena *secret, struct err *e)
{
    const char *path = call_option(x->call, "--key");
    struct str bytes;

    if (!path)
        return OK;
    TRY(file_read(path, KEY_MOST_BYTES, secret, &bytes, e));
    x->own = arena_new(secret, 1, struct key_pair);
    return key_pair_read(x->own, path, bytes, secret, e);
}

static enum status read_list(struct linking *x, size_t i, struct err *e)
{
    const char *path = x->call->arguments[i];

    TRY(link_read(path, x->own, x->call->arena, &x->header[i], &x->people[i], e));
    if (x->header[i].n < CLK_FEW_PEOPLE && !call_has(x->call, "--few"))
        return err_set(
            e, REFUSED,
            "%s: holds fewer than %d people, who are easily recognised; --few when the coordinator has "
            "confirmed that they may be linked",
            path, CLK_FEW_PEOPLE);
    x->list[i] = (struct linkage_list){x->header[i].list, &x->people[i]};
    for (size_t k = 0; k < i; k++) {
        TRY(clk_same_round(&x->header[k], &x->header[i], e));
        if (str_equal(x->header[k].list, x->header[i].list))
            return err_set(e, BAD_INPUT,
                           "%s: has the same list's name as %s, expected one file for each list", path,
                           x->call->arguments[k]);
    }
    return OK;
}

static bool is_sampled(const struct call *call)
{
    return call_has(call, "--sample") || call_has(call, "--answers");
}

/* Reads what the owners answered about the linkage that is made without their answers. */
static enum status read_answers(void *owners, const struct linkage *first, struct linkage_answers *out,
                                struct err *e)
{
    struct linking *x = owners;
    const char *path = call_option(x->call, "--answers");
    struct str bytes = {NULL, 0};

    TRY(file_read(path, ANSWERS_MOST_BYTES, x->call->arena, &bytes, e));
    sample_draw(&x->answered, first, x->sample_size, x->seed, x->call->arena);
    TRY(sample_read(&x->answered, path, bytes, x->call->arena, e));
    sample_answers(&x->answered, out, x->call->arena);
    return OK;
}

static enum status read_options(struct linking *x, struct linkage_options *out, struct err *e)
{
    const char *strata = call_option(x->call, "--strata");
    int64_t imputations = LINKAGE_DEFAULT_IMPUTATIONS;
    int64_t seed = 1;
    int64_t threads = 0;
    int64_t sample_size = SAMPLE_USUAL;

    TRY(call_i64(x->call, "--sample-size", SAMPLE_LEAST, SAMPLE_MOST, &sample_size, e));
    TRY(call_i64(x->call, "--imputations", 0, LINKAGE_MAX_IMPUTATIONS, &imputations, e));
    TRY(call_i64(x->call, "--seed", 0, INT64_MAX, &seed, e));
    TRY(call_i64(x->call, "--threads", 0, 256, &threads, e));
    x->sample_size = (size_t)sample_size;
    x->seed = (uint64_t)seed;
    *out = (struct linkage_options){.imputations = (size_t)imputations,
                                    .seed = (uint64_t)seed,
                                    .threads = (int)threads,
                                    .with_others = is_sampled(x->call),
                                    .cut = x->sweep.log_odds,
                                    .cuts = x->sweep.n,
                                    .ask = call_has(x->call, "--answers") ? read_answers : NULL,
                                    .owners = x,
                                    .progress = x->call->progress};
    if (call_has(x->call, "--sample") && call_has(x->call, "--answers"))
        return err_set(e, USAGE, "lykta link: --sample draws what --answers reads back: give one of them");
    if (is_sampled(x->call) && imputations == 0)
        return err_set(e, USAGE, "lykta link: a sample needs --imputations above 0: how likely a pair is");
    if (x->sweep.n > 0 && imputations == 0)
        return err_set(e, USAGE, "lykta link: --sweep needs --imputations above 0: how likely a pair is");
    for (struct str rest = str_of(strata), word; rest.n > 0;) {
        str_cut(rest, ',', &word, &rest);
        if (str_is(word, "gender"))
            out->by_gender = true;
        else if (str_is(word, "age"))
            out->by_age = true;
        else
            return err_set(e, USAGE,
                           "lykta link: --strata: expected gender, age or gender,age, found \"%.40s\"",
                           strata);
    }
    return OK;
}

static enum status check_strata(const struct linking *x, const struct linkage_options *o, struct err *e)
{
    if ((o->by_gender && !x->header[0].has_gender) || (o->by_age && !x->header[0].has_age))
        return err_set(e, BAD_INPUT,
                       "the schema of these lists does not give %s in clear, so that they cannot be strata",
                       o->by_gender && !x->header[0].has_gender ? "gender" : "age");
    return OK;
}

/* The pairs to ask about. */
static enum status write_questions(const struct linking *x, const struct linkage *found, struct err *e)
{
    const char *path = call_option(x->call, "--sample");
    struct text out = text_open(x->call->arena);
    struct sample asked;

    if (!path)
        return OK;
    sample_draw(&asked, found, x->sample_size, x->seed, x->call->arena);
    sample_csv(&out, &asked);
    return file_write(path, text_str(&out), 0600, e);
}

/* What becomes of the estimate at other odds. */
static enum status sweep(struct linking *x, const struct linkage *found, const struct linkage_options *o,
                         struct err *e)
{
    struct estimate_options quick = estimate_options_default();

    quick.seed = o->seed;
    quick.threads = o->threads;
    quick.progress = o->progress;
    return link_sweep_estimate(&x->sweep, found, &quick, x->call->arena, e);
}

static void put_json(struct text *out, const struct linking *x, const struct linkage *found)
{
    struct json j = json_open(out);

    json_object_begin(&j, NULL);
    linkage_json(&j, found, x->answered.n ? &x->answered : NULL, LYKTA_VERSION);
    if (x->sweep.n > 0)
        link_sweep_json(&j, &x->sweep, found);
    json_object_end(&j);
    text_lit(out, "\n");
}

static void put_text(struct text *out, const struct linking *x, const struct linkage *found)
{
    linkage_text(out, found);
    if (x->answered.n)
        linkage_sample_text(out, &x->answered);
    if (x->sweep.n > 0)
        link_sweep_text(out, &x->sweep, found);
}

static enum status write_out(const struct linking *x, const struct linkage *found, struct err *e)
{
    const char *path = call_option(x->call, "-o");
    const char *pairs = call_option(x->call, "--pairs");
    struct text out = text_open(x->call->arena);
    struct text pairs_csv = text_open(x->call->arena);

    if (pairs) {
        linkage_pairs_csv(&pairs_csv, found);
        TRY(file_write(pairs, text_str(&pairs_csv), 0600, e));
    }
    TRY(file_write(path ? path : "-", found->histories, 0600, e));
    if (!path || str_is(str_of(path), "-"))
        return OK;
    if (call_has(x->call, "--json"))
        put_json(&out, x, found);
    else
        put_text(&out, x, found);
    return file_write("-", text_str(&out), 0, e);
}

static enum status link_lists(struct linking *x, struct arena *secret, struct err *e)
{
    struct linkage_options o;
    struct linkage found;

    TRY(link_sweep_read(&x->sweep, x->call, e));
    TRY(read_options(x, &o, e));
    if (call_has(x->call, "--json") && !call_has(x->call, "-o"))
        return err_set(e, USAGE, "lykta link: --json needs -o: the histories would stand in the same place");
    TRY(read_key(x, secret, e));
    for (size_t i = 0; i < x->call->n; i++)
        TRY(read_list(x, i, e));
    o.profile = x->header[0].profile;
    o.noise_percent = x->header[0].noise_percent;
    TRY(check_strata(x, &o, e));
    TRY(link_share_keep(&x->share, call_option(x->call, "--checkpoint"), e));
    o.portions = &x->share.portions;
    TRY(linkage_run(x->list, x->call->n, &o, x->call->arena, &found, e));
    if (x->share.ranks.rank > 0)
        return OK; /* the first process draws and tells for all */
    TRY(write_questions(x, &found, e));
    TRY(sweep(x, &found, &o, e));
    TRY(write_out(x, &found, e));
    link_share_clear(&x->share);
    return OK;
}

static enum status run(const struct call *call, struct err *e)
{
    struct linking *x = arena_new(call->arena, 1, struct linking);
    struct arena *secret = NULL;

    if (sodium_init() < 0)
        return err_set(e, SYSTEM, "the cryptographic library cannot start: is there a source of randomness?");
    x->call = call;
    TRY(link_share_begin(&x->share, e));
    secret = arena_open_secret();
    enum status s = link_lists(x, secret, e);
    arena_close(secret);
    return link_share_end(&x->share, s, e);
}

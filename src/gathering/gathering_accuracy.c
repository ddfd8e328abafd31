/* What the owners' answers told of the linkage, as `lykta link --answers --json` prints it. */
#include "gathering/gathering_asking.h"

#include "base/arena.h"
#include "gathering/gathering_keys.h"
#include "link/sample.h"
#include "store/db.h"

#include <jansson.h>

#include <math.h>

/* Adds the whole number `key` of a part, none larger than all questions. */
static bool add_count(const json_t *part, const char *key, int64_t *sum)
{
    const json_t *x = json_object_get(part, key);

    if (!json_is_integer(x) || json_integer_value(x) < 0 || json_integer_value(x) > GATHERING_QUESTIONS)
        return false;
    *sum += json_integer_value(x);
    return true;
}

static bool read_thousandths(const json_t *of, const char *key, int64_t *out)
{
    const json_t *x = json_object_get(of, key);
    double share = json_number_value(x);

    if (!json_is_number(x) || !(share >= 0.0 && share <= 1.0))
        return false;
    *out = (int64_t)lround(share * GATHERING_SHARE_OF);
    return true;
}

static bool read_share(const json_t *sample, const char *key, struct gathering_share *out)
{
    const json_t *x = json_object_get(sample, key);

    return read_thousandths(x, "share", &out->share) && read_thousandths(x, "low95", &out->low) &&
           read_thousandths(x, "high95", &out->high) && out->low <= out->share && out->share <= out->high;
}

struct told {
    struct gathering_accuracy accuracy;
    int64_t yes, no;
};

static bool read_told(const json_t *root, struct told *out)
{
    const json_t *sample = json_object_get(root, "sample");
    const json_t *parts = json_object_get(sample, "parts");
    bool is_good = json_is_array(parts) && json_array_size(parts) == SAMPLE_PARTS;

    for (size_t k = 0; is_good && k < SAMPLE_PARTS; k++) {
        const json_t *part = json_array_get(parts, k);

        is_good = add_count(part, "asked", &out->accuracy.asked) && add_count(part, "yes", &out->yes) &&
                  add_count(part, "no", &out->no);
    }
    out->accuracy.answered = out->yes + out->no;
    return is_good && read_share(sample, "precision", &out->accuracy.right) &&
           read_share(sample, "recall", &out->accuracy.found);
}

static enum status read_accuracy(struct str json, struct told *out, struct err *e)
{
    json_t *root = json_loadb(json.n ? json.p : "", json.n, JSON_REJECT_DUPLICATES, NULL);
    bool is_good = root && json.n <= GATHERING_QUESTIONS_BYTES && read_told(root, out);

    json_decref(root);
    return is_good ? OK : err_set(e, BAD_INPUT, "expected what lykta link --answers --json prints");
}

static enum status keep(struct gathering_taking *x, const struct gathering_accuracy *told, struct err *e)
{
    static const char clear[] = "delete from gathering_accuracy where round = $1";
    static const char sql[] =
        "insert into gathering_accuracy (round, asked, answered, right_share, right_low, right_high, "
        "found_share, found_low, found_high) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    const int64_t value[] = {told->asked,      told->answered,    told->right.share, told->right.low,
                             told->right.high, told->found.share, told->found.low,   told->found.high};
    struct query q = db_query(x->db, clear);

    bind_int(&q, 1, x->round);
    TRY(query_run(&q, e));
    q = db_query(x->db, sql);
    bind_int(&q, 1, x->round);
    for (int i = 0; i < (int)(sizeof value / sizeof *value); i++)
        bind_int(&q, i + 2, value[i]);
    return query_run(&q, e);
}

static enum status take_accuracy(struct gathering_taking *x, struct err *e)
{
    struct gathering_asking asking;
    struct told told = {0};

    TRY(gathering_check_linker(x, e));
    TRY(gathering_asking_find(x->db, &x->g, x->arena, &asking, e));
    if (asking.questions == 0)
        return err_set(e, REFUSED, "nothing has been asked here");
    TRY(read_accuracy(x->bytes, &told, e));
    if (told.accuracy.asked != (int64_t)asking.questions || told.yes != (int64_t)asking.of[VERDICT_SAME] ||
        told.no != (int64_t)asking.of[VERDICT_OTHER])
        return err_set(e, BAD_INPUT, "the linkage was made with other answers than those that are here now");
    return keep(x, &told.accuracy, e);
}

enum status gathering_take_accuracy(struct db *db, int64_t round, struct str json, int64_t person,
                                    const struct who *who, struct err *e)
{
    struct gathering_taking x = {.db = db, .round = round, .bytes = json, .person = person, .who = who};

    return gathering_change(&x, "gathering.accuracy", GATHERING_BIT(GATHERING_WHOLE), take_accuracy, e);
}

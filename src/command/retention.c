/* lykta retention: deletes what has been kept for as long as the rules say. */
#include "command/command.h"

#include "base/arena.h"
#include "network/network_retention.h"
#include "store/city.h"
#include "store/retention.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

static enum status run(const struct call *call, struct err *e);
static enum status run_on(const struct call *call, struct city *city, struct err *e);

static const struct option options[] = {
    {"--dry-run", NULL, "Say what would be deleted, and delete nothing"},
    {NULL, NULL, NULL},
};

const struct command command_retention = {
    .name = "retention",
    .arguments = "DIR",
    .summary = "Delete what has been kept for as long as the rules say",
    .about =
        "Goes through the network's rules of retention, deletes what is due, and says how much of each kind. The run\n"
        "and what it deleted stand in the audit log. What was deleted cannot be read back from the city's files; copies\n"
        "of the folder keep what they hold. Seminars and letters are cleared by `lykta serve` while it runs.\n\n"
        "While disposal is frozen, nothing is deleted and the exit status is 1.",
    .examples = "  lykta retention lund --dry-run\n"
                "  lykta retention lund",
    .least = 1,
    .most = 1,
    .options = options,
    .run = run,
};

static enum status run(const struct call *call, struct err *e)
{
    enum db_mode mode = call_has(call, "--dry-run") ? DB_READ : DB_WRITE;
    struct city *city = NULL;

    TRY(city_open(call->arguments[0], mode, &city, e));
    enum status s = run_on(call, city, e);
    city_close(city);
    return s;
}

static void print_period(struct retention_period kept)
{
    if (kept.months > 0)
        printf("%d month%s", kept.months, kept.months == 1 ? "" : "s");
    if (kept.days > 0)
        printf("%s%d day%s", kept.months > 0 ? " and " : "", kept.days, kept.days == 1 ? "" : "s");
}

static void print_classes(const struct retention_classes *classes)
{
    for (size_t i = 0; i < classes->n; i++) {
        const struct retention_class *class = &classes->class[i];

        printf("%8" PRId64 "  %s: kept ", class->n, class->rule->what);
        print_period(class->kept);
        if (class->decided_on.year > 0)
            printf(" (decision %.*s)", STR(class->decision));
        puts("");
    }
}

static enum status run_on(const struct call *call, struct city *city, struct err *e)
{
    static const struct retention_rule *const rules[] = {network_retention, NULL};
    struct who who = {.name = "command line", .now_at = (int64_t)time(NULL)};
    struct retention_classes classes;

    if (call_has(call, "--dry-run")) {
        TRY(retention_due(city->db, rules, who.now_at, call->arena, &classes, e));
        printf("%s: would delete\n", city->path);
        print_classes(&classes);
        return OK;
    }
    TRY(retention_run(city->db, rules, &who, call->arena, &classes, e));
    printf("%s: deleted\n", city->path);
    print_classes(&classes);
    return db_checkpoint(city->db, e);
}

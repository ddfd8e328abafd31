/* lykta retention: deletes what has been kept for as long as the rules say. */
#include "command/command.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "retention/retention_rules.h"
#include "retention/retention_work.h"
#include "store/city.h"
#include "store/retention.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

static enum status run(const struct call *call, struct err *e);
static enum status run_on(const struct call *call, struct city *city, struct err *e);

static const struct option options[] = {
    {"--dry-run", NULL, "Say what would be deleted, and delete nothing"},
    {"--json", NULL, "Print each rule with its ground, its time and how much, as JSON"},
    {NULL, NULL, NULL},
};

const struct command command_retention = {
    .name = "retention",
    .arguments = "DIR",
    .summary = "Delete what has been kept for as long as the rules say",
    .about =
        "Goes through the rules of retention of every room, deletes what is due, and says how much of each kind. The run\n"
        "and what it deleted stand in the audit log. What was deleted cannot be read back from the city's files; copies\n"
        "of the folder keep what they hold. `lykta serve` does the same every night.\n\n"
        "Lines of the audit log are counted and never deleted: their chain would not hold. While disposal is frozen,\n"
        "nothing is deleted and the exit status is 1.",
    .examples = "  lykta retention lund --dry-run\n"
                "  lykta retention lund --json",
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
        puts(retention_deletes(class->rule) ? "" : "; not deleted");
    }
}

static void json_class(struct json *j, const struct retention_class *class)
{
    const struct retention_rule *rule = class->rule;
    bool is_deleted = retention_deletes(rule);

    json_object_begin(j, NULL);
    json_str(j, "class", str_of(rule->class));
    json_str(j, "what", str_of(rule->what));
    json_str(j, "ground", str_of(rule->ground));
    json_i64(j, "kept_months", class->kept.months);
    json_i64(j, "kept_days", class->kept.days);
    json_str(j, "decision", class->decision.p ? class->decision : S(""));
    json_str(j, "stays", str_of(rule->stays ? rule->stays : ""));
    json_bool(j, "is_deleted", is_deleted);
    json_i64(j, "n", class->n);
    json_object_end(j);
}

static enum status print_json(const struct call *call, const struct city *city,
                              const struct retention_classes *classes, int64_t now_at, struct err *e)
{
    struct text out = text_open(call->arena);
    struct json j = json_open(&out);
    char at[21];

    moment_to_text(now_at, at);
    json_object_begin(&j, NULL);
    json_str(&j, "city", city_settings(city)->name);
    json_str(&j, "at", str_of(at));
    json_bool(&j, "is_dry_run", call_has(call, "--dry-run"));
    json_array_begin(&j, "classes");
    for (size_t i = 0; i < classes->n; i++)
        json_class(&j, &classes->class[i]);
    json_array_end(&j);
    json_object_end(&j);
    return file_write("-", text_str(&out), 0, e);
}

static enum status print(const struct call *call, const struct city *city,
                         const struct retention_classes *classes, int64_t now_at, struct err *e)
{
    if (call_has(call, "--json"))
        return print_json(call, city, classes, now_at, e);
    printf("%s: %s\n", city->path, call_has(call, "--dry-run") ? "would delete" : "deleted");
    print_classes(classes);
    return OK;
}

static enum status run_on(const struct call *call, struct city *city, struct err *e)
{
    struct who who = {.name = "command line", .now_at = (int64_t)time(NULL)};
    struct retention_classes classes = {0, NULL};

    if (call_has(call, "--dry-run")) {
        TRY(retention_due(city->db, retention_tables, who.now_at, call->arena, &classes, e));
        return print(call, city, &classes, who.now_at, e);
    }
    TRY(retention_clear(city, city->db, &who, call->arena, &classes, e));
    TRY(print(call, city, &classes, who.now_at, e));
    return retention_scrub(city, city->db, e);
}

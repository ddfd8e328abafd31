/* lykta attack: what a reader of a protected table can work out. */
#include "command/command.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/json.h"
#include "base/str.h"
#include "protect/attack.h"
#include "protect/ledger.h"
#include "protect/protect.h"
#include "protect/published.h"
#include "protect/table_csv.h"

#include <inttypes.h>
#include <string.h>

enum { PROTECTED_MAX_BYTES = 64 * 1024 * 1024, MOST_NAMED = 100 };

/* `shape` gives the cells of a single table their names; of several, `first` tells the first that is exposed.
 */
struct outcome {
    struct attack_report report;
    const struct table_shape *shape;
    struct str first;
};

static enum status run(const struct call *call, struct err *e);
static enum status attack_one(const struct call *call, const struct attack_options *how, struct outcome *out,
                              struct err *e);
static enum status attack_together(const struct call *call, const struct attack_options *how,
                                   struct outcome *out, struct err *e);
static void print_text(struct text *out, const struct attack_report *r);
static void print_json(struct text *out, const struct outcome *outcome, struct str reason);

static const struct option options[] = {
    {"--exact", NULL,
     "Work out every cell's interval to the end, also of cells already known to be safe; slow"},
    {"--map", "MAP.csv",
     "A row for each smallest area, with what it belongs to in each division, by its column's name"},
    {"--own", "COUNTS.csv", "What the attacker counts himself: the figures hold at least these people"},
    {"--lists", "A,B,..", "Of --own: the columns of 0 and 1 that are lists; none for none"},
    {"--json", NULL, "Print the outcome as JSON, with the exposed cells"},
    {NULL, NULL, NULL},
};

const struct command command_attack = {
    .name = "attack",
    .arguments = "PROTECTED.csv ...",
    .summary = "Try to work out the true figures behind a protected table",
    .about =
        "Reads a table as lykta protect writes it, and finds with linear programs how small and how large "
        "the true\n"
        "figure behind each cell can be, from everything the table shows and from how the method works. A "
        "figure is\n"
        "exposed when fewer than five values are left for it, or none but 1 to 4.\n\n"
        "With several tables, all about the same people, it reads them together at the finest cells that any of "
        "them tells\n"
        "apart: two that are safe one by one may not be so side by side. Columns of the same name are the same. "
        "Divisions\n"
        "that only a map tells apart, such as last year's areas and this year's, need that map (--map). The "
        "first exposed\n"
        "figure is named, with the tables it follows from.\n\n"
        "Exit status 0 when no figure is exposed, 1 when one is, or when the figures contradict each other.",
    .examples = "  lykta attack protected.csv\n"
                "  lykta attack protected.csv --exact --json\n"
                "  lykta attack 2024.csv 2025.csv --map districts.csv\n"
                "  lykta attack protected.csv --own our-cases.csv",
    .least = 1,
    .most = LEDGER_MAX_TABLES - 1,
    .options = options,
    .run = run,
};

static enum status run(const struct call *call, struct err *e)
{
    struct attack_options how = {.depth = call_has(call, "--exact") ? ATTACK_EXACT : ATTACK_UNTIL_SAFE,
                                 .progress = call->progress};
    struct text out = text_open(call->arena);
    struct outcome outcome = {0};

    enum status s = call->n == 1 && !call_has(call, "--map") && !call_has(call, "--own")
                        ? attack_one(call, &how, &outcome, e)
                        : attack_together(call, &how, &outcome, e);
    if (s != OK && s != REFUSED)
        return s;
    if (call_has(call, "--json"))
        print_json(&out, &outcome, s == OK ? S("") : str_of(e->what));
    else if (s == OK)
        print_text(&out, &outcome.report);
    TRY(file_write("-", text_str(&out), 0, e));
    return s;
}

static enum status read_published(const struct call *call, const char *path, struct published *out,
                                  struct err *e)
{
    const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
    struct str bytes = {NULL, 0};

    TRY(file_read(path, PROTECTED_MAX_BYTES, call->arena, &bytes, e));
    return published_read(name, bytes, call->arena, out, e);
}

static enum status attack_one(const struct call *call, const struct attack_options *how, struct outcome *out,
                              struct err *e)
{
    struct published *published = arena_new(call->arena, 1, struct published);

    TRY(read_published(call, call->arguments[0], published, e));
    out->shape = &published->shape;
    TRY(attack_published(published, how, call->arena, &out->report, e));
    return protect_check(&out->report, out->shape, e);
}

/* What the attacker counts himself: exact counts of some, and anybody else may be in the cells as well. */
static enum status read_own(const struct call *call, const char *path, struct ledger_table *out,
                            struct err *e)
{
    struct str bytes = {NULL, 0};
    struct table t;

    TRY(file_read(path, PROTECTED_MAX_BYTES, call->arena, &bytes, e));
    TRY(table_csv_read(path, bytes,
                       &(struct table_csv_options){.lists = str_of(call_option(call, "--lists"))},
                       call->arena, &t, e));
    out->name = path;
    out->is_own = true;
    out->published = published_at_least(&t, call->arena);
    return OK;
}

static enum status read_map(const struct call *call, struct ledger_map **out, struct err *e)
{
    const char *path = call_option(call, "--map");
    struct str bytes = {NULL, 0};

    if (!path)
        return OK;
    *out = arena_new(call->arena, 1, struct ledger_map);
    TRY(file_read(path, PROTECTED_MAX_BYTES, call->arena, &bytes, e));
    return ledger_map_read(path, bytes, call->arena, *out, e);
}

static enum status attack_together(const struct call *call, const struct attack_options *how,
                                   struct outcome *out, struct err *e)
{
    struct ledger_table *tables = arena_new(call->arena, call->n + 1, struct ledger_table);
    struct ledger_map *map = NULL;
    struct ledger ledger;
    size_t n = call->n;
    size_t i = 0;

    for (; i < call->n; i++) {
        tables[i].name = call->arguments[i];
        TRY(read_published(call, call->arguments[i], &tables[i].published, e));
    }
    if (call_has(call, "--own"))
        TRY(read_own(call, call_option(call, "--own"), &tables[n++], e));
    TRY(read_map(call, &map, e));
    TRY(ledger_join(tables, n, map, call->arena, &ledger, e));
    TRY(attack_cells(&ledger.knowledge, how, call->arena, &out->report, e));
    if (out->report.exposed == 0)
        return OK;
    for (i = 0; !out->report.bound[i].is_exposed;)
        i++;
    TRY(ledger_tell(&ledger, &out->report.bound[i], call->arena, &out->first, e));
    return err_set(e, REFUSED, "%zu of %zu figures can be worked out too closely; the first is %.*s",
                   out->report.exposed, out->report.cells, STR(out->first));
}

static void print_text(struct text *out, const struct attack_report *r)
{
    text_format(out,
                "Attacked %zu figures: none can be worked out. The narrowest interval shown to be possible "
                "holds %" PRId64 " values.\n",
                r->cells, r->narrowest + 1);
}

static void print_json(struct text *out, const struct outcome *outcome, struct str reason)
{
    const struct attack_report *r = &outcome->report;
    const struct table_shape *shape = outcome->shape;
    struct json j = json_open(out);
    int named = 0;

    json_object_begin(&j, NULL);
    json_str(&j, "status", reason.n ? S("refused") : S("passed"));
    if (reason.n)
        json_str(&j, "reason", reason);
    json_i64(&j, "cells", (int64_t)r->cells);
    json_i64(&j, "exposed", (int64_t)r->exposed);
    json_i64(&j, "exact", (int64_t)r->exact);
    json_i64(&j, "narrowest_width", r->cells ? r->narrowest : 0);
    json_i64(&j, "programs", (int64_t)r->programs);
    json_array_begin(&j, "exposed_cells");
    for (size_t i = 0; shape && i < r->cells && named < MOST_NAMED; i++) {
        size_t coordinate[TABLE_MAX_DIMENSIONS];

        if (!r->bound[i].is_exposed)
            continue;
        named++;
        table_coordinates(shape, r->bound[i].cell, coordinate);
        json_object_begin(&j, NULL);
        json_array_flat(&j, "cell");
        for (size_t d = 0; d < shape->dimensions; d++)
            json_str(&j, NULL, table_label(&shape->dimension[d], coordinate[d]));
        json_array_end(&j);
        json_i64(&j, "lo", r->bound[i].lo);
        json_i64(&j, "hi", r->bound[i].hi);
        json_object_end(&j);
    }
    json_array_end(&j);
    if (outcome->first.n)
        json_str(&j, "first_exposed", outcome->first);
    json_str(&j, "version", S(LYKTA_VERSION));
    json_object_end(&j);
}

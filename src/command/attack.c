/* lykta attack: what a reader of a protected table can work out. */
#include "command/command.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/json.h"
#include "base/str.h"
#include "protect/attack.h"
#include "protect/protect.h"
#include "protect/published.h"

#include <inttypes.h>
#include <string.h>

enum { PROTECTED_MAX_BYTES = 64 * 1024 * 1024, MOST_NAMED = 100 };

static enum status run(const struct call *call, struct err *e);
static void print_text(struct text *out, const struct attack_report *r);
static void print_json(struct text *out, const struct attack_report *r, const struct table_shape *shape,
                       struct str reason);

static const struct option options[] = {
    {"--exact", NULL,
     "Work out every cell's interval to the end, also of cells already known to be safe; slow"},
    {"--json", NULL, "Print the outcome as JSON, with the exposed cells"},
    {NULL, NULL, NULL},
};

const struct command command_attack = {
    .name = "attack",
    .arguments = "PROTECTED.csv",
    .summary = "Try to work out the true figures behind a protected table",
    .about =
        "Reads a table as lykta protect writes it, and finds with linear programs how small and how large "
        "the true\n"
        "figure behind each cell can be, from everything the table shows and from how the method works. A "
        "figure is\n"
        "exposed when fewer than five values are left for it, or none but 1 to 4.\n\n"
        "Exit status 0 when no figure is exposed, 1 when one is, or when the figures contradict each other.",
    .examples = "  lykta attack protected.csv\n"
                "  lykta attack protected.csv --exact --json",
    .least = 1,
    .most = 1,
    .options = options,
    .run = run,
};

static enum status run(const struct call *call, struct err *e)
{
    const char *path = call->arguments[0];
    const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
    struct attack_options how = {.depth = call_has(call, "--exact") ? ATTACK_EXACT : ATTACK_UNTIL_SAFE,
                                 .progress = call->progress};
    struct text out = text_open(call->arena);
    struct attack_report report = {0};
    struct published published;
    struct str bytes = {NULL, 0};

    TRY(file_read(path, PROTECTED_MAX_BYTES, call->arena, &bytes, e));
    TRY(published_read(name, bytes, call->arena, &published, e));
    enum status s = attack_published(&published, &how, call->arena, &report, e);
    if (s == OK)
        s = protect_check(&report, &published.shape, e);
    if (s != OK && s != REFUSED)
        return s;
    if (call_has(call, "--json"))
        print_json(&out, &report, &published.shape, s == OK ? S("") : str_of(e->what));
    else if (s == OK)
        print_text(&out, &report);
    TRY(file_write("-", text_str(&out), 0, e));
    return s;
}

static void print_text(struct text *out, const struct attack_report *r)
{
    text_format(out,
                "Attacked %zu figures: none can be worked out. The narrowest interval shown to be possible "
                "holds %" PRId64 " values.\n",
                r->cells, r->narrowest + 1);
}

static void print_json(struct text *out, const struct attack_report *r, const struct table_shape *shape,
                       struct str reason)
{
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
    for (size_t i = 0; i < r->cells && named < MOST_NAMED; i++) {
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
    json_str(&j, "version", S(LYKTA_VERSION));
    json_object_end(&j);
}

/* lykta report: a release told in one file. */
#include "command/command.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"
#include "command/report_areas.h"
#include "public/report_html.h"
#include "public/report_pdf.h"
#include "release/release.h"
#include "release/report.h"
#include "release/series.h"

#include <stdlib.h>
#include <string.h>

/* A new format is a function and a row. */
struct format {
    const char *extension; /* of the file that is asked for */
    enum status (*write)(const struct release *r, const struct series *series, struct text *out,
                         struct err *e);
    enum status (*write_mapped)(const struct release *r, const struct series *series,
                                const struct area_map *map, size_t maps, struct text *out,
                                struct err *e); /* NULL: it has no pictures */
};

static enum status run(const struct call *call, struct err *e);
static const struct format *find_format(const char *path);
static enum status read_named(const struct call *call, size_t i, const struct release **out, struct err *e);
static enum status read_earlier(const struct call *call, const struct release *release,
                                const struct series **out, struct err *e);

static const struct format formats[] = {
    {".csv", report_csv, NULL},   {".html", report_html, report_mapped_html},
    {".json", report_json, NULL}, {".pdf", report_pdf, report_mapped_pdf},
    {".px", report_px, NULL},     {".xlsx", report_xlsx, NULL},
};

static const struct option options[] = {
    {"-o", "FILE",
     "Where to write the report; its ending says the format: .csv, .html, .json, .pdf, .px or .xlsx (needed)"},
    {"--areas", "COLUMN=FILE", "Draw the table of this column on the areas of a GeoJSON file (HTML and PDF)"},
    {"--areas-source", "TEXT", "Who drew the borders, and the licence: printed under the map"},
    {NULL, NULL, NULL},
};

const struct command command_report = {
    .name = "report",
    .arguments = "RELEASE [EARLIER ...]",
    .summary = "Write a release as one file",
    .about =
        "Verifies the release and writes its figures as one file: HTML or PDF to read, print\n"
        "and send, XLSX or CSV for a spreadsheet, PX for PxWeb, JSON for programs. PDF needs the Debian package\n"
        "weasyprint. HTML, PDF and XLSX lay it beside the earlier releases of the same municipality that are\n"
        "named after it.",
    .examples = "  lykta report lund/files/releases/1281-2025 -o report.html\n"
                "  lykta report lund/files/releases/1281-2025 -o report.pdf\n"
                "  lykta report lund/files/releases/1281-2025 lund/files/releases/1281-2024 -o report.xlsx\n"
                "  lykta report lund/files/releases/1281-2025 -o report.pdf --areas district=areas.geojson "
                "--areas-source \"Lund, CC0\"",
    .least = 1,
    .most = 1 + SERIES_EARLIER,
    .options = options,
    .run = run,
};

static enum status run(const struct call *call, struct err *e)
{
    const struct release *release = NULL;
    const struct series *series = NULL;
    struct area_map *map = NULL;
    size_t maps = 0;
    const char *path = call_option(call, "-o");
    struct text out = text_open(call->arena);

    if (!path)
        return err_set(e, USAGE, "lykta report: -o is needed: where to write the report");
    const struct format *format = find_format(path);
    if (!format)
        return err_set(
            e, USAGE,
            "lykta report: -o %s: the file's ending says the format: expected .csv, .html, .json, .pdf, .px or .xlsx",
            path);
    TRY(read_named(call, 0, &release, e));
    TRY(read_earlier(call, release, &series, e));
    TRY(report_areas(call, release, &map, &maps, e));
    if (maps > 0 && !format->write_mapped)
        return err_set(e, USAGE, "lykta report: -o %s: a map can be drawn in .html and .pdf alone", path);
    if (maps > 0)
        TRY(format->write_mapped(release, series, map, maps, &out, e));
    else
        TRY(format->write(release, series, &out, e));
    return file_write(path, text_str(&out), 0644, e);
}

static enum status read_named(const struct call *call, size_t i, const struct release **out, struct err *e)
{
    struct release *release = arena_new(call->arena, 1, struct release);

    if (release_read(call->arguments[i], S(""), call->arena, release, e) != OK)
        return err_in(e, "%s", call->arguments[i]);
    *out = release;
    return OK;
}

static int latest_first(const void *left, const void *right)
{
    const struct release *const *a = left;
    const struct release *const *b = right;

    return (*b)->mapping.first_year - (*a)->mapping.first_year;
}

/* *out is NULL when no earlier release is named. */
static enum status read_earlier(const struct call *call, const struct release *release,
                                const struct series **out, struct err *e)
{
    struct series *made = arena_new(call->arena, 1, struct series);
    const struct release *earlier[SERIES_EARLIER];

    for (size_t i = 1; i < call->n; i++) {
        TRY(read_named(call, i, &earlier[i - 1], e));
        if (!str_equal(earlier[i - 1]->municipality, release->municipality) ||
            earlier[i - 1]->mapping.last_year >= release->mapping.first_year)
            return err_set(e, USAGE, "lykta report: %s: expected an earlier release of the same municipality",
                           call->arguments[i]);
    }
    if (call->n == 1)
        return OK;
    qsort(earlier, call->n - 1, sizeof *earlier, latest_first);
    series_make(release, earlier, call->n - 1, call->arena, made);
    *out = made;
    return OK;
}

static const struct format *find_format(const char *path)
{
    const char *ending = strrchr(path, '.');

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (ending && strcmp(ending, formats[i].extension) == 0)
            return &formats[i];
    return NULL;
}

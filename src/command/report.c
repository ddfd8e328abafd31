/* lykta report: a release told in one file. */
#include "command/command.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"
#include "public/report_html.h"
#include "public/report_pdf.h"
#include "release/release.h"
#include "release/report.h"

#include <string.h>

/* A new format is a function and a row. */
struct format {
    const char *extension; /* of the file that is asked for */
    enum status (*write)(const struct release *r, struct text *out, struct err *e);
};

static enum status run(const struct call *call, struct err *e);
static const struct format *find_format(const char *path);

static const struct format formats[] = {
    {".csv", report_csv}, {".html", report_html}, {".json", report_json},
    {".pdf", report_pdf}, {".px", report_px},     {".xlsx", report_xlsx},
};

static const struct option options[] = {
    {"-o", "FILE",
     "Where to write the report; its ending says the format: .csv, .html, .json, .pdf, .px or .xlsx (needed)"},
    {NULL, NULL, NULL},
};

const struct command command_report = {
    .name = "report",
    .arguments = "RELEASE",
    .summary = "Write a release as one file",
    .about =
        "Verifies the release and writes its figures as one file: HTML or PDF to read, print\n"
        "and send, XLSX or CSV for a spreadsheet, PX for PxWeb, JSON for programs. PDF needs the Debian package\n"
        "weasyprint.",
    .examples = "  lykta report lund/files/releases/1281-2025 -o report.html\n"
                "  lykta report lund/files/releases/1281-2025 -o report.pdf\n"
                "  lykta report lund/files/releases/1281-2025 -o report.xlsx",
    .least = 1,
    .most = 1,
    .options = options,
    .run = run,
};

static enum status run(const struct call *call, struct err *e)
{
    struct release *release = arena_new(call->arena, 1, struct release);
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
    if (release_read(call->arguments[0], S(""), call->arena, release, e) != OK)
        return err_in(e, "%s", call->arguments[0]);
    TRY(format->write(release, &out, e));
    return file_write(path, text_str(&out), 0644, e);
}

static const struct format *find_format(const char *path)
{
    const char *ending = strrchr(path, '.');

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (ending && strcmp(ending, formats[i].extension) == 0)
            return &formats[i];
    return NULL;
}

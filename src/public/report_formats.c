/* The reports of a release in other programs' formats. */
#include "public/report_formats.h"

#include "base/arena.h"
#include "public/public_releases.h"
#include "public/report_pdf.h"
#include "release/release.h"
#include "release/report.h"

const struct report_format report_formats[REPORT_FORMATS] = {
    {"rapport.pdf", "application/pdf", "PDF", true, report_pdf},
    {"rapport.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX", false,
     report_xlsx},
    {"rapport.csv", "text/csv; charset=utf-8", "CSV", false, report_csv},
    {"rapport.json", "application/json", "JSON", false, report_json},
    {"sammanfattning.pdf", "application/pdf", NULL, false, report_summary_pdf},
    {"summary.pdf", "application/pdf", NULL, false, report_summary_pdf_en},
    {"lagesbild.pdf", "application/pdf", NULL, false, report_annex_pdf},
    {"situation.pdf", "application/pdf", NULL, false, report_annex_pdf_en},
    {"rapport.px", "text/plain; charset=utf-8", "TXT", false, report_px},
};

const struct report_format *report_format_named(struct str name)
{
    for (size_t i = 0; i < REPORT_FORMATS; i++)
        if (str_is(name, report_formats[i].name))
            return &report_formats[i];
    return NULL;
}

static enum status write(const struct public_release *published, const struct report_format *format,
                         struct text *out, struct err *e)
{
    if (format->has_maps)
        return report_mapped_pdf(published->release, published->series, published->map, published->maps, out,
                                 e);
    return format->write(published->release, published->series, out, e);
}

enum status report_in_format(struct public_release *published, const struct report_format *format,
                             struct str *bytes, struct err *e)
{
    struct str *kept = &published->made[format - report_formats];
    struct text out = text_open(published->arena);

    if (kept->n == 0) {
        TRY(write(published, format, &out, e));
        *kept = text_str(&out);
    }
    *bytes = *kept;
    return OK;
}

/* A release as a workbook: what it says first, then a sheet for each table, then what a reader must know. */
#include "release/report.h"

#include "base/arena.h"
#include "base/date.h"
#include "release/release.h"
#include "release/series.h"
#include "release/what_if.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <xlsxwriter.h>

enum { COVER_WIDTH = 44, NOTE_WIDTH = 110, LABEL_WIDTH = 40, FIGURE_WIDTH = 12, SHOWN_WIDTH = 26 };

struct workbook {
    const struct release *release;
    const struct series *series; /* may be NULL */
    struct arena *arena;
    lxw_workbook *book;
    lxw_format *title, *head, *number, *wrapped;
};

static void add_cover(struct workbook *w);
static void add_table(struct workbook *w, const struct release_table *t);
static void add_series(struct workbook *w);
static void add_notes(struct workbook *w);

static const char *cstr(const struct workbook *w, struct str s)
{
    return arena_cstr(w->arena, s.p ? s.p : "", s.n);
}

static void add_formats(struct workbook *w)
{
    w->title = workbook_add_format(w->book);
    format_set_bold(w->title);
    format_set_font_size(w->title, 16);
    w->head = workbook_add_format(w->book);
    format_set_bold(w->head);
    format_set_bottom(w->head, LXW_BORDER_THIN);
    w->number = workbook_add_format(w->book);
    format_set_num_format(w->number, "#,##0");
    w->wrapped = workbook_add_format(w->book);
    format_set_text_wrap(w->wrapped);
    format_set_align(w->wrapped, LXW_ALIGN_VERTICAL_TOP);
}

/* The moment of publishing, so that the same release gives the same bytes on any day. */
static void set_properties(const struct workbook *w)
{
    lxw_doc_properties properties;

    memset(&properties, 0, sizeof properties);
    properties.title = (char *)(uintptr_t)cstr(w, w->release->mapping.title_sv);
    properties.company = (char *)(uintptr_t)cstr(w, w->release->city);
    properties.created = w->release->published_at;
    workbook_set_properties(w->book, &properties);
}

static void fill(struct workbook *w)
{
    add_formats(w);
    set_properties(w);
    add_cover(w);
    for (size_t i = 0; i < w->release->tables; i++)
        add_table(w, &w->release->table[i]);
    if (w->release->situations.n > 0)
        add_table(w, &w->release->situations);
    if (w->series)
        add_series(w);
    add_notes(w);
}

static enum status read_back(int fd, struct text *out, struct err *e)
{
    struct stat info;

    if (fstat(fd, &info) != 0)
        return err_set(e, SYSTEM, "the workbook cannot be read back: %s", strerror(errno));
    char *bytes = arena_new(out->arena, (size_t)info.st_size + 1, char);
    if (pread(fd, bytes, (size_t)info.st_size, 0) != info.st_size)
        return err_set(e, SYSTEM, "the workbook cannot be read back: %s", strerror(errno));
    text_add(out, (struct str){bytes, (size_t)info.st_size});
    return OK;
}

/* The library writes files only: it is given one that has no name on any disk. */
enum status report_xlsx(const struct release *r, const struct series *series, struct text *out, struct err *e)
{
    int fd = memfd_create("workbook", MFD_CLOEXEC);

    if (fd < 0)
        return err_set(e, SYSTEM, "a workbook cannot be made: %s", strerror(errno));
    struct workbook w = {.release = r,
                         .series = series,
                         .arena = out->arena,
                         .book = workbook_new(arena_printf(out->arena, "/proc/self/fd/%d", fd))};
    fill(&w);
    lxw_error failed = workbook_close(w.book);
    enum status s = failed == LXW_NO_ERROR
                        ? read_back(fd, out, e)
                        : err_set(e, SYSTEM, "the workbook cannot be made: %s", lxw_strerror(failed));
    close(fd);
    return s;
}

static const char *period_of(const struct workbook *w, const struct mapping *m)
{
    if (m->first_year == m->last_year)
        return arena_printf(w->arena, "%d", m->first_year);
    return arena_printf(w->arena, "%d–%d", m->first_year, m->last_year);
}

/* A line of the cover: what, and its value as text or as a number with its interval. */
static void cover_text(const struct workbook *w, lxw_worksheet *sheet, lxw_row_t *row, const char *what,
                       struct str value)
{
    if (value.n == 0)
        return;
    worksheet_write_string(sheet, *row, 0, what, w->head);
    worksheet_write_string(sheet, (*row)++, 1, cstr(w, value), w->wrapped);
}

static void cover_number(const struct workbook *w, lxw_worksheet *sheet, lxw_row_t *row, const char *what,
                         int64_t value)
{
    worksheet_write_string(sheet, *row, 0, what, w->head);
    if (value == RELEASE_UNKNOWN)
        worksheet_write_string(sheet, *row, 1, "–", NULL);
    else
        worksheet_write_number(sheet, *row, 1, (double)value, w->number);
    ++*row;
}

static void cover_estimate(const struct workbook *w, lxw_worksheet *sheet, lxw_row_t *row)
{
    const struct release_estimate *x = &w->release->estimate;

    switch (x->answer) {
    case RELEASE_POINT:
        cover_number(w, sheet, row, "Uppskattat antal, kända och okända", x->nhat);
        cover_number(w, sheet, row, "Lägst (95 procent)", x->ci95[0]);
        cover_number(w, sheet, row, "Högst (95 procent)", x->ci95[1]);
        return;
    case RELEASE_RANGE:
        cover_number(w, sheet, row, "Uppskattat, lägst", x->range[0]);
        cover_number(w, sheet, row, "Uppskattat, högst", x->range[1]);
        cover_text(w, sheet, row, "Varför ett spann", x->reason.sv);
        return;
    case RELEASE_REFUSED:
        cover_text(w, sheet, row, "Ingen uppskattning", x->reason.sv);
        return;
    }
}

static void cover_methods(const struct workbook *w, lxw_worksheet *sheet, lxw_row_t *row)
{
    const struct release_estimate *x = &w->release->estimate;

    if (!what_if_has_methods(x))
        return;
    cover_number(w, sheet, row, "Räknat på flera sätt, lägst", x->methods.range[0]);
    cover_number(w, sheet, row, "Räknat på flera sätt, högst", x->methods.range[1]);
}

static void add_cover(struct workbook *w)
{
    const struct release *r = w->release;
    lxw_worksheet *sheet = workbook_add_worksheet(w->book, "Översikt");
    char moment[21];
    lxw_row_t row = 2;

    moment_to_text(r->published_at, moment);
    worksheet_set_column(sheet, 0, 0, COVER_WIDTH, NULL);
    worksheet_set_column(sheet, 1, 1, NOTE_WIDTH, NULL);
    worksheet_write_string(sheet, 0, 0, cstr(w, r->mapping.title_sv), w->title);
    cover_text(w, sheet, &row, "In English", r->mapping.title_en);
    cover_text(w, sheet, &row, "Kommun", r->city);
    cover_text(w, sheet, &row, "Period", str_of(period_of(w, &r->mapping)));
    cover_text(w, sheet, &row, "Vilka som räknas", r->mapping.people_sv);
    cover_text(w, sheet, &row, "Källa", r->mapping.source_sv);
    cover_number(w, sheet, &row, "Kända, på någon lista", r->seen.people);
    cover_number(w, sheet, &row, "Kända, lägst", r->seen.lo);
    cover_number(w, sheet, &row, "Kända, högst", r->seen.hi);
    cover_estimate(w, sheet, &row);
    cover_methods(w, sheet, &row);
    cover_text(w, sheet, &row, "Utgåva", r->name);
    cover_text(w, sheet, &row, "Publicerad", str_of(moment));
    cover_text(w, sheet, &row, "Program", r->program);
    cover_text(w, sheet, &row, "Signerad med nyckeln", r->public_key);
}

/* "people/lists" has no meaning to a spreadsheet: what may not be in the name of a sheet becomes a dash. */
static const char *sheet_name(const struct workbook *w, struct str label)
{
    char *name = NULL;
    size_t letters = 0;
    size_t n = 0;

    while (n < label.n && letters < LXW_SHEETNAME_MAX)
        if (++n == label.n || ((unsigned char)label.p[n] & 0xC0) != 0x80)
            letters++;
    name = arena_cstr(w->arena, label.p, n);
    for (char *p = name; *p; p++)
        if (strchr("[]:*?/\\'", *p))
            *p = '-';
    return name;
}

static void add_table(struct workbook *w, const struct release_table *t)
{
    static const char *const head[] = {"Kod",   "Svenska", "English",   "Antal",
                                       "Lägst", "Högst",   "Visas som", "Shown as"};
    lxw_worksheet *sheet = workbook_add_worksheet(w->book, sheet_name(w, t->label.sv));

    worksheet_set_column(sheet, 0, 0, FIGURE_WIDTH, NULL);
    worksheet_set_column(sheet, 1, 2, LABEL_WIDTH, NULL);
    worksheet_set_column(sheet, 3, 5, FIGURE_WIDTH, w->number);
    worksheet_set_column(sheet, 6, 7, SHOWN_WIDTH, NULL);
    for (lxw_col_t c = 0; c < sizeof head / sizeof *head; c++)
        worksheet_write_string(sheet, 0, c, head[c], w->head);
    worksheet_freeze_panes(sheet, 1, 0);
    for (size_t i = 0; i < t->n; i++) {
        const struct release_row *row = &t->row[i];
        lxw_row_t at = (lxw_row_t)i + 1;

        worksheet_write_string(sheet, at, 0, cstr(w, row->label.code), NULL);
        worksheet_write_string(sheet, at, 1, cstr(w, row->label.sv), NULL);
        worksheet_write_string(sheet, at, 2, cstr(w, row->label.en), NULL);
        worksheet_write_number(sheet, at, 3, (double)row->figure.people, w->number);
        worksheet_write_number(sheet, at, 4, (double)row->figure.lo, w->number);
        worksheet_write_number(sheet, at, 5, (double)row->figure.hi, w->number);
        worksheet_write_string(sheet, at, 6, cstr(w, row->figure.sv), NULL);
        worksheet_write_string(sheet, at, 7, cstr(w, row->figure.en), NULL);
    }
}

static void put_round(const struct workbook *w, lxw_worksheet *sheet, lxw_row_t at, const struct label *label,
                      const struct release *round)
{
    worksheet_write_string(sheet, at, 0, cstr(w, label->code), NULL);
    worksheet_write_string(sheet, at, 1, cstr(w, label->sv), NULL);
    worksheet_write_string(sheet, at, 2, cstr(w, label->en), NULL);
    worksheet_write_string(sheet, at, 3, period_of(w, &round->mapping), NULL);
    worksheet_write_string(sheet, at, 4, cstr(w, round->name), NULL);
}

static void put_compared(const struct workbook *w, lxw_worksheet *sheet, lxw_row_t *at,
                         const struct series_row *row, size_t rounds)
{
    for (size_t i = 0; i < rounds; i++, ++*at) {
        const struct release_figure *f = &row->figure[i];

        put_round(w, sheet, *at, &row->label, w->series->round[i]);
        worksheet_write_number(sheet, *at, 5, (double)f->people, w->number);
        worksheet_write_number(sheet, *at, 6, (double)f->lo, w->number);
        worksheet_write_number(sheet, *at, 7, (double)f->hi, w->number);
        worksheet_write_string(sheet, *at, 8, cstr(w, f->sv), NULL);
        worksheet_write_string(sheet, *at, 9, cstr(w, f->en), NULL);
    }
}

/* A round that it cannot be compared with has a row for each difference, and no figure. */
static void put_others(const struct workbook *w, lxw_worksheet *sheet, lxw_row_t *at)
{
    const struct label differs = {S("differs"), S("Går inte att jämföra"), S("Cannot be compared")};
    const struct series *all = w->series;

    for (size_t i = 0; i < all->others; i++)
        for (size_t d = 0; d < SERIES_DIFFERENCES; d++) {
            if (!(all->other[i].differences >> d & 1))
                continue;
            put_round(w, sheet, *at, &differs, all->other[i].release);
            worksheet_write_string(sheet, *at, 8, cstr(w, series_difference_words[d].sv), NULL);
            worksheet_write_string(sheet, (*at)++, 9, cstr(w, series_difference_words[d].en), NULL);
        }
}

static void add_series(struct workbook *w)
{
    static const char *const head[] = {"Kod",   "Svenska", "English", "Period",    "Utgåva",
                                       "Antal", "Lägst",   "Högst",   "Visas som", "Shown as"};
    const struct series *all = w->series;
    lxw_worksheet *sheet = workbook_add_worksheet(w->book, "Jämfört med tidigare");
    lxw_row_t at = 1;

    worksheet_set_column(sheet, 0, 0, FIGURE_WIDTH, NULL);
    worksheet_set_column(sheet, 1, 2, LABEL_WIDTH, NULL);
    worksheet_set_column(sheet, 3, 7, FIGURE_WIDTH, NULL);
    worksheet_set_column(sheet, 8, 9, SHOWN_WIDTH, NULL);
    for (lxw_col_t i = 0; i < sizeof head / sizeof *head; i++)
        worksheet_write_string(sheet, 0, i, head[i], w->head);
    worksheet_freeze_panes(sheet, 1, 0);
    for (size_t i = 0; all->rounds > 1 && i < all->rows; i++)
        put_compared(w, sheet, &at, &all->row[i], all->rounds);
    put_others(w, sheet, &at);
}

static void put_notes(const struct workbook *w, lxw_worksheet *sheet, lxw_row_t *row,
                      const struct release_note *note, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        worksheet_write_string(sheet, *row, 0, cstr(w, note[i].sv), w->wrapped);
        worksheet_write_string(sheet, (*row)++, 1, cstr(w, note[i].en), w->wrapped);
    }
}

static void add_notes(struct workbook *w)
{
    const struct release *r = w->release;
    struct what_if *x = arena_new(w->arena, 1, struct what_if);
    lxw_worksheet *sheet = workbook_add_worksheet(w->book, "Läs detta");
    lxw_row_t row = 1;

    worksheet_set_column(sheet, 0, 1, NOTE_WIDTH, NULL);
    worksheet_write_string(sheet, 0, 0, "Vad siffrorna säger och inte säger", w->head);
    worksheet_write_string(sheet, 0, 1, "What the figures say and do not say", w->head);
    what_if_of(r, w->arena, x);
    put_notes(w, sheet, &row, r->estimate.warning, r->estimate.warnings);
    put_notes(w, sheet, &row, x->note, x->notes);
    put_notes(w, sheet, &row, r->limit, r->limits);
}

/* XLSX (ECMA-376 part 1, SpreadsheetML) read with libzip and expat: the first sheet's cells, as text.
 *
 * A file from a stranger: every part is unpacked within a limit, and a document type, which no XLSX file has,
 * ends the reading, so that no entity is ever expanded. */
#include "sheet/sheet.h"

#include "base/arena.h"
#include "base/number.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#include <expat.h>
#include <zip.h>

enum { MOST_STRINGS = 1000000 };

/* What is being read: one part at a time goes through expat. */
struct reading {
    const char *name;
    struct arena *arena;
    zip_t *zip;
    XML_Parser parser;
    struct err *e;
    enum status status;

    struct str sheet_id;   /* workbook.xml: the relationship of the first sheet */
    struct str sheet_path; /* workbook.xml.rels: where it is */
    struct str *string;    /* sharedStrings.xml */
    size_t strings, strings_room;

    struct text text; /* of the element being read */
    bool takes_text;
    bool is_phonetic; /* how a text is pronounced, beside the text: not part of it */

    struct str *cell; /* of the row being read, SHEET_MAX_COLUMNS */
    size_t column, columns;
    int64_t line;
    char type; /* of the cell: s shared string, i inline, otherwise as written */
    struct sheet *sheet;
    size_t rows_room;
};

typedef void start_handler(struct reading *r, struct str element, const char **attributes);
typedef void end_handler(struct reading *r, struct str element);

struct part_handlers {
    struct reading *reading;
    start_handler *start;
    end_handler *end;
};

static enum status part_read(struct reading *r, const char *path, start_handler *start, end_handler *end);
static void workbook_start(struct reading *r, struct str element, const char **attributes);
static void relations_start(struct reading *r, struct str element, const char **attributes);
static void strings_start(struct reading *r, struct str element, const char **attributes);
static void strings_end(struct reading *r, struct str element);
static void sheet_start(struct reading *r, struct str element, const char **attributes);
static void sheet_end(struct reading *r, struct str element);
static void no_end(struct reading *r, struct str element);
static void row_end(struct reading *r);

static enum status read_parts(struct reading *r)
{
    TRY(part_read(r, "xl/workbook.xml", workbook_start, no_end));
    TRY(part_read(r, "xl/_rels/workbook.xml.rels", relations_start, no_end));
    if (r->sheet_path.n == 0)
        return err_set(r->e, BAD_INPUT, "%s: an XLSX file without a sheet", r->name);
    if (zip_name_locate(r->zip, "xl/sharedStrings.xml", 0) >= 0)
        TRY(part_read(r, "xl/sharedStrings.xml", strings_start, strings_end));
    TRY(part_read(r, r->sheet_path.p, sheet_start, sheet_end));
    if (!r->sheet->header)
        return err_set(r->e, BAD_INPUT,
                       "%s: the first sheet is empty, expected a row with the columns' names", r->name);
    return OK;
}

enum status sheet_read_xlsx(const char *name, struct str bytes, struct arena *a, struct sheet *out,
                            struct err *e)
{
    struct sheet sheet = {.letters = SHEET_UTF8};
    struct reading r = {.name = name, .arena = a, .e = e, .text = text_open(a), .sheet = &sheet};
    zip_error_t fault;

    r.cell = arena_new(a, SHEET_MAX_COLUMNS, struct str);
    zip_error_init(&fault);
    zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, &fault);
    if (source)
        r.zip = zip_open_from_source(source, ZIP_RDONLY, &fault);
    if (!r.zip) {
        zip_source_free(source);
        zip_error_fini(&fault);
        return err_set(e, BAD_INPUT, "%s: damaged: it begins as an XLSX file but cannot be unpacked", name);
    }
    zip_error_fini(&fault);
    enum status s = read_parts(&r);
    zip_discard(r.zip);
    if (s == OK)
        *out = sheet;
    return s;
}

/* The part `path`, unpacked, within the limit. */
static enum status part_unpack(struct reading *r, const char *path, struct str *out)
{
    struct zip_stat info;
    zip_file_t *file = NULL;

    zip_stat_init(&info);
    if (zip_stat(r->zip, path, 0, &info) != 0 || !(info.valid & ZIP_STAT_SIZE))
        return err_set(r->e, BAD_INPUT, "%s: not an XLSX file: it has no %.60s", r->name, path);
    if (info.size > SHEET_INFLATED_BYTES)
        return err_set(r->e, BAD_INPUT, "%s: unpacked it is larger than %d MB", r->name,
                       (int)SHEET_INFLATED_BYTES / 1024 / 1024);
    file = zip_fopen(r->zip, path, ZIP_FL_UNCHANGED);
    char *bytes = arena_alloc(r->arena, (size_t)info.size + 1, 1);
    zip_int64_t n = file ? zip_fread(file, bytes, info.size) : -1;
    bool is_whole = n == (zip_int64_t)info.size && zip_fclose(file) == 0;
    if (file && n != (zip_int64_t)info.size)
        zip_fclose(file);
    if (!is_whole)
        return err_set(r->e, BAD_INPUT, "%s: damaged: %.60s cannot be unpacked", r->name, path);
    *out = (struct str){bytes, (size_t)n};
    return OK;
}

static struct str local_name(const char *name)
{
    const char *colon = strrchr(name, ':');

    return str_of(colon ? colon + 1 : name);
}

static void on_start(void *user, const char *name, const char **attributes)
{
    struct part_handlers *h = user;

    h->start(h->reading, local_name(name), attributes);
}

static void on_end(void *user, const char *name)
{
    struct part_handlers *h = user;

    h->end(h->reading, local_name(name));
}

static void on_text(void *user, const char *p, int n)
{
    struct reading *r = ((struct part_handlers *)user)->reading;

    if (r->takes_text && r->text.n + (size_t)n <= SHEET_CELL_MAX_BYTES)
        text_add(&r->text, (struct str){p, (size_t)n});
}

static void stop(struct reading *r, enum status status)
{
    r->status = status;
    XML_StopParser(r->parser, XML_FALSE);
}

static void on_doctype(void *user, const char *name, const char *system, const char *public, int has_subset)
{
    struct reading *r = ((struct part_handlers *)user)->reading;

    (void)name, (void)system, (void)public, (void)has_subset;
    stop(r, err_set(r->e, BAD_INPUT, "%s: holds a document type, which no XLSX file does", r->name));
}

static enum status part_read(struct reading *r, const char *path, start_handler *start, end_handler *end)
{
    struct part_handlers handlers = {r, start, end};
    struct str bytes = S("");

    TRY(part_unpack(r, path, &bytes));
    r->parser = XML_ParserCreate(NULL);
    if (!r->parser)
        give_up("expat: out of memory");
    r->status = OK;
    r->takes_text = false;
    r->is_phonetic = false;
    XML_SetUserData(r->parser, &handlers);
    XML_SetElementHandler(r->parser, on_start, on_end);
    XML_SetCharacterDataHandler(r->parser, on_text);
    XML_SetStartDoctypeDeclHandler(r->parser, on_doctype);
    enum XML_Status outcome = XML_Parse(r->parser, bytes.p, (int)bytes.n, XML_TRUE);
    if (outcome != XML_STATUS_OK && r->status == OK)
        r->status = err_set(r->e, BAD_INPUT, "%s: damaged: %.60s is not XML", r->name, path);
    XML_ParserFree(r->parser);
    return r->status;
}

/* The value of the attribute `name`, whatever its namespace prefix; empty when it is not there. */
static struct str attribute(const char **attributes, const char *name)
{
    for (; attributes[0]; attributes += 2)
        if (str_is(local_name(attributes[0]), name))
            return str_of(attributes[1]);
    return S("");
}

static void no_end(struct reading *r, struct str element)
{
    (void)r, (void)element;
}

/* <sheet name="…" sheetId="1" r:id="rId1"/>: sheetId is another attribute, whose local name differs. */
static void workbook_start(struct reading *r, struct str element, const char **attributes)
{
    if (str_is(element, "sheet") && r->sheet_id.n == 0)
        r->sheet_id = str_copy(attribute(attributes, "id"), r->arena);
}

/* Targets are relative to xl/, or absolute within the package. */
static void relations_start(struct reading *r, struct str element, const char **attributes)
{
    struct str target = attribute(attributes, "Target");

    if (!str_is(element, "Relationship") || r->sheet_id.n == 0 ||
        !str_equal(attribute(attributes, "Id"), r->sheet_id))
        return;
    bool is_absolute = str_starts(target, S("/"));
    r->sheet_path = str_of(arena_printf(r->arena, "%s%s", is_absolute ? "" : "xl/", target.p + is_absolute));
}

static void strings_start(struct reading *r, struct str element, const char **attributes)
{
    (void)attributes;
    if (str_is(element, "si"))
        r->text = text_open(r->arena);
    if (str_is(element, "rPh"))
        r->is_phonetic = true;
    r->takes_text = str_is(element, "t") && !r->is_phonetic;
}

static void strings_end(struct reading *r, struct str element)
{
    r->takes_text = false;
    if (str_is(element, "rPh"))
        r->is_phonetic = false;
    if (!str_is(element, "si"))
        return;
    if (r->strings == MOST_STRINGS) {
        stop(r, err_set(r->e, BAD_INPUT, "%s: more than %d texts", r->name, (int)MOST_STRINGS));
        return;
    }
    r->string = arena_grow(r->arena, r->string, r->strings + 1, &r->strings_room, sizeof *r->string);
    r->string[r->strings++] = text_str(&r->text);
}

/* The column of a cell's place, "BC12": from 0; where it stands when it does not say. */
static size_t column_of(struct str place, size_t otherwise)
{
    size_t column = 0;
    size_t i = 0;

    for (; i < place.n && i < 3 && place.p[i] >= 'A' && place.p[i] <= 'Z'; i++)
        column = column * 26 + (size_t)(place.p[i] - 'A') + 1;
    return i > 0 ? column - 1 : otherwise;
}

static void sheet_start(struct reading *r, struct str element, const char **attributes)
{
    if (str_is(element, "row")) {
        int64_t line = 0;

        r->line = i64_from_str(attribute(attributes, "r"), 1, INT32_MAX, &line) ? line : r->line + 1;
        r->column = r->columns = 0;
        memset(r->cell, 0, SHEET_MAX_COLUMNS * sizeof *r->cell);
    } else if (str_is(element, "c")) {
        struct str type = attribute(attributes, "t");

        r->column = column_of(attribute(attributes, "r"), r->column);
        r->type = str_is(type, "s") ? 's' : str_is(type, "inlineStr") ? 'i' : 'v';
        r->text = text_open(r->arena);
    } else if (str_is(element, "rPh")) {
        r->is_phonetic = true;
    }
    r->takes_text = str_is(element, "v") || (str_is(element, "t") && r->type == 'i' && !r->is_phonetic);
}

/* A cell's text: what it says, or the shared text whose number it holds. */
static struct str cell_text(struct reading *r)
{
    struct str text = text_str(&r->text);
    int64_t i = 0;

    if (r->type != 's')
        return str_trim(text);
    if (r->strings == 0 || !i64_from_str(text, 0, (int64_t)r->strings - 1, &i))
        return S("");
    return str_trim(r->string[i]);
}

static void sheet_end(struct reading *r, struct str element)
{
    r->takes_text = false;
    if (str_is(element, "rPh"))
        r->is_phonetic = false;
    if (str_is(element, "c")) {
        struct str text = cell_text(r);

        if (r->column < SHEET_MAX_COLUMNS) {
            r->cell[r->column] = text;
            r->columns = text.n > 0 && r->column + 1 > r->columns ? r->column + 1 : r->columns;
        }
        r->column++;
    }
    if (str_is(element, "row"))
        row_end(r);
}

/* The first row with text is the header; a later one with text beyond the header's columns is torn. */
static void row_end(struct reading *r)
{
    struct sheet *sheet = r->sheet;

    if (r->columns == 0)
        return;
    if (!sheet->header) {
        struct str *header = arena_new(r->arena, r->columns, struct str);

        memcpy(header, r->cell, r->columns * sizeof *header);
        sheet->header = header;
        sheet->columns = r->columns;
        return;
    }
    if (sheet->n == SHEET_MAX_ROWS) {
        stop(r, err_set(r->e, BAD_INPUT, "%s: more than %d rows", r->name, (int)SHEET_MAX_ROWS));
        return;
    }
    sheet->row = arena_grow(r->arena, sheet->row, sheet->n + 1, &r->rows_room, sizeof *sheet->row);
    struct sheet_row *row = &sheet->row[sheet->n++];
    *row = (struct sheet_row){r->line, r->columns > sheet->columns,
                              arena_new(r->arena, sheet->columns, struct str)};
    memcpy(row->cell, r->cell, sheet->columns * sizeof *row->cell);
}

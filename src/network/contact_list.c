/* A contact list as people keep it in a spreadsheet. */
#include "network/contact_list.h"

#include "base/arena.h"
#include "network/fold.h"
#include "network/organisation.h"
#include "network/organisation_number.h"
#include "network/phone.h"
#include "sheet/sheet.h"
#include "web/address.h"

#include <stdbool.h>

enum { MOST_NAMES = 12, NOWHERE = -1 };

static const char *const column_names[CONTACT_COLUMNS][MOST_NAMES] = {
    [CONTACT_COLUMN_ORGANISATION] = {"Organisation", "Företag", "Verksamhetens namn", "Bolag", "Förening",
                                     "Organization", "Company"},
    [CONTACT_COLUMN_NUMBER] = {"Organisationsnummer", "Org.nr", "Orgnr", "Org nr", "Org.nummer",
                               "Organisation number"},
    [CONTACT_COLUMN_ACTOR] = {"Aktör", "Aktörstyp", "Verksamhet", "Bransch", "Kategori", "Typ", "Actor",
                              "Actor type", "Type"},
    [CONTACT_COLUMN_NAME] = {"Namn", "Kontaktperson", "Kontakt", "Name", "Contact", "Contact person"},
    [CONTACT_COLUMN_ROLE] = {"Roll", "Funktion", "Befattning", "Titel", "Role", "Title"},
    [CONTACT_COLUMN_EMAIL] = {"E-post", "Epost", "E-postadress", "Mejl", "Mail", "E-mail", "Email",
                              "E-mail address"},
    [CONTACT_COLUMN_PHONE] = {"Telefon", "Telefonnummer", "Tel", "Mobil", "Mobilnummer", "Phone"},
};

static bool is_named(enum contact_column column, struct str folded, struct arena *a)
{
    for (size_t i = 0; i < MOST_NAMES && column_names[column][i]; i++)
        if (str_equal(folded, fold(str_of(column_names[column][i]), a)))
            return true;
    return false;
}

/* Where each column stands in the sheet; NOWHERE for those it lacks. */
static enum status find_columns(const char *name, const struct sheet *sheet, struct arena *a,
                                int place[CONTACT_COLUMNS], struct err *e)
{
    static const enum contact_column needed[] = {CONTACT_COLUMN_ORGANISATION, CONTACT_COLUMN_NAME,
                                                 CONTACT_COLUMN_EMAIL};

    for (int c = 0; c < CONTACT_COLUMNS; c++) {
        place[c] = NOWHERE;
        for (size_t i = 0; i < sheet->columns; i++) {
            if (!is_named((enum contact_column)c, fold(sheet->header[i], a), a))
                continue;
            if (place[c] != NOWHERE)
                return err_set(e, BAD_INPUT, "%s: two columns for \"%s\": number %d and number %zu", name,
                               column_names[c][0], place[c] + 1, i + 1);
            place[c] = (int)i;
        }
    }
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (place[needed[i]] == NOWHERE)
            return err_set(e, BAD_INPUT, "%s: there is no column named \"%s\" in the first row", name,
                           column_names[needed[i]][0]);
    return OK;
}

static enum contact_fault check_number(struct contact_row *row, struct arena *a)
{
    static const enum contact_fault faults[] = {[ORGANISATION_NUMBER_RIGHT] = CONTACT_RIGHT,
                                                [ORGANISATION_NUMBER_EMPTY] = CONTACT_RIGHT,
                                                [ORGANISATION_NUMBER_LETTERS] = CONTACT_NUMBER_LETTERS,
                                                [ORGANISATION_NUMBER_LENGTH] = CONTACT_NUMBER_LENGTH,
                                                [ORGANISATION_NUMBER_PERSON] = CONTACT_NUMBER_PERSON,
                                                [ORGANISATION_NUMBER_CHECK] = CONTACT_NUMBER_CHECK};
    int digits = 0;

    return faults[organisation_number_read(row->cell[CONTACT_COLUMN_NUMBER], a,
                                           &row->cell[CONTACT_COLUMN_NUMBER], &digits)];
}

static enum contact_fault check_actor(struct contact_row *row, enum actor_kind otherwise)
{
    struct str text = row->cell[CONTACT_COLUMN_ACTOR];

    row->actor = otherwise;
    if (text.n == 0)
        return otherwise == ACTORS ? CONTACT_NO_ACTOR : CONTACT_RIGHT;
    return actor_from_str(text, &row->actor) ? CONTACT_RIGHT : CONTACT_UNKNOWN_ACTOR;
}

static enum contact_fault check_email(const struct contact_row *row)
{
    struct str text = row->cell[CONTACT_COLUMN_EMAIL];

    if (text.n == 0)
        return CONTACT_NO_EMAIL;
    return address_is_valid(text) ? CONTACT_RIGHT : CONTACT_BAD_EMAIL;
}

static enum contact_fault check_cell(struct contact_row *row, enum contact_column column,
                                     enum actor_kind otherwise, struct arena *a)
{
    struct str text = row->cell[column];

    switch (column) {
    case CONTACT_COLUMN_ORGANISATION:
        return text.n == 0                            ? CONTACT_NO_ORGANISATION
               : text.n > ORGANISATION_NAME_MAX_BYTES ? CONTACT_TOO_LONG
                                                      : CONTACT_RIGHT;
    case CONTACT_COLUMN_NUMBER:
        return check_number(row, a);
    case CONTACT_COLUMN_ACTOR:
        return check_actor(row, otherwise);
    case CONTACT_COLUMN_NAME:
        return text.n == 0                       ? CONTACT_NO_NAME
               : text.n > CONTACT_NAME_MAX_BYTES ? CONTACT_TOO_LONG
                                                 : CONTACT_RIGHT;
    case CONTACT_COLUMN_ROLE:
        return text.n > CONTACT_ROLE_MAX_BYTES ? CONTACT_TOO_LONG : CONTACT_RIGHT;
    case CONTACT_COLUMN_EMAIL:
        return check_email(row);
    case CONTACT_COLUMN_PHONE:
        return text.n > 0 && !phone_is_valid(text) ? CONTACT_BAD_PHONE : CONTACT_RIGHT;
    case CONTACT_COLUMNS:
        break;
    }
    return CONTACT_RIGHT;
}

static void check_row(struct contact_row *row, enum actor_kind otherwise, struct arena *a)
{
    for (int c = 0; c < CONTACT_COLUMNS && row->fault == CONTACT_RIGHT; c++) {
        row->column = (enum contact_column)c;
        row->fault = check_cell(row, row->column, otherwise, a);
    }
}

/* A cell may hold line breaks and tabs, which no name or address does. */
static struct str on_one_line(struct str text, struct arena *a)
{
    char *p = arena_cstr(a, text.p, text.n);

    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)p[i] < ' ')
            p[i] = ' ';
    return str_trim((struct str){p, text.n});
}

enum status contact_list_read(const char *name, const struct sheet *sheet, enum actor_kind otherwise,
                              struct arena *a, struct contact_rows *out, struct err *e)
{
    struct contact_rows rows = {.n = sheet->n, .row = arena_new(a, sheet->n + 1, struct contact_row)};
    int place[CONTACT_COLUMNS];

    TRY(find_columns(name, sheet, a, place, e));
    for (size_t i = 0; i < sheet->n; i++) {
        struct contact_row *row = &rows.row[i];

        row->line = sheet->row[i].line;
        row->fault = sheet->row[i].is_torn ? CONTACT_TORN : CONTACT_RIGHT;
        for (int c = 0; c < CONTACT_COLUMNS; c++)
            row->cell[c] = place[c] == NOWHERE ? S("") : on_one_line(sheet->row[i].cell[place[c]], a);
        if (row->fault == CONTACT_RIGHT)
            check_row(row, otherwise, a);
        rows.faults += row->fault != CONTACT_RIGHT;
    }
    *out = rows;
    return OK;
}

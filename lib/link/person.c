/* A row of an agency's list as a person. */
#include "link/person.h"

#include "base/arena.h"
#include "link/personnummer.h"

#include <string.h>

/* How a field was understood. */
enum reading { MISSING, ODD, DOUBLED, WEAK, GOOD };

static enum reading take_field(const struct intake *in, const struct schema_field *f, struct str cell,
                               struct arena *a, struct person *out);
static void tell(struct field_account *account, enum reading reading, int64_t line);

static int find_column(const struct csv *in, const struct schema_field *f, struct str *named)
{
    for (size_t i = 0; i < f->columns; i++)
        for (size_t k = 0; k < in->n; k++)
            if (str_equal(in->fields[k], f->column[i])) {
                *named = f->column[i];
                return (int)k;
            }
    *named = f->column[0];
    return -1;
}

enum status intake_open(struct intake *in, const struct schema *schema, const char *name, struct str bytes,
                        struct arena *a, struct err *e)
{
    size_t names = 0;

    *in = (struct intake){.schema = schema};
    TRY(csv_open(&in->in, name, bytes, a, e));
    for (size_t i = 0; i < schema->fields; i++) {
        const struct schema_field *f = &schema->field[i];

        in->column[i] = find_column(&in->in, f, &in->named[i]);
        names += in->column[i] >= 0 && f->kind == FIELD_NAME;
        if (in->column[i] < 0 && !f->is_optional)
            return csv_fault(e, &in->in, 0,
                             "no column named \"%.*s\" for the field %s, expected as in the schema",
                             STR(f->column[0]), field_kind_name(f->kind));
    }
    if (names == 0)
        return csv_fault(e, &in->in, 0, "no column for names, expected at least one of those in the schema");
    return OK;
}

enum status intake_next(struct intake *in, struct arena *a, struct person *out, bool *has_person,
                        struct err *e)
{
    in->in.arena = a;
    TRY(csv_next(&in->in, has_person, e));
    if (!*has_person)
        return OK;
    *out = (struct person){0};
    for (size_t i = 0; i < in->schema->fields; i++) {
        const struct schema_field *f = &in->schema->field[i];
        bool has_column = in->column[i] >= 0;
        struct str cell = has_column ? str_trim(in->in.fields[in->column[i]]) : S("");

        tell(&in->account[i], take_field(in, f, cell, a, out), in->in.line);
    }
    in->people++;
    in->nameless += out->names.n == 0;
    in->undated += out->birth.year == 0;
    return OK;
}

static bool is_better(const struct birth *b, const struct birth *than)
{
    int parts = (b->year > 0) + (b->month > 0) + (b->day > 0);
    int than_parts = (than->year > 0) + (than->month > 0) + (than->day > 0);

    return parts > than_parts || (parts == than_parts && than->is_estimate && !b->is_estimate);
}

static enum reading take_birth(const struct intake *in, const struct schema_field *f, struct str cell,
                               struct person *out)
{
    static const enum reading readings[] = {
        [BIRTH_MISSING] = MISSING, [BIRTH_ODD] = ODD, [BIRTH_WEAK] = WEAK, [BIRTH_GOOD] = GOOD};
    struct birth b;
    enum birth_reading reading = f->kind == FIELD_AGE ? birth_of_age(cell, in->schema->as_of, &b)
                                                      : birth_read(cell, f->order, in->schema->as_of, &b);

    if (is_better(&b, &out->birth))
        out->birth = b;
    return readings[reading];
}

/* A personnummer stands for itself, and for date and sex where the row has none of its own. */
static enum reading take_personnummer(const struct intake *in, struct str cell, struct person *out)
{
    struct personnummer p;
    enum personnummer_reading reading = personnummer_read(cell, in->schema->as_of, &p);

    if (reading != PERSONNUMMER_GOOD)
        return reading == PERSONNUMMER_MISSING ? MISSING : ODD;
    struct birth b = {p.birth.year, p.birth.month, p.birth.day, false};
    memcpy(out->personnummer, p.digits, sizeof out->personnummer);
    if (is_better(&b, &out->birth))
        out->birth = b;
    if (out->sex == 0)
        out->sex = p.sex;
    return GOOD;
}

static enum reading take_sex(struct str cell, struct person *out)
{
    char sex = sex_of(cell);

    if (sex)
        out->sex = sex;
    return sex ? GOOD : cell.n ? ODD : MISSING;
}

static enum reading take_text(enum field_kind kind, struct str cell, struct arena *a, struct person *out)
{
    struct str text = kind == FIELD_PHONE   ? phone_of(cell, a)
                      : kind == FIELD_PLACE ? text_loose(cell, a)
                                            : other_id_of(cell, a);

    if (kind == FIELD_PLACE && text.n == 0)
        text = other_id_of(cell, a); /* a postal code: digits alone */
    if (text.n == 0)
        return cell.n ? ODD : MISSING;
    if (out->texts < PERSON_MAX_TEXTS)
        out->text[out->texts++] = (struct person_text){kind, text};
    return GOOD;
}

static enum reading take_field(const struct intake *in, const struct schema_field *f, struct str cell,
                               struct arena *a, struct person *out)
{
    const struct fillers fillers = {.n = in->schema->words, .word = in->schema->word};

    switch (f->kind) {
    case FIELD_NAME:
        if (!name_add(&out->names, cell, &fillers, a))
            return MISSING;
        return name_is_of_two(cell) ? DOUBLED : GOOD;
    case FIELD_BIRTH_DATE:
    case FIELD_AGE:
        return take_birth(in, f, cell, out);
    case FIELD_SEX:
        return take_sex(cell, out);
    case FIELD_PERSONNUMMER:
        return take_personnummer(in, cell, out);
    case FIELD_PHONE:
    case FIELD_PLACE:
    case FIELD_OTHER_ID:
        return take_text(f->kind, cell, a, out);
    case FIELD_KINDS:
        break;
    }
    return MISSING;
}

static void tell(struct field_account *account, enum reading reading, int64_t line)
{
    account->missing += reading == MISSING;
    account->odd += reading == ODD;
    account->doubled += reading == DOUBLED;
    account->weak += reading == WEAK;
    if ((reading == ODD || reading == DOUBLED) && account->rows < INTAKE_ROWS_TOLD)
        account->row[account->rows++] = line;
}

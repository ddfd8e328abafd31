/* A form's questions, as they are put. */
#include "web/field.h"

#include "base/arena.h"
#include "base/number.h"
#include "base/text.h"

#include <assert.h>

static const char *const part_names[FIELD_DATE_PARTS] = {"day", "month", "year"};

struct field_set *field_set_open(const struct form *sent, const struct catalogue *texts, struct arena *a)
{
    struct field_set *f = arena_new(a, 1, struct field_set);

    *f = (struct field_set){.sent = sent, .is_sent = sent != NULL, .texts = texts, .arena = a};
    return f;
}

/* What the field's input points to for those who do not see the page. */
static void describe(struct field_set *f, struct field *x)
{
    struct text ids = text_open(f->arena);

    if (x->hint.n > 0)
        text_format(&ids, "%s-hint", x->name);
    if (x->is_overtaken)
        text_format(&ids, "%s%s-saved", ids.n ? " " : "", x->name);
    if (x->error.n > 0)
        text_format(&ids, "%s%s-error", ids.n ? " " : "", x->name);
    x->described_by = text_str(&ids);
}

struct field *field_add(struct field_set *f, enum field_kind kind, const char *name, enum text_key label)
{
    struct field *x = arena_new(f->arena, 1, struct field);

    assert(f->n < FIELDS_MOST);
    *x = (struct field){.kind = kind, .name = name, .label = catalogue_text(f->texts, label)};
    if (f->sent && kind == FIELD_DATE) {
        for (int i = 0; i < FIELD_DATE_PARTS; i++)
            x->part[i] = form_value(f->sent, arena_printf(f->arena, "%s-%s", name, part_names[i]));
    } else if (f->sent) {
        x->value = form_value(f->sent, name);
    }
    f->field[f->n++] = x;
    return x;
}

void field_hint(struct field_set *f, struct field *x, enum text_key hint)
{
    x->hint = catalogue_text(f->texts, hint);
    describe(f, x);
}

void field_start(struct field_set *f, struct field *x, struct str saved)
{
    x->saved = saved;
    if (!f->sent)
        x->value = saved;
}

void field_start_i64(struct field_set *f, struct field *x, int64_t saved)
{
    char digits[I64_TEXT_BYTES];

    field_start(f, x, str_copy(i64_to_text(saved, digits), f->arena));
}

void field_start_date(struct field_set *f, struct field *x, struct date saved)
{
    char iso[11];

    if (saved.year == 0)
        return;
    date_to_text(saved, iso);
    x->saved = str_copy(str_of(iso), f->arena);
    if (f->sent)
        return;
    x->part[0] = str_of(arena_printf(f->arena, "%d", saved.day));
    x->part[1] = str_of(arena_printf(f->arena, "%d", saved.month));
    x->part[2] = str_of(arena_printf(f->arena, "%d", saved.year));
}

void field_start_time(struct field_set *f, struct field *x, int minutes)
{
    field_start(f, x, str_of(arena_printf(f->arena, "%02d.%02d", minutes / 60, minutes % 60)));
}

static bool was_chosen(const struct form *sent, const char *name, struct str value)
{
    for (size_t i = 0; i < sent->n; i++)
        if (str_is(sent->fields[i].name, name) && str_equal(sent->fields[i].value, value))
            return true;
    return false;
}

struct field_option *field_option(struct field_set *f, struct field *x, struct str value, struct str label,
                                  bool is_first)
{
    size_t i = x->options;

    x->option = arena_grow(f->arena, x->option, i + 1, &x->option_room, sizeof *x->option);
    x->option[i] = (struct field_option){
        .value = value,
        .label = label,
        .id = i == 0 ? str_of(x->name) : str_of(arena_printf(f->arena, "%s-%zu", x->name, i + 1)),
        .is_chosen = f->sent ? was_chosen(f->sent, x->name, value) : is_first};
    if (is_first) {
        struct text saved = text_open(f->arena);
        text_add(&saved, x->saved);
        if (saved.n)
            text_lit(&saved, ", ");
        text_add(&saved, label);
        x->saved = text_str(&saved);
    }
    x->options++;
    return &x->option[i];
}

bool field_wrong_text(struct field_set *f, struct field *x, struct str error)
{
    if (x->error.n == 0) {
        f->errors++;
        x->error = error;
        describe(f, x);
    }
    return false;
}

bool field_wrong(struct field_set *f, struct field *x, enum text_key error)
{
    return field_wrong_text(f, x, catalogue_text(f->texts, error));
}

/* What the field holds now, in the form of `saved`. */
static struct str typed(const struct field_set *f, const struct field *x)
{
    struct text all = text_open(f->arena);
    int64_t part[FIELD_DATE_PARTS];

    if (x->kind == FIELD_DATE) {
        for (int i = 0; i < FIELD_DATE_PARTS; i++)
            if (!i64_from_str(x->part[i], 1, 9999, &part[i]))
                return S("");
        text_format(&all, "%04d-%02d-%02d", (int)part[2], (int)part[1], (int)part[0]);
        return text_str(&all);
    }
    if (x->options == 0)
        return x->value;
    for (size_t i = 0; i < x->options; i++) {
        if (!x->option[i].is_chosen)
            continue;
        if (all.n)
            text_lit(&all, ", ");
        text_add(&all, x->option[i].label);
    }
    return text_str(&all);
}

void field_set_overtaken(struct field_set *f)
{
    f->is_overtaken = true;
    for (size_t i = 0; i < f->n; i++) {
        struct field *x = f->field[i];

        x->is_overtaken = !str_equal(typed(f, x), x->saved);
        describe(f, x);
    }
}

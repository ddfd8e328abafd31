/* The steps of a gathering: who takes them when, their forms, and what is done with what is handed in. */
#include "gathering/gathering_view.h"

#include "base/arena.h"
#include "base/text.h"
#include "calendar/stockholm.h"
#include "gathering/gathering_keys.h"
#include "portal/portal.h"
#include "web/request.h"

#include <inttypes.h>

enum { START_DAYS = 90, DAY_SECONDS = 24 * 60 * 60 };

#define ALL_STATES (GATHERING_BIT(GATHERING_STATES) - 1)
#define NOT_ENDED (ALL_STATES & ~GATHERING_BIT(GATHERING_ENDED))

const struct gathering_step_row gathering_steps[STEPS] = {
    [STEP_START] = {.path = "/borja",
                    .permission = PERMISSION_MAPPING_START,
                    .title = TEXT_GATHERING_START_TITLE,
                    .about = TEXT_GATHERING_START_ABOUT,
                    .button = TEXT_GATHERING_START_BUTTON,
                    .wrong = TEXT_GATHERING_START_WRONG},
    [STEP_READER] = {.path = "/lankare",
                     .permission = PERMISSION_MAPPING_RUN,
                     .states = GATHERING_BIT(GATHERING_KEYS),
                     .title = TEXT_GATHERING_READER_TITLE,
                     .about = TEXT_GATHERING_READER_ABOUT,
                     .button = TEXT_GATHERING_KEY_BUTTON,
                     .wrong = TEXT_GATHERING_KEY_WRONG},
    [STEP_KEY] = {.path = "/nyckel",
                  .permission = PERMISSION_MAPPING_UPLOAD,
                  .states = GATHERING_BIT(GATHERING_KEYS),
                  .title = TEXT_GATHERING_KEY_TITLE,
                  .about = TEXT_GATHERING_KEY_ABOUT,
                  .button = TEXT_GATHERING_KEY_BUTTON,
                  .wrong = TEXT_GATHERING_KEY_WRONG},
    [STEP_LEAVE] = {.path = "/lamna",
                    .permission = PERMISSION_MAPPING_UPLOAD,
                    .states = GATHERING_BIT(GATHERING_KEYS),
                    .title = TEXT_GATHERING_LEAVE_TITLE,
                    .about = TEXT_GATHERING_LEAVE_ABOUT,
                    .button = TEXT_GATHERING_LEAVE_BUTTON,
                    .is_aside = true},
    [STEP_KEYS] = {.path = "/klara",
                   .permission = PERMISSION_MAPPING_START,
                   .states = GATHERING_BIT(GATHERING_KEYS),
                   .title = TEXT_GATHERING_KEYS_TITLE,
                   .about = TEXT_GATHERING_KEYS_ABOUT,
                   .button = TEXT_GATHERING_KEYS_BUTTON},
    [STEP_DIGITS] = {.path = "/siffror",
                     .permission = PERMISSION_MAPPING_UPLOAD,
                     .states = GATHERING_BIT(GATHERING_DIGITS),
                     .title = TEXT_GATHERING_DIGITS_TITLE,
                     .about = TEXT_GATHERING_DIGITS_ABOUT,
                     .button = TEXT_GATHERING_DIGITS_BUTTON},
    [STEP_SECRET] = {.path = "/hemlighet",
                     .permission = PERMISSION_MAPPING_UPLOAD,
                     .states = GATHERING_BIT(GATHERING_SECRET),
                     .title = TEXT_GATHERING_SECRET_TITLE,
                     .about = TEXT_GATHERING_SECRET_ABOUT,
                     .button = TEXT_GATHERING_SECRET_BUTTON,
                     .wrong = TEXT_GATHERING_SECRET_WRONG},
    [STEP_LIST] = {.path = "/lista",
                   .permission = PERMISSION_MAPPING_UPLOAD,
                   .states = GATHERING_BIT(GATHERING_HANDING_IN) | GATHERING_BIT(GATHERING_WHOLE),
                   .title = TEXT_GATHERING_LIST_TITLE,
                   .about = TEXT_GATHERING_LIST_ABOUT,
                   .button = TEXT_GATHERING_LIST_BUTTON,
                   .wrong = TEXT_GATHERING_LIST_WRONG},
    [STEP_SHORT] = {.path = "/korta",
                    .permission = PERMISSION_MAPPING_START,
                    .states = GATHERING_BIT(GATHERING_HANDING_IN) | GATHERING_BIT(GATHERING_WHOLE),
                    .title = TEXT_GATHERING_SHORT_TITLE,
                    .about = TEXT_GATHERING_SHORT_ABOUT,
                    .button = TEXT_GATHERING_SHORT_BUTTON},
    [STEP_RECEIPT] = {.path = "/kvitto",
                      .permission = PERMISSION_MAPPING_UPLOAD,
                      .states = GATHERING_BIT(GATHERING_WHOLE) | GATHERING_BIT(GATHERING_ENDED),
                      .title = TEXT_GATHERING_RECEIPT_TITLE,
                      .about = TEXT_GATHERING_RECEIPT_ABOUT,
                      .button = TEXT_GATHERING_RECEIPT_BUTTON,
                      .wrong = TEXT_GATHERING_RECEIPT_WRONG},
    [STEP_ANEW] = {.path = "/om",
                   .permission = PERMISSION_MAPPING_START,
                   .states = NOT_ENDED & ~GATHERING_BIT(GATHERING_KEYS),
                   .title = TEXT_GATHERING_ANEW_TITLE,
                   .about = TEXT_GATHERING_ANEW_ABOUT,
                   .button = TEXT_GATHERING_ANEW_BUTTON,
                   .is_aside = true},
    [STEP_END] = {.path = "/avsluta",
                  .permission = PERMISSION_MAPPING_START,
                  .states = NOT_ENDED,
                  .title = TEXT_GATHERING_END_TITLE,
                  .about = TEXT_GATHERING_END_ABOUT,
                  .button = TEXT_GATHERING_END_BUTTON,
                  .is_aside = true},
};

struct str gathering_key_name(const struct gathering_list *list, struct arena *a)
{
    return str_of(arena_printf(a, "lista-%" PRId64 ".pub", list->id));
}

struct str gathering_list_name(const struct gathering_list *list, struct arena *a)
{
    return str_of(arena_printf(a, "lista-%" PRId64 ".clk", list->id));
}

static bool is_ready(const struct gathering *g)
{
    return g->reader.n > 0 && g->lists >= 2;
}

bool gathering_may(const struct request *r, const struct gathering *g, enum gathering_step step)
{
    const struct gathering_step_row *row = &gathering_steps[step];
    const struct gathering_list *own = gathering_list_of(g, portal_visitor(r)->person.id);

    if (!portal_may(r, row->permission) || !(row->states & GATHERING_BIT(g->state)))
        return false;
    switch (step) {
    case STEP_READER:
        return !own;
    case STEP_KEY:
        return portal_visitor(r)->person.id != g->reader_by;
    case STEP_KEYS:
        return is_ready(g);
    case STEP_SHORT:
        return gathering_waits(g);
    case STEP_RECEIPT:
        return own && own->receipt_at == 0;
    case STEP_LEAVE:
    case STEP_DIGITS:
    case STEP_SECRET:
    case STEP_LIST:
        return own != NULL;
    case STEP_START:
    case STEP_ANEW:
    case STEP_END:
    case STEPS:
        break;
    }
    return true;
}

/* The public keys of all lists, as they are named when they are fetched. */
static const char *key_names(const struct gathering *g, struct arena *a)
{
    struct text out = text_open(a);

    for (size_t i = 0; i < g->lists; i++)
        text_format(&out, " %.*s", STR(gathering_key_name(&g->list[i], a)));
    return arena_cstr(a, out.p, out.n);
}

/* What is run on one's own machine before the step; the same in every language. */
static struct str command_of(const struct request *r, const struct gathering *g, enum gathering_step step)
{
    struct arena *a = r->arena;

    switch (step) {
    case STEP_START:
        return S("lykta encode --guess lista.csv > schema.json");
    case STEP_READER:
        return S("lykta keys make --name \"Länkaren (exempel)\" -o lankare.key");
    case STEP_KEY:
        return S("lykta keys make --name \"Socialtjänsten (exempel)\" -o egen.key");
    case STEP_DIGITS:
        return str_of(arena_printf(a, "lykta keys digits --schema schema.json --reader lankare.pub%s",
                                   key_names(g, a)));
    case STEP_SECRET:
        return str_of(arena_printf(
            a,
            "lykta keys share --schema schema.json --reader lankare.pub --key egen.key%s -o hemlighet.keys",
            key_names(g, a)));
    case STEP_LIST:
        return S("lykta keys take --schema schema.json --key egen.key --digits \"12345 …\" hemlighet.keys -o "
                 "egen.secret\n"
                 "lykta encode --schema schema.json --secret egen.secret lista.csv -o lista.clk --json > "
                 "lista.json");
    case STEP_RECEIPT:
        return S("lykta keys delete egen.secret -o kvitto.txt");
    case STEP_LEAVE:
    case STEP_KEYS:
    case STEP_SHORT:
    case STEP_ANEW:
    case STEP_END:
    case STEPS:
        break;
    }
    return S("");
}

static struct field *ask_file(struct gathering_form *form, const char *name, enum text_key label)
{
    form->has_files = true;
    return field_add(form->fields, FIELD_FILE, name, label);
}

static void ask_start(const struct request *r, struct gathering_form *form)
{
    struct field *day = NULL;

    ask_file(form, "file", TEXT_GATHERING_START_FILE);
    day = field_add(form->fields, FIELD_DATE, "ends_on", TEXT_GATHERING_START_ENDS);
    field_hint(form->fields, day, TEXT_GATHERING_START_ENDS_HINT);
    field_start_date(form->fields, day, stockholm_day(r->now_at + (int64_t)START_DAYS * DAY_SECONDS, NULL));
}

static void ask_digits(const struct request *r, struct gathering_form *form)
{
    struct field *x = field_add(form->fields, FIELD_RADIOS, "digits", TEXT_GATHERING_DIGITS_ASK);

    field_option(form->fields, x, S("same"), portal_text(r, TEXT_GATHERING_DIGITS_SAME), false);
    field_option(form->fields, x, S("other"), portal_text(r, TEXT_GATHERING_DIGITS_OTHER), false);
}

static void ask_list(struct gathering_form *form)
{
    struct field *told = NULL;

    ask_file(form, "file", TEXT_GATHERING_LIST_FILE);
    told = ask_file(form, "told", TEXT_GATHERING_LIST_TOLD);
    told->is_optional = true;
    field_hint(form->fields, told, TEXT_GATHERING_LIST_TOLD_HINT);
}

static void ask(const struct request *r, struct gathering_form *form, enum gathering_step step)
{
    switch (step) {
    case STEP_START:
        ask_start(r, form);
        break;
    case STEP_READER:
    case STEP_KEY:
        ask_file(form, "file", TEXT_GATHERING_KEY_FILE);
        break;
    case STEP_DIGITS:
        ask_digits(r, form);
        break;
    case STEP_SECRET:
        ask_file(form, "file", TEXT_GATHERING_SECRET_FILE);
        break;
    case STEP_LIST:
        ask_list(form);
        break;
    case STEP_RECEIPT:
        ask_file(form, "file", TEXT_GATHERING_RECEIPT_FILE);
        break;
    case STEP_ANEW:
        field_add(form->fields, FIELD_AREA, "reason", TEXT_GATHERING_ANEW_REASON);
        break;
    case STEP_LEAVE:
    case STEP_KEYS:
    case STEP_SHORT:
    case STEP_END:
    case STEPS:
        break;
    }
}

struct gathering_form *gathering_form_of(const struct request *r, const struct gathering *g,
                                         enum gathering_step step, const struct form *sent)
{
    struct gathering_form *form = arena_new(r->arena, 1, struct gathering_form);

    *form = (struct gathering_form){.row = &gathering_steps[step],
                                    .fields = field_set_open(sent, catalogue_of(r->language), r->arena),
                                    .action = gathering_href(r, g->round, gathering_steps[step].path),
                                    .command = command_of(r, g, step)};
    ask(r, form, step);
    return form;
}

static struct str bytes_of(const struct request *r, const char *name)
{
    const struct form_file *file = form_file(&r->form, name);

    return file ? file->bytes : S("");
}

static enum status start(const struct request *r, const struct gathering *g, struct gathering_form *form,
                         const struct who *who, struct err *e)
{
    struct date today = stockholm_day(r->now_at, NULL);
    struct date latest = stockholm_day(r->now_at + (int64_t)GATHERING_DAYS * DAY_SECONDS, NULL);
    struct date ends_on;

    if (!field_date(form->fields, form->fields->field[1], today, latest, &ends_on))
        return OK;
    return gathering_open(portal_db(r), g->round, bytes_of(r, "file"), ends_on, who, e);
}

static enum status compare(const struct request *r, const struct gathering *g, struct gathering_form *form,
                           const struct who *who, struct err *e)
{
    size_t chosen = 0;

    if (!field_choice(form->fields, form->fields->field[0], &chosen))
        return OK;
    return gathering_compare(portal_db(r), g->round, portal_visitor(r)->person.id, chosen == 0, who, e);
}

static enum status take_list(const struct request *r, const struct gathering *g, struct gathering_form *form,
                             const struct who *who, struct err *e)
{
    struct gathering_told *told = arena_new(r->arena, 1, struct gathering_told);
    struct str json = bytes_of(r, "told");
    struct err fault = {0};

    if (json.n > 0 && gathering_told_read(told, json, r->arena, &fault) != OK) {
        field_wrong(form->fields, form->fields->field[1], TEXT_GATHERING_LIST_TOLD_WRONG);
        return OK;
    }
    return gathering_take_list(portal_db(r), g->round, bytes_of(r, "file"), told,
                               portal_visitor(r)->person.id, who, e);
}

static enum status begin_anew(const struct request *r, const struct gathering *g, struct gathering_form *form,
                              struct who *who, struct err *e)
{
    struct str reason = S("");

    if (!field_str(form->fields, form->fields->field[0], GATHERING_REASON_LETTERS, &reason))
        return OK;
    who->why = arena_cstr(r->arena, reason.p, reason.n);
    return gathering_begin_anew(portal_db(r), g->round, who, e);
}

static enum status carry_out(const struct request *r, const struct gathering *g, enum gathering_step step,
                             struct gathering_form *form, struct err *e)
{
    struct db *db = portal_db(r);
    int64_t person = portal_visitor(r)->person.id;
    struct str file = bytes_of(r, "file");
    struct who who = portal_who(r);

    switch (step) {
    case STEP_START:
        return start(r, g, form, &who, e);
    case STEP_READER:
        return gathering_take_reader(db, g->round, file, person, &who, e);
    case STEP_KEY:
        return gathering_take_key(db, g->round, file, person, &who, e);
    case STEP_LEAVE:
        return gathering_leave(db, g->round, person, &who, e);
    case STEP_KEYS:
        return gathering_close_keys(db, g->round, &who, e);
    case STEP_DIGITS:
        return compare(r, g, form, &who, e);
    case STEP_SECRET:
        return gathering_take_secret(db, g->round, file, person, &who, e);
    case STEP_LIST:
        return take_list(r, g, form, &who, e);
    case STEP_SHORT:
        return gathering_agree_short(db, g->round, &who, e);
    case STEP_RECEIPT:
        return gathering_take_receipt(db, g->round, file, person, &who, e);
    case STEP_ANEW:
        return begin_anew(r, g, form, &who, e);
    case STEP_END:
    case STEPS:
        break;
    }
    return gathering_end(db, g->round, &who, e);
}

enum status gathering_take(const struct request *r, const struct gathering *g, enum gathering_step step,
                           struct gathering_form *form, struct err *e)
{
    if (form->has_files && bytes_of(r, "file").n == 0)
        field_wrong(form->fields, form->fields->field[0], TEXT_GATHERING_NO_FILE);
    if (form->fields->errors)
        return BAD_INPUT;
    enum status s = carry_out(r, g, step, form, e);
    if (s == BAD_INPUT)
        field_wrong(form->fields, form->fields->field[0], form->row->wrong);
    return s == OK && form->fields->errors ? BAD_INPUT : s;
}

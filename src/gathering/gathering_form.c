/* The forms of a gathering's steps, and what is run on one's own machine before each. */
#include "gathering/gathering_view.h"

#include "base/arena.h"
#include "base/text.h"
#include "calendar/stockholm.h"
#include "gathering/gathering_ring.h"
#include "portal/portal.h"
#include "web/request.h"

#include <inttypes.h>

enum { START_DAYS = 90, DAY_SECONDS = 24 * 60 * 60 };

struct str gathering_key_name(const struct gathering_list *list, struct arena *a)
{
    return str_of(arena_printf(a, "lista-%" PRId64 ".pub", list->id));
}

struct str gathering_list_name(const struct gathering *g, const struct gathering_list *list, struct arena *a)
{
    return str_of(arena_printf(a, "lista-%" PRId64 ".%s", list->id, gathering_is_ring(g) ? "ring" : "clk"));
}

/* The public keys of all lists, as they are named when they are fetched. */
static const char *key_names(const struct gathering *g, struct arena *a)
{
    struct text out = text_open(a);

    for (size_t i = 0; i < g->lists; i++)
        text_format(&out, " %.*s", STR(gathering_key_name(&g->list[i], a)));
    return arena_cstr(a, out.p, out.n);
}

/* For each list that waits for who asks: the digits that tell whether it is the one that was handed in, and
 * the raising. */
static struct str pass_commands(const struct request *r, const struct gathering *g)
{
    const struct gathering_list *own = gathering_list_of(g, portal_visitor(r)->person.id);
    struct text out = text_open(r->arena);

    for (size_t i = 0; own && i < g->lists; i++)
        if (gathering_turn(g, &g->list[i]) == own)
            text_format(&out,
                        "lykta ring digits lista-%" PRId64 ".ring\n"
                        "lykta ring pass --schema schema.json --key egen.ringkey lista-%" PRId64
                        ".ring -o vidare-%" PRId64 ".ring\n",
                        g->list[i].id, g->list[i].id, g->list[i].id);
    return str_trim(text_str(&out));
}

static struct str join_commands(const struct gathering *g, struct arena *a)
{
    return str_of(arena_printf(a,
                               "lykta ring key --schema schema.json -o egen.ringkey\n"
                               "lykta ring start --schema schema.json --key egen.ringkey --list "
                               "\"Socialtjänsten (exempel)\" --kinds %.*s lista.csv -o egen.ring",
                               STR(gathering_ring_kinds(g, a))));
}

struct str gathering_link_command(const struct gathering *g, const char *rest, struct arena *a)
{
    struct text out = text_open(a);
    bool has_short = false;
    size_t n = 0;

    text_lit(&out, "lykta link --key lankare.key");
    for (size_t i = 0; i < g->lists; i++)
        if (g->list[i].bytes > 0) {
            text_format(&out, " %.*s", STR(gathering_list_name(g, &g->list[i], a)));
            has_short = has_short || gathering_is_short(&g->list[i]);
            n++;
        }
    text_format(&out, "%s %s", has_short ? " --few" : "", rest);
    return n < 2 ? S("") : text_str(&out);
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
                 "lykta encode --schema schema.json --secret egen.secret lista.csv -o lista.clk --rows "
                 "rader.csv --json > lista.json");
    case STEP_ASK:
        return gathering_link_command(g, "--sample fragor.csv -o underlag.csv", a);
    case STEP_ACCURACY:
        return gathering_link_command(g, "--answers svar.csv --json -o underlag.csv > lankning.json", a);
    case STEP_RING_JOIN:
        return join_commands(g, a);
    case STEP_RING_PASS:
        return pass_commands(r, g);
    case STEP_RECEIPT:
        return gathering_is_ring(g) ? S("lykta keys delete egen.ringkey -o kvitto.txt")
                                    : S("lykta keys delete egen.secret -o kvitto.txt");
    case STEP_LEAVE:
    case STEP_KEYS:
    case STEP_RING_LEAVE:
    case STEP_RING_CLOSE:
    case STEP_RING_OUT:
    case STEP_RING_ANEW:
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

/* Encoded for a linkage unit, or round; and by which match keys they are then compared. */
static void ask_way(const struct request *r, struct gathering_form *form)
{
    static const enum text_key words[GATHERING_RING_KINDS] = {
        TEXT_GATHERING_RING_KIND_PERSONNUMMER, TEXT_GATHERING_RING_KIND_NAMES_DATE,
        TEXT_GATHERING_RING_KIND_SOUNDS_DATE, TEXT_GATHERING_RING_KIND_NAMES_YEAR};
    struct field *way = field_add(form->fields, FIELD_RADIOS, "way", TEXT_GATHERING_START_WAY);
    struct field *kinds = field_add(form->fields, FIELD_CHECKBOXES, "kinds", TEXT_GATHERING_START_KINDS);
    struct field_option *option = NULL;

    option =
        field_option(form->fields, way, S("encoded"), portal_text(r, TEXT_GATHERING_START_ENCODED), true);
    option->hint = portal_text(r, TEXT_GATHERING_START_ENCODED_HINT);
    option = field_option(form->fields, way, S("ring"), portal_text(r, TEXT_GATHERING_START_RING), false);
    option->hint = portal_text(r, TEXT_GATHERING_START_RING_HINT);
    field_hint(form->fields, kinds, TEXT_GATHERING_START_KINDS_HINT);
    kinds->is_optional = true;
    for (size_t k = 0; k < GATHERING_RING_KINDS; k++)
        field_option(form->fields, kinds, str_of(gathering_ring_kind(k)), portal_text(r, words[k]), k < 2);
}

static void ask_out(const struct gathering *g, struct gathering_form *form)
{
    struct field *x = field_add(form->fields, FIELD_RADIOS, "list", TEXT_GATHERING_RING_OUT_LIST);

    for (size_t i = 0; i < g->lists; i++)
        field_option(form->fields, x, str_of(arena_printf(form->fields->arena, "%" PRId64, g->list[i].id)),
                     g->list[i].name, false);
    field_add(form->fields, FIELD_AREA, "out_reason", TEXT_GATHERING_ANEW_REASON);
}

static void ask_start(const struct request *r, struct gathering_form *form)
{
    struct field *day = NULL;

    ask_file(form, "file", TEXT_GATHERING_START_FILE);
    day = field_add(form->fields, FIELD_DATE, "ends_on", TEXT_GATHERING_START_ENDS);
    field_hint(form->fields, day, TEXT_GATHERING_START_ENDS_HINT);
    field_start_date(form->fields, day, stockholm_day(r->now_at + (int64_t)START_DAYS * DAY_SECONDS, NULL));
    ask_way(r, form);
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

static void ask(const struct request *r, const struct gathering *g, struct gathering_form *form,
                enum gathering_step step)
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
    case STEP_ASK:
        ask_file(form, "file", TEXT_GATHERING_ASK_FILE);
        break;
    case STEP_ACCURACY:
        ask_file(form, "file", TEXT_GATHERING_ACCURACY_FILE);
        break;
    case STEP_RECEIPT:
        ask_file(form, "file", TEXT_GATHERING_RECEIPT_FILE);
        break;
    case STEP_RING_JOIN:
        ask_file(form, "file", TEXT_GATHERING_RING_JOIN_FILE);
        break;
    case STEP_RING_PASS:
        ask_file(form, "file", TEXT_GATHERING_RING_PASS_FILE);
        break;
    case STEP_RING_OUT:
        ask_out(g, form);
        break;
    case STEP_RING_ANEW:
    case STEP_ANEW:
        field_add(form->fields, FIELD_AREA, "reason", TEXT_GATHERING_ANEW_REASON);
        break;
    case STEP_LEAVE:
    case STEP_KEYS:
    case STEP_RING_LEAVE:
    case STEP_RING_CLOSE:
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
    ask(r, g, form, step);
    return form;
}

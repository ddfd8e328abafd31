/* What has happened: the form that opens an incident, and that tells more of it later (GDPR 33.4: in phases).
 */
#include "incident/handlers.h"

#include "base/arena.h"
#include "base/text.h"
#include "incident/incident_words.h"
#include "manual/activity.h"
#include "portal/portal.h"
#include "web/request.h"

enum { NOTICED_DAY, NOTICED_TIME, WHAT, NATURES, KINDS, PERSONS, RECORDS, GOING_ON, MOST = 100000000 };

static void add_natures(struct incident_form *form, int now)
{
    for (int bit = INCIDENT_SEEN; bit <= INCIDENT_LOST; bit <<= 1)
        field_option(form->f, form->x[NATURES], str_of(arena_printf(form->f->arena, "%d", bit)),
                     catalogue_text(form->f->texts, incident_nature_words((enum incident_nature)bit)),
                     (now & bit) != 0);
}

static enum status add_kinds(const struct request *r, struct incident_form *form, const struct incident *x,
                             struct err *e)
{
    struct activities all;

    TRY(activities_read(r->arena, &all, e));
    for (size_t i = 0; i < all.n; i++)
        field_option(form->f, form->x[KINDS], all.activity[i].id, all.activity[i].name[r->language],
                     incident_has_kind(x, all.activity[i].id));
    return OK;
}

static void add_amount(struct incident_form *form, const char *name, enum text_key label, int64_t now)
{
    struct field *x = incident_form_add(form, FIELD_NUMBER, name, label, TEXT_INCIDENT_AMOUNT_HINT);

    x->is_optional = true;
    x->width = "n8";
    if (now != INCIDENT_NOT_KNOWN)
        field_start_i64(form->f, x, now);
}

static enum status ask(const struct request *r, struct incident_form *form, const struct incident *x,
                       struct err *e)
{
    incident_form_add_moment(form, "noticed", "noticed-time", TEXT_INCIDENT_NOTICED,
                             TEXT_INCIDENT_NOTICED_TIME, x->noticed_at);
    field_hint(form->f, form->x[NOTICED_DAY], TEXT_INCIDENT_NOTICED_HINT);
    incident_form_add(form, FIELD_AREA, "what", TEXT_INCIDENT_WHAT, TEXT_INCIDENT_WHAT_HINT);
    incident_form_add(form, FIELD_CHECKBOXES, "natures", TEXT_INCIDENT_NATURES, TEXT_INCIDENT_NATURES_HINT);
    add_natures(form, x->natures);
    incident_form_add(form, FIELD_CHECKBOXES, "kinds", TEXT_INCIDENT_KINDS, TEXT_INCIDENT_KINDS_HINT);
    TRY(add_kinds(r, form, x, e));
    add_amount(form, "persons", TEXT_INCIDENT_PERSONS, x->persons);
    add_amount(form, "records", TEXT_INCIDENT_RECORDS, x->records);
    incident_form_add(form, FIELD_RADIOS, "going-on", TEXT_INCIDENT_GOING_ON, TEXT_INCIDENT_GOING_ON_HINT);
    field_option(form->f, form->x[GOING_ON], S("yes"), portal_text(r, TEXT_INCIDENT_GOING_ON_YES),
                 x->id > 0 && x->is_going_on);
    field_option(form->f, form->x[GOING_ON], S("no"), portal_text(r, TEXT_INCIDENT_GOING_ON_NO),
                 x->id > 0 && !x->is_going_on);
    field_start(form->f, form->x[WHAT], x->what);
    return OK;
}

static struct str chosen_kinds(const struct incident_form *form, uint64_t bits)
{
    struct text out = text_open(form->f->arena);

    for (size_t i = 0; i < form->x[KINDS]->options; i++)
        if (bits >> i & 1)
            text_format(&out, "%s%.*s", out.n > 0 ? " " : "", STR(form->x[KINDS]->option[i].value));
    return text_str(&out);
}

/* An empty answer is "not known yet", and not none. */
static void take_amount(struct incident_form *form, size_t i, int64_t *out)
{
    int64_t n = 0;

    if (field_i64(form->f, form->x[i], 0, MOST, &n))
        *out = form->x[i]->value.n > 0 ? n : INCIDENT_NOT_KNOWN;
}

static void take(const struct request *r, struct incident_form *form, struct incident *x)
{
    struct field_set *f = form->f;
    uint64_t natures = 0;
    uint64_t kinds = 0;
    size_t going_on = 0;

    incident_form_moment(r, form, NOTICED_DAY, 0, &x->noticed_at);
    field_str(f, form->x[WHAT], INCIDENT_WORDS_LETTERS, &x->what);
    if (field_choices(f, form->x[NATURES], &natures))
        x->natures = (int)natures;
    if (field_choices(f, form->x[KINDS], &kinds))
        x->kinds = chosen_kinds(form, kinds);
    take_amount(form, PERSONS, &x->persons);
    take_amount(form, RECORDS, &x->records);
    if (field_choice(f, form->x[GOING_ON], &going_on))
        x->is_going_on = going_on == 0;
}

const struct incident_form_kind incident_facts = {.path = "uppgifter",
                                                  .title = TEXT_INCIDENT_FACTS,
                                                  .about = TEXT_INCIDENT_FACTS_ABOUT,
                                                  .button = TEXT_INCIDENT_SAVE,
                                                  .action = "incident.change",
                                                  .step = INCIDENT_STEP_CHANGED,
                                                  .ask = ask,
                                                  .take = take};

/* What is decided of an incident: the risk, that it was reported, that people were told, and its end. */
#include "incident/handlers.h"

#include "base/arena.h"
#include "incident/incident_words.h"
#include "portal/portal.h"
#include "web/request.h"

enum { NUMBER_LETTERS = 60 };

static struct field *add_area(struct incident_form *form, const char *name, enum text_key label,
                              enum text_key hint, struct str saved)
{
    struct field *x = incident_form_add(form, FIELD_AREA, name, label, hint);

    field_start(form->f, x, saved);
    return x;
}

enum { RISK, RISK_WHY, CONSEQUENCES, MEASURES };

static enum status ask_risk(const struct request *r, struct incident_form *form, const struct incident *x,
                            struct err *e)
{
    (void)e;
    incident_form_add(form, FIELD_RADIOS, "risk", TEXT_INCIDENT_RISK, TEXT_INCIDENT_RISK_HINT);
    for (int risk = INCIDENT_NO_RISK; risk <= INCIDENT_HIGH_RISK; risk++)
        field_option(form->f, form->x[RISK], str_of(arena_printf(r->arena, "%d", risk)),
                     portal_text(r, incident_risk_words((enum incident_risk)risk)), (int)x->risk == risk);
    add_area(form, "why", TEXT_INCIDENT_RISK_WHY, TEXT_INCIDENT_RISK_WHY_HINT, x->risk_why);
    add_area(form, "consequences", TEXT_INCIDENT_CONSEQUENCES, TEXT_INCIDENT_CONSEQUENCES_HINT,
             x->consequences);
    add_area(form, "measures", TEXT_INCIDENT_MEASURES, TEXT_INCIDENT_MEASURES_HINT, x->measures);
    return OK;
}

static void take_risk(const struct request *r, struct incident_form *form, struct incident *x)
{
    size_t risk = 0;

    (void)r;
    if (field_choice(form->f, form->x[RISK], &risk))
        x->risk = (enum incident_risk)(risk + INCIDENT_NO_RISK);
    field_str(form->f, form->x[RISK_WHY], INCIDENT_WORDS_LETTERS, &x->risk_why);
    field_str(form->f, form->x[CONSEQUENCES], INCIDENT_WORDS_LETTERS, &x->consequences);
    field_str(form->f, form->x[MEASURES], INCIDENT_WORDS_LETTERS, &x->measures);
}

enum { REPORTED_DAY, REPORTED_TIME, REPORTED_NUMBER, LATE_WHY };

static enum status ask_report(const struct request *r, struct incident_form *form, const struct incident *x,
                              struct err *e)
{
    (void)e;
    incident_form_add_moment(form, "reported", "reported-time", TEXT_INCIDENT_REPORTED,
                             TEXT_INCIDENT_REPORTED_TIME, x->reported_at > 0 ? x->reported_at : r->now_at);
    struct field *number =
        incident_form_add(form, FIELD_TEXT, "number", TEXT_INCIDENT_NUMBER, TEXT_INCIDENT_NUMBER_HINT);
    number->is_optional = true;
    field_start(form->f, number, x->reported_number);
    add_area(form, "late", TEXT_INCIDENT_LATE_WHY, TEXT_INCIDENT_LATE_WHY_HINT, x->late_why)->is_optional =
        true;
    return OK;
}

static void take_report(const struct request *r, struct incident_form *form, struct incident *x)
{
    bool is_moment = incident_form_moment(r, form, REPORTED_DAY, x->noticed_at, &x->reported_at);

    field_str(form->f, form->x[REPORTED_NUMBER], NUMBER_LETTERS, &x->reported_number);
    field_str(form->f, form->x[LATE_WHY], INCIDENT_WORDS_LETTERS, &x->late_why);
    if (is_moment && x->reported_at > incident_report_until(x) && x->late_why.n == 0)
        field_wrong(form->f, form->x[LATE_WHY], TEXT_INCIDENT_WRONG_LATE);
}

enum { TELLING, TOLD_DAY, TOLD_TIME, TOLD_NOTE };

static enum status ask_telling(const struct request *r, struct incident_form *form, const struct incident *x,
                               struct err *e)
{
    (void)e;
    incident_form_add(form, FIELD_RADIOS, "telling", TEXT_INCIDENT_TELLING, TEXT_INCIDENT_TELLING_HINT);
    for (int telling = INCIDENT_TOLD; telling <= INCIDENT_TELLING_NOT_NEEDED; telling++)
        field_option(form->f, form->x[TELLING], str_of(arena_printf(r->arena, "%d", telling)),
                     portal_text(r, incident_telling_words((enum incident_telling)telling)),
                     (int)x->telling == telling);
    incident_form_add_moment(form, "told", "told-time", TEXT_INCIDENT_TOLD, TEXT_INCIDENT_TOLD_TIME,
                             x->told_at);
    form->x[TOLD_DAY]->is_optional = form->x[TOLD_TIME]->is_optional = true;
    add_area(form, "note", TEXT_INCIDENT_TOLD_NOTE, TEXT_INCIDENT_TOLD_NOTE_HINT, x->told_note);
    return OK;
}

/* When they were told has a time; when they are not, there is none. The high risk that makes telling a duty
 * cannot be called not high here. */
static void take_telling(const struct request *r, struct incident_form *form, struct incident *x)
{
    size_t telling = 0;
    int64_t told_at = 0;

    if (field_choice(form->f, form->x[TELLING], &telling))
        x->telling = (enum incident_telling)(telling + INCIDENT_TOLD);
    bool is_told = x->telling == INCIDENT_TOLD || x->telling == INCIDENT_TOLD_PUBLICLY;
    if (is_told && !incident_form_moment(r, form, TOLD_DAY, x->noticed_at, &told_at))
        field_wrong(form->f, form->x[TOLD_DAY], TEXT_INCIDENT_WRONG_TOLD);
    x->told_at = told_at;
    if (x->telling == INCIDENT_TELLING_NOT_NEEDED && x->risk == INCIDENT_HIGH_RISK)
        field_wrong(form->f, form->x[TELLING], TEXT_INCIDENT_WRONG_HIGH);
    field_str(form->f, form->x[TOLD_NOTE], INCIDENT_WORDS_LETTERS, &x->told_note);
}

enum { LEARNED };

static enum status ask_end(const struct request *r, struct incident_form *form, const struct incident *x,
                           struct err *e)
{
    (void)r;
    (void)e;
    add_area(form, "learned", TEXT_INCIDENT_LEARNED, TEXT_INCIDENT_LEARNED_HINT, x->learned);
    return OK;
}

static void take_end(const struct request *r, struct incident_form *form, struct incident *x)
{
    (void)r;
    field_str(form->f, form->x[LEARNED], INCIDENT_WORDS_LETTERS, &x->learned);
    if (incident_missing(x) != 0)
        field_wrong(form->f, form->x[LEARNED], TEXT_INCIDENT_WRONG_MISSING);
}

const struct incident_form_kind incident_decisions[] = {
    {.path = "bedomning",
     .title = TEXT_INCIDENT_JUDGE,
     .about = TEXT_INCIDENT_JUDGE_ABOUT,
     .button = TEXT_INCIDENT_SAVE,
     .action = "incident.judge",
     .step = INCIDENT_STEP_JUDGED,
     .ask = ask_risk,
     .take = take_risk},
    {.path = "anmalan",
     .title = TEXT_INCIDENT_REPORT,
     .about = TEXT_INCIDENT_REPORT_ABOUT,
     .button = TEXT_INCIDENT_SAVE,
     .action = "incident.report",
     .step = INCIDENT_STEP_REPORTED,
     .ask = ask_report,
     .take = take_report},
    {.path = "berorda",
     .title = TEXT_INCIDENT_TELL,
     .about = TEXT_INCIDENT_TELL_ABOUT,
     .button = TEXT_INCIDENT_SAVE,
     .action = "incident.tell",
     .step = INCIDENT_STEP_TOLD,
     .ask = ask_telling,
     .take = take_telling},
    {.path = "avslut",
     .title = TEXT_INCIDENT_END,
     .about = TEXT_INCIDENT_END_ABOUT,
     .button = TEXT_INCIDENT_END_BUTTON,
     .action = "incident.close",
     .step = INCIDENT_STEP_CLOSED,
     .ask = ask_end,
     .take = take_end},
    {.path = NULL},
};

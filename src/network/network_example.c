/* The example city's network. */
#include "network/network_example.h"

#include "network/agreement_template.h"
#include "network/organisation.h"
#include "network/participation.h"
#include "store/db.h"

enum { SECONDS_PER_DAY = 86400 };

/* Numbers are from the series 031-390 06 00 to 99, which no telephone has (PTS, for use in fiction). */
static const struct {
    enum actor_kind actor;
    enum organisation_state state;
    const char *name, *wish;
    const char *contact, *role, *email, *phone;
    int64_t signed_days_ago; /* 0: has signed nothing */
} examples[] = {
    {ACTOR_HOTEL, ORGANISATION_MEMBER, "Hotell Fyren (exempel)", "Lokal för frukostträffar", "Exempel Medlem",
     "nattportier", "medlem@lund.example", "031-390 06 01", 200},
    {ACTOR_LANDLORD, ORGANISATION_MEMBER, "Bostads AB Lyktan (exempel)", "Rutin för uthyrning i andra hand",
     "Robin Exempel", "uthyrningschef", "robin@lyktan.example", "031-390 06 02", 690},
    {ACTOR_FIRE_BRIGADE, ORGANISATION_MEMBER, "Räddningstjänsten (exempel)", "", "Alex Exempel",
     "tillsynschef", "alex@raddning.example", "031-390 06 03", 400},
    {ACTOR_VOLUNTARY, ORGANISATION_LISTED, "Föreningen Nattljus (exempel)", "", "Kim Exempel", "ordförande",
     "kim@nattljus.example", "031-390 06 04", 0},
    {ACTOR_UNIVERSITY, ORGANISATION_LISTED, "Studenthälsan (exempel)", "", "Mika Exempel", "kurator",
     "mika@studenthalsan.example", "", 0},
};

static enum status add(struct db *db, size_t i, int64_t text, const struct who *who, struct err *e)
{
    const struct organisation o = {.name = str_of(examples[i].name),
                                   .actor = examples[i].actor,
                                   .state = examples[i].state,
                                   .wish = str_of(examples[i].wish)};
    struct contact c = {.place = CONTACT_FIRST,
                        .name = str_of(examples[i].contact),
                        .role = str_of(examples[i].role),
                        .email = str_of(examples[i].email),
                        .phone = str_of(examples[i].phone),
                        .language = S("sv"),
                        .wants_letters = true};
    int64_t since_at = who->now_at - examples[i].signed_days_ago * SECONDS_PER_DAY;
    int64_t id = 0;

    TRY(organisation_insert(db, &o, since_at, &c.organisation, e));
    TRY(contact_insert(db, &c, who->now_at, &id, e));
    if (examples[i].signed_days_ago == 0)
        return OK;
    const struct participation met = {.organisation = c.organisation,
                                      .kind = PARTICIPATION_MEETING,
                                      .title = S("Nätverksmöte (exempel)"),
                                      .people = 1,
                                      .at = who->now_at - 30 * SECONDS_PER_DAY};
    TRY(participation_note(db, &met, e));
    return agreement_insert(db, c.organisation, text, c.name, since_at, e);
}

enum status network_example(struct db *db, const struct who *who, struct err *e)
{
    const struct agreement_text text = agreement_template();
    const struct audit_line line = {.who = *who, .action = "network.example"};
    int64_t number = 0;
    enum status s = OK;

    TRY(agreement_text_publish(db, &text, who, &number, e));
    TRY(db_change(db, e));
    for (size_t i = 0; s == OK && i < sizeof examples / sizeof examples[0]; i++)
        s = add(db, i, number, who, e);
    return db_change_end(db, s, &line, e);
}

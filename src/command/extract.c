/* lykta extract: what a city keeps of one person. */
#include "command/command.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "extract/extract.h"
#include "store/audit.h"
#include "store/city.h"
#include "web/address.h"

#include <time.h>

static enum status run(const struct call *call, struct err *e);

static const struct option options[] = {
    {"--email", "ADDRESS", "The person's e-mail address (needed)"},
    {NULL, NULL, NULL},
};

const struct command command_extract = {
    .name = "extract",
    .arguments = "DIR",
    .summary = "Show all that a city keeps of one person",
    .about =
        "Prints, as JSON, everything that an e-mail address leads to: account, contact of an organisation, seminars, letters,\n"
        "lines of the log. It is for a person who asks what is known of them (GDPR 15): see first that it is that person who\n"
        "asks, and that nobody else is in what you give away. That it was done is in the audit log, without the address.\n\n"
        "Not in it: names without an address, as in the action plan, articles, a seminar's speakers and under agreements: search for\n"
        "the name on those pages. Reports of situations are sealed, hold no field for a person, and are found by who told\n"
        "with their code alone. Lists for a mapping are encoded: nobody here can find a person in them.",
    .examples = "  lykta extract lund --email anna@exempel.example >anna.json",
    .least = 1,
    .most = 1,
    .options = options,
    .run = run,
};

static enum status write_extract(struct city *city, struct str email, int64_t now_at, struct arena *a,
                                 struct text *out, struct err *e)
{
    const struct audit_line line = {.who = {.name = "command line", .now_at = now_at},
                                    .action = "person.extract"};

    TRY(audit_note(city->db, &line, e));
    return extract_json(city->db, email, now_at, a, out, e);
}

static enum status run(const struct call *call, struct err *e)
{
    struct str email = address_normal(str_of(call_option(call, "--email")), call->arena);
    struct text out = text_open(call->arena);
    struct city *city = NULL;

    if (!address_is_valid(email))
        return err_set(e, USAGE, "lykta extract: --email is needed, as --email anna@exempel.example");
    TRY(city_open(call->arguments[0], DB_WRITE, &city, e));
    enum status s = write_extract(city, email, (int64_t)time(NULL), call->arena, &out, e);
    city_close(city);
    return s == OK ? file_write("-", text_str(&out), 0, e) : s;
}

/* The example city's breakfast seminar. */
#include "seminar/seminar_example.h"

#include "base/arena.h"
#include "seminar/seminar_office.h"
#include "store/city.h"

enum { DAYS_AHEAD = 21, LAST_DAYS_AHEAD = 18 };

static const char about[] =
    "Människohandel finns i vanliga lägenheter, på hotell och på byggen. Du som möter dem varje dag kan se "
    "det som andra missar.\n\n"
    "- 8.30 Frukost och välkommen\n"
    "- 8.50 Så ser det ut hos oss\n"
    "- 9.30 Vad ni kan se, och vad ni gör då\n"
    "- 10.00 Vill ni vara med i nätverket?\n\n"
    "Det här är ett exempel. Ingen träff hålls.";

static struct date days_from(int64_t now_at, int days)
{
    return date_from_days(date_days(date_of(now_at)) + days);
}

enum status seminar_example(const struct city *city, const struct who *who, struct arena *a, struct err *e)
{
    const struct seminar s = {.title = S("Frukostseminarium om människohandel (exempel)"),
                              .about = str_of(about),
                              .speakers = S("Kim Exempel, polisens kontaktperson\nLo Exempel, samordnare"),
                              .place = S("Stadshuset, sal A"),
                              .access = S("Hörslinga, trappfritt"),
                              .held_on = days_from(who->now_at, DAYS_AHEAD),
                              .from_minute = 8 * 60 + 30,
                              .to_minute = 10 * 60 + 30,
                              .seats = 40,
                              .last_day = days_from(who->now_at, LAST_DAYS_AHEAD)};
    struct seminar_office o;
    struct key key;
    int64_t id = 0;

    TRY(seminar_office_of(city, city->db, &key, a, &o, e));
    enum status made = seminar_make(&o, &s, who, &id, e);
    if (made == OK)
        made = seminar_open(&o, id, who, e);
    key_wipe(&key);
    return made;
}

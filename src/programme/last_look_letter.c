/* Letters of a last look. */
#include "programme/last_look_letter.h"

#include "base/arena.h"
#include "base/text.h"
#include "calendar/stockholm.h"
#include "mail/letter.h"
#include "mail/mail.h"
#include "portal/permission.h"
#include "portal/person.h"
#include "programme/last_look.h"
#include "store/city.h"
#include "store/db.h"

static enum status queue(struct db *db, const struct letter *l, struct str address, int64_t now_at,
                         struct err *e)
{
    const struct mail_letter letter = letter_to(l, address);
    int64_t id = 0;

    return mail_queue(db, &letter, now_at, &id, e);
}

static struct str link_to(const struct city *programme, enum language language, const char *path,
                          struct arena *a)
{
    return str_of(arena_printf(a, "%.*s%s%s", STR(city_site(programme, a)),
                               language == LANGUAGE_EN ? "/en" : "", path));
}

enum status last_look_letter_asked(const struct city *programme, struct db *db, const struct look_city *city,
                                   struct str token, int64_t until_at, int64_t now_at, struct arena *a,
                                   struct err *e)
{
    struct letter l = letter_open(LANGUAGE_SV, S(""), city_settings(programme)->name, a);
    const char *path = arena_printf(a, "/granskning/%.*s", STR(token));
    struct text day = text_open(a);

    language_write_date(&day, LANGUAGE_SV, stockholm_day(until_at - 1, NULL));
    const struct insertion values[] = {insertion("city", city->name), insertion("day", text_str(&day))};
    letter_subject(&l, TEXT_PROGRAMME_LOOK_LETTER_SUBJECT, values, 2);
    letter_paragraph(&l, TEXT_PROGRAMME_LOOK_LETTER, values, 2);
    letter_link(&l, TEXT_PROGRAMME_LOOK_LETTER_LINK, link_to(programme, LANGUAGE_SV, path, a));
    letter_paragraph(&l, TEXT_PROGRAMME_LOOK_LETTER_END, values, 2);
    return queue(db, &l, city->email, now_at, e);
}

enum status last_look_letter_objection(const struct city *programme, struct db *db,
                                       const struct look_city *city, int64_t now_at, struct arena *a,
                                       struct err *e)
{
    const struct insertion name = insertion("city", city->name);
    struct people all = {0, NULL};

    TRY(people_list(db, a, &all, e));
    for (size_t i = 0; i < all.n; i++) {
        const struct person *p = &all.person[i];
        struct letter l = letter_open(p->language, p->name, city_settings(programme)->name, a);

        if (p->is_closed || !permission_has(PERMISSION_PROGRAMME_CHANGE, p->roles))
            continue;
        letter_subject(&l, TEXT_PROGRAMME_LOOK_OBJECTION_SUBJECT, &name, 1);
        letter_paragraph(&l, TEXT_PROGRAMME_LOOK_OBJECTION, &name, 1);
        letter_link(&l, TEXT_PROGRAMME_LOOK_OBJECTION_LINK,
                    link_to(programme, p->language, "/programmet/granskning", a));
        TRY(queue(db, &l, p->email, now_at, e));
    }
    return OK;
}

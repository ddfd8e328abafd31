/* A letter to oneself. */
#include "setting/setting_letter.h"

#include "mail/letter.h"
#include "mail/mail.h"
#include "portal/portal.h"
#include "store/city.h"
#include "store/db.h"
#include "web/request.h"

static enum status queue(const struct request *r, int64_t *id, struct err *e)
{
    const struct person *person = &portal_visitor(r)->person;
    const struct city *city = portal_of(r)->city;
    struct str name = city_settings(city)->name;
    struct letter l = letter_open(r->language, person->name, name, r->arena);
    const struct insertion place = insertion("city", name);

    letter_subject(&l, TEXT_SETTING_LETTER_SUBJECT, &place, 1);
    letter_paragraph(&l, TEXT_SETTING_LETTER, &place, 1);
    letter_fact(&l, TEXT_SETTING_ADDRESS, city_site(city, r->arena));
    const struct mail_letter letter = letter_to(&l, person->email);
    return mail_queue(portal_db(r), &letter, r->now_at, id, e);
}

enum status setting_letter(const struct request *r, int64_t *id, struct err *e)
{
    struct audit_line line = {.who = portal_who(r), .action = "settings.test_letter"};

    TRY(db_change(portal_db(r), e));
    return db_change_end(portal_db(r), queue(r, id, e), &line, e);
}

/* What people are written about their accounts. */
#include "people/people_letter.h"

#include "base/arena.h"
#include "mail/letter.h"
#include "mail/mail.h"
#include "portal/person.h"
#include "store/city.h"

static struct str link_of(const struct city *city, const struct person *person, struct str token,
                          struct arena *a)
{
    const char *language = person->language == LANGUAGE_EN ? "/en" : "";

    return str_of(arena_printf(a, "%.*s%s/valkommen/%.*s", STR(city_site(city, a)), language, STR(token)));
}

enum status people_letter_welcome(struct db *db, const struct city *city, const struct person *person,
                                  enum welcome_reason reason, struct str token, int64_t now_at,
                                  struct arena *a, struct err *e)
{
    bool is_invitation = reason == WELCOME_INVITATION;
    struct letter l = letter_open(person->language, person->name, city_settings(city)->name, a);
    const struct insertion city_name = insertion("city", city_settings(city)->name);
    int64_t id = 0;

    letter_subject(&l,
                   is_invitation ? TEXT_PEOPLE_LETTER_INVITATION_SUBJECT : TEXT_PEOPLE_LETTER_RESET_SUBJECT,
                   &city_name, 1);
    letter_paragraph(&l, is_invitation ? TEXT_PEOPLE_LETTER_INVITATION : TEXT_PEOPLE_LETTER_RESET, &city_name,
                     1);
    letter_link(&l, TEXT_PEOPLE_LETTER_LINK, link_of(city, person, token, a));
    letter_paragraph(&l, is_invitation ? TEXT_PEOPLE_LETTER_WEEK : TEXT_PEOPLE_LETTER_DAY, NULL, 0);
    const struct mail_letter letter = letter_to(&l, person->email);
    return mail_queue(db, &letter, now_at, &id, e);
}

/* The letter to whose account it is when the way they sign in has changed. */
#include "account/account_letter.h"

#include "calendar/stockholm.h"
#include "mail/letter.h"
#include "mail/mail.h"
#include "portal/person.h"
#include "portal/portal.h"
#include "store/city.h"
#include "web/request.h"

static enum text_key words_of(enum account_change what)
{
    static const enum text_key words[] = {
        [ACCOUNT_PASSWORD] = TEXT_ACCOUNT_LETTER_PASSWORD,
        [ACCOUNT_PASSWORD_GIVEN] = TEXT_ACCOUNT_LETTER_PASSWORD_GIVEN,
        [ACCOUNT_DEVICE] = TEXT_ACCOUNT_LETTER_DEVICE,
        [ACCOUNT_RECOVERY_CODES] = TEXT_ACCOUNT_LETTER_RECOVERY_CODES,
        [ACCOUNT_DEVICES_FORGOTTEN] = TEXT_ACCOUNT_LETTER_DEVICES_FORGOTTEN,
        [ACCOUNT_RESET] = TEXT_ACCOUNT_LETTER_RESET,
        [ACCOUNT_PASSKEY_ADDED] = TEXT_ACCOUNT_LETTER_PASSKEY_ADDED,
        [ACCOUNT_PASSKEY_REMOVED] = TEXT_ACCOUNT_LETTER_PASSKEY_REMOVED,
        [ACCOUNT_PROVIDER_LINKED] = TEXT_ACCOUNT_LETTER_PROVIDER_LINKED,
        [ACCOUNT_PROVIDER_UNLINKED] = TEXT_ACCOUNT_LETTER_PROVIDER_UNLINKED,
        [ACCOUNT_EMAIL] = TEXT_ACCOUNT_LETTER_EMAIL,
    };

    return words[what];
}

enum status account_letter(const struct city *city, struct db *db, const struct account_event *event,
                           struct arena *a, struct err *e)
{
    const struct person *person = event->person;
    struct str city_name = city_settings(city)->name;
    const struct insertion named = insertion("city", city_name);
    int64_t id = 0;

    if (person->signed_in_at == 0)
        return OK;
    struct letter l = letter_open(person->language, person->name, city_name, a);
    letter_subject(&l, TEXT_ACCOUNT_LETTER_SUBJECT, &named, 1);
    letter_paragraph(&l, words_of(event->what), NULL, 0);
    letter_fact(&l, TEXT_ACCOUNT_LETTER_WHEN, stockholm_moment(event->now_at, a));
    letter_paragraph(&l, TEXT_ACCOUNT_LETTER_YOU, NULL, 0);
    letter_paragraph(&l, TEXT_ACCOUNT_LETTER_NOT_YOU, NULL, 0);
    const struct mail_letter letter = letter_to(&l, person->email);
    return mail_queue(db, &letter, event->now_at, &id, e);
}

enum status account_tell(const struct request *r, const struct person *person, enum account_change what,
                         struct err *e)
{
    const struct account_event event = {.person = person, .what = what, .now_at = r->now_at};

    return account_letter(portal_of(r)->city, portal_db(r), &event, r->arena, e);
}

/* Letters about studies, begun and queued. */
#include "research/study_mail.h"

#include "base/arena.h"
#include "mail/mail.h"
#include "research/study.h"
#include "store/city.h"
#include "store/db.h"

struct study_reader study_reader_of(const struct study *study)
{
    return (struct study_reader){study->name, study->email, study->language};
}

struct letter study_mail_begin(const struct study_desk *d, const struct study_reader *to)
{
    return letter_open(to->language, to->name, city_settings(d->city)->name, d->arena);
}

struct str study_mail_address(const struct study_desk *d, enum language language, const char *path)
{
    return str_of(arena_printf(d->arena, "%.*s%s%s", STR(city_site(d->city, d->arena)),
                               language == LANGUAGE_EN ? "/en" : "", path));
}

enum status study_mail_queue(const struct study_desk *d, const struct letter *l,
                             const struct study_reader *to, struct err *e)
{
    const struct mail_letter letter = letter_to(l, to->address);
    int64_t id = 0;

    return to->address.n ? mail_queue(d->db, &letter, d->now_at, &id, e) : OK;
}

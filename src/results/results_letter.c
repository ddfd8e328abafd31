/* Letters about results. */
#include "results/results_letter.h"

#include "base/arena.h"
#include "portal/permission.h"
#include "portal/person.h"
#include "research/study.h"
#include "research/study_mail.h"

#include <inttypes.h>

enum status results_letter_received(const struct city *city, struct db *db, const struct study *study,
                                    int64_t now_at, struct arena *a, struct err *e)
{
    const struct study_desk d = {city, db, now_at, a};
    const struct study_reader to = study_reader_of(study);
    const struct insertion title = insertion("title", study->title);
    struct letter l = study_mail_begin(&d, &to);

    letter_subject(&l, TEXT_RESULTS_LETTER_RECEIVED_SUBJECT, &title, 1);
    letter_paragraph(&l, TEXT_RESULTS_LETTER_RECEIVED, &title, 1);
    letter_paragraph(&l, TEXT_RESULTS_LETTER_RECEIVED_END, NULL, 0);
    return study_mail_queue(&d, &l, &to, e);
}

static enum status tell_waiting(const struct study_desk *d, const struct study *x, const struct person *p,
                                struct err *e)
{
    const struct study_reader to = {p->name, p->email, p->language};
    const struct insertion values[] = {insertion("title", x->title),
                                       insertion("institution", x->institution)};
    const char *path = arena_printf(d->arena, "/programmet/forskning/%" PRId64 "/resultat", x->id);
    struct letter l = study_mail_begin(d, &to);

    letter_subject(&l, TEXT_RESULTS_LETTER_WAITING_SUBJECT, values, 1);
    letter_paragraph(&l, TEXT_RESULTS_LETTER_WAITING, values, 2);
    letter_link(&l, TEXT_RESULTS_LETTER_READ, study_mail_address(d, to.language, path));
    return study_mail_queue(d, &l, &to, e);
}

enum status results_letter_waiting(const struct city *city, struct db *db, const struct study *study,
                                   int64_t now_at, struct arena *a, struct err *e)
{
    const struct study_desk d = {city, db, now_at, a};
    struct people all = {0, NULL};

    TRY(people_list(db, a, &all, e));
    for (size_t i = 0; i < all.n; i++)
        if (!all.person[i].is_closed && permission_has(PERMISSION_RESEARCH_PUBLISH, all.person[i].roles))
            TRY(tell_waiting(&d, study, &all.person[i], e));
    return OK;
}

/* To the researcher: what was decided, why, and the page that it is about. */
static enum status tell(const struct study_desk *d, const struct study *x, enum text_key subject,
                        enum text_key about, struct str why, enum text_key end, struct err *e)
{
    const struct study_reader to = study_reader_of(x);
    const struct insertion title = insertion("title", x->title);
    const char *path = arena_printf(d->arena, "/forskning/%" PRId64, x->id);
    struct letter l = study_mail_begin(d, &to);

    letter_subject(&l, subject, &title, 1);
    letter_paragraph(&l, about, &title, 1);
    letter_markdown(&l, why);
    letter_paragraph(&l, end, NULL, 0);
    if (about != TEXT_RESULTS_LETTER_RETURNED)
        letter_link(&l, TEXT_RESULTS_LETTER_PAGE, study_mail_address(d, to.language, path));
    return study_mail_queue(d, &l, &to, e);
}

enum status results_letter_published(const struct city *city, struct db *db, const struct study *study,
                                     struct str words, int64_t now_at, struct arena *a, struct err *e)
{
    const struct study_desk d = {city, db, now_at, a};

    return tell(&d, study, TEXT_RESULTS_LETTER_PUBLISHED_SUBJECT, TEXT_RESULTS_LETTER_PUBLISHED, words,
                TEXT_RESULTS_LETTER_PUBLISHED_END, e);
}

enum status results_letter_returned(const struct city *city, struct db *db, const struct study *study,
                                    struct str words, int64_t now_at, struct arena *a, struct err *e)
{
    const struct study_desk d = {city, db, now_at, a};

    return tell(&d, study, TEXT_RESULTS_LETTER_RETURNED_SUBJECT, TEXT_RESULTS_LETTER_RETURNED, words,
                TEXT_RESULTS_LETTER_RETURNED_END, e);
}

enum status results_letter_withdrawn(const struct city *city, struct db *db, const struct study *study,
                                     struct str words, int64_t now_at, struct arena *a, struct err *e)
{
    const struct study_desk d = {city, db, now_at, a};

    return tell(&d, study, TEXT_RESULTS_LETTER_WITHDRAWN_SUBJECT, TEXT_RESULTS_LETTER_WITHDRAWN, words,
                TEXT_RESULTS_LETTER_WITHDRAWN_END, e);
}

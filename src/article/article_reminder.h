/* Texts that nobody has vouched for in a long time: the coordinators are told in time, before readers are. */
#ifndef LYKTA_ARTICLE_ARTICLE_REMINDER_H
#define LYKTA_ARTICLE_ARTICLE_REMINDER_H

#include "article/article.h"
#include "store/errand.h"

/* A month before the page itself says that it is old. */
enum { ARTICLE_REVIEW_DAYS = 150 };

/* Do readers see it, and has nobody reviewed it for ARTICLE_REVIEW_DAYS? */
bool article_is_due(const struct article *article, struct date today);

/* Who sends reminders, and where their links lead. */
struct article_office {
    struct db *db;
    struct str city;
    struct str address; /* "https://…" without a closing slash */
};

/* One letter to each coordinator about all that is due and that no letter has told of since it was last
 * reviewed; from eight in the morning on. *n is how many articles it told of: 0 while there is no coordinator
 * to tell. One change with one audit line. */
enum status article_remind(const struct article_office *o, const struct who *who, int64_t *n,
                           struct err *e) MUST_USE;

/* That, every half hour, in a served city. */
extern const struct errand article_errand;

#endif

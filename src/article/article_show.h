/* Which version readers see from when, and who last vouched for the text. */
#ifndef LYKTA_ARTICLE_ARTICLE_SHOW_H
#define LYKTA_ARTICLE_ARTICLE_SHOW_H

#include "article/article.h"

/* From `from_at` (now or later) readers see `version` of the article. What was planned before is planned no
 * more. With `is_update` the page says that it was updated that day, and counts as reviewed; without, a
 * misprint was mended. The first time an article is shown is always an update. REFUSED when `from_at` has
 * passed or there is no such version. */
enum status article_show_from(struct db *db, const struct article_author *by, int64_t id, int64_t version,
                              int64_t from_at, bool is_update, struct err *e) MUST_USE;

/* What was planned is planned no more; the version that is shown stays. */
enum status article_cancel_plan(struct db *db, const struct article_author *by, int64_t id,
                                struct err *e) MUST_USE;

/* Readers see nothing of the article from now on. REFUSED for a page: menus lead to it. */
enum status article_take_back(struct db *db, const struct article_author *by, int64_t id,
                              struct err *e) MUST_USE;

/* Somebody has read what is shown today and vouches for it. */
enum status article_reviewed(struct db *db, const struct article_author *by, int64_t id,
                             struct err *e) MUST_USE;

/* How an example is given its past: shown since the day `from`, updated on `updated`, reviewed on `reviewed`.
 */
enum status article_backdate(struct db *db, int64_t id, struct date from, struct date updated,
                             struct date reviewed, struct err *e) MUST_USE;

#endif

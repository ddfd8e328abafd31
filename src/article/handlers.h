/* The handlers of the room's routes, by the file they stand in, and what they share. */
#ifndef LYKTA_ARTICLE_HANDLERS_H
#define LYKTA_ARTICLE_HANDLERS_H

#include "article/article.h"
#include "web/layout.h"
#include "web/route.h"

struct request;

/* desk_pages.c */
route_handler articles_list, article_page, article_plan_cancel_take, article_back_take, article_reviewed_take;
/* write_pages.c */
route_handler article_new_show, article_new_take, article_change_show, article_change_take;
/* publish_pages.c */
route_handler article_publish_form, article_publish_take;
/* version_pages.c */
route_handler article_version_page, article_restore_take;

/* picture_pages.c */
route_handler article_picture_page, article_picture_take, article_picture_remove_take, article_picture_file;

/* article_pages.c: a path of the room in the visitor's language, a text of the catalogue, who writes, and the
 * surroundings of a page with the title. */
struct str article_href(const struct request *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct article_author article_author_of(const struct request *r);
struct layout article_layout(const struct request *r, struct str title, size_t errors);

/* The article of the route's :id. What is missing is answered as such (article_missing). */
enum status article_of_route(const struct request *r, struct article *out, struct err *e) MUST_USE;
enum status article_missing(enum status s, struct response *out);

/* Back to the article's page, which says `what` was done ("sparat"). */
enum status article_back_to(const struct request *r, struct response *out, int64_t id, const char *what);

/* "26 november 2026 kl. 9.00": a moment on the wall in Stockholm; in the arena. */
struct str article_moment(const struct request *r, int64_t at);

#endif

/* Handlers of the pages of seminars, for the table of routes in seminar_room.c. */
#ifndef LYKTA_SEMINAR_SEMINAR_PAGES_H
#define LYKTA_SEMINAR_SEMINAR_PAGES_H

#include "base/err.h"
#include "base/str.h"
#include "web/language.h"

#include <stdint.h>

struct layout;
struct request;
struct response;
struct seminar;

/* For everyone: seminar_show.c, signup_pages.c, check_in_pages.c. */
enum status seminars_show(const struct request *r, struct response *out, struct err *e);
enum status seminars_calendar(const struct request *r, struct response *out, struct err *e);
enum status seminars_atom(const struct request *r, struct response *out, struct err *e);
enum status seminar_page_show(const struct request *r, struct response *out, struct err *e);
enum status seminar_page_calendar(const struct request *r, struct response *out, struct err *e);
enum status signup_page_show(const struct request *r, struct response *out, struct err *e);
enum status signup_page_take(const struct request *r, struct response *out, struct err *e);
enum status signup_page_done(const struct request *r, struct response *out, struct err *e);
enum status check_in_page_show(const struct request *r, struct response *out, struct err *e);
enum status check_in_page_take(const struct request *r, struct response *out, struct err *e);

/* By a guest's link: guest_pages.c, evaluation_pages.c. */
enum status guest_page_show(const struct request *r, struct response *out, struct err *e);
enum status guest_page_calendar(const struct request *r, struct response *out, struct err *e);
enum status guest_page_confirm(const struct request *r, struct response *out, struct err *e);
enum status guest_page_cancel(const struct request *r, struct response *out, struct err *e);
enum status guest_page_check_in(const struct request *r, struct response *out, struct err *e);
enum status guest_page_join(const struct request *r, struct response *out, struct err *e);
enum status guest_change_show(const struct request *r, struct response *out, struct err *e);
enum status guest_change_take(const struct request *r, struct response *out, struct err *e);
enum status guest_replace_show(const struct request *r, struct response *out, struct err *e);
enum status guest_replace_take(const struct request *r, struct response *out, struct err *e);
enum status evaluation_page_show(const struct request *r, struct response *out, struct err *e);
enum status evaluation_page_take(const struct request *r, struct response *out, struct err *e);
enum status evaluation_page_done(const struct request *r, struct response *out, struct err *e);

/* By an invitation's link: invited_pages.c. */
enum status invited_page_show(const struct request *r, struct response *out, struct err *e);
enum status invited_yes_show(const struct request *r, struct response *out, struct err *e);
enum status invited_yes_take(const struct request *r, struct response *out, struct err *e);
enum status invited_other_show(const struct request *r, struct response *out, struct err *e);
enum status invited_other_take(const struct request *r, struct response *out, struct err *e);
enum status invited_no_take(const struct request *r, struct response *out, struct err *e);
enum status stop_page_show(const struct request *r, struct response *out, struct err *e);
enum status stop_page_take(const struct request *r, struct response *out, struct err *e);
enum status stop_page_done(const struct request *r, struct response *out, struct err *e);

/* What they share: page.c. */

/* The layout of the page at the request's path; with a form's style when it has one. */
enum seminar_page { SEMINAR_PAGE_PLAIN, SEMINAR_PAGE_FORM };
struct layout seminar_layout(const struct request *r, struct str title, enum seminar_page page,
                             size_t errors);

/* The address of a page in the request's language: seminar_href(r, "/seminarier/%lld", id). */
struct str seminar_href(const struct request *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Something that is not there is answered as such; other failures are the server's to tell. */
enum status seminar_missing(enum status s, struct response *out);

/* A page that says one thing, with a link onwards (may be empty). */
enum status seminar_say(const struct request *r, struct response *out, enum text_key title,
                        enum text_key text, struct str href, enum text_key link);

/* The seminar of the route's ":id", for everyone: REFUSED when it is a draft or not there. */
enum status seminar_of_route(const struct request *r, struct seminar *out, struct err *e);

#endif

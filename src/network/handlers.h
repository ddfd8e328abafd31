/* The handlers of the room's routes, by the file they stand in, and what they share. */
#ifndef LYKTA_NETWORK_HANDLERS_H
#define LYKTA_NETWORK_HANDLERS_H

#include "network/network_letter.h"
#include "web/language.h"
#include "web/layout.h"
#include "web/route.h"

/* join_pages.c */
route_handler join_show, join_take, join_thank, agreement_show;
/* sign_pages.c */
route_handler confirm_show, confirm_take, confirm_thank, sign_show, sign_take, sign_thank;
/* application_pages.c */
route_handler applications_show, application_show, application_take;
/* list_pages.c */
route_handler organisations_show, organisations_file;
/* organisation_pages.c */
route_handler organisation_show, organisation_leave_show, organisation_leave_take;
/* organisation_form.c */
route_handler organisation_new_show, organisation_new_take, organisation_change_show,
    organisation_change_take;
/* contact_form.c */
route_handler contact_new_show, contact_new_take, contact_change_show, contact_change_take,
    contact_leave_take, contact_invite_take;
/* import_pages.c */
route_handler import_form_show, import_form_take, import_show, import_take, import_done, import_dropped;
/* own_pages.c */
route_handler own_organisation_show, own_sign_take, own_attest_take, own_leave_show, own_leave_take, own_left;
/* own_contact_pages.c */
route_handler own_contact_show, own_contact_take, own_deputy_show, own_deputy_take, own_deputy_leave_take;
/* agreement_form.c */
route_handler paper_show, paper_take, agreement_new_show, agreement_new_take;

/* The address of a page, made as printf does, in the reader's language. */
struct str network_href(const struct request *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* What stands around a page with a form, of which `errors` answers are wrong. */
struct layout network_layout(const struct request *r, struct str title, size_t errors);

struct network_form_view;

/* A form with its title, as *v says; 422 when an answer is wrong or overtaken. Its layout is filled in. */
enum status network_form_draw(const struct request *r, struct network_form_view *v, struct response *out);

/* A page that says one thing: `title`, `text` under it, and a link to `path` called `link`. */
void network_say(const struct request *r, struct response *out, enum text_key title, enum text_key text,
                 const char *path, enum text_key link);

/* What was looked for is not there (REFUSED): the page for that. Other failures are passed on. */
enum status network_missing(enum status s, struct response *out);

/* What letters need of the city, for this request. */
struct network_office network_office_for(const struct request *r);

#endif

/* Handlers of the coordinator's pages, for the table of routes in seminar_room.c. */
#ifndef LYKTA_SEMINAR_SEMINAR_WORK_H
#define LYKTA_SEMINAR_SEMINAR_WORK_H

#include "base/err.h"

struct request;
struct response;

/* work_pages.c */
enum status work_list_show(const struct request *r, struct response *out, struct err *e);
enum status work_show(const struct request *r, struct response *out, struct err *e);
enum status work_open_take(const struct request *r, struct response *out, struct err *e);
enum status work_cancel_show(const struct request *r, struct response *out, struct err *e);
enum status work_cancel_take(const struct request *r, struct response *out, struct err *e);
enum status work_reminding_take(const struct request *r, struct response *out, struct err *e);

/* work_form.c */
enum status work_new_show(const struct request *r, struct response *out, struct err *e);
enum status work_new_take(const struct request *r, struct response *out, struct err *e);
enum status work_change_show(const struct request *r, struct response *out, struct err *e);
enum status work_change_take(const struct request *r, struct response *out, struct err *e);

/* work_invite.c */
enum status work_invite_show(const struct request *r, struct response *out, struct err *e);
enum status work_invite_take(const struct request *r, struct response *out, struct err *e);

/* work_attendance.c */
enum status work_attendance_show(const struct request *r, struct response *out, struct err *e);
enum status work_attendance_take(const struct request *r, struct response *out, struct err *e);
enum status work_code_show(const struct request *r, struct response *out, struct err *e);
enum status work_code_take(const struct request *r, struct response *out, struct err *e);
enum status work_print_show(const struct request *r, struct response *out, struct err *e);
enum status work_badges_show(const struct request *r, struct response *out, struct err *e);

/* work_after.c */
enum status work_after_show(const struct request *r, struct response *out, struct err *e);
enum status work_thank_take(const struct request *r, struct response *out, struct err *e);
enum status work_network_take(const struct request *r, struct response *out, struct err *e);
enum status work_statistics_show(const struct request *r, struct response *out, struct err *e);

#endif

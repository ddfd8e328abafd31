/* When the rules are carried out. */
#include "retention/retention_schedule.h"

#include "calendar/night.h"

enum status retention_minute(struct str time, int *minute, struct err *e)
{
    if (!night_minute(time, minute))
        return err_set(e, BAD_INPUT,
                       "lykta.conf: time in [retention]: expected a time of day as 03:00, found \"%.*s\"",
                       STR(str_part(time, 0, 40)));
    return OK;
}

/* The worker of a served city. */
#include "command/serve_worker.h"

#include "article/article_reminder.h"
#include "backup/backup_errand.h"
#include "base/arena.h"
#include "command/serve_walls.h"
#include "gathering/gathering_pages.h"
#include "log/log.h"
#include "mail/mail_errand.h"
#include "network/network_office.h"
#include "plan/plan_errand.h"
#include "process/keeper.h"
#include "publishing/round_run.h"
#include "research/study_errand.h"
#include "retention/retention_errand.h"
#include "seminar/seminar_office.h"
#include "setting/setting_errand.h"
#include "store/city.h"
#include "store/errand.h"

static enum status open_city(const struct serve_work *told, struct arena *a, struct city **city,
                             struct log *log, struct err *e)
{
    TRY(city_open(told->path, DB_WRITE, city, e));
    TRY(city_work(*city, told->holder, e));
    TRY(log_read((*city)->file.log_form, (*city)->file.log_slow, log, e));
    return serve_walls_worker(*city, a, e);
}

/* Where the processes see each other's lock there is no claim to hold on to. */
static enum status begin(const struct city *city, const struct errand_told *to, struct errands **running,
                         struct err *e)
{
    const struct errand table[] = {claim_errand,   mail_errand,      seminar_errand,    network_errand,
                                   plan_errand,    retention_errand, publishing_errand, article_errand,
                                   setting_errand, backup_errand,    gathering_errand,  study_errand};
    const size_t first = city_is_in_server(city) ? 0 : 1;

    return errands_open(city, table + first, sizeof table / sizeof *table - first, to, running, e);
}

int serve_work(void *context)
{
    const struct serve_work *told = context;
    struct arena *a = arena_open();
    struct city *city = NULL;
    struct errands *running = NULL;
    struct log log;
    struct err e = {0};
    enum status s = open_city(told, a, &city, &log, &e);

    if (s == OK)
        s = begin(city, &(struct errand_told){&log, told->board}, &running, &e);
    keeper_ready(s, &e);
    if (s == OK)
        keeper_is_over();
    errands_close(running);
    city_close(city);
    arena_close(a);
    return (int)s;
}

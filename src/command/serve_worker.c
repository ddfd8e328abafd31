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

static enum status open_city(const char *path, struct arena *a, struct city **city, struct log *log,
                             struct err *e)
{
    TRY(city_open(path, DB_WRITE, city, e));
    TRY(city_work(*city, e));
    TRY(log_read((*city)->file.log_form, (*city)->file.log_slow, log, e));
    return serve_walls_worker(*city, a, e);
}

int serve_work(void *context)
{
    const struct errand table[] = {mail_errand,      seminar_errand,    network_errand, plan_errand,
                                   retention_errand, publishing_errand, article_errand, setting_errand,
                                   backup_errand,    gathering_errand,  study_errand};
    const struct serve_work *told = context;
    struct arena *a = arena_open();
    struct city *city = NULL;
    struct errands *running = NULL;
    struct log log;
    struct err e = {0};
    enum status s = open_city(told->path, a, &city, &log, &e);

    if (s == OK)
        s = errands_open(city, table, sizeof table / sizeof *table, &(struct errand_told){&log, told->board},
                         &running, &e);
    keeper_ready(s, &e);
    if (s == OK)
        keeper_is_over();
    errands_close(running);
    city_close(city);
    arena_close(a);
    return (int)s;
}

/* lykta serve: a city's pages on the network. */
#include "command/command.h"

#include "account/attempts.h"
#include "article/article_reminder.h"
#include "backup/backup_errand.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/progress.h"
#include "base/text.h"
#include "command/guard.h"
#include "command/rooms.h"
#include "command/serve_walls.h"
#include "gathering/gathering_pages.h"
#include "log/log.h"
#include "mail/mail_errand.h"
#include "network/network_office.h"
#include "observation/desk.h"
#include "oidc/oidc.h"
#include "oidc/tools.h"
#include "plan/plan_errand.h"
#include "portal/portal.h"
#include "process/starter.h"
#include "publishing/round_run.h"
#include "retention/retention_errand.h"
#include "seminar/seminar_office.h"
#include "setting/setting_errand.h"
#include "store/city.h"
#include "watch/watch.h"
#include "web/server.h"

#include <stdio.h>

static enum status run(const struct call *call, struct err *e);
static enum status serve(const struct call *call, const struct city *city, struct err *e);

static const struct option options[] = {
    {"--listen", "ADDRESS:PORT",
     "Where to answer (what lykta.conf says, 127.0.0.1:8080 to begin with); port 0 takes any free one"},
    {"--direct", NULL,
     "Allow an address that other machines reach, without a front server for TLS before it"},
    {NULL, NULL, NULL},
};

const struct command command_serve = {
    .name = "serve",
    .arguments = "DIR",
    .summary = "Serve a city's pages",
    .about =
        "Answers on 127.0.0.1:8080 until it is stopped (Ctrl-C or SIGTERM), and then lets the requests that have begun end.\n"
        "TLS and slow clients are the business of a front server before it, such as nginx; an address that other machines\n"
        "reach is refused unless --direct is given. A city is served by one process at a time; one whose database is in a\n"
        "PostgreSQL server may be served by several on the same folder, of which one sends letters and does the nightly\n"
        "work. What is counted in memory, such as guesses at a password, is counted by each.\n\n"
        "The log goes to standard error, a line for each request: the route, never the path, and no address. [log] in\n"
        "lykta.conf says its form, and [watch] where monitoring can ask how the city is.",
    .examples = "  lykta serve city\n"
                "  lykta serve city --listen 127.0.0.1:9000",
    .least = 1,
    .most = 1,
    .options = options,
    .run = run,
};

static enum status run(const struct call *call, struct err *e)
{
    struct starter *starter = NULL;
    struct city *city = NULL;

    TRY(guard_begin(e)); /* what is told passes through this process, and must be in no core file */
    TRY(starter_open(NULL, &starter, e));
    enum status s = city_open(call->arguments[0], DB_WRITE, &city, e);
    if (s == OK)
        s = city_share(city, e);
    if (s == OK)
        s = serve_walls_pages(city, call->arena, e);
    if (s == OK)
        s = serve(call, city, e);
    city_close(city);
    starter_close(starter);
    return s;
}

static enum status tell_address(const struct call *call, const struct city *city, int port, struct err *e)
{
    struct text line = text_open(call->arena);

    text_format(&line, "%.*s: http://127.0.0.1:%d/\n", STR(city_settings(city)->name), port);
    return file_write("-", text_str(&line), 0, e);
}

/* Who runs the server sees what is not as the file says. */
static enum status tell_settings(const struct call *call, const struct city *city, struct err *e)
{
    struct str names;

    TRY(settings_changed(city->db, call->arena, &names, e));
    if (names.n > 0)
        fprintf(stderr, "lykta: chosen in the portal, before lykta.conf: %.*s\n", STR(names));
    return OK;
}

static enum status answer(const struct call *call, struct portal *portal, struct err *e)
{
    const struct city *city = portal->city;
    struct str usual = city_settings(city)->config.listen;
    const char *listen = call_option(call, "--listen");
    const struct server_options wanted = {
        .listen = listen ? listen : arena_cstr(call->arena, usual.p, usual.n),
        .reach = call_has(call, "--direct") ? LISTEN_OPENLY : LISTEN_ON_THIS_MACHINE};
    const struct errand errands[] = {mail_errand,      seminar_errand,    network_errand, plan_errand,
                                     retention_errand, publishing_errand, article_errand, setting_errand,
                                     backup_errand,    gathering_errand};
    struct server *server = NULL;
    struct errands *running = NULL;
    struct watch *watch = NULL;

    TRY(server_open(portal_site(portal, call->arena), &wanted, &server, e));
    enum status s = errands_open(city, errands, sizeof errands / sizeof *errands, portal->log, &running, e);
    if (s == OK)
        s = watch_open(&(struct watched){city, server, portal->log}, &watch, e);
    if (s == OK)
        s = serve_walls_doors(city, e);
    if (s == OK)
        s = tell_settings(call, city, e);
    if (s == OK)
        s = tell_address(call, city, server_port(server), e);
    if (s == OK)
        server_wait(call->progress->stop);
    watch_close(watch);
    server_close(server);
    errands_close(running);
    return s;
}

static enum status serve(const struct call *call, const struct city *city, struct err *e)
{
    struct portal portal;
    struct log log;

    TRY(log_read(city->file.log_form, city->file.log_slow, &log, e));
    TRY(portal_open(&portal, city, &outside_machine, rooms, e));
    portal.log = &log;
    portal.desk = desk_open();
    portal.attempts = attempts_open();
    enum status s = oidc_open(city, oidc_tools_load, &portal.oidc, e);
    if (s == OK)
        s = answer(call, &portal, e);
    oidc_close(portal.oidc);
    attempts_close(portal.attempts);
    desk_close(portal.desk);
    portal_close(&portal);
    return s;
}

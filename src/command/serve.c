/* lykta serve: a city's pages on the network. */
#include "command/command.h"

#include "account/attempts.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/progress.h"
#include "base/text.h"
#include "command/guard.h"
#include "command/rooms.h"
#include "command/serve_walls.h"
#include "command/serve_worker.h"
#include "log/log.h"
#include "observation/desk.h"
#include "oidc/oidc.h"
#include "oidc/tools.h"
#include "portal/portal.h"
#include "process/keeper.h"
#include "process/starter.h"
#include "setting/setting_errand.h"
#include "status/running.h"
#include "store/city.h"
#include "store/claim.h"
#include "store/errand.h"
#include "store/errand_board.h"
#include "vault/vault_process.h"
#include "watch/watch.h"
#include "web/server.h"
#include "web/tally.h"

#include <malloc.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

/* What one thread has given back the next one takes: with a heap for each thread, each would keep what the
 * largest page took. */
enum { LOOK_MS = 200, HEAPS = 2 };

/* The processes beside this one, and what the page of how the system is shows of them. */
struct household {
    struct keeper *keeper;
    struct starter *starter;
    struct vault_process *vault;
    struct errand_board *board;
    struct running running;
};

static enum status run(const struct call *call, struct err *e);
static enum status serve(const struct call *call, const struct city *city, struct household *household,
                         struct err *e);

static const struct option options[] = {
    {"--listen", "ADDRESS:PORT",
     "Where to answer (what lykta.conf says, 127.0.0.1:8080 to begin with); port 0 takes any free one"},
    {"--idle", "SECONDS",
     "End when nobody has asked for anything for so long (never); where systemd holds the door the next starts it"},
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
        "reach is refused unless --direct is given. A city is served once at a time; one whose database is in a PostgreSQL\n"
        "server may be served several times, from one folder or on several machines (operate.md says what they share), and one\n"
        "of them sends letters and does the nightly work.\n"
        "What is counted in memory, such as guesses at a password, is counted by each.\n\n"
        "It makes processes beside itself, which end with it: one does what nobody asks for, and is started again when it\n"
        "ends; one holds the keys of those who read reports; one starts the programs for pictures and PDF. Each gives up,\n"
        "for good, what it does not need.\n\n"
        "Where the service manager hands a socket over (systemd's socket activation), that is where it answers, and\n"
        "--listen does not matter: connections wait in it while the program is started anew.\n\n"
        "The log goes to standard error, a line for each request: the route, never the path, and no address. [log] in\n"
        "lykta.conf says its form, and [watch] where monitoring can ask how the city is.",
    .examples = "  lykta serve city\n"
                "  lykta serve city --listen 127.0.0.1:9000",
    .least = 1,
    .most = 1,
    .options = options,
    .run = run,
};

/* Before anything is read, so that they hold nothing of it. */
static enum status household_open(const struct call *call, struct household *h, struct err *e)
{
    struct serve_work *told = arena_new(call->arena, 1, struct serve_work);
    const struct process worker = {.name = "lykta-worker", .run = serve_work, .context = told};

    TRY(errand_board_open(&h->board, e));
    *told = (struct serve_work){call->arguments[0], claim_holder(call->arena), h->board};
    TRY(keeper_open(&worker, &h->keeper, e));
    h->running.started_at = (int64_t)time(NULL);
    h->running.keeper = h->keeper;
    h->running.board = h->board;
    TRY(vault_process_open(&h->vault, e));
    return starter_open(NULL, &h->starter, e);
}

static void household_close(const struct household *h)
{
    keeper_close(h->keeper);
    vault_process_close(h->vault);
    starter_close(h->starter);
    errand_board_close(h->board);
}

static enum status run(const struct call *call, struct err *e)
{
    struct household household = {0};
    struct city *city = NULL;

    mallopt(M_ARENA_MAX, HEAPS);
    TRY(guard_begin(e)); /* what is told passes through this process, and must be in no core file */
    enum status s = household_open(call, &household, e);
    if (s == OK)
        s = city_open(call->arguments[0], DB_WRITE, &city, e);
    if (s == OK)
        s = city_share(city, e);
    if (s == OK)
        s = serve_walls_pages(city, call->arena, e);
    if (s == OK)
        s = serve(call, city, &household, e);
    household_close(&household);
    city_close(city);
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

/* How long nobody has asked for anything. Some answers are not counted: those who get one are connected. */
struct quiet {
    uint64_t answers;
    int64_t ms;
};

static void look(struct quiet *q, struct server *server)
{
    const uint64_t answers = tally_answers(server_tally(server));
    const bool is_quiet = answers == q->answers && server_load(server).inside == 0;

    *q = (struct quiet){answers, is_quiet ? q->ms + LOOK_MS : 0};
}

/* Until a signal asks for it, or nobody asks for anything. Without its household the city is half served: it
 * is to be started anew. */
static enum status wait_for_end(const struct call *call, struct server *server, const struct household *h,
                                struct err *e)
{
    struct quiet quiet = {0, 0};
    int64_t idle_s = 0;

    TRY(call_i64(call, "--idle", 1, 86400, &idle_s, e));
    while (!progress_should_stop(call->progress) && (idle_s == 0 || quiet.ms < 1000 * idle_s)) {
        look(&quiet, server);
        if (!keeper_is_there(h->keeper) || !starter_is_there(h->starter) || !vault_process_is_there(h->vault))
            return err_set(e, SYSTEM, "a process beside this one has ended: start the city again");
        poll(NULL, 0, LOOK_MS);
    }
    return OK;
}

/* Where to answer: at the socket that is handed over, or else at the address that is asked for. */
static enum status read_wanted(const struct call *call, struct str usual, struct server_options *out,
                               struct err *e)
{
    const char *listen = call_option(call, "--listen");
    int given = -1;

    *out =
        (struct server_options){.listen = listen ? listen : arena_cstr(call->arena, usual.p, usual.n),
                                .reach = call_has(call, "--direct") ? LISTEN_OPENLY : LISTEN_ON_THIS_MACHINE};
    TRY(listen_given(out->reach, &given, e));
    out->given = given > 0 ? given : 0;
    return OK;
}

static enum status answer(const struct call *call, struct portal *portal, struct household *h, struct err *e)
{
    const struct city *city = portal->city;
    struct server_options wanted;
    struct server *server = NULL;
    struct errands *running = NULL;
    struct watch *watch = NULL;

    TRY(read_wanted(call, city_settings(city)->config.listen, &wanted, e));
    TRY(server_open(portal_site(portal, call->arena), &wanted, &server, e));
    atomic_store(&h->running.server, server);
    enum status s =
        errands_open(city, &setting_errand, 1, &(struct errand_told){.log = portal->log}, &running, e);
    if (s == OK)
        s = keeper_begin(h->keeper, portal->log, e);
    if (s == OK)
        s = watch_open(&(struct watched){city, server, portal->log, h->keeper}, &watch, e);
    if (s == OK)
        s = serve_walls_doors(city, e);
    if (s == OK)
        s = tell_settings(call, city, e);
    if (s == OK)
        s = tell_address(call, city, server_port(server), e);
    if (s == OK)
        s = wait_for_end(call, server, h, e);
    watch_close(watch);
    server_close(server);
    errands_close(running);
    return s;
}

static enum status serve(const struct call *call, const struct city *city, struct household *household,
                         struct err *e)
{
    struct portal portal;
    struct log log;

    TRY(log_read(city->file.log_form, city->file.log_slow, &log, e));
    TRY(portal_open(&portal, city, &outside_machine, rooms, e));
    portal.log = &log;
    portal.running = &household->running;
    portal.desk = desk_open(household->vault);
    portal.attempts = attempts_open();
    enum status s = oidc_open(city, oidc_tools_load, &portal.oidc, e);
    if (s == OK)
        s = answer(call, &portal, household, e);
    oidc_close(portal.oidc);
    attempts_close(portal.attempts);
    desk_close(portal.desk);
    portal_close(&portal);
    return s;
}

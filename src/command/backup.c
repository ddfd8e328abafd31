/* lykta backup: a city in one sealed file. */
#include "command/command.h"

#include "backup/backup.h"
#include "base/arena.h"
#include "store/city.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

static enum status run(const struct call *call, struct err *e);

static const struct option options[] = {
    {"--make-key", "FILE",
     "Make the city's backup key first: FILE is the secret half, and is kept elsewhere"},
    {NULL, NULL, NULL},
};

const struct command command_backup = {
    .name = "backup",
    .arguments = "DIR [FILE]",
    .summary = "Write a city to one sealed file",
    .about =
        "Writes the databases, keys, settings and files of the city DIR to FILE, which must not be there yet.\n"
        "The city may be served meanwhile: what was acknowledged before the command began is in the backup.\n\n"
        "FILE is sealed to the city's backup key, which --make-key makes once. Its secret half opens every\n"
        "backup: keep it where neither the server nor the backups are, and a copy of it on paper. Without it\n"
        "no backup can be read, by anybody.\n\n"
        "Every backup is whole: it holds everything and needs no other. Nobody who was signed in when it was made\n"
        "is signed in when it is restored.",
    .examples = "  lykta backup lund --make-key /media/usb/lund.backup-key\n"
                "  lykta backup lund /backup/lund-2026-11-25.lykta",
    .least = 1,
    .most = 2,
    .options = options,
    .run = run,
};

static struct who who_of(void)
{
    return (struct who){.name = "command line", .now_at = (int64_t)time(NULL)};
}

static enum status make_key(const struct call *call, struct city *city, struct err *e)
{
    const char *path = call_option(call, "--make-key");
    const struct who who = who_of();

    TRY(backup_key_make(city, path, &who, e));
    printf("The backup key of %s is in %s.\nMove it away from this machine, and keep a copy on paper: every "
           "backup needs it.\n",
           call->arguments[0], path);
    return OK;
}

static enum status write_backup(const struct call *call, struct city *city, struct err *e)
{
    const struct who who = who_of();
    struct backup_size size = {0};

    TRY(backup_write(city, city->db, call->arguments[1], &who, call->progress, &size, e));
    printf("%s: %" PRIu64 " files, %" PRIu64 " bytes, sealed to the backup key of %s.\n", call->arguments[1],
           size.files, size.bytes, call->arguments[0]);
    return OK;
}

static enum status run(const struct call *call, struct err *e)
{
    struct city *city = NULL;

    if (call->n < 2 && !call_has(call, "--make-key"))
        return err_set(e, USAGE, "lykta backup: expected DIR FILE; see lykta help backup");
    enum status s = city_open(call->arguments[0], DB_WRITE, &city, e);
    if (s == OK && call_has(call, "--make-key"))
        s = make_key(call, city, e);
    if (s == OK && call->n == 2)
        s = write_backup(call, city, e);
    city_close(city);
    return s;
}

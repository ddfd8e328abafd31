/* lykta recovery: the key file, and the recovery key in shares on paper. */
#include "command/command.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "keyring/keyring.h"
#include "seal/recovery.h"
#include "seal/secret.h"
#include "store/city.h"

#include <time.h>

static enum status run(const struct call *call, struct err *e);

static const struct option options[] = {
    {"--needed", "N", "How many shares open together what is sealed (3)"},
    {"--shares", "N", "How many shares are made (5)"},
    {NULL, NULL, NULL},
};

const struct command command_recovery = {
    .name = "recovery",
    .arguments = "DIR",
    .summary = "Make a city ready to receive sealed reports",
    .about =
        "Makes the key file DIR/sealed.db and a recovery key, and prints the key in shares: any three of five\n"
        "open what is sealed when every recipient has lost the passphrase. The shares are printed this once\n"
        "and are nowhere else. Print them, give each to another person in a role that stays, such as records\n"
        "clerk or head of department, and clear the screen.\n\n"
        "Note in the portal who holds which share (/aterstallning). There the holders also give them when a\n"
        "recipient needs help; lykta regain joins shares on the server, when nobody can sign in.",
    .examples = "  lykta recovery lund\n"
                "  lykta recovery lund --needed 2 --shares 3",
    .least = 1,
    .most = 1,
    .options = options,
    .run = run,
};

static enum status print(const struct call *call, const struct recovery_share *share, int64_t needed,
                         int64_t shares, struct err *e)
{
    struct text out = text_open(call->arena);
    char shown[RECOVERY_SHOWN];

    for (int64_t i = 0; i < shares; i++) {
        recovery_share_shown(&share[i], shown);
        text_format(&out, "Share %d of %d (%d are needed):\n%s\n\n", (int)i + 1, (int)shares, (int)needed,
                    shown);
    }
    secret_wipe(shown, sizeof shown);
    enum status s = file_write("-", text_str(&out), 0, e);
    arena_wipe(call->arena);
    return s;
}

static enum status run(const struct call *call, struct err *e)
{
    struct recovery_share *share = secret_open(SHAMIR_MOST * sizeof *share);
    struct city *city = NULL;
    int64_t needed = 3;
    int64_t shares = 5;

    enum status s = call_i64(call, "--shares", 2, SHAMIR_MOST, &shares, e);
    if (s == OK)
        s = call_i64(call, "--needed", 2, shares, &needed, e);
    if (s == OK)
        s = city_open(call->arguments[0], DB_WRITE, &city, e);
    if (s == OK) {
        const struct keyring_make make = {.needed = (size_t)needed,
                                          .shares = (size_t)shares,
                                          .who = {.name = "command line", .now_at = (int64_t)time(NULL)}};

        s = keyring_make(city, &make, share, e);
    }
    if (s == OK)
        s = print(call, share, needed, shares, e);
    city_close(city);
    secret_close(share);
    return s;
}

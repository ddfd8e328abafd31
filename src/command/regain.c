/* lykta regain: the way back to what is sealed when the passphrase is lost, with the shares on paper. */
#include "command/command.h"

#include "account/account.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "keyring/keyring.h"
#include "keyring/recipient.h"
#include "portal/permission.h"
#include "seal/passphrase.h"
#include "seal/recovery.h"
#include "seal/secret.h"
#include "store/city.h"
#include "web/address.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

static enum status run(const struct call *call, struct err *e);

static const struct option options[] = {
    {"--email", "ADDRESS", "The address of the recipient who lost the passphrase (needed)"},
    {NULL, NULL, NULL},
};

const struct command command_regain = {
    .name = "regain",
    .arguments = "DIR",
    .summary = "Open what is sealed again when a recipient's passphrase is lost",
    .about =
        "Reads shares of the recovery key from standard input, one a line, and gives the recipient a new key\n"
        "pair and a new passphrase, which is printed this once. Everything that can still be read is sealed\n"
        "to the new pair; the old passphrase opens nothing any more.\n\n"
        "Those who hold the shares meet at the machine that runs the city, and each types their own. Small\n"
        "letters and blanks do not matter, and a mistyped letter is told. The shares and the joined key are\n"
        "written nowhere. The recipient then signs in, opens the inbox and chooses a passphrase of their own\n"
        "under Recipients. That it was done is in the audit log.",
    .examples = "  lykta regain lund --email anna@exempel.example",
    .least = 1,
    .most = 1,
    .options = options,
    .run = run,
};

/* More than the longest sixteen shares with blanks between all letters. */
enum { TYPED_MOST = 16 * 1024 };

/* What the work needs, in locked memory together. */
struct regaining {
    struct recovery_share share[SHAMIR_MOST];
    size_t n;
    struct seal_key secret;
    char passphrase[PASSPHRASE_BYTES];
};

static bool is_given(const struct regaining *work, uint8_t number)
{
    for (size_t i = 0; i < work->n; i++)
        if (work->share[i].share.x == number)
            return true;
    return false;
}

static enum status add_share(struct regaining *work, struct str line, int row, struct err *e)
{
    struct recovery_share share;
    struct err why = {0};

    if (recovery_share_read(line, &share, &why) != OK)
        return err_set(e, BAD_INPUT, "standard input:%d:1: %s", row, why.what);
    enum status s = OK;
    if (is_given(work, share.share.x))
        s = err_set(e, BAD_INPUT,
                    "standard input:%d:1: share number %d stands here twice; each is needed once", row,
                    (int)share.share.x);
    else if (work->n == SHAMIR_MOST)
        s = err_set(e, BAD_INPUT, "standard input:%d:1: there are at most %d shares of a key", row,
                    (int)SHAMIR_MOST);
    else
        work->share[work->n++] = share;
    secret_wipe(&share, sizeof share);
    return s;
}

static enum status read_shares(const struct call *call, struct regaining *work, struct err *e)
{
    struct str rest;
    struct str line;

    if (isatty(STDIN_FILENO))
        fputs("Type the shares, one a line, and end with Ctrl-D on a line of its own:\n", stderr);
    TRY(file_read("-", TYPED_MOST, call->arena, &rest, e));
    for (int row = 1; rest.n > 0; row++) {
        str_cut(rest, '\n', &line, &rest);
        if (str_trim(line).n > 0)
            TRY(add_share(work, line, row, e));
    }
    return OK;
}

/* A person whose role does not let them read reports gets no key to them either. */
static enum status find(const struct call *call, struct city *city, struct person *out, struct err *e)
{
    struct str email = address_normal(str_of(call_option(call, "--email")), call->arena);

    if (!address_is_valid(email))
        return err_set(e, USAGE, "lykta regain: --email is needed, as --email anna@exempel.example");
    enum status s = person_by_email(city->db, email, call->arena, out, e);
    if (s == REFUSED)
        return err_set(e, BAD_INPUT, "%s: no account has this address; lykta user list shows them",
                       city->path);
    if (s == OK && (out->is_closed || !(out->roles & ROLE_BIT(ROLE_TRIAGE))))
        return err_set(e, BAD_INPUT, "%s: this account has not the role triage; lykta user role gives it",
                       city->path);
    return s;
}

static enum status regain(struct keyring *k, int64_t account, struct regaining *work, struct err *e)
{
    const struct who who = {.name = "command line", .now_at = (int64_t)time(NULL)};
    struct seal_public public_key;

    TRY(keyring_recovery(k, &public_key, e));
    TRY(recovery_join(work->share, work->n, &public_key, &work->secret, e));
    passphrase_make(work->passphrase);
    TRY(recipient_recover(k, &work->secret, account, str_of(work->passphrase), &who, e));
    keyring_erase(k);
    return OK;
}

static enum status print(const struct call *call, const struct regaining *work, struct err *e)
{
    struct text out = text_open(call->arena);

    text_format(&out,
                "passphrase: %s\n"
                "It is shown this once. Everything sealed opens with it, and no longer with the old one.\n"
                "Keep the shares: they stay valid.\n",
                work->passphrase);
    return file_write("-", text_str(&out), 0, e);
}

static enum status run(const struct call *call, struct err *e)
{
    struct regaining *work = secret_open(sizeof *work);
    struct city *city = NULL;
    struct keyring *k = NULL;
    struct person person = {0};

    enum status s = city_open(call->arguments[0], DB_WRITE, &city, e);
    if (s == OK)
        s = find(call, city, &person, e);
    if (s == OK)
        s = keyring_open(city, city->db, &k, e);
    if (s == OK)
        s = read_shares(call, work, e);
    if (s == OK)
        s = regain(k, person.id, work, e);
    if (s == OK)
        s = print(call, work, e);
    keyring_close(k);
    city_close(city);
    secret_close(work);
    arena_wipe(call->arena); /* what was typed, and the passphrase as it was printed */
    return s;
}

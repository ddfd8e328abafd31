/* lykta verify: is a city, or a release, as it was written? */
#include "command/command.h"

#include "base/arena.h"
#include "base/str.h"
#include "command/whole.h"
#include "release/release.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>

#include <sodium.h>

static enum status run(const struct call *call, struct err *e);
static enum status verify_city(const struct call *call, struct err *e);
static enum status verify_release(const struct call *call, struct err *e);

static const struct option options[] = {
    {"--key", "HEX",
     "The public key that must have signed the release: DIR/keys/release.pub of the city it is from"},
    {NULL, NULL, NULL},
};

const struct command command_verify = {
    .name = "verify",
    .arguments = "DIR|RELEASE",
    .summary = "Prove that a city or a release is as it was written",
    .about =
        "A city: follows its audit log from the first line to the last, verifies every release against the\n"
        "city's key and ledger, and reads every page of the database. It prints the log's head: kept outside "
        "the\n"
        "city, it shows later whether the whole log was replaced.\n\n"
        "A release: checks the signature of its manifest, the size and SHA-256 of every file, and that "
        "nothing is\n"
        "missing or added. Without --key this proves that the release is whole, and not who made it.\n\n"
        "Exit status 3 names the first thing that is wrong.",
    .examples = "  lykta verify lund\n"
                "  lykta verify lund/files/releases/1281-2025 --key \"$(cat lund/keys/release.pub)\"",
    .least = 1,
    .most = 1,
    .options = options,
    .run = run,
};

static enum status run(const struct call *call, struct err *e)
{
    struct stat info;

    if (stat(arena_printf(call->arena, "%s/manifest.json", call->arguments[0]), &info) == 0 ||
        stat(arena_printf(call->arena, "%s/manifest.sig", call->arguments[0]), &info) == 0)
        return verify_release(call, e);
    if (call_has(call, "--key"))
        return err_set(e, BAD_INPUT, "%s: is not a release; --key belongs to one", call->arguments[0]);
    return verify_city(call, e);
}

static enum status verify_city(const struct call *call, struct err *e)
{
    char head_hex[2 * AUDIT_HASH_BYTES + 1];
    struct whole whole = {0};

    TRY(city_whole(call->arguments[0], &whole, e));
    const struct audit_head head = whole.head;
    const size_t releases = whole.releases;
    sodium_bin2hex(head_hex, sizeof head_hex, head.hash, sizeof head.hash);
    printf("%s: whole. Database, %" PRId64
           " audit line%s and %zu release%s are as they were written.\nAudit head: %" PRId64 " %s\n",
           call->arguments[0], head.last, head.last == 1 ? "" : "s", releases, releases == 1 ? "" : "s",
           head.last, head_hex);
    return OK;
}

static enum status verify_release(const struct call *call, struct err *e)
{
    struct release *release = arena_new(call->arena, 1, struct release);
    struct str key = str_trim(str_of(call_option(call, "--key")));

    if (call_has(call, "--key") && key.n != 64)
        return err_set(e, USAGE, "lykta verify: --key: expected 64 hexadecimal digits, found %zu characters",
                       key.n);
    if (release_read(call->arguments[0], key, call->arena, release, e) != OK)
        return err_in(e, "%s", call->arguments[0]);
    printf("%s: whole. Release %.*s of %.*s, signed with the key\n%.*s\n", call->arguments[0],
           STR(release->name), STR(release->city), STR(release->public_key));
    if (key.n == 0)
        puts("Compare the key with the one the city has made known: this alone does not prove who signed.");
    return OK;
}

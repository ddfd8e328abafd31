/* lykta forget: files of a linkage, removed with a receipt. */
#include "command/command.h"
#include "command/erase.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/file.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST_FILES = 100 };

static enum status run(const struct call *call, struct err *e);

static const struct option options[] = {
    {"-o", "RECEIPT.txt", "Where the receipt goes; a file that is not there yet"},
    {NULL, NULL, NULL},
};

const struct command command_forget = {
    .name = "forget",
    .arguments = "FILE ..",
    .summary = "Overwrite and remove the files of a linkage, with a receipt",
    .about =
        "For the linkage unit, when a round is closed: the encodings it was given, its key pair, histories, pairs, "
        "questions and\n"
        "answers. All files are read before the first is removed; if one cannot be, none is. The receipt tells the name, "
        "size,\n"
        "SHA-256 and time of each. An agency compares the SHA-256 with that of the file it sent (sha256sum).\n\n"
        "What it does not promise: a flash disk and some file systems write elsewhere than over the old bytes; backups, "
        "snapshots\n"
        "and copies are not known to it. Encrypt the disk, and remove the key pair: sealed encodings cannot be read "
        "without it.\n\n"
        "Agencies remove their secret with lykta keys delete, whose receipt the portal takes. lykta link removes its "
        "--checkpoint\n"
        "folder itself.",
    .examples = "  lykta forget police.clk social.clk linker.key histories.csv -o receipt.txt",
    .least = 1,
    .most = MOST_FILES,
    .options = options,
    .run = run,
};

struct forgetting {
    const struct call *call;
    const char *receipt;
    struct erasable *file;
    char (*removed)[21]; /* when; "" while it is there */
};

/* The receipt is a line a fact, and read by people. */
static enum status check_name(const char *path, struct err *e)
{
    for (const char *p = path; *p; p++)
        if ((unsigned char)*p < ' ' || *p == 0x7F)
            return err_set(e, BAD_INPUT,
                           "a file's name holds a control character, which a receipt cannot show; rename it");
    return OK;
}

static enum status look_at_all(struct forgetting *x, struct err *e)
{
    for (size_t i = 0; i < x->call->n; i++) {
        const char *path = x->call->arguments[i];

        TRY(check_name(path, e));
        TRY(erase_look(&x->file[i], path, e));
        for (size_t k = 0; k < i; k++)
            if (x->file[k].device == x->file[i].device && x->file[k].number == x->file[i].number)
                return err_set(e, BAD_INPUT, "%s: is named twice", path);
    }
    return OK;
}

static enum status write_receipt(const struct forgetting *x, struct err *e)
{
    struct text out = text_open(x->call->arena);
    char hash[2 * ERASE_HASH_BYTES + 1];

    text_lit(
        &out,
        "lykta-receipt 2\nprogram lykta " LYKTA_VERSION "\n"
        "note overwritten and removed; copies, backups, snapshots and what a flash disk keeps are not reached\n");
    for (size_t i = 0; i < x->call->n; i++) {
        const struct erasable *f = &x->file[i];

        sodium_bin2hex(hash, sizeof hash, f->sha256, ERASE_HASH_BYTES);
        text_format(&out, "file %s\nbytes %" PRId64 "\nsha256 %s\n", f->path, f->bytes, hash);
        if (x->removed[i][0])
            text_format(&out, "removed %s\n", x->removed[i]);
        else
            text_lit(&out, "not removed\n");
    }
    return file_write(x->receipt, text_str(&out), 0644, e);
}

/* The receipt is there before the first file is gone, and tells after each what is. */
static enum status forget_all(struct forgetting *x, struct err *e)
{
    TRY(write_receipt(x, e));
    for (size_t i = 0; i < x->call->n; i++) {
        TRY(erase_file(&x->file[i], e));
        moment_to_text((int64_t)time(NULL), x->removed[i]);
        TRY(write_receipt(x, e));
    }
    return OK;
}

static enum status run(const struct call *call, struct err *e)
{
    struct forgetting x = {.call = call, .receipt = call_option(call, "-o")};

    if (!x.receipt || strcmp(x.receipt, "-") == 0)
        return err_set(e, USAGE, "lykta forget: needs -o RECEIPT.txt, a file: it is all that is left");
    if (sodium_init() < 0)
        return err_set(e, SYSTEM, "the cryptographic library cannot start: is there a source of randomness?");
    if (access(x.receipt, F_OK) == 0)
        return err_set(e, BAD_INPUT, "%s: is there already; an earlier receipt is not overwritten",
                       x.receipt);
    x.file = arena_new(call->arena, call->n, struct erasable);
    x.removed = arena_alloc(call->arena, call->n, sizeof *x.removed);
    TRY(look_at_all(&x, e));
    return forget_all(&x, e);
}

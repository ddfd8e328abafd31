/* Reading the lists of lykta link. */
#include "command/link_read.h"

#include "base/arena.h"
#include "base/file.h"
#include "link/agreement.h"
#include "link/sealed.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIPED_MOST_BYTES = 1 << 30 };

/* As many people as a list may hold are 2 GB under the usual schema, and 10 GB with the longest single
 * filter: a longer file is none that should be read on, nor room be made for. */
static const uint64_t plain_most_bytes = (uint64_t)16 << 30;

/* Where a list comes from, and how many bytes there are of it, sealed or not. */
struct origin {
    struct source from;
    size_t size;
    bool is_sealed;
    const struct key_pair *own;
};

static enum status read_encodings(struct origin *x, struct arena *own, struct arena *a,
                                  struct clk_header *header, struct encodings *people, struct err *e)
{
    struct sealed_reader *sealed = NULL;

    if (x->is_sealed && !x->own)
        return err_set(e, BAD_INPUT, "%s: is sealed to the linkage unit; give its key pair with --key",
                       x->from.name);
    if (x->is_sealed) {
        TRY(sealed_reader_open(&sealed, x->own->open.box, x->own->box_secret, &x->from, own, e));
        x->from = sealed_source(sealed);
    }
    return clk_read(header, people, &x->from, x->size, a, e);
}

static enum status read_piped(const char *path, const struct key_pair *key, struct arena *own,
                              struct arena *a, struct clk_header *header, struct encodings *people,
                              struct err *e)
{
    struct str bytes;

    TRY(file_read(path, PIPED_MOST_BYTES, own, &bytes, e));
    struct origin x = {source_of_str(&bytes, path), bytes.n, sealed_starts(bytes), key};
    return read_encodings(&x, own, a, header, people, e);
}

static enum status look(struct descriptor *d, struct origin *out, struct err *e)
{
    char first[SEALED_MAGIC_BYTES];
    struct stat info;

    if (fstat(d->fd, &info) != 0 || !S_ISREG(info.st_mode))
        return err_set(e, BAD_INPUT, "%s: is not a file that can be read", d->name);
    if ((uint64_t)info.st_size > plain_most_bytes)
        return err_set(e, BAD_INPUT, "%s: holds more than 16 GiB, expected a list of encodings", d->name);
    ssize_t n = pread(d->fd, first, sizeof first, 0);
    if (n < 0)
        return err_set(e, SYSTEM, "%s: cannot be read: %s", d->name, strerror(errno));
    out->from = source_of_descriptor(d);
    out->size = (size_t)info.st_size;
    out->is_sealed = sealed_starts((struct str){first, (size_t)n});
    return OK;
}

static enum status read_plain(const char *path, const struct key_pair *key, struct arena *own,
                              struct arena *a, struct clk_header *header, struct encodings *people,
                              struct err *e)
{
    struct descriptor d = {open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY), path};
    struct origin x = {.own = key};

    if (d.fd < 0)
        return err_set(e, BAD_INPUT, "%s: cannot be opened: %s", path, strerror(errno));
    enum status s = look(&d, &x, e);
    if (s == OK)
        s = read_encodings(&x, own, a, header, people, e);
    close(d.fd);
    return s;
}

enum status link_read(const char *path, const struct key_pair *key, struct arena *a,
                      struct clk_header *header, struct encodings *people, struct err *e)
{
    struct arena *own = arena_open();
    struct stat info;
    bool is_plain = strcmp(path, "-") != 0 && stat(path, &info) == 0 && S_ISREG(info.st_mode);
    enum status s = is_plain ? read_plain(path, key, own, a, header, people, e)
                             : read_piped(path, key, own, a, header, people, e);

    arena_close(own);
    return s;
}

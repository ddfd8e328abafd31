/* Is on the disk what was written? */
#include "backup/written.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { PIECE_BYTES = 64 * 1024 };

void written_open(struct written *w, const struct sink *to)
{
    *w = (struct written){.to = to};
    crypto_generichash_init(&w->hash, NULL, 0, WRITTEN_HASH_BYTES);
}

static enum status put(void *context, struct str bytes, struct err *e)
{
    struct written *w = context;

    crypto_generichash_update(&w->hash, (const unsigned char *)bytes.p, bytes.n);
    w->bytes += bytes.n;
    return sink_put(w->to, bytes, e);
}

struct sink written_sink(struct written *w)
{
    return (struct sink){.put = put, .to = w};
}

static enum status hash_file(int fd, const char *path, unsigned char out[WRITTEN_HASH_BYTES], uint64_t *bytes,
                             struct err *e)
{
    struct descriptor d = {fd, path};
    struct source from = source_of_descriptor(&d);
    crypto_generichash_state hash;
    unsigned char piece[PIECE_BYTES];
    size_t got = 0;

    crypto_generichash_init(&hash, NULL, 0, WRITTEN_HASH_BYTES);
    do {
        TRY(source_fill(&from, piece, sizeof piece, &got, e));
        crypto_generichash_update(&hash, piece, got);
        *bytes += got;
    } while (got == sizeof piece);
    crypto_generichash_final(&hash, out, WRITTEN_HASH_BYTES);
    return OK;
}

enum status written_check(struct written *w, const char *path, struct err *e)
{
    unsigned char went[WRITTEN_HASH_BYTES];
    unsigned char lies[WRITTEN_HASH_BYTES] = {0};
    uint64_t bytes = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

    if (fd < 0)
        return err_set(e, SYSTEM, "%s: cannot be read back: %s", path, strerror(errno));
    /* Advice: where the system cannot follow it, what it has in memory is read. */
    (void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    enum status s = hash_file(fd, path, lies, &bytes, e);
    close(fd);
    crypto_generichash_final(&w->hash, went, sizeof went);
    if (s == OK && (bytes != w->bytes || memcmp(went, lies, sizeof went) != 0))
        s = err_set(e, SYSTEM, "%s: is not on the disk as it was written: see to the disk", path);
    return s;
}

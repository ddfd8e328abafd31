/* lykta-picture: makes the picture on standard input anew, on standard output. A program of its own, started
 * for one picture by `lykta serve`: it reads all there is, gives up every right (confine.h), and only then
 * looks at the first byte. Nothing of the city is in its memory. */
#include "base/arena.h"
#include "base/text.h"
#include "picture/confine.h"
#include "picture/picture.h"

#include <errno.h>
#include <unistd.h>

enum { PIECE_BYTES = 64 * 1024 };

static bool read_all(struct text *in)
{
    char piece[PIECE_BYTES];
    ssize_t n = 0;

    while ((n = read(STDIN_FILENO, piece, sizeof piece)) > 0 || (n < 0 && errno == EINTR))
        if (n > 0 && in->n <= PICTURE_MOST_BYTES)
            text_add(in, (struct str){piece, (size_t)n});
    return n == 0;
}

static bool write_all(struct str s)
{
    while (s.n > 0) {
        ssize_t n = write(STDOUT_FILENO, s.p, s.n);

        if (n < 0 && errno != EINTR)
            return false;
        s = str_part(s, n > 0 ? (size_t)n : 0, s.n);
    }
    return true;
}

int main(void)
{
    struct arena *a = arena_open();
    struct text in = text_open(a);
    struct text head = text_open(a);
    struct picture out = {0};
    struct err e;

    if (!read_all(&in) || close_range(STDERR_FILENO, ~0U, 0) != 0 || confine(&e) != OK)
        _exit(SYSTEM);
    enum picture_fault fault =
        in.n > PICTURE_MOST_BYTES ? PICTURE_TOO_LARGE : picture_clean(text_str(&in), a, &out);
    if (fault == PICTURE_FINE)
        text_format(&head, "%s %zu %zu\n", out.kind == PICTURE_PNG ? "png" : "jpeg", out.width, out.height);
    else
        text_format(&head, "fault %s\n", picture_fault_word(fault));
    _exit(write_all(text_str(&head)) && write_all(out.bytes) ? OK : SYSTEM);
}

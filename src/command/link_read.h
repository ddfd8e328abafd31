/* One list of lykta link: its file, unsealed if it is sealed. */
#ifndef LYKTA_COMMAND_LINK_READ_H
#define LYKTA_COMMAND_LINK_READ_H

#include "base/err.h"
#include "link/clk_file.h"

struct arena;
struct key_pair;

/* The encodings of `path` ("-": standard input) into `a`. `own` opens what is sealed; NULL: nobody can. A
 * plain file is read in blocks, up to 16 GiB, and needs room for the encodings alone. What comes through a
 * pipe is taken in whole, up to 1 GiB, since its size must be known before room is made. BAD_INPUT as
 * clk_read and sealed_reader_open, and when it cannot be opened, is longer, or is sealed and there is no key.
 */
enum status link_read(const char *path, const struct key_pair *own, struct arena *a,
                      struct clk_header *header, struct encodings *people, struct err *e) MUST_USE;

#endif

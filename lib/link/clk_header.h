/* The first line of an OUT.clk. */
#ifndef LYKTA_LINK_CLK_HEADER_H
#define LYKTA_LINK_CLK_HEADER_H

#include "link/clk_file.h"

/* Writes the line, with its newline. */
void clk_header_write(struct text *out, const struct clk_header *h, struct arena *a);

/* Reads the line, without its newline; `name` stands for the file in messages. Texts are in `a`. BAD_INPUT
 * names the key that is missing or out of bounds; keys of later versions are passed over. */
enum status clk_header_read(struct clk_header *out, const char *name, struct str line, struct arena *a,
                            struct err *e) MUST_USE;

#endif

/* A QR code (ISO/IEC 18004) drawn as SVG inside a page: the squares are libqrencode's. */
#ifndef LYKTA_WEB_QR_H
#define LYKTA_WEB_QR_H

#include "base/str.h"
#include "web/language.h"

struct html;

enum { QR_MOST_BYTES = 1000 };

/* Writes the code of `text` (1 to QR_MOST_BYTES bytes), with error correction of level M and the quiet zone
 * of four squares the standard asks for; dark on white also where the page is dark. What it holds is told to
 * who cannot see it by `label`. Nothing is written for a text that is too long. */
void qr_code(struct html *h, struct str text, struct str label);

#endif

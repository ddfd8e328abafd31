/* A QR code as SVG. */
#include "web/qr.h"

#include "base/err.h"
#include "base/text.h"
#include "web/html.h"

#include <qrencode.h>

enum { QUIET = 4, DARK = 1 };

/* One row's dark squares as runs: "M4 5h7v1h-7z". */
static void add_row(struct text *path, const unsigned char *square, int width, int y)
{
    for (int x = 0; x < width;) {
        int n = 0;

        while (x + n < width && (square[x + n] & DARK))
            n++;
        if (n > 0)
            text_format(path, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, n, n);
        x += n > 0 ? n : 1;
    }
}

void qr_code(struct html *h, struct str text, struct str label)
{
    if (text.n == 0 || text.n > QR_MOST_BYTES)
        return;
    QRcode *code = QRcode_encodeData((int)text.n, (const unsigned char *)text.p, 0, QR_ECLEVEL_M);
    if (!code)
        give_up("no memory for a QR code");
    int size = code->width + 2 * QUIET;
    text_format(&h->out, "<svg class=\"qr\" role=\"img\" viewBox=\"0 0 %d %d\" aria-label=\"", size, size);
    html_put_attribute(h, label);
    text_format(&h->out, "\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path fill=\"#000\" d=\"", size, size);
    for (int y = 0; y < code->width; y++)
        add_row(&h->out, code->data + (size_t)y * (size_t)code->width, code->width, y);
    html_lit(h, "\"/></svg>");
    QRcode_free(code);
}

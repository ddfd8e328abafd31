/* The parts of the layout that no template can hold. */
#include "web/layout.h"

#include "web/html.h"

void layout_style(struct html *h, struct str style)
{
    html_lit(h, "<style>\n");
    html_raw(h, style);
    html_lit(h, "</style>\n");
}

void layout_lantern(struct html *h)
{
    html_lit(h, "<svg viewBox=\"0 0 28 36\" aria-hidden=\"true\" focusable=\"false\">"
                "<path d=\"M8 9a6 6 0 0 1 12 0\" fill=\"none\" stroke=\"#ffc45c\" stroke-width=\"2\"/>"
                "<path d=\"M5 13l4-4h10l4 4z\" fill=\"#ffc45c\"/><path d=\"M6.5 14h15l-1.7 16H8.2z\" "
                "fill=\"#fff3d9\"/>"
                "<path d=\"M14 16.5c3.2 4 3.8 5.7 3.8 7.5a3.8 3.8 0 0 1-7.6 0c0-1.8.6-3.5 3.8-7.5z\" "
                "fill=\"#e08a00\"/><rect x=\"5\" y=\"31\" width=\"18\" height=\"3\" rx=\"1\" "
                "fill=\"#ffc45c\"/></svg>");
}

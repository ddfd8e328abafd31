/* Text inside XML. */
#include "base/xml.h"

void xml_put(struct text *out, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c == '<')
            text_lit(out, "&lt;");
        else if (c == '>')
            text_lit(out, "&gt;");
        else if (c == '&')
            text_lit(out, "&amp;");
        else if (c == '"')
            text_lit(out, "&quot;");
        else if (c >= ' ' || c == '\n' || c == '\t')
            text_byte(out, s.p[i]);
    }
}

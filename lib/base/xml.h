/* Text inside XML. */
#ifndef LYKTA_BASE_XML_H
#define LYKTA_BASE_XML_H

#include "base/str.h"
#include "base/text.h"

/* Appends `s` so that it stands between tags, or between double quotes in one, as what it is. Control
 * characters are left out: they cannot stand in a document, not even escaped (XML 1.0, 2.2). */
void xml_put(struct text *out, struct str s);

#endif

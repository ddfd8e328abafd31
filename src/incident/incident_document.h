/* What an incident is told with: the report to the supervisory authority (GDPR 33.3) and the letter to those
 * whom the data are about (GDPR 34.2), as headings with paragraphs. Drafts: a person reads them first. */
#ifndef LYKTA_INCIDENT_INCIDENT_DOCUMENT_H
#define LYKTA_INCIDENT_INCIDENT_DOCUMENT_H

#include "incident/incident_view.h"
#include "manual/activity.h"
#include "manual/legal_ground.h"
#include "portal/layout.h"

struct arena;

/* What a document is made of. */
struct incident_source {
    const struct incident *is;
    const struct incident_steps *steps;
    const struct activities *activities;
    const struct legal_grounds *grounds; /* told as they were on the day when it was noticed */
    const struct portal_view *site;      /* whose language it is written in, and who answers */
    int64_t now_at;
};

/* All but the layout, in `a`. */
void incident_report_write(const struct incident_source *from, struct arena *a,
                           struct incident_document *out);
void incident_letter_write(const struct incident_source *from, struct arena *a,
                           struct incident_document *out);

/* As text: each heading, its paragraphs, with empty lines between. */
struct str incident_document_text(const struct incident_document *d, enum language language, struct arena *a);

#endif

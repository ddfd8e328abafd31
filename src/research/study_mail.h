/* What letters about studies have in common: where they go out from, to whom, and how they are queued. */
#ifndef LYKTA_RESEARCH_STUDY_MAIL_H
#define LYKTA_RESEARCH_STUDY_MAIL_H

#include "base/err.h"
#include "base/str.h"
#include "mail/letter.h"
#include "web/language.h"

#include <stdint.h>

struct arena;
struct city;
struct db;
struct study;

/* Where letters go out from, and when. */
struct study_desk {
    const struct city *city;
    struct db *db;
    int64_t now_at;
    struct arena *arena;
};

struct study_reader {
    struct str name, address;
    enum language language;
};

/* The researcher: without an address once it has been deleted. */
struct study_reader study_reader_of(const struct study *study);

struct letter study_mail_begin(const struct study_desk *d, const struct study_reader *to);

/* The address of the page at `path` in `language`, with the site before it; in the desk's arena. */
struct str study_mail_address(const struct study_desk *d, enum language language, const char *path);

/* Inside the change under way. A reader without an address is written to no more. */
enum status study_mail_queue(const struct study_desk *d, const struct letter *l,
                             const struct study_reader *to, struct err *e) MUST_USE;

#endif

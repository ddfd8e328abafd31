/* The versions of an article, oldest first, and taking one of them up again. */
#ifndef LYKTA_ARTICLE_ARTICLE_VERSION_H
#define LYKTA_ARTICLE_ARTICLE_VERSION_H

#include "article/article.h"

struct article_version {
    int64_t number;
    int64_t at;             /* 0: not known, it came with the program */
    struct str person_name; /* who saved it; "Lykta" is the program */
    struct article_text text;
};

struct article_versions {
    size_t n;
    struct article_version *version;
};

/* Version `number` of article `id`, in `a`. REFUSED when there is none. */
enum status article_version_find(struct db *db, int64_t id, int64_t number, struct arena *a,
                                 struct article_version *out, struct err *e) MUST_USE;

/* All of them, the latest first, without bodies. */
enum status article_version_list(struct db *db, int64_t id, struct arena *a, struct article_versions *out,
                                 struct err *e) MUST_USE;

/* Saves the text of version `number` once more, as the latest. `version` and REFUSED as article_save. */
enum status article_restore(struct db *db, const struct article_author *by, int64_t id, int64_t version,
                            int64_t number, struct arena *a, struct err *e) MUST_USE;

#endif

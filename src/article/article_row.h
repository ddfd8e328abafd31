/* How an article's columns become a struct: for the files that read them. */
#ifndef LYKTA_ARTICLE_ARTICLE_ROW_H
#define LYKTA_ARTICLE_ARTICLE_ROW_H

#include "article/article.h"

struct query;

/* "page", "article": in the database. */
const char *article_kind_code(enum article_kind kind);

/* The columns of a version `v`, and how many they are. */
#define ARTICLE_TEXT_COLUMNS                                                                                 \
    "v.title_sv, v.ingress_sv, v.body_sv, v.picture_text_sv, v.title_en, v.ingress_en, v.body_en, "          \
    "v.picture_text_en, v.contact, v.picture, v.on_start "
/* The same where only lists are made. */
#define ARTICLE_HEAD_COLUMNS                                                                                 \
    "v.title_sv, v.ingress_sv, '', v.picture_text_sv, v.title_en, v.ingress_en, '', v.picture_text_en, "     \
    "v.contact, v.picture, v.on_start "

/* The text in the row's columns from `first` on, in `a`. */
struct article_text article_text_row(const struct query *q, int first, struct arena *a);

#endif

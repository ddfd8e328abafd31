/* What a letter says, written once and shown twice: as plain text and as HTML with the same words in the same
 * order. Rooms make letters part by part from the texts of their catalogues. */
#ifndef LYKTA_MAIL_LETTER_H
#define LYKTA_MAIL_LETTER_H

#include "base/str.h"
#include "web/language.h"

#include <stddef.h>

struct arena;
struct html;
struct mail_letter;

enum letter_part_kind {
    LETTER_PARAGRAPH,
    LETTER_MARKDOWN, /* written by a person of the network */
    LETTER_FACT,     /* label and text */
    LETTER_LINK      /* label and address */
};

struct letter_part {
    enum letter_part_kind kind;
    struct str label;
    struct str text; /* of a link: "https://…" */
};

/* A letter being written. Plain data; grows in its arena. */
struct letter {
    struct arena *arena;
    const struct catalogue *texts;
    enum language language;
    struct str name; /* of its reader; may be empty */
    struct str subject;
    struct str greeting; /* "Hej Kim Exempel!" */
    size_t n, room;
    struct letter_part *part;
    struct str sender;      /* who signs: the network and the city */
    struct str unsubscribe; /* empty: a letter about the reader's own matter */
};

/* A letter in `language` to `name` (may be empty), signed by the city's network. */
struct letter letter_open(enum language language, struct str name, struct str city, struct arena *a);

/* The subject, and a paragraph: texts of the catalogue with their insertions. */
void letter_subject(struct letter *l, enum text_key key, const struct insertion *insertions, size_t n);
void letter_paragraph(struct letter *l, enum text_key key, const struct insertion *insertions, size_t n);

/* A line "label: value", nothing for an empty value; and a link. */
void letter_fact(struct letter *l, enum text_key label, struct str value);
void letter_link(struct letter *l, enum text_key label, struct str address);

/* Markdown as somebody wrote it: its plain form is what was written. */
void letter_markdown(struct letter *l, struct str markdown);

/* The two forms, in the letter's arena. Plain lines have at most 76 letters, except where an address is
 * longer.
 */
struct str letter_plain(const struct letter *l);
struct str letter_html(const struct letter *l);

/* The letter as mail_queue takes it, to `address`. It points into the letter's arena. */
struct mail_letter letter_to(const struct letter *l, struct str address);

/* For the letter's template: its style, which stands inside it. */
extern const char letter_style[];

#endif

/* What is wrong with a file of counts or names, for who has uploaded it: where, and in plain words. The
 * library's sentences are for terminals and in English; each of them that a file can cause has its words
 * here.
 */
#ifndef LYKTA_PUBLISHING_UPLOAD_FAULT_H
#define LYKTA_PUBLISHING_UPLOAD_FAULT_H

#include "base/str.h"
#include "web/language.h"

#include <stdbool.h>

struct arena;

/* `sentence` ("histories.csv:3:5: …") as "Rad 3, kolumn 5: …" in `language`, in `a`. A sentence that has no
 * words here is passed on as it is. */
struct str upload_fault_words(const char *sentence, enum language language, struct arena *a);

/* Has the sentence words here? */
bool upload_fault_is_known(const char *sentence);

/* Which file the sentence is about: 1 for the names, else 0. */
int upload_fault_file(const char *sentence);

#endif

/* Sentences of the page of how the system is. */
#ifndef LYKTA_STATUS_STATUS_WORDS_H
#define LYKTA_STATUS_STATUS_WORDS_H

#include "base/str.h"
#include "web/language.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

/* In which language, and where sentences are kept. */
struct status_voice {
    const struct catalogue *texts;
    struct arena *arena;
};

/* The text `key`, with its `n` values. */
struct str status_say(const struct status_voice *v, enum text_key key, const struct insertion *with,
                      size_t n);

/* The same with none, and with one that is a moment {at} or a number {n}. */
struct str status_text(const struct status_voice *v, enum text_key key);
struct str status_at(const struct status_voice *v, enum text_key key, int64_t at);
struct str status_n(const struct status_voice *v, enum text_key key, int64_t n);

/* Two sentences after one another; either may be empty. */
struct str status_join(const struct status_voice *v, struct str one, struct str other);

/* "1,5 GB", "320 MB". */
struct str status_size(const struct status_voice *v, uint64_t bytes);

/* "2026-11-26 21.30", Swedish time; empty for 0, never. */
struct str status_moment(const struct status_voice *v, int64_t at);

#endif

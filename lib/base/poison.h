/* Memory that nothing may touch, where the address sanitizer watches; elsewhere nothing happens. The
 * sanitizer knows where what malloc gave ends, and not what an arena has made of it. */
#ifndef LYKTA_BASE_POISON_H
#define LYKTA_BASE_POISON_H

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LYKTA_IS_WATCHED 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define LYKTA_IS_WATCHED 1
#endif

#ifdef LYKTA_IS_WATCHED
#include <sanitizer/asan_interface.h>

/* Bytes to leave between two objects. */
enum { POISON_GAP = 16 };

/* From now on reading or writing any of p[n] ends the process with a report. */
#define POISON(p, n) __asan_poison_memory_region((p), (n))
#define POISON_END(p, n) __asan_unpoison_memory_region((p), (n))
#else
enum { POISON_GAP = 0 };

#define POISON(p, n) ((void)(p), (void)(n))
#define POISON_END(p, n) ((void)(p), (void)(n))
#endif

#endif

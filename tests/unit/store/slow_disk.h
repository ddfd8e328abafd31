/* A file system for SQLite that counts, and takes its time: what a write-ahead log holds, and what of it the
 * disk has been asked to keep. Everything else is the machine's own. */
#ifndef LYKTA_TESTS_SLOW_DISK_H
#define LYKTA_TESTS_SLOW_DISK_H

#include <stdint.h>

/* From now on every database of the process lies on it. */
void slow_disk_use(void);

/* The number of the latest write to a log by this thread; 0: none. */
uint64_t slow_disk_written(void);

/* How many of the writes to logs are kept, and how often the disk has been waited for. */
uint64_t slow_disk_kept(void);
uint64_t slow_disk_waits(void);

#endif

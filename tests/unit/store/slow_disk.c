/* A file system for SQLite that counts, and takes its time. */
#include "slow_disk.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <time.h>

enum { WAIT_NS = 2000000 };

/* The machine's own file lies after it. */
struct slow_file {
    sqlite3_file base;
    sqlite3_file *own;
};

static _Atomic uint64_t written, kept, waits;
static _Thread_local uint64_t written_here;
static sqlite3_vfs *own_disk;

static sqlite3_file *own(sqlite3_file *f)
{
    return ((struct slow_file *)f)->own;
}

static int close_file(sqlite3_file *f)
{
    return own(f)->pMethods ? own(f)->pMethods->xClose(own(f)) : SQLITE_OK;
}

static int read_file(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
    return own(f)->pMethods->xRead(own(f), to, n, at);
}

static int write_file(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
    return own(f)->pMethods->xWrite(own(f), from, n, at);
}

static int write_log(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
    int outcome = write_file(f, from, n, at);

    written_here = ++written;
    return outcome;
}

static int truncate_file(sqlite3_file *f, sqlite3_int64 n)
{
    return own(f)->pMethods->xTruncate(own(f), n);
}

static int sync_file(sqlite3_file *f, int flags)
{
    return own(f)->pMethods->xSync(own(f), flags);
}

/* What was written before the waiting began is kept when it ends. */
static int sync_log(sqlite3_file *f, int flags)
{
    uint64_t before = written;
    int outcome = sync_file(f, flags);

    nanosleep(&(struct timespec){.tv_nsec = WAIT_NS}, NULL);
    waits++;
    for (uint64_t known = kept; known < before && !atomic_compare_exchange_weak(&kept, &known, before);)
        continue;
    return outcome;
}

static int size_of(sqlite3_file *f, sqlite3_int64 *n)
{
    return own(f)->pMethods->xFileSize(own(f), n);
}

static int lock(sqlite3_file *f, int how)
{
    return own(f)->pMethods->xLock(own(f), how);
}

static int unlock(sqlite3_file *f, int how)
{
    return own(f)->pMethods->xUnlock(own(f), how);
}

static int check_lock(sqlite3_file *f, int *is_locked)
{
    return own(f)->pMethods->xCheckReservedLock(own(f), is_locked);
}

static int control(sqlite3_file *f, int what, void *with)
{
    return own(f)->pMethods->xFileControl(own(f), what, with);
}

static int sector_size(sqlite3_file *f)
{
    return own(f)->pMethods->xSectorSize(own(f));
}

static int traits(sqlite3_file *f)
{
    return own(f)->pMethods->xDeviceCharacteristics(own(f));
}

static int map_index(sqlite3_file *f, int page, int n, int is_to_grow, void volatile **at)
{
    return own(f)->pMethods->xShmMap(own(f), page, n, is_to_grow, at);
}

static int lock_index(sqlite3_file *f, int from, int n, int flags)
{
    return own(f)->pMethods->xShmLock(own(f), from, n, flags);
}

static void order_index(sqlite3_file *f)
{
    own(f)->pMethods->xShmBarrier(own(f));
}

static int unmap_index(sqlite3_file *f, int is_to_go)
{
    return own(f)->pMethods->xShmUnmap(own(f), is_to_go);
}

#define METHODS(write, sync)                                                                                 \
    {                                                                                                        \
        2, close_file, read_file, write, truncate_file, sync, size_of, lock, unlock, check_lock, control,    \
            sector_size, traits, map_index, lock_index, order_index, unmap_index, NULL, NULL                 \
    }

static const sqlite3_io_methods for_files = METHODS(write_file, sync_file);
static const sqlite3_io_methods for_logs = METHODS(write_log, sync_log);

static int open_file(sqlite3_vfs *disk, sqlite3_filename name, sqlite3_file *f, int flags, int *got)
{
    struct slow_file *slow = (struct slow_file *)f;

    (void)disk;
    slow->own = (sqlite3_file *)(slow + 1);
    int outcome = own_disk->xOpen(own_disk, name, slow->own, flags, got);
    slow->base.pMethods = flags & SQLITE_OPEN_WAL ? &for_logs : &for_files;
    return outcome;
}

void slow_disk_use(void)
{
    static sqlite3_vfs slow;

    own_disk = sqlite3_vfs_find(NULL);
    slow = *own_disk;
    slow.zName = "slow";
    slow.szOsFile = (int)sizeof(struct slow_file) + own_disk->szOsFile;
    slow.xOpen = open_file;
    sqlite3_vfs_register(&slow, 1);
}

uint64_t slow_disk_written(void)
{
    return written_here;
}

uint64_t slow_disk_kept(void)
{
    return kept;
}

uint64_t slow_disk_waits(void)
{
    return waits;
}

/* The machine: its clock, what its kernel guards, and room on its disks. */
#include "check/check.h"

#include "backup/nightly.h"
#include "base/arena.h"
#include "store/city.h"
#include "walls/walls.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>

static const char what_clock[] = "clock";
static const char what_disk[] = "disk";

/* Beside what a backup needs there is to be room for a day's work and for the system. */
enum { COPIES = 2, MARGIN_BYTES = 256 * 1024 * 1024, MEGABYTE = 1000 * 1000 };

void check_clock_state(int state, struct findings *out)
{
    if (state < 0)
        find_fault(out, what_clock, S("See with timedatectl that the clock is set over the network."),
                   "the system does not say whether the clock is right: %s", strerror(errno));
    else if (state == TIME_ERROR)
        find_fault(out, what_clock, S("timedatectl set-ntp true, or set up chrony."),
                   "the clock is not set by any other clock; codes for signing in and times in the log need "
                   "the right time");
    else
        find_good(out, what_clock, "is set by another clock");
}

void check_clock(struct findings *out)
{
    struct timex ask = {.modes = 0};

    check_clock_state(adjtimex(&ask), out);
}

void check_walls(struct findings *out)
{
    if (walls_guard_files())
        find_good(out, "files", "the kernel guards which of them each process reaches (Landlock)");
    else
        find_good(
            out, "files",
            "neither the kernel nor what this runs in guards which of them each process reaches (Landlock): "
            "the user's rights and the service's settings do");
}

/* systemd-timesyncd.service(8): "touched on each successful synchronization". */
int64_t check_clock_set_at(void)
{
    struct stat info;

    return stat("/run/systemd/timesync/synchronized", &info) == 0 ? (int64_t)info.st_mtime : 0;
}

bool check_room_is_short(const struct check_room *room)
{
    return room->free < room->needed;
}

void check_room_of(const char *where, const struct check_room *room, struct findings *out)
{
    if (check_room_is_short(room))
        find_fault(out, what_disk, S("Make room on that disk, or give it more."),
                   "%s: %" PRIu64 " MB are free, and a backup with the day's work needs %" PRIu64 " MB",
                   where, room->free / MEGABYTE, room->needed / MEGABYTE);
    else
        find_good(out, what_disk, "%s: %" PRIu64 " MB are free, of which %" PRIu64 " MB may be needed", where,
                  room->free / MEGABYTE, room->needed / MEGABYTE);
}

static uint64_t size_of(const struct city *city, const char *name, struct arena *a)
{
    struct stat info;

    return stat(city_file(city, name, a), &info) == 0 ? (uint64_t)info.st_size : 0;
}

static struct check_disk look_at(const char *where, uint64_t needed)
{
    struct check_disk d = {.where = where, .room.needed = needed + MARGIN_BYTES};
    struct statvfs disk;

    if (statvfs(where, &disk) != 0)
        d.why = errno;
    else
        d.room.free = (uint64_t)disk.f_bavail * disk.f_frsize;
    return d;
}

/* A backup copies the databases twice in the city's folder (docs/backup.md), and is as large as they are. */
size_t check_disks(const struct city *city, struct arena *a, struct check_disk out[CHECK_DISKS])
{
    const uint64_t databases = size_of(city, "lykta.db", a) + size_of(city, "sealed.db", a);
    struct nightly n;
    struct err e;

    out[0] = look_at(city->path, COPIES * databases);
    if (nightly_read(&city->file, a, &n, &e) != OK || !n.folder)
        return 1;
    out[1] = look_at(n.folder, databases);
    return 2;
}

void check_disk(const struct city *city, struct findings *out)
{
    struct check_disk disk[CHECK_DISKS];
    const size_t n = check_disks(city, out->arena, disk);

    for (size_t i = 0; i < n; i++)
        if (disk[i].why != 0)
            find_fault(out, what_disk, S("See that the folder is there and its disk is mounted."), "%s: %s",
                       disk[i].where, strerror(disk[i].why));
        else
            check_room_of(disk[i].where, &disk[i].room, out);
}

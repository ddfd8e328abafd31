/* The notes of a recording, which several processes have mapped; tests/fault/recording.py reads them. */
#ifndef LYKTA_FAULT_RECORDING_NOTES_H
#define LYKTA_FAULT_RECORDING_NOTES_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum what {
    WRITTEN = 1, /* `bytes` at `at` of `file` */
    CUT = 2,     /* `file` to `at` bytes */
    ASKED = 3,   /* the disk is asked to keep `file` */
    KEPT = 4,    /* and says that it has what it was asked for in the note at `at` */
    FILE_MADE = 5,
    FOLDER_MADE = 6,
    RENAMED = 7, /* `name` in `folder` is `to_name` in `to_folder` */
    LINKED = 8,
    REMOVED = 9,
};

/* Files and folders by their numbers in the file system (inodes); 0: none. */
struct note {
    uint32_t what;
    uint32_t mode;
    uint64_t file;
    uint64_t folder;
    uint64_t to_folder;
    int64_t at;
    uint32_t name_n, to_name_n; /* bytes that follow, in this order; set by note_add */
    uint64_t bytes_n;
};

/* Is there a recording? FAULT_RECORDING names its file. */
bool notes_are_taken(void);

/* Between the two, this process alone makes calls and notes them: the notes are in the order of the calls. */
void notes_enter(void);
void notes_leave(void);

/* Where the note stands. What finds no room is seen by the test. `name` and `to_name` may be NULL, and
 * `bytes` where there are none. */
int64_t note_add(struct note n, const char *name, const char *to_name, const void *bytes);

/* The number of the file or folder that is open as `fd`, and its mode, if `mode` is not NULL; 0: something
 * else, or on another device than the recording. */
uint64_t note_number(int fd, mode_t *mode);

/* The folder that `path` is in, and its name there. */
struct note_place {
    uint64_t folder;
    const char *name;
};
struct note_place note_place(const char *path);

#endif

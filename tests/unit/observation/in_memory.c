/* Looks for a text in all memory that this process may write. */
#include "in_memory.h"

#include <stdio.h>
#include <string.h>

enum { PAGE = 4096, MOST_NEEDLE = 64 };

/* Also what begins on the page and ends on the next. */
static size_t times_on(const char *page, size_t read, const char *flipped, size_t n)
{
    const char *end = page + (read < PAGE ? read : PAGE);
    size_t found = 0;

    for (const char *p = page; p < end && (p = memchr(p, flipped[0] ^ 1, (size_t)(end - p))) != NULL; p++) {
        size_t k = 0;

        while (k < n && p + k < page + read && (p[k] ^ 1) == flipped[k])
            k++;
        found += k == n;
    }
    return found;
}

size_t times_in_memory(const char *flipped, size_t n)
{
    static char page[PAGE + MOST_NEEDLE];
    FILE *maps = fopen("/proc/self/maps", "r");
    FILE *memory = fopen("/proc/self/mem", "r");
    char line[512];
    size_t found = 0;

    setvbuf(memory, NULL, _IONBF, 0);
    while (fgets(line, sizeof line, maps)) {
        unsigned long from = 0;
        unsigned long end = 0;
        char mode[5] = "";

        if (sscanf(line, "%lx-%lx %4s", &from, &end, mode) != 3 || mode[0] != 'r' || mode[1] != 'w' ||
            end - from > (1UL << 30))
            continue;
        for (unsigned long at = from; at < end; at += PAGE) {
            size_t read = fseek(memory, (long)at, SEEK_SET) == 0 ? fread(page, 1, PAGE + n, memory) : 0;

            found += times_on(page, read, flipped, n);
        }
        memset(page, 0, sizeof page);
    }
    fclose(maps);
    fclose(memory);
    return found;
}

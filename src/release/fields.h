/* Facts out of a JSON file from outside: each must be there, of its type and within its bounds. The first
 * fault is kept and told by fields_close, so that reading is a list of facts; after a fault every fact is
 * empty, zero or false.          */
#ifndef LYKTA_RELEASE_FIELDS_H
#define LYKTA_RELEASE_FIELDS_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* A file being read. */
struct fields_file {
    const char *name;
    void *root; /* the library's; freed by fields_close */
    struct arena *arena;
    struct err fault;
};

/* An object in it. */
struct fields {
    struct fields_file *file;
    void *value;
};

/* The outermost object of `bytes`. The file must be closed. */
struct fields fields_open(struct fields_file *file, const char *name, struct str bytes, struct arena *a);
enum status fields_close(struct fields_file *file, struct err *e) MUST_USE;

/* Texts are copied into the arena. */
struct str fields_str(struct fields f, const char *key);
int64_t fields_int(struct fields f, const char *key, int64_t lo, int64_t hi);
double fields_real(struct fields f, const char *key);
bool fields_bool(struct fields f, const char *key);
struct fields fields_object(struct fields f, const char *key);

/* null stands for `otherwise`. */
int64_t fields_int_or(struct fields f, const char *key, int64_t lo, int64_t hi, int64_t otherwise);
bool fields_is_null(struct fields f, const char *key);

/* Is it there at all? A later version of a file may tell more than an earlier one. */
bool fields_has(struct fields f, const char *key);

/* How many items the array has; more than `most` is a fault, and then 0. */
size_t fields_count(struct fields f, const char *key, size_t most);
struct fields fields_item(struct fields f, const char *key, size_t i);
struct str fields_item_str(struct fields f, const char *key, size_t i);
int64_t fields_item_int(struct fields f, const char *key, size_t i, int64_t lo, int64_t hi);
int64_t fields_item_int_or(struct fields f, const char *key, size_t i, int64_t otherwise);

/* A fault found by the reader of the facts. */
void fields_fault(struct fields f, const char *key, const char *expected);

#endif

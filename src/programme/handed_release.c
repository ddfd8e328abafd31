/* A release from the files of a form. */
#include "programme/handed_release.h"

#include "base/arena.h"
#include "base/file.h"
#include "programme/ledger.h"
#include "programme/programme.h"

/* A handed file, and where in the folder it lies. */
struct placed {
    struct str place; /* "estimate.json", "tables/lists.csv" */
    struct str bytes;
};

static bool place_all(const struct handed_file *file, size_t n, struct arena *a, struct placed *out,
                      struct handed *told);
static enum status write_all(const char *folder, const struct placed *file, size_t n, struct arena *a,
                             struct err *e);
static enum status take_folder(const struct city *programme, struct db *db, const char *folder,
                               const struct who *who, struct arena *a, struct handed *out, struct err *e);

/* What a killed process has left under the same name goes first. */
enum status handed_release_take(const struct city *programme, struct db *db, const struct handed_file *file,
                                size_t n, const struct who *who, struct arena *a, struct handed *out,
                                struct err *e)
{
    struct placed placed[HANDED_MOST_FILES];
    const char *all = NULL;

    *out = (struct handed){0};
    if (!place_all(file, n, a, placed, out))
        return OK;
    TRY(ledger_folder(programme, a, &all, e));
    const char *folder = arena_printf(a, "%s/arriving.tmp", all);
    folder_remove(folder);
    enum status s = write_all(folder, placed, n, a, e);
    if (s == OK)
        s = take_folder(programme, db, folder, who, a, out, e);
    folder_remove(folder);
    return s;
}

static bool refuse(struct handed *told, enum handed_fault fault, struct str detail)
{
    told->fault = fault;
    told->detail = detail;
    return false;
}

/* Does it lie in the folder of a release itself? */
static bool is_beside_tables(struct str name)
{
    static const char *const names[] = {"manifest.json", "manifest.sig", "estimate.json",  "protection.json",
                                        "texts.json",    "cube.csv",     "situations.csv", "situations.json"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(name, names[i]))
            return true;
    return false;
}

static bool is_placed(const struct placed *all, size_t n, struct str place)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(all[i].place, place))
            return true;
    return false;
}

/* False, with what is wrong in *told, before anything is written. */
static bool place_all(const struct handed_file *file, size_t n, struct arena *a, struct placed *out,
                      struct handed *told)
{
    size_t left = HANDED_MOST_BYTES;

    if (n == 0)
        return refuse(told, HANDED_NOTHING, S(""));
    if (n > HANDED_MOST_FILES)
        return refuse(told, HANDED_TOO_MANY, S(""));
    for (size_t i = 0; i < n; i++) {
        const struct handed_file *f = &file[i];
        bool is_table = f->is_table || !is_beside_tables(f->name);
        struct str place =
            is_table ? str_of(arena_printf(a, "tables/%.*s", STR(f->name))) : str_copy(f->name, a);

        if (!bundle_is_file_name(place) || place.n != f->name.n + (is_table ? S("tables/").n : 0))
            return refuse(told, HANDED_NAME, f->name);
        if (is_placed(out, i, place))
            return refuse(told, HANDED_TWICE, f->name);
        if (f->bytes.n > left)
            return refuse(told, HANDED_TOO_LARGE, S(""));
        left -= f->bytes.n;
        out[i] = (struct placed){place, f->bytes};
    }
    if (!is_placed(out, n, S("manifest.json")))
        return refuse(told, HANDED_NO_MANIFEST, S(""));
    return is_placed(out, n, S("manifest.sig")) || refuse(told, HANDED_NO_SIGNATURE, S(""));
}

static enum status write_all(const char *folder, const struct placed *file, size_t n, struct arena *a,
                             struct err *e)
{
    TRY(folder_make(folder, 0700, e));
    TRY(folder_make(arena_printf(a, "%s/tables", folder), 0700, e));
    for (size_t i = 0; i < n; i++)
        TRY(file_write(arena_printf(a, "%s/%.*s", folder, STR(file[i].place)), file[i].bytes, 0600, e));
    return OK;
}

/* What is wrong with the release is an answer; anything else that fails is a fault. */
static enum status take_folder(const struct city *programme, struct db *db, const char *folder,
                               const struct who *who, struct arena *a, struct handed *out, struct err *e)
{
    struct arrivals all = {0};
    enum status s = programme_take(programme, db, &folder, 1, who, a, &all, e);
    const struct arrival *x = programme_arrival_of(&all, folder);

    if (s == SYSTEM || !x)
        return s;
    out->municipality = x->release.municipality;
    out->public_key = x->release.public_key;
    if (s != OK && x->fault == ARRIVAL_SOUND)
        return s;
    if (s != OK) {
        out->arrival = x->fault;
        (void)refuse(out, HANDED_REFUSED, x->reason);
    }
    return OK;
}

/* GeoJSON, read by jansson and taken apart from the outside in. */
#include "area/area_file.h"

#include "area/division.h"
#include "base/arena.h"

#include <jansson.h>
#include <math.h>

/* What a reading has in hand. */
struct reading {
    struct arena *arena;
    struct area_fault *fault;
    struct str area; /* the name of the one being read */
    size_t polygons; /* of all areas so far, as the points */
    size_t points;
};

static enum status read_outline(struct reading *r, const json_t *feature, int64_t number,
                                struct outline *out);
static enum status read_polygon(struct reading *r, const json_t *rings, struct outline_polygon *out);
static enum status read_ring(struct reading *r, const json_t *points, struct outline_ring *out);
static enum status read_point(struct reading *r, const json_t *point, struct degrees *out);

static enum status fault_set(struct reading *r, enum area_fault_kind kind)
{
    *r->fault = (struct area_fault){.kind = kind, .area = r->area};
    return BAD_INPUT;
}

static enum status fault_number(struct reading *r, enum area_fault_kind kind, int64_t n)
{
    *r->fault = (struct area_fault){.kind = kind, .n = n};
    return BAD_INPUT;
}

static bool is_called(const json_t *object, const char *type)
{
    const char *found = json_string_value(json_object_get(object, "type"));

    return found && str_is(str_of(found), type);
}

static const struct outline *with_code(const struct area_file *file, struct str code)
{
    for (size_t i = 0; i < file->n; i++)
        if (str_equal(file->outline[i].code, code))
            return &file->outline[i];
    return NULL;
}

static enum status read_collection(struct reading *r, const json_t *root, struct area_file *out)
{
    const json_t *features = json_object_get(root, "features");
    size_t n = json_array_size(features);

    if (!is_called(root, "FeatureCollection") || !json_is_array(features))
        return fault_set(r, AREA_NO_COLLECTION);
    if (n == 0)
        return fault_set(r, AREA_NONE);
    if (n > AREAS_MOST)
        return fault_number(r, AREA_TOO_MANY, AREAS_MOST);
    *out = (struct area_file){.outline = arena_new(r->arena, n, struct outline)};
    for (size_t i = 0; i < n; i++) {
        struct outline *next = &out->outline[i];

        r->area = S("");
        TRY(read_outline(r, json_array_get(features, i), (int64_t)i + 1, next));
        if (with_code(out, next->code)) {
            *r->fault = (struct area_fault){.kind = AREA_TWICE, .area = next->code};
            return BAD_INPUT;
        }
        out->n++;
    }
    return OK;
}

enum status area_file_read(struct str bytes, struct arena *a, struct area_file *out, struct area_fault *fault)
{
    struct reading r = {.arena = a, .fault = fault};
    json_error_t where = {.line = 1};

    if (bytes.n > AREA_FILE_LIMIT_BYTES)
        return fault_set(&r, AREA_TOO_LARGE);
    if (str_starts(bytes, S("\xef\xbb\xbf"))) /* some map programs begin their files with it */
        bytes = str_part(bytes, 3, bytes.n);
    json_t *root = bytes.n ? json_loadb(bytes.p, bytes.n, JSON_REJECT_DUPLICATES, &where) : NULL;
    if (!root)
        return fault_number(&r, AREA_NOT_JSON, where.line > 0 ? where.line : 1);
    enum status s = read_collection(&r, root, out);
    json_decref(root);
    return s;
}

/* The first of the properties that is a text or a whole number, trimmed; empty when none is, or when it is
 * too long to be one. */
static struct str property(struct reading *r, const json_t *feature, const char *const names[], size_t n)
{
    const json_t *properties = json_object_get(feature, "properties");

    for (size_t i = 0; i < n; i++) {
        const json_t *value = json_object_get(properties, names[i]);

        if (json_is_string(value)) {
            struct str text = {json_string_value(value), json_string_length(value)};

            text = str_trim(text);
            return text.n <= AREA_MAX_TEXT_BYTES && str_is_utf8(text) ? str_copy(text, r->arena) : S("");
        }
        if (json_is_integer(value))
            return str_of(arena_printf(r->arena, "%lld", (long long)json_integer_value(value)));
    }
    return S("");
}

static enum status read_outline(struct reading *r, const json_t *feature, int64_t number, struct outline *out)
{
    static const char *const codes[] = {"kod", "code", "regsokod", "id"};
    static const char *const names[] = {"namn", "name", "regsonamn"};
    const json_t *geometry = json_object_get(feature, "geometry");
    const json_t *coordinates = json_object_get(geometry, "coordinates");
    bool is_many = is_called(geometry, "MultiPolygon");

    *out = (struct outline){.code = property(r, feature, codes, 4), .name = property(r, feature, names, 3)};
    if (out->code.n == 0)
        return fault_number(r, AREA_NO_CODE, number);
    if (out->name.n == 0)
        return fault_number(r, AREA_NO_NAME, number);
    r->area = out->name;
    out->n = is_many ? json_array_size(coordinates) : 1;
    if (out->n == 0 || (!is_many && !is_called(geometry, "Polygon")))
        return fault_set(r, AREA_NO_SURFACE);
    r->polygons += out->n;
    if (r->polygons > AREA_FILE_MOST_POLYGONS)
        return fault_set(r, AREA_TOO_LARGE);
    out->polygon = arena_new(r->arena, out->n, struct outline_polygon);
    for (size_t i = 0; i < out->n; i++)
        TRY(read_polygon(r, is_many ? json_array_get(coordinates, i) : coordinates, &out->polygon[i]));
    return OK;
}

static enum status read_polygon(struct reading *r, const json_t *rings, struct outline_polygon *out)
{
    out->n = json_array_size(rings);
    if (out->n == 0)
        return fault_set(r, AREA_NO_SURFACE);
    if (out->n > AREA_FILE_MOST_POINTS)
        return fault_set(r, AREA_TOO_LARGE);
    out->ring = arena_new(r->arena, out->n, struct outline_ring);
    for (size_t i = 0; i < out->n; i++)
        TRY(read_ring(r, json_array_get(rings, i), &out->ring[i]));
    return OK;
}

static enum status read_ring(struct reading *r, const json_t *points, struct outline_ring *out)
{
    out->n = json_array_size(points);
    if (out->n < 4)
        return fault_set(r, AREA_OPEN_RING);
    r->points += out->n;
    if (out->n > AREA_FILE_MOST_IN_RING || r->points > AREA_FILE_MOST_POINTS)
        return fault_set(r, AREA_TOO_LARGE);
    out->point = arena_new(r->arena, out->n, struct degrees);
    for (size_t i = 0; i < out->n; i++)
        TRY(read_point(r, json_array_get(points, i), &out->point[i]));
    const struct degrees *first = &out->point[0];
    const struct degrees *last = &out->point[out->n - 1];
    if (fabs(first->longitude - last->longitude) > 0 || fabs(first->latitude - last->latitude) > 0)
        return fault_set(r, AREA_OPEN_RING);
    return OK;
}

/* Longitude first (RFC 7946, section 3.1.1); a height after the two is left alone. Sweden is what the plane
 * of the map is made for, and what a city's areas lie in. */
static enum status read_point(struct reading *r, const json_t *point, struct degrees *out)
{
    const json_t *longitude = json_array_get(point, 0);
    const json_t *latitude = json_array_get(point, 1);

    if (!json_is_number(longitude) || !json_is_number(latitude))
        return fault_set(r, AREA_OPEN_RING);
    *out = (struct degrees){json_number_value(longitude), json_number_value(latitude)};
    if (fabs(out->longitude) > 180 || fabs(out->latitude) > 90)
        return fault_set(r, AREA_METRES);
    if (out->longitude >= 10 && out->longitude <= 25 && out->latitude >= 54.5 && out->latitude <= 70)
        return OK;
    *r->fault = (struct area_fault){.kind = AREA_ABROAD, .area = r->area, .at = *out};
    return BAD_INPUT;
}

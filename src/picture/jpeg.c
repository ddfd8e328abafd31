/* JPEG, by libjpeg-turbo. Its errors leave by longjmp: whatever a function needs after one stands in a struct
 * that outlives the jump. */
#include "picture/codec.h"

#include "base/arena.h"
#include "picture/orientation.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include <jerror.h>

enum { QUALITY = 82, NOTES_MOST_BYTES = 65533 };

/* What libjpeg is told to call. */
struct trouble {
    struct jpeg_error_mgr manager; /* first: libjpeg hands this back */
    jmp_buf out;
    enum picture_fault fault;
};

static void leave(j_common_ptr c)
{
    struct trouble *t = (struct trouble *)c->err;

    t->fault = c->err->msg_code == JERR_OUT_OF_MEMORY ? PICTURE_TOO_LARGE : PICTURE_DAMAGED;
    longjmp(t->out, 1);
}

/* A file that ends too early is only warned of, and would be filled up with grey. */
static void warn(j_common_ptr c, int level)
{
    if (level < 0 && (c->err->msg_code == JWRN_JPEG_EOF || c->err->msg_code == JWRN_HIT_MARKER))
        leave(c);
}

static void say_nothing(j_common_ptr c)
{
    (void)c;
}

static struct jpeg_error_mgr *listen(struct trouble *t)
{
    jpeg_std_error(&t->manager);
    t->manager.error_exit = leave;
    t->manager.emit_message = warn;
    t->manager.output_message = say_nothing;
    return &t->manager;
}

bool jpeg_is(struct str bytes)
{
    return str_starts(bytes, (struct str){"\xff\xd8\xff", 3});
}

struct reading {
    struct jpeg_decompress_struct d;
    struct trouble trouble;
    struct shrinking shrinking;
    unsigned char *row;
    int orientation;
};

static int orientation(const struct jpeg_decompress_struct *d)
{
    for (jpeg_saved_marker_ptr m = d->marker_list; m; m = m->next) {
        int found = orientation_of((struct str){(const char *)m->data, m->data_length});

        if (found != 1)
            return found;
    }
    return 1;
}

/* Runs inside the reach of the longjmp. */
static enum picture_fault read_rows(struct reading *r, struct arena *a)
{
    struct jpeg_decompress_struct *d = &r->d;

    jpeg_read_header(d, TRUE);
    if (d->num_components == 4)
        return PICTURE_FOR_PRINT;
    if ((uint64_t)d->image_width * d->image_height > PICTURE_MOST_PIXELS)
        return PICTURE_TOO_LARGE;
    r->orientation = orientation(d);
    d->out_color_space = JCS_RGB;
    jpeg_start_decompress(d);
    r->shrinking = shrinking_open(d->output_width, d->output_height, PICTURE_SIDE, a);
    r->row = arena_alloc(a, d->output_width, PIXEL_BYTES);
    while (d->output_scanline < d->output_height) {
        jpeg_read_scanlines(d, &r->row, 1);
        shrinking_take(&r->shrinking, r->row);
    }
    jpeg_finish_decompress(d);
    return PICTURE_FINE;
}

enum picture_fault jpeg_read(struct str bytes, struct arena *a, struct pixels *out)
{
    struct reading *r = arena_new(a, 1, struct reading);

    r->d.err = listen(&r->trouble);
    if (setjmp(r->trouble.out) == 0) {
        jpeg_create_decompress(&r->d);
        jpeg_mem_src(&r->d, (const unsigned char *)bytes.p, bytes.n);
        jpeg_save_markers(&r->d, JPEG_APP0 + 1, NOTES_MOST_BYTES);
        r->trouble.fault = read_rows(r, a);
    }
    if (r->trouble.fault == PICTURE_FINE)
        *out = pixels_turned(r->shrinking.out, r->orientation, a);
    jpeg_destroy_decompress(&r->d);
    return r->trouble.fault;
}

struct writing {
    struct jpeg_compress_struct c;
    struct trouble trouble;
    unsigned char *bytes; /* libjpeg's, by malloc */
    unsigned long n;
};

static void write_rows(struct writing *w, struct pixels p)
{
    struct jpeg_compress_struct *c = &w->c;

    c->image_width = (JDIMENSION)p.width;
    c->image_height = (JDIMENSION)p.height;
    c->input_components = PIXEL_BYTES;
    c->in_color_space = JCS_RGB;
    jpeg_set_defaults(c);
    jpeg_set_quality(c, QUALITY, TRUE);
    c->optimize_coding = TRUE;
    jpeg_start_compress(c, TRUE);
    while (c->next_scanline < c->image_height) {
        unsigned char *row = p.rgb + c->next_scanline * p.width * PIXEL_BYTES;
        jpeg_write_scanlines(c, &row, 1);
    }
    jpeg_finish_compress(c);
}

enum picture_fault jpeg_write(struct pixels p, struct arena *a, struct str *out)
{
    struct writing *w = arena_new(a, 1, struct writing);

    w->c.err = listen(&w->trouble);
    if (setjmp(w->trouble.out) == 0) {
        jpeg_create_compress(&w->c);
        jpeg_mem_dest(&w->c, &w->bytes, &w->n);
        write_rows(w, p);
    }
    if (w->trouble.fault == PICTURE_FINE)
        *out = str_copy((struct str){(const char *)w->bytes, w->n}, a);
    jpeg_destroy_compress(&w->c);
    free(w->bytes);
    return w->trouble.fault;
}

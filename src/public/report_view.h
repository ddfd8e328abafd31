/* The mapping report: a release in words, numbers, pictures and tables, for a reader who knows nothing of
 * statistics. On the portal it is a page among others; as a file of its own it carries its style inside. */
#ifndef LYKTA_PUBLIC_REPORT_VIEW_H
#define LYKTA_PUBLIC_REPORT_VIEW_H

#include "base/str.h"
#include "public/compared_view.h"
#include "public/public_view.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct html;
struct area_map;
struct arena;
struct release;
struct release_figure;

/* A file of the release to take home. */
struct report_file {
    struct str href; /* empty: the file lies beside the report */
    struct str name;
    int64_t bytes; /* 0: not known before it is made */
};

/* What the release's answer says about how many there are. */
enum report_kind {
    REPORT_BETWEEN,  /* lo and hi */
    REPORT_AT_LEAST, /* lo, and no upper limit */
    REPORT_UNKNOWN   /* nothing */
};

struct report_estimate {
    enum report_kind kind;
    bool has_point; /* the release's nhat may be shown */
    int64_t lo, hi;
};

/* What is told of a release's answer: of a figure, the limits of its 95 % interval. */
struct report_estimate report_view_estimate(const struct release_estimate *e);

/* A way to work out the number, and what its answer rests on. */
struct report_way {
    struct str name, rests_on;
    bool is_lowest, is_highest; /* its answer reaches that end of the range over all ways */
};

struct report_view {
    struct layout layout;
    const struct release *release;
    struct str title, people, source; /* in the reader's language */
    struct str period;                /* "2013", "2013–2015" */
    struct date published_on;         /* no year: it is a draft */
    struct report_estimate estimate;
    struct report_estimate across; /* the range over several ways; unknown: nothing is told of it */
    size_t ways;
    const struct report_way *way;
    size_t changes; /* what would change the answer: sentences (release/what_if.h) */
    const struct str *change;
    struct str reason;           /* of a range or a refusal; empty for a point */
    struct str method, interval; /* in plain words */
    struct str pairs;            /* the lists the model ties together, by name; empty: none */
    struct str seed;
    int64_t share; /* of 100 people, how many are known if the estimate is right; 0: not to be said */
    int64_t few;   /* figures of the tables that are too small to be shown, of `figures` */
    int64_t figures;
    size_t warnings, limits; /* sentences: of this estimate, and of the method */
    const struct str *warning, *limit;
    size_t files;
    const struct report_file *file;
    size_t images; /* the drawings, each as a file of its own for other sites to show */
    const struct report_file *image;
    size_t maps; /* of tables, on the city's areas */
    const struct area_map *map;
    struct str later_href;        /* of the version that corrects this one; empty: none */
    struct str earlier_href;      /* of the version that this one corrects; empty: none */
    struct str correction_reason; /* of the later version, or else of this one */
    struct date corrected_on;     /* the later version's day */
    struct date withdrawn_on;     /* no year: it is not */
    struct str withdrawn_reason;
    struct compared_view compared; /* with earlier rounds */
    struct str summary_href;       /* the page for the board; empty where there is none, as the next */
    struct str annex_href;         /* the annex to the municipality's lägesbild */
    struct str figures_href;       /* the page about how to read figures; empty in a file of its own */
};

/* The view of `release` at `path`. The release, and `file` when given, must outlive it. */
struct report_view report_view_of(const struct portal_view *site, const struct release *release,
                                  struct str path, struct arena *a);

/* The same for a file of its own: no menu, no links to other pages, the style inside. */
struct report_view report_view_alone(const struct release *release, enum language language, struct arena *a);

/* The figure as the reader's language writes it: "cirka 1 055", "färre än 5". */
struct str report_view_told(const struct release_figure *figure, enum language language, struct arena *a);

/* The label in the language of the page. */
struct str report_view_label(const struct html *h, const struct label *label);

/* A method's name in the release in plain words; a name that is not known explains itself. */
struct str report_view_method(struct str name, enum language language);

/* "2013", or "2013–2015". */
struct str report_view_period(int first_year, int last_year, struct arena *a);

#endif

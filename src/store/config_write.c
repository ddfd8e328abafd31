/* lykta.conf, changed in one place. */
#include "store/config.h"

#include "base/arena.h"
#include "base/text.h"

static const struct str section = {"[database]", 10};
static const struct str key = {"address", 7};

/* "address = x", and not "address_of = x". */
static bool is_address(struct str line)
{
    struct str name, value;

    return str_cut(line, '=', &name, &value) && str_equal(str_trim(name), key);
}

static void add_address(struct text *out, struct str address)
{
    text_format(out, "address =%s%.*s\n", address.n > 0 ? " " : "", STR(address));
}

struct str config_with_database(struct str bytes, struct str address, struct arena *a)
{
    struct text out = text_open(a);
    struct str line, rest = bytes;
    bool is_inside = false, is_written = false;

    while (rest.n > 0) {
        const bool has_end = str_cut(rest, '\n', &line, &rest);

        if (str_starts(str_trim(line), S("[")))
            is_inside = str_equal(str_trim(line), section);
        if (is_inside && is_address(line)) {
            add_address(&out, address);
            is_written = true;
            continue;
        }
        text_add(&out, line);
        text_byte(&out, '\n');
        if (!has_end)
            break;
    }
    if (!is_written && address.n > 0) {
        text_add(&out, S("\n[database]\n"));
        add_address(&out, address);
    }
    return text_str(&out);
}

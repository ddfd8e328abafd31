/* A program of somebody else that estimates with liblykta: cc example.c $(pkg-config --cflags --libs lykta)
 */
#include <lykta.h>

#include <stdio.h>

int main(void)
{
    static const char table[] = "police,shelter,health,count\n1,0,0,120\n0,1,0,90\n0,0,1,60\n"
                                "1,1,0,20\n1,0,1,15\n0,1,1,10\n1,1,1,6\n";
    struct estimate_options options = estimate_options_default();
    struct arena *a = arena_open();
    struct counts counts;
    struct estimate found;
    struct err e;

    options.replicates = 0;
    enum status s = counts_read(&counts, "table", (struct str){table, sizeof table - 1}, a, &e);
    if (s == OK)
        s = estimate(&counts, &options, a, &found, &e);
    if (s == OK)
        printf("%lld seen, about %.0f in all\n", (long long)found.n, found.nhat);
    else
        fprintf(stderr, "%s\n", e.what);
    arena_close(a);
    return (int)s;
}

/* Runs a fuzz target over the files named on the command line: its corpus as a plain test, with any compiler.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay(const char *path)
{
    enum { LIMIT = 1 << 20 };
    FILE *file = fopen(path, "rb");
    uint8_t *data = malloc(LIMIT);

    if (!file || !data) {
        fprintf(stderr, "%s: cannot be read\n", path);
        free(data);
        return 1;
    }
    size_t size = fread(data, 1, LIMIT, file);
    fclose(file);
    LLVMFuzzerTestOneInput(data, size);
    free(data);
    return 0;
}

int main(int argc, char **argv)
{
    int failed = 0;

    for (int i = 1; i < argc; i++)
        failed |= replay(argv[i]);
    printf("%d inputs\n", argc - 1);
    return failed || argc < 2;
}

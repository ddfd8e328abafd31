/* The machine's limit: multiply-adds a second of one core, measured with independent chains that the compiler
 * can vectorise. Printed as gigaflops (a multiply-add is two). */
#include <stdio.h>
#include <time.h>

enum { CHAINS = 64, ROUNDS = 20000000 };

int main(void)
{
    double x[CHAINS];
    struct timespec from;
    struct timespec to;

    for (int i = 0; i < CHAINS; i++)
        x[i] = 1.0 + i * 1e-3;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (int r = 0; r < ROUNDS; r++)
        for (int i = 0; i < CHAINS; i++)
            x[i] = x[i] * 0.999999 + 1e-6;
    clock_gettime(CLOCK_MONOTONIC, &to);
    double seconds = (double)(to.tv_sec - from.tv_sec) + 1e-9 * (double)(to.tv_nsec - from.tv_nsec);
    double sum = 0;
    for (int i = 0; i < CHAINS; i++)
        sum += x[i];
    printf("%.2f %g\n", 2.0 * CHAINS * ROUNDS / seconds / 1e9, sum);
    return 0;
}

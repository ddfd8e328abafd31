/* The portable build, and the choice. */
#include "estimate/kernel.h"

#define LANES 4
#define TARGET
#define NAME estimate_kernel_portable
#define NAME_TEXT "portable"
#include "estimate/lanes.inc"

size_t estimate_kernels(const struct fit_kernel *out[KERNEL_MOST])
{
    size_t n = 0;

    out[n++] = &estimate_kernel_portable;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2"))
        out[n++] = &estimate_kernel_avx2;
    if (__builtin_cpu_supports("avx512f"))
        out[n++] = &estimate_kernel_avx512;
#endif
    return n;
}

const struct fit_kernel *estimate_kernel_best(void)
{
    const struct fit_kernel *all[KERNEL_MOST];
    size_t n = estimate_kernels(all);

    return all[n - 1];
}

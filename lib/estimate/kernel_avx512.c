/* The inner loops of the fit for processors with AVX-512. */
#include "estimate/kernel.h"

#if defined(__x86_64__)

#define LANES 8
#define TARGET __attribute__((target("avx512f")))
#define NAME estimate_kernel_avx512
#define NAME_TEXT "avx512"
#include "estimate/lanes.inc"

#endif

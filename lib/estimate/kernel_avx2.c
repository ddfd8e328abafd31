/* The inner loops of the fit for processors with AVX2. */
#include "estimate/kernel.h"

#if defined(__x86_64__)

#define LANES 4
#define TARGET __attribute__((target("avx2")))
#define NAME estimate_kernel_avx2
#define NAME_TEXT "avx2"
#include "estimate/lanes.inc"

#endif

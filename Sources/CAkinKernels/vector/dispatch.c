#include "tables.h"

int akin_cpu_supports(akin_instruction_set set) {
    switch (set) {
    case AKIN_PLAIN:
        return 1;
#if defined(__x86_64__)
    case AKIN_AVX2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    case AKIN_AVX512:
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq")
            && __builtin_cpu_supports("avx512vl");
#elif defined(__aarch64__)
    case AKIN_NEON:
        return 1;
#endif
    default:
        return 0;
    }
}

const akin_kernels *akin_kernels_of(akin_instruction_set set) {
    switch (set) {
#if defined(__x86_64__)
    case AKIN_AVX2:
        return &akin_table_avx2;
    case AKIN_AVX512:
        return &akin_table_avx512;
#elif defined(__aarch64__)
    case AKIN_NEON:
        return &akin_table_neon;
#endif
    default:
        return &akin_table_plain;
    }
}

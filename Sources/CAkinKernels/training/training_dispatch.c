// The choice among the tables of training kernels.
#include "training_tables.h"

const akin_training_kernels *akin_training_variant(akin_instruction_set set, size_t index) {
    switch (set) {
#if defined(__x86_64__)
    case AKIN_AVX512:
        if (index == 0) return &akin_training_avx512;
        return index == 1 && __builtin_cpu_supports("avx512bf16") ? &akin_training_avx512bf16 : 0;
    case AKIN_AVX2:
        return index == 0 ? &akin_training_avx2 : 0;
#elif defined(__aarch64__)
    case AKIN_NEON:
        return index == 0 ? &akin_training_neon : 0;
#endif
    default:
        return index == 0 ? &akin_training_plain : 0;
    }
}

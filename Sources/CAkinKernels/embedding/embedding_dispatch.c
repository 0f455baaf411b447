#include "embedding_tables.h"

const akin_embedding_kernels *akin_embedding_kernels_of(akin_instruction_set set) {
    switch (set) {
#if defined(__x86_64__)
    case AKIN_AVX2:
        return &akin_embedding_avx2;
    case AKIN_AVX512:
        return &akin_embedding_avx512;
#elif defined(__aarch64__)
    case AKIN_NEON:
        return &akin_embedding_neon;
#endif
    default:
        return &akin_embedding_plain;
    }
}

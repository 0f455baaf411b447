#include "codes_tables.h"

const akin_code_kernels *akin_code_variant(akin_instruction_set set, size_t index) {
    switch (set) {
#if defined(__x86_64__)
    case AKIN_AVX512:
        return index == 0 && __builtin_cpu_supports("avx512vnni") ? &akin_codes_avx512 : 0;
    case AKIN_AVX2:
        if (!__builtin_cpu_supports("f16c")) return index == 0 ? &akin_codes_plain : 0;
        if (index == 0) return &akin_codes_avx2;
        return index == 1 && __builtin_cpu_supports("avxvnni") ? &akin_codes_avxvnni : 0;
#elif defined(__aarch64__)
    case AKIN_NEON:
        return index == 0 ? &akin_codes_neon : 0;
#endif
    default:
        return index == 0 ? &akin_codes_plain : 0;
    }
}

const akin_code_kernels *akin_code_kernels_of(akin_instruction_set set) {
    if (!akin_code_variant(set, 0)) set = AKIN_AVX2;
    const akin_code_kernels *best = akin_code_variant(set, 1);
    return best ? best : akin_code_variant(set, 0);
}

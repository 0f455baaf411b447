// AVX-512 without bfloat16 instructions: 16 floats a register.
#if defined(__x86_64__)
#include "linear_tables.h"
#include "words_avx512.h"

#define FIRST_HALVES(p) _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_loadu_si512(p), 16))
#define SECOND_HALVES(p) _mm512_castsi512_ps(_mm512_and_si512(_mm512_loadu_si512(p), _mm512_set1_epi32(-65536)))
#include "pairs_in_floats.h"
#include "linear_template.h"

const akin_linear_kernels akin_linear_avx512 = {AKIN_AVX512, linear_f32, akin_round_rows, linear_bf16, 0};
#endif

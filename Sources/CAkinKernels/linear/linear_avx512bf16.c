// AVX-512 with bfloat16: two multiplications and their sum into each of 16 floats an instruction.
#if defined(__x86_64__)
#include "linear_tables.h"
#include "words_avx512.h"

#undef TARGET
#define TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16")))
#define PAIR __m512bh
#define PAIRS __m512bh
#define PAIR_WORDS 1
#define SPREAD_PAIR(p) (__m512bh)_mm512_set1_epi32((int32_t)*(p))
#define LOAD_PAIRS(p) (__m512bh)_mm512_loadu_si512(p)
#define DOT_PAIRS(s, a, b) _mm512_dpbf16_ps(s, a, b)
#include "linear_template.h"

// 16 values at a time, two to a word of 32 bits.
TARGET static void bf16_rows(const float *x, size_t rows, size_t columns, uint32_t *rounded) {
    for (size_t r = 0; r < rows; r++, x += columns, rounded += akin_bf16_stride(columns)) {
        for (size_t c = 0; c < columns; c += 16) {
            V values = columns - c >= 16 ? LOAD(x + c) : LOAD_TAIL(x + c, columns - c);
            _mm256_storeu_si256((__m256i *)(rounded + c / 2), (__m256i)_mm512_cvtneps_pbh(values));
        }
    }
}

const akin_linear_kernels akin_linear_avx512bf16 = {AKIN_AVX512, linear_f32, bf16_rows, linear_bf16, akin_attention_avx512bf16};
#endif

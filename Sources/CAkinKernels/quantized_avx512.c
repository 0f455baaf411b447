// AVX-512 with VNNI: four multiplications and their sum into each of 16 integers an instruction.
#if defined(__x86_64__)
#include "quantized_tables.h"
#include "words_avx512.h"
#include "activation_template.h"

#define VNNI_TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")))
#define DOT_ROWS 12
#define I __m512i
#define BITS(v) _mm512_castps_si512(v)
#define I_ZERO _mm512_setzero_si512()
#define I_ADD(a, b) _mm512_add_epi32(a, b)
#define I_MAX(a, b) _mm512_max_epi32(a, b)
#define I_SUM(i) _mm512_reduce_add_epi32(i)
#define I_LARGEST(i) _mm512_reduce_max_epi32(i)
#define ROUNDED(v) _mm512_cvt_roundps_epi32(v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC)
#define STORE_BYTES(p, i) _mm_storeu_si128((__m128i *)(p), _mm512_cvtepi32_epi8(i))
#define INTEGERS(p) _mm512_cvtepi32_ps(_mm512_loadu_si512(p))

// tile[r, n] = Σ_k q[r, k]·w[n, k]. The instruction multiplies unsigned by signed bytes: it takes the weights with the 128 they were
// packed with, and the sums start at −128·Σ_k q[r, k].
VNNI_TARGET static inline __attribute__((always_inline)) void dot_tile(
    const int rows, const int8_t *q, size_t stride, const int32_t *row_sums, const uint8_t *panel, size_t groups, int32_t *tile) {
    __m512i sums[DOT_ROWS][2];
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) sums[r][0] = sums[r][1] = _mm512_set1_epi32(-128 * row_sums[r]);
    for (size_t group = 0; group < groups; group++, panel += 128, q += 4) {
        __m512i left = _mm512_loadu_si512(panel), right = _mm512_loadu_si512(panel + 64);
#pragma clang loop unroll(full)
        for (int r = 0; r < rows; r++) {
            int32_t four;
            __builtin_memcpy(&four, q + (size_t)r * stride, 4);
            __m512i activations = _mm512_set1_epi32(four);
            sums[r][0] = _mm512_dpbusd_epi32(sums[r][0], left, activations);
            sums[r][1] = _mm512_dpbusd_epi32(sums[r][1], right, activations);
        }
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
        _mm512_store_si512(tile + 32 * r, sums[r][0]);
        _mm512_store_si512(tile + 32 * r + 16, sums[r][1]);
    }
}

VNNI_TARGET static void dot_rows(
    size_t rows, const int8_t *q, size_t stride, const int32_t *row_sums, const uint8_t *panel, size_t groups, int32_t *tile) {
#define TILE(ROWS)                                                         \
    case ROWS:                                                             \
        dot_tile(ROWS, q, stride, row_sums, panel, groups, tile);          \
        break;
    switch (rows) {
        TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6) TILE(7) TILE(8) TILE(9) TILE(10) TILE(11) TILE(12)
    }
#undef TILE
}

#include "quantized_template.h"

const akin_quantized_kernels akin_quantized_avx512 = {AKIN_AVX512, quantize_rows, linear};
#endif

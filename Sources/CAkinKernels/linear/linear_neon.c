// NEON (arm64): 4 floats a register.
#if defined(__aarch64__)
#include "linear_tables.h"
#include "words_neon.h"

#define FIRST_HALVES(p) vreinterpretq_f32_u32(vshlq_n_u32(vld1q_u32((const uint32_t *)(p)), 16))
#define SECOND_HALVES(p) vreinterpretq_f32_u32(vandq_u32(vld1q_u32((const uint32_t *)(p)), vdupq_n_u32(0xFFFF0000)))
#include "pairs_in_floats.h"
#include "linear_template.h"

const akin_linear_kernels akin_linear_neon = {AKIN_NEON, linear_f32, akin_round_rows, linear_bf16, 0};
#endif

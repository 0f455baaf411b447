// AVX2 and FMA: 8 floats a register.
#if defined(__x86_64__)
#include "embedding_tables.h"
#include "words_avx2.h"

#include "embedding_template.h"

const akin_embedding_kernels akin_embedding_avx2 = {AKIN_AVX2, logistic_step_f32, mean_rows_f32, spread_change_f32, glove_step_f32};
#endif

// NEON (arm64): 4 floats a register.
#if defined(__aarch64__)
#include "embedding_tables.h"
#include "words_neon.h"

#include "embedding_template.h"

const akin_embedding_kernels akin_embedding_neon = {AKIN_NEON, logistic_step_f32, mean_rows_f32, spread_change_f32, glove_step_f32};
#endif

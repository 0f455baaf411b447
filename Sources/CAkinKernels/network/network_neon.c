// NEON (arm64): 4 floats a register, tails through a small copy.
#if defined(__aarch64__)
#include "network_tables.h"
#include "words_neon.h"

#include "network_template.h"

const akin_network_kernels akin_network_neon = {
    AKIN_NEON, bias_activation_f32, softmax_f32, add_layer_norm_f32, gate_f32, rotate_f32, attention_f32};
#endif

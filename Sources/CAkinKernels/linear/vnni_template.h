// The sums of products of the two instruction sets that multiply unsigned by signed bytes and add four products to each integer (VNNI).
//
// Beside the words of quantized_template.h a file that includes this defines:
//   VNNI_TARGET             the attribute that allows the instruction
//   I_SPREAD(x)             a register with x in every integer
//   I_LOAD(p)               a register from memory at any alignment
//   I_STORE(p, i)           a register to memory aligned to its size
//   I_DOT(s, a, b)          s + the sums of four products each of a's unsigned and b's signed bytes

// The sums of 2·WIDTH of a panel's outputs: tile[r, n] = Σ_k q[r, k]·w[n, k], started at −128·Σ_k q[r, k] for the 128 that the weights,
// multiplied as unsigned bytes, were packed with.
VNNI_TARGET static inline __attribute__((always_inline)) void dot_tile(
    const int rows, const int8_t *q, size_t stride, const int32_t *row_sums, const uint8_t *panel, size_t groups, int32_t *tile) {
    I sums[DOT_ROWS][2];
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) sums[r][0] = sums[r][1] = I_SPREAD(-128 * row_sums[r]);
    for (size_t group = 0; group < groups; group++, panel += 128, q += 4) {
        I left = I_LOAD(panel), right = I_LOAD(panel + 4 * WIDTH);
#pragma clang loop unroll(full)
        for (int r = 0; r < rows; r++) {
            int32_t four;
            __builtin_memcpy(&four, q + (size_t)r * stride, 4);
            I activations = I_SPREAD(four);
            sums[r][0] = I_DOT(sums[r][0], left, activations);
            sums[r][1] = I_DOT(sums[r][1], right, activations);
        }
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
        I_STORE(tile + 32 * r, sums[r][0]);
        I_STORE(tile + 32 * r + WIDTH, sums[r][1]);
    }
}

VNNI_TARGET static void dot_rows(
    size_t rows, const int8_t *q, size_t stride, const int32_t *row_sums, const uint8_t *panel, size_t groups, int32_t *tile) {
#define TILE(ROWS)                                                         \
    case ROWS:                                                             \
        dot_tile(ROWS, q, stride, row_sums, panel, groups, tile);          \
        break;
    for (int part = 0; part < 32 / (2 * WIDTH); part++, panel += 8 * WIDTH, tile += 2 * WIDTH) {
        switch (rows) {
            TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6)
#if DOT_ROWS > 6
            TILE(7) TILE(8) TILE(9) TILE(10) TILE(11) TILE(12)
#endif
        }
    }
#undef TILE
}

// Quantisation and linear layers in 8 bits, written once over the vector words of words_<set>.h and, in words of integers:
//
//   I                       a register of 32-bit integers       BITS(v)              the bits of a register of floats
//   I_ZERO I_ADD I_MAX      arithmetic                          I_SUM I_LARGEST      over the register, to one int32_t
//   ROUNDED(v)              to whole numbers, halves to even    STORE_BYTES(p, i)    WIDTH integers in −128 … 127 as bytes
//   INTEGERS(p)             WIDTH integers from memory, as floats
//   DOT_ROWS                rows of the largest tile
//   dot_rows(rows, …)       the exact sums of a panel: a function of the including file, see there
//
// No include guard: it is included once by each quantized_<set>.c.

TARGET static void quantize_rows(
    const float *x, const float *factors, size_t rows, size_t columns, int8_t *q, float *scales, int32_t *sums) {
    size_t whole = columns - columns % WIDTH, rest = columns - whole;
    for (size_t r = 0; r < rows; r++, x += columns, q += akin_quantized_stride(columns)) {
#define VALUE(c) (factors ? MUL(LOAD(x + (c)), LOAD(factors + (c))) : LOAD(x + (c)))
#define LAST_VALUE (factors ? MUL(LOAD_TAIL(x + whole, rest), LOAD_TAIL(factors + whole, rest)) : LOAD_TAIL(x + whole, rest))
        I largest = I_ZERO;
        for (size_t c = 0; c < whole; c += WIDTH) largest = I_MAX(largest, BITS(ABS(VALUE(c))));
        if (rest) largest = I_MAX(largest, BITS(ABS(LAST_VALUE)));

        float multiplier;
        scales[r] = akin_row_scale(I_LARGEST(largest), &multiplier);
        if (multiplier == 0) {
            __builtin_memset(q, 0, (columns + 3) / 4 * 4);
            sums[r] = 0;
            continue;
        }
        V by = SET1(multiplier);
        I sum = I_ZERO;
        for (size_t c = 0; c < whole; c += WIDTH) {
            I rounded = ROUNDED(MUL(VALUE(c), by));
            sum = I_ADD(sum, rounded);
            STORE_BYTES(q + c, rounded);
        }
        if (rest) {
            I rounded = ROUNDED(MUL(LAST_VALUE, by));
            sum = I_ADD(sum, rounded);
            STORE_BYTES(q + whole, rounded);
        }
        sums[r] = I_SUM(sum);
#undef VALUE
#undef LAST_VALUE
    }
}

// Scales, bias and activation over the sums of one panel, `columns` of its 32, while they are in the first-level cache.
#define FINISH(ACTIVATION)                                                                                                  \
    TARGET static void finish_##ACTIVATION(                                                                                 \
        const int32_t *sums, size_t rows, const float *scales, const float *weight_scales, const float *bias, float *y,     \
        size_t y_stride, size_t columns) {                                                                                  \
        for (size_t r = 0; r < rows; r++, sums += 32, y += y_stride) {                                                      \
            V scale = SET1(scales[r]);                                                                                      \
            for (size_t c = 0; c < columns; c += WIDTH) {                                                                   \
                V product = MUL(MUL(INTEGERS(sums + c), scale), LOAD(weight_scales + c));                                   \
                V result = ACTIVATION(ADD(product, LOAD(bias + c)));                                                        \
                if (columns - c >= WIDTH) {                                                                                 \
                    STORE(y + c, result);                                                                                   \
                } else {                                                                                                    \
                    STORE_TAIL(y + c, columns - c, result);                                                                 \
                }                                                                                                           \
            }                                                                                                               \
        }                                                                                                                   \
    }
FINISH(identity)
FINISH(near_gelu)
FINISH(gelu_tanh)
FINISH(relu)
FINISH(silu)
#undef FINISH

static void linear(
    const int8_t *q, const float *scales, const int32_t *sums, size_t rows, size_t inputs, const uint8_t *packed,
    const float *weight_scales, const float *bias, size_t outputs, float *y, akin_activation activation) {
    size_t groups = (inputs + 3) / 4, stride = akin_quantized_stride(inputs);
    void (*finish)(const int32_t *, size_t, const float *, const float *, const float *, float *, size_t, size_t) =
        activation == AKIN_GELU ? finish_near_gelu : activation == AKIN_GELU_TANH ? finish_gelu_tanh
        : activation == AKIN_RELU ? finish_relu : activation == AKIN_SILU ? finish_silu : finish_identity;
    int32_t tile[DOT_ROWS * 32] __attribute__((aligned(64)));
    // A panel stays in the cache while all rows are multiplied by it.
    for (size_t n = 0; n < outputs; n += 32, packed += groups * 128) {
        size_t columns = outputs - n < 32 ? outputs - n : 32;
        for (size_t r = 0; r < rows; r += DOT_ROWS) {
            size_t count = rows - r < DOT_ROWS ? rows - r : DOT_ROWS;
            dot_rows(count, q + r * stride, stride, sums + r, packed, groups, tile);
            finish(tile, count, scales + r, weight_scales + n, bias + n, y + r * outputs + n, outputs, columns);
        }
    }
}

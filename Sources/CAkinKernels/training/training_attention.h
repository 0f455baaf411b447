// One head of self-attention over one sequence and its way back, written once over what is multiplied. Both compute the probabilities;
// nothing is kept between them but the context.
//
//   ELEMENT               a step of the depth: a float, or a pair of bfloat16
//   STEPS(depth)          the steps of a depth counted in elements
//   ATTENTION(name)       the functions' names
//   ROWS_PRODUCT          product_rows of product_template.h over them
//   LEFT(x, rows, columns, stride, y)                   x as a left operand (rows, STEPS(columns)): in y, or where it is
//   LEFT_STRIDE(columns, stride)                        the steps from one of its rows to the next
//   LEFT_TURNED(x, rows, columns, stride, y, y_stride)  xᵀ as a left operand (columns, STEPS(rows))
//   RIGHT(x, rows, columns, stride, y, width)           x as a right operand (STEPS(rows), width), zeros after the columns
//   RIGHT_TURNED(x, rows, columns, stride, y, width)    xᵀ as a right operand (STEPS(columns), width), zeros after the rows
//
// No include guard: it is included once for each kind of element by each file that is compiled for a set.

// c (rows, components) at `stride` = factors·a (rows, STEPS(depth))·b (STEPS(depth), padded).
TARGET static void ATTENTION(head_product)(
    size_t rows, const ELEMENT *a, size_t a_stride, const ELEMENT *b, size_t padded, size_t depth, size_t components, const float *factors,
    float *tile, float *c, size_t stride) {
    for (size_t r = 0; r < rows; r += TILE_ROWS) {
        size_t count = rows - r < TILE_ROWS ? rows - r : TILE_ROWS;
        float *target = c + r * stride;
        if (padded == components) {
            ROWS_PRODUCT(count, a + r * a_stride, a_stride, b, padded, STEPS(depth), factors, target, stride);
            continue;
        }
        ROWS_PRODUCT(count, a + r * a_stride, a_stride, b, padded, STEPS(depth), factors, tile, padded);
        for (size_t i = 0; i < count; i++) {
            for (size_t k = 0; k < components; k++) target[i * stride + k] = tile[i * padded + k];
        }
    }
}

TARGET static void ATTENTION(attention)(
    const float *source, size_t length, size_t width, size_t head, size_t head_size, const akin_dropout *dropout, float *scratch,
    float *context) {
    size_t stride = 3 * width, keys = (length + WIDTH - 1) / WIDTH * WIDTH, padded = (head_size + WIDTH - 1) / WIDTH * WIDTH;
    const float *query = source + head * head_size, *key = query + width, *value = key + width;
    ELEMENT *side = (ELEMENT *)scratch, *values = side + padded * keys, *left = values + keys * padded;
    float *scores = (float *)(left + TILE_ROWS * (keys + padded)), *tile = scores + TILE_ROWS * keys;
    float factors[TILE_ROWS], inverses[TILE_ROWS];
    for (size_t r = 0; r < TILE_ROWS; r++) factors[r] = 1.0f / __builtin_sqrtf((float)head_size);
    RIGHT_TURNED(key, length, head_size, stride, side, keys);
    RIGHT(value, length, head_size, stride, values, padded);
    for (size_t first = 0; first < length; first += TILE_ROWS) {
        size_t rows = length - first < TILE_ROWS ? length - first : TILE_ROWS;
        const ELEMENT *queries = LEFT(query + first * stride, rows, head_size, stride, left);
        ROWS_PRODUCT(rows, queries, LEFT_STRIDE(head_size, stride), side, keys, STEPS(head_size), factors, scores, keys);
        for (size_t r = 0; r < rows; r++) {
            inverses[r] = exponentials(scores + r * keys, length, keys);
            if (dropout->threshold) drop(scores + r * keys, length, dropout, (uint32_t)((first + r) * length), scores + r * keys);
        }
        const ELEMENT *weights = LEFT(scores, rows, length, keys, left);
        ATTENTION(head_product)(
            rows, weights, LEFT_STRIDE(length, keys), values, padded, length, head_size, inverses, tile,
            context + first * width + head * head_size, width);
    }
}

TARGET static void ATTENTION(attention_backward)(
    const float *source, const float *context, const float *d_context, size_t length, size_t width, size_t head, size_t head_size,
    const akin_dropout *dropout, float *scratch, float *d_source) {
    size_t stride = 3 * width, keys = (length + WIDTH - 1) / WIDTH * WIDTH, padded = (head_size + WIDTH - 1) / WIDTH * WIDTH;
    const float *query = source + head * head_size, *key = query + width, *value = key + width;
    const float *result = context + head * head_size, *d_result = d_context + head * head_size;
    float *d_query = d_source + head * head_size, *d_key = d_query + width, *d_value = d_key + width;

    ELEMENT *side = (ELEMENT *)scratch, *other = side + padded * keys;  // (STEPS(components), keys): keys and values, turned
    ELEMENT *right = other + padded * keys;                             // (STEPS(length), padded): of the last three products in turn
    ELEMENT *left = right + keys * padded;                              // (length, STEPS(length)): of the last three products in turn
    float *kept_p = (float *)(left + keys * keys + TILE_ROWS * padded); // (length, keys): probabilities after dropout
    float *d_scores = kept_p + length * keys;                           // (length, keys)
    float *tile = d_scores + length * keys, ones[TILE_ROWS], factors[TILE_ROWS];
    float factor = 1.0f / __builtin_sqrtf((float)head_size);
    for (size_t r = 0; r < TILE_ROWS; r++) ones[r] = 1, factors[r] = factor;

    RIGHT_TURNED(key, length, head_size, stride, side, keys);
    RIGHT_TURNED(value, length, head_size, stride, other, keys);
    for (size_t first = 0; first < length; first += TILE_ROWS) {
        size_t rows = length - first < TILE_ROWS ? length - first : TILE_ROWS;
        const ELEMENT *some = LEFT(query + first * stride, rows, head_size, stride, left);
        ROWS_PRODUCT(rows, some, LEFT_STRIDE(head_size, stride), side, keys, STEPS(head_size), factors, kept_p + first * keys, keys);
        some = LEFT(d_result + first * width, rows, head_size, width, left);
        ROWS_PRODUCT(rows, some, LEFT_STRIDE(head_size, width), other, keys, STEPS(head_size), ones, d_scores + first * keys, keys);
        for (size_t r = first; r < first + rows; r++) {
            float *p = kept_p + r * keys, *ds = d_scores + r * keys;
            V inverse = SET1(exponentials(p, length, keys)), inner_sum = SET1(0.0f);
            for (size_t i = 0; i < head_size; i += WIDTH) {
                V d = LOAD_SOME(d_result + r * width + i, head_size - i), c = LOAD_SOME(result + r * width + i, head_size - i);
                inner_sum = FMA(d, c, inner_sum);
            }
            V inner = SET1(SUM(inner_sum)), scale = SET1(factor);
            for (size_t c = 0; c < keys; c += WIDTH) {
                V probability = MUL(LOAD(p + c), inverse), mask = SET1(1.0f);
                if (dropout->threshold) mask = kept(dropout, (uint32_t)(r * length + c));
                V dp = MUL(LOAD(ds + c), mask);
                STORE(ds + c, MUL(MUL(probability, SUB(dp, inner)), scale));
                STORE(p + c, MUL(probability, mask));
            }
        }
    }
    RIGHT(key, length, head_size, stride, right, padded);
    const ELEMENT *all = LEFT(d_scores, length, length, keys, left);
    ATTENTION(head_product)(length, all, LEFT_STRIDE(length, keys), right, padded, length, head_size, ones, tile, d_query, stride);
    RIGHT(query, length, head_size, stride, right, padded);
    LEFT_TURNED(d_scores, length, length, keys, left, keys);
    ATTENTION(head_product)(length, left, keys, right, padded, length, head_size, ones, tile, d_key, stride);
    RIGHT(d_result, length, head_size, width, right, padded);
    LEFT_TURNED(kept_p, length, length, keys, left, keys);
    ATTENTION(head_product)(length, left, keys, right, padded, length, head_size, ones, tile, d_value, stride);
}
#undef ELEMENT
#undef STEPS
#undef ATTENTION
#undef ROWS_PRODUCT
#undef LEFT
#undef LEFT_STRIDE
#undef LEFT_TURNED
#undef RIGHT
#undef RIGHT_TURNED

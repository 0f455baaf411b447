// One head of self-attention over one sequence and its way back, written once over what is multiplied. Both compute the probabilities;
// nothing is kept between them but the context.
//
//   ELEMENT, STEPS, PRODUCT, NAMED                      as training_product.h has them
//   LEFT(x, rows, columns, stride, y)                   x as a left operand (rows, STEPS(columns)): in y, or where it is
//   LEFT_STRIDE(columns, stride)                        the steps from one of its rows to the next
//   LEFT_TURNED(x, rows, columns, y)                    x, without gaps, as a turned left operand (STEPS(rows), columns): in y, or where it is
//   RIGHT(x, rows, columns, stride, y, width)           x as a right operand (STEPS(rows), width), zeros after the columns
//   RIGHT_TURNED(x, rows, columns, stride, y, width)    xᵀ as a right operand (STEPS(columns), width), zeros after the rows
//
// No include guard: it is included once for each kind of element by each file that is compiled for a set.

TARGET static inline void NAMED(store_head)(const float *tile, size_t rows, size_t padded, size_t components, float *c, size_t stride) {
    for (size_t i = 0; i < rows; i++) {
        for (size_t k = 0; k < components; k++) c[i * stride + k] = tile[i * padded + k];
    }
}

// c (rows, components) at `stride` = aᵀ·b of a (STEPS(depth), a_stride) and b (STEPS(depth), padded).
TARGET static void NAMED(turned_head_product)(
    size_t rows, const ELEMENT *a, size_t a_stride, const ELEMENT *b, size_t padded, size_t depth, size_t components, float *tile, float *c,
    size_t stride) {
    for (size_t r = 0; r < rows; r += TILE_ROWS) {
        size_t count = rows - r < TILE_ROWS ? rows - r : TILE_ROWS;
        float *target = c + r * stride;
        if (padded == components) {
            PRODUCT(turned_rows)(count, a + r, a_stride, b, padded, STEPS(depth), false, target, stride);
        } else {
            PRODUCT(turned_rows)(count, a + r, a_stride, b, padded, STEPS(depth), false, tile, padded);
            NAMED(store_head)(tile, count, padded, components, target, stride);
        }
    }
}

// c (rows, components) at `stride` = factors·a·b of a (rows, STEPS(depth)), at most TILE_ROWS of them, and b (STEPS(depth), padded).
TARGET static void NAMED(head_product)(
    size_t rows, const ELEMENT *a, size_t a_stride, const ELEMENT *b, size_t padded, size_t depth, size_t components, const float *factors,
    float *tile, float *c, size_t stride) {
    if (padded == components) {
        PRODUCT(product_rows)(rows, a, a_stride, b, padded, STEPS(depth), factors, c, stride);
    } else {
        PRODUCT(product_rows)(rows, a, a_stride, b, padded, STEPS(depth), factors, tile, padded);
        NAMED(store_head)(tile, rows, padded, components, c, stride);
    }
}

TARGET static void NAMED(attention)(
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
        PRODUCT(product_rows)(rows, queries, LEFT_STRIDE(head_size, stride), side, keys, STEPS(head_size), factors, scores, keys);
        for (size_t r = 0; r < rows; r++) {
            inverses[r] = exponentials(scores + r * keys, length, keys);
            if (dropout->threshold) drop(scores + r * keys, length, dropout, (uint32_t)((first + r) * length), scores + r * keys);
        }
        const ELEMENT *weights = LEFT(scores, rows, length, keys, left);
        NAMED(head_product)(
            rows, weights, LEFT_STRIDE(length, keys), values, padded, length, head_size, inverses, tile,
            context + first * width + head * head_size, width);
    }
}

TARGET static void NAMED(attention_backward)(
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
        PRODUCT(product_rows)(rows, some, LEFT_STRIDE(head_size, stride), side, keys, STEPS(head_size), factors, kept_p + first * keys, keys);
        some = LEFT(d_result + first * width, rows, head_size, width, left);
        PRODUCT(product_rows)(rows, some, LEFT_STRIDE(head_size, width), other, keys, STEPS(head_size), ones, d_scores + first * keys, keys);
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
    for (size_t r = 0; r < length; r += TILE_ROWS) {
        size_t rows = length - r < TILE_ROWS ? length - r : TILE_ROWS, step = LEFT_STRIDE(length, keys);
        NAMED(head_product)(rows, all + r * step, step, right, padded, length, head_size, ones, tile, d_query + r * stride, stride);
    }
    RIGHT(query, length, head_size, stride, right, padded);
    all = LEFT_TURNED(d_scores, length, keys, left);
    NAMED(turned_head_product)(length, all, keys, right, padded, length, head_size, tile, d_key, stride);
    RIGHT(d_result, length, head_size, width, right, padded);
    all = LEFT_TURNED(kept_p, length, keys, left);
    NAMED(turned_head_product)(length, all, keys, right, padded, length, head_size, tile, d_value, stride);
}
#undef ELEMENT
#undef STEPS
#undef PRODUCT
#undef NAMED
#undef LEFT
#undef LEFT_STRIDE
#undef LEFT_TURNED
#undef RIGHT
#undef RIGHT_TURNED

// Products with panels of 32 columns, written once over what is multiplied:
//
//   ELEMENT             a step of the depth: a float, or a pair of bfloat16
//   STEPS(depth)        the steps of a depth counted in elements
//   PRODUCT(name)       the name of a function of product_template.h over them
//   NAMED(name)         the name of a function here
//
// No include guard: it is included once for each kind of element by each file that is compiled for a set.

// A tile of a panel with fewer than 32 columns.
TARGET static void NAMED(store_part)(
    const float *tile, size_t rows, size_t width, const float *bias, bool adds, float *c, size_t c_stride) {
    for (size_t i = 0; i < rows; i++, tile += 32, c += c_stride) {
        for (size_t k = 0; k < width; k += WIDTH) {
            V sum = LOAD(tile + k);
            if (bias) sum = ADD(sum, LOAD_SOME(bias + k, width - k));
            if (adds) sum = ADD(sum, LOAD_SOME(c + k, width - k));
            STORE_SOME(c + k, width - k, sum);
        }
    }
}

TARGET static void NAMED(product)(
    const ELEMENT *a, size_t rows, size_t a_stride, const ELEMENT *panels, size_t depth, size_t columns, const float *bias, bool adds, float *c,
    size_t c_stride) {
    size_t steps = STEPS(depth);
    float tile[TILE_ROWS * 32] __attribute__((aligned(64)));
    // A panel stays in the cache while all rows pass by it.
    for (size_t n = 0; n < columns; n += 32, panels += 32 * steps) {
        size_t width = columns - n < 32 ? columns - n : 32;
        const float *some = bias ? bias + n : 0;
        for (size_t r = 0; r < rows; r += TILE_ROWS) {
            size_t count = rows - r < TILE_ROWS ? rows - r : TILE_ROWS;
            float *target = c + r * c_stride + n;
            if (width == 32) {
                PRODUCT(panel_rows)(count, a + r * a_stride, a_stride, panels, steps, some, adds, target, c_stride);
            } else {
                PRODUCT(panel_rows)(count, a + r * a_stride, a_stride, panels, steps, 0, false, tile, 32);
                NAMED(store_part)(tile, count, width, some, adds, target, c_stride);
            }
        }
    }
}

TARGET static void NAMED(product_transposed)(
    const ELEMENT *a, size_t rows, const ELEMENT *panels, size_t depth, size_t columns, float *c, size_t c_stride) {
    size_t steps = STEPS(depth);
    float tile[TILE_ROWS * 32] __attribute__((aligned(64)));
    for (size_t n = 0; n < columns; n += 32, panels += 32 * steps) {
        size_t width = columns - n < 32 ? columns - n : 32;
        const ELEMENT *left = a;
        for (size_t m = 0; m < rows; m += 32, left += 32 * steps) {
            size_t height = rows - m < 32 ? rows - m : 32;
            for (size_t r = 0; r < height; r += TILE_ROWS) {
                size_t count = height - r < TILE_ROWS ? height - r : TILE_ROWS;
                float *target = c + (m + r) * c_stride + n;
                if (width == 32) {
                    PRODUCT(turned_rows)(count, left + r, 32, panels, 32, steps, true, target, c_stride);
                } else {
                    PRODUCT(turned_rows)(count, left + r, 32, panels, 32, steps, false, tile, 32);
                    NAMED(store_part)(tile, count, width, 0, true, target, c_stride);
                }
            }
        }
    }
}

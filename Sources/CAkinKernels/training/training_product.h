// A product with panels of 32 columns, written once over what is multiplied:
//
//   ELEMENT             a step of the depth: a float, or a pair of bfloat16
//   PANEL_ROWS(depth)   the steps of a depth counted in elements
//   ROWS_PRODUCT        product_rows of product_template.h over them
//   TRAINING_PRODUCT    the function's name
//
// No include guard: it is included once for each kind of element by each file that is compiled for a set.
TARGET static void TRAINING_PRODUCT(
    const ELEMENT *a, size_t rows, size_t a_stride, const ELEMENT *panels, size_t depth, size_t columns, const float *bias, bool adds, float *c,
    size_t c_stride) {
    size_t steps = PANEL_ROWS(depth);
    float tile[TILE_ROWS * 32] __attribute__((aligned(64))), ones[TILE_ROWS];
    for (size_t r = 0; r < TILE_ROWS; r++) ones[r] = 1;
    // A panel stays in the cache while all rows pass by it.
    for (size_t n = 0; n < columns; n += 32, panels += 32 * steps) {
        size_t width = columns - n < 32 ? columns - n : 32;
        for (size_t r = 0; r < rows; r += TILE_ROWS) {
            size_t count = rows - r < TILE_ROWS ? rows - r : TILE_ROWS;
            float *target = c + r * c_stride + n;
            if (width == 32 && !bias && !adds) {
                ROWS_PRODUCT(count, a + r * a_stride, a_stride, panels, 32, steps, ones, target, c_stride);
                continue;
            }
            ROWS_PRODUCT(count, a + r * a_stride, a_stride, panels, 32, steps, ones, tile, 32);
            for (size_t i = 0; i < count; i++, target += c_stride) {
                for (size_t k = 0; k < width; k += WIDTH) {
                    size_t some = width - k;
                    V sum = LOAD(tile + 32 * i + k);
                    if (bias) sum = ADD(sum, LOAD_SOME(bias + n + k, some));
                    if (adds) sum = ADD(sum, LOAD_SOME(target + k, some));
                    STORE_SOME(target + k, some, sum);
                }
            }
        }
    }
}
#undef ELEMENT
#undef PANEL_ROWS
#undef TRAINING_PRODUCT
#undef ROWS_PRODUCT

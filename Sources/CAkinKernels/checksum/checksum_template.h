// The walk over the bytes, written once over two steps that the including file defines:
//
//   TARGET                  the attribute that allows the instructions
//   STEP(state, word)       the state after eight more bytes, given as a little-endian 64-bit word
//   STEP_BYTE(state, byte)  the state after one more byte
//
// No include guard: it is included once by each checksum_<set>.c.

static inline uint64_t word_at(const uint8_t *bytes) {
    uint64_t word;
    __builtin_memcpy(&word, bytes, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

TARGET static uint32_t crc32c(const uint8_t *bytes, size_t n) {
    uint32_t state = ~0u;
    for (; n >= 8; n -= 8, bytes += 8) state = STEP(state, word_at(bytes));
    for (; n > 0; n--, bytes++) state = STEP_BYTE(state, *bytes);
    return ~state;
}

TARGET static void crc32c_blocks(const uint8_t *bytes, size_t size, size_t count, uint32_t *checksums) {
    for (; count >= 4; count -= 4, bytes += 4 * size, checksums += 4) {
        uint32_t a = ~0u, b = ~0u, c = ~0u, d = ~0u;
        for (size_t i = 0; i < size; i += 8) {
            a = STEP(a, word_at(bytes + i));
            b = STEP(b, word_at(bytes + size + i));
            c = STEP(c, word_at(bytes + 2 * size + i));
            d = STEP(d, word_at(bytes + 3 * size + i));
        }
        checksums[0] = ~a;
        checksums[1] = ~b;
        checksums[2] = ~c;
        checksums[3] = ~d;
    }
    for (; count > 0; count--, bytes += size, checksums++) *checksums = crc32c(bytes, size);
}

// Private to the target: the network tables of each instruction set, defined in network_*.c.
#ifndef AKIN_NETWORK_TABLES_H
#define AKIN_NETWORK_TABLES_H

#include "akin_network.h"

extern const akin_network_kernels akin_network_plain;
#if defined(__x86_64__)
extern const akin_network_kernels akin_network_avx2;
extern const akin_network_kernels akin_network_avx512;
#elif defined(__aarch64__)
extern const akin_network_kernels akin_network_neon;
#endif

#endif

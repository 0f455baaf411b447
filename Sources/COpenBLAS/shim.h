// The one header through which Swift sees the system's OpenBLAS.
#include <cblas.h>

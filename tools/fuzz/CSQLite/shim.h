// The system's SQLite, by which the fuzzer checks that SQLite understands what Akin writes for it.
#include <sqlite3.h>

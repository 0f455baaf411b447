// The system's SQLite, which is asked whether it understands what Akin writes for it.
#include <sqlite3.h>

// The one header through which Swift sees the system's libarchive.
#include <archive.h>
#include <archive_entry.h>

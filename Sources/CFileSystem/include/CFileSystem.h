#ifndef CANVASS_CFILESYSTEM_H
#define CANVASS_CFILESYSTEM_H

/// Lets two existing paths of one file system change places, at once: renameat2 with RENAME_EXCHANGE.
/// Returns 0, or the error number.
int canvass_exchange(const char *first, const char *second);

#endif

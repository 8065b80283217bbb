#ifndef CANVASS_CFILESYSTEM_H
#define CANVASS_CFILESYSTEM_H

/// Lets two existing paths of one file system change places, at once: renameat2 with RENAME_EXCHANGE.
/// Returns 0, or the error number.
int canvass_exchange(const char *first, const char *second);

/// A new file in memory that has no name in any folder: memfd_create. Returns its descriptor, or -1 with errno set.
int canvass_unnamed_file(void);

#endif

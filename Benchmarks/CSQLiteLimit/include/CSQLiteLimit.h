#ifndef C_SQLITE_LIMIT_H
#define C_SQLITE_LIMIT_H

#include <stdint.h>

// What SQLite itself needs for the rows of rooms: one table WITHOUT ROWID, prepared statements, one transaction, nothing else.
// A ledger in SQLite cannot be faster than this.

// A database with the table `room (app INTEGER, day INTEGER, room TEXT, six integers)`, whose key is app, day and room.
typedef struct limit_table limit_table;

// Rows of one app and day, sorted by room.
typedef struct {
    // The names of the rooms one after the other, each of the same length and without an end mark.
    const char *names;
    int32_t name_length;
    // Six figures for each room.
    const int64_t *seconds;
    int64_t count;
} limit_rows;

// Opens a database in WAL mode and makes the table when it is missing; NULL when that fails.
limit_table *limit_open(const char *path);

// Each of these returns 0 when all went well, else SQLite's code. Without a table nothing is done.
int limit_insert(limit_table *table, int64_t app, int64_t day, limit_rows rows);
// Inserts, or updates where a figure differs: of rows that are there already nothing is written.
int limit_upsert(limit_table *table, int64_t app, int64_t day, limit_rows rows);
// Reads the rows of a day in order; `sum` gets the sum of all figures and of the lengths of all names.
int limit_read(limit_table *table, int64_t app, int64_t day, int64_t *sum);
int limit_close(limit_table *table);

#endif

#include "CSQLiteLimit.h"

#include <sqlite3.h>
#include <stdlib.h>

struct limit_table {
    sqlite3 *database;
};

enum { tiers = 6 };

static const char setup[] =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
    "CREATE TABLE IF NOT EXISTS room (app INTEGER NOT NULL, day INTEGER NOT NULL, room TEXT NOT NULL,"
    " a INTEGER NOT NULL, b INTEGER NOT NULL, c INTEGER NOT NULL, d INTEGER NOT NULL, e INTEGER NOT NULL,"
    " f INTEGER NOT NULL, PRIMARY KEY (app, day, room)) WITHOUT ROWID;";

static const char insert[] = "INSERT INTO room VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

static const char upsert[] =
    "INSERT INTO room VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO UPDATE SET"
    " a = excluded.a, b = excluded.b, c = excluded.c, d = excluded.d, e = excluded.e, f = excluded.f"
    " WHERE a != excluded.a OR b != excluded.b OR c != excluded.c OR d != excluded.d OR e != excluded.e"
    " OR f != excluded.f";

static const char rows_of_day[] =
    "SELECT room, a, b, c, d, e, f FROM room WHERE app = ?1 AND day = ?2 ORDER BY room";

limit_table *limit_open(const char *path) {
    limit_table *table = calloc(1, sizeof *table);
    if (table == NULL) return NULL;
    if (sqlite3_open(path, &table->database) != SQLITE_OK
        || sqlite3_exec(table->database, setup, NULL, NULL, NULL) != SQLITE_OK) {
        limit_close(table);
        return NULL;
    }
    return table;
}

static int write_row(sqlite3_stmt *statement, limit_rows rows, int64_t index) {
    const char *name = rows.names + index * rows.name_length;
    sqlite3_bind_text(statement, 3, name, rows.name_length, SQLITE_STATIC);
    for (int tier = 0; tier < tiers; tier++) {
        sqlite3_bind_int64(statement, 4 + tier, rows.seconds[index * tiers + tier]);
    }
    int code = sqlite3_step(statement);
    int reset = sqlite3_reset(statement);
    return code == SQLITE_DONE ? reset : code;
}

static int write_rows(limit_table *table, const char *sql, int64_t app, int64_t day, limit_rows rows) {
    if (table == NULL) return SQLITE_MISUSE;
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(table->database, sql, -1, &statement, NULL);
    if (code != SQLITE_OK) return code;
    sqlite3_bind_int64(statement, 1, app);
    sqlite3_bind_int64(statement, 2, day);
    code = sqlite3_exec(table->database, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    for (int64_t index = 0; index < rows.count && code == SQLITE_OK; index++) {
        code = write_row(statement, rows, index);
    }
    sqlite3_finalize(statement);
    int end = sqlite3_exec(table->database, code == SQLITE_OK ? "COMMIT" : "ROLLBACK", NULL, NULL, NULL);
    return code == SQLITE_OK ? end : code;
}

int limit_insert(limit_table *table, int64_t app, int64_t day, limit_rows rows) {
    return write_rows(table, insert, app, day, rows);
}

int limit_upsert(limit_table *table, int64_t app, int64_t day, limit_rows rows) {
    return write_rows(table, upsert, app, day, rows);
}

int limit_read(limit_table *table, int64_t app, int64_t day, int64_t *sum) {
    if (table == NULL) return SQLITE_MISUSE;
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(table->database, rows_of_day, -1, &statement, NULL);
    if (code != SQLITE_OK) return code;
    sqlite3_bind_int64(statement, 1, app);
    sqlite3_bind_int64(statement, 2, day);
    *sum = 0;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        if (sqlite3_column_text(statement, 0) != NULL) *sum += sqlite3_column_bytes(statement, 0);
        for (int tier = 0; tier < tiers; tier++) *sum += sqlite3_column_int64(statement, 1 + tier);
    }
    int end = sqlite3_finalize(statement);
    return code == SQLITE_DONE ? end : code;
}

int limit_close(limit_table *table) {
    if (table == NULL) return SQLITE_OK;
    int code = sqlite3_close(table->database);
    free(table);
    return code;
}

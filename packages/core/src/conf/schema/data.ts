import {
  anything,
  boolean,
  callable,
  count,
  either,
  listOf,
  nullable,
  object,
  oneOf,
  recordOf,
  shape,
  text,
  timeZone,
} from "../kinds.ts";
import { setting } from "../setting.ts";

const testDatabase = shape(
  {},
  {
    /** The database of the tests; `test_` and the name where nothing is said, memory for SQLite. */
    NAME: nullable(text),
    /** The alias of the database that this one is a replica of: tests have one connection for both. */
    MIRROR: nullable(text),
    /** False makes no tables. */
    MIGRATE: boolean,
    /** The character set of the database (MariaDB), or its encoding (PostgreSQL). */
    CHARSET: nullable(text),
    /** The collation of the database (MariaDB). */
    COLLATION: nullable(text),
    /** The template that the database is copied from (PostgreSQL). */
    TEMPLATE: nullable(text),
  },
);

const database = shape(
  {},
  {
    /** `"sqlite"`, `"postgresql"`, `"mysql"` or `"mariadb"`. */
    ENGINE: text,
    /** The database, or the file of SQLite (`":memory:"` for none). */
    NAME: text,
    USER: text,
    PASSWORD: text,
    /** Host, or the folder or file of a socket. */
    HOST: text,
    PORT: either(count, text),
    /** `pool`, `isolationLevel`, `transactionMode` and the like; what is not tsgo's is passed to the driver. */
    OPTIONS: recordOf(anything),
    /** Wraps every view in a transaction. */
    ATOMIC_REQUESTS: boolean,
    /** Always true: a pool has no connection on which a transaction could wait for its end. */
    AUTOCOMMIT: boolean,
    /** Seconds that a connection of the pool may serve; null for as long as it works, 0 for one use. */
    CONN_MAX_AGE: nullable(count),
    /** Asks a connection of the pool for a sign of life before it is used again. */
    CONN_HEALTH_CHECKS: boolean,
    /** The zone of date and time columns that keep none. */
    TIME_ZONE: nullable(timeZone),
    DISABLE_SERVER_SIDE_CURSORS: boolean,
    /** How the database of the tests differs. */
    TEST: testDatabase,
  },
);

const cache = shape(
  {
    /** The class that keeps the values. */
    BACKEND: text,
  },
  {
    LOCATION: either(text, listOf(text)),
    /** Seconds that a value is kept where the caller says nothing; null for ever. */
    TIMEOUT: nullable(count),
    OPTIONS: recordOf(anything),
    KEY_PREFIX: text,
    VERSION: count,
    /** Makes the full key of key, prefix and version: a function or a reference to one. */
    KEY_FUNCTION: either(text, callable<(key: string, prefix: string, version: number) => string>()),
  },
);

const storage = shape({ BACKEND: text }, { OPTIONS: recordOf(anything) });

/** Databases, caches and files. */
export const data = {
  /** Connections by alias; `default` is the one that is used where none is named. */
  DATABASES: setting(recordOf(database), {}),
  /** What chooses a database for a query: references to objects or classes, asked in their order; tests may give objects. */
  DATABASE_ROUTERS: setting(listOf(either(text, object)), []),
  /** The field of automatic primary keys: `"AutoField"`, `"BigAutoField"`, or a reference to a class. */
  DEFAULT_AUTO_FIELD: setting(text, "AutoField"),
  /** How a relation or field that was not loaded is fetched: for one row, for all rows of its result, or not at all. */
  DEFAULT_FETCH_MODE: setting(oneOf("one", "peers", "raise"), "peers"),
  /** The tablespace of indexes, where the database has such. */
  DEFAULT_INDEX_TABLESPACE: setting(text, ""),
  /** The tablespace of tables, where the database has such. */
  DEFAULT_TABLESPACE: setting(text, ""),
  /** Where an application's migrations are, by label; null for an application that has none. */
  MIGRATION_MODULES: setting(recordOf(nullable(text)), {}),

  /** Caches by alias. */
  CACHES: setting(recordOf(cache), { default: { BACKEND: "tsgo/cache/backends/locmem:LocMemCache" } }),
  /** The cache of the cache middleware. */
  CACHE_MIDDLEWARE_ALIAS: setting(text, "default"),
  /** What the cache middleware puts before its keys. */
  CACHE_MIDDLEWARE_KEY_PREFIX: setting(text, ""),
  /** Seconds that the cache middleware keeps a page. */
  CACHE_MIDDLEWARE_SECONDS: setting(count, 600),

  /** Bytes that a body may have, uploads aside; null for no limit. */
  DATA_UPLOAD_MAX_MEMORY_SIZE: setting(nullable(count), 2_621_440),
  /** Fields that a request may have; null for no limit. */
  DATA_UPLOAD_MAX_NUMBER_FIELDS: setting(nullable(count), 1000),
  /** Files that a request may have; null for no limit. */
  DATA_UPLOAD_MAX_NUMBER_FILES: setting(nullable(count), 100),
  /** Mode of folders made for uploads; null for what the system gives. */
  FILE_UPLOAD_DIRECTORY_PERMISSIONS: setting(nullable(count), null),
  /** Classes that take in uploads, tried in turn. */
  FILE_UPLOAD_HANDLERS: setting(listOf(text), [
    "tsgo/files/uploadhandler:MemoryFileUploadHandler",
    "tsgo/files/uploadhandler:TemporaryFileUploadHandler",
  ]),
  /** Bytes up to which an upload stays in memory. */
  FILE_UPLOAD_MAX_MEMORY_SIZE: setting(count, 2_621_440),
  /** Mode of uploaded files; null for what the system gives. */
  FILE_UPLOAD_PERMISSIONS: setting(nullable(count), 0o644),
  /** Where uploads wait; null for the system's own temporary folder. */
  FILE_UPLOAD_TEMP_DIR: setting(nullable(text), null),
  /** The folder of uploaded files. */
  MEDIA_ROOT: setting(text, ""),
  /** Where `collectstatic` puts the files. */
  STATIC_ROOT: setting(nullable(text), null),
  /** Folders with static files, beside those of the applications; [prefix, folder] puts one under a prefix. */
  STATICFILES_DIRS: setting(listOf(either(text, listOf(text))), []),
  /** Classes that find static files. */
  STATICFILES_FINDERS: setting(listOf(text), [
    "tsgo/contrib/staticfiles/finders:FileSystemFinder",
    "tsgo/contrib/staticfiles/finders:AppDirectoriesFinder",
  ]),
  /** File storages by alias. */
  STORAGES: setting(recordOf(storage), {
    default: { BACKEND: "tsgo/files/storage:FileSystemStorage" },
    staticfiles: { BACKEND: "tsgo/contrib/staticfiles/storage:StaticFilesStorage" },
  }),
};

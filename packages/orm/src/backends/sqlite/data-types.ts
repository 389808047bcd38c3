// The column types of SQLite.

import type { DataType } from "../base/wrapper.ts";

const integer: DataType = () => "integer";
const varchar: DataType = (field) => (field.maxLength === undefined ? "varchar" : `varchar(${field.maxLength})`);

export const sqliteDataTypes: Readonly<Record<string, DataType>> = {
  AutoField: integer,
  BigAutoField: integer,
  SmallAutoField: integer,
  BinaryField: () => "BLOB",
  BooleanField: () => "bool",
  CharField: varchar,
  DateField: () => "date",
  DateTimeField: () => "datetime",
  DecimalField: () => "decimal",
  DurationField: () => "bigint",
  FileField: varchar,
  FilePathField: varchar,
  FloatField: () => "real",
  IntegerField: integer,
  BigIntegerField: () => "bigint",
  GenericIPAddressField: () => "char(39)",
  JSONField: () => "text",
  PositiveBigIntegerField: () => "bigint unsigned",
  PositiveIntegerField: () => "integer unsigned",
  PositiveSmallIntegerField: () => "smallint unsigned",
  SlugField: varchar,
  SmallIntegerField: () => "smallint",
  TextField: () => "text",
  TimeField: () => "time",
  UUIDField: () => "char(32)",
};

const notNegative = (column: string): string => `"${column.replaceAll('"', '""')}" >= 0`;

export const sqliteChecks: Readonly<Record<string, (column: string) => string>> = {
  PositiveBigIntegerField: notNegative,
  PositiveIntegerField: notNegative,
  PositiveSmallIntegerField: notNegative,
  JSONField: (column) => {
    const quoted = `"${column.replaceAll('"', '""')}"`;
    return `(JSON_VALID(${quoted}) OR ${quoted} IS NULL)`;
  },
};

export const sqliteSuffixes: Readonly<Record<string, string>> = {
  AutoField: "AUTOINCREMENT",
  BigAutoField: "AUTOINCREMENT",
  SmallAutoField: "AUTOINCREMENT",
};

// The column types of MariaDB and MySQL.

import type { Field } from "../../fields/field.ts";
import type { DataType } from "../base/wrapper.ts";

const varchar: DataType = (field) => `varchar(${field.maxLength ?? 255})`;
const decimal: DataType = (field) => {
  const { maxDigits, decimalPlaces } = field as Field & {
    readonly maxDigits?: number;
    readonly decimalPlaces?: number;
  };
  return `numeric(${maxDigits ?? 65}, ${decimalPlaces ?? 30})`;
};

export const mysqlDataTypes: Readonly<Record<string, DataType>> = {
  AutoField: () => "integer",
  BigAutoField: () => "bigint",
  SmallAutoField: () => "smallint",
  BinaryField: () => "longblob",
  BooleanField: () => "bool",
  CharField: varchar,
  DateField: () => "date",
  DateTimeField: () => "datetime(6)",
  DecimalField: decimal,
  DurationField: () => "bigint",
  FileField: varchar,
  FilePathField: varchar,
  FloatField: () => "double precision",
  IntegerField: () => "integer",
  BigIntegerField: () => "bigint",
  GenericIPAddressField: () => "char(39)",
  JSONField: () => "json",
  PositiveBigIntegerField: () => "bigint UNSIGNED",
  PositiveIntegerField: () => "integer UNSIGNED",
  PositiveSmallIntegerField: () => "smallint UNSIGNED",
  SlugField: varchar,
  SmallIntegerField: () => "smallint",
  TextField: () => "longtext",
  TimeField: () => "time(6)",
  UUIDField: () => "char(32)",
};

const notNegative = (column: string): string => `\`${column.replaceAll("`", "``")}\` >= 0`;

export const mysqlChecks: Readonly<Record<string, (column: string) => string>> = {
  PositiveBigIntegerField: notNegative,
  PositiveIntegerField: notNegative,
  PositiveSmallIntegerField: notNegative,
};

export const mysqlSuffixes: Readonly<Record<string, string>> = {
  AutoField: "AUTO_INCREMENT",
  BigAutoField: "AUTO_INCREMENT",
  SmallAutoField: "AUTO_INCREMENT",
};

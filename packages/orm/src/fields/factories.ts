// The fields as models name them: functions that need no `new`, and whose results the compiler reads.

import type { Decimal } from "decimal.js";
import type { Temporal } from "temporal-polyfill";

import type {
  CompositePrimaryKeyFactory,
  FieldFactory,
  FileFieldFactory,
  FilledFieldFactory,
  ForeignKeyFactory,
  GeneratedFieldFactory,
  JsonFieldFactory,
  ManyToManyFactory,
} from "../types/factories.ts";
import * as auto from "./auto.ts";
import * as binary from "./binary.ts";
import * as boolean from "./boolean.ts";
import * as composite from "./composite.ts";
import * as dates from "./dates.ts";
import { fieldFactory } from "./field-factory.ts";
import type { FieldOptions } from "./field.ts";
import type { FieldFile } from "./field-file.ts";
import * as filePath from "./file-path.ts";
import * as files from "./files.ts";
import * as foreign from "./foreign-key.ts";
import * as generated from "./generated.ts";
import * as images from "./images.ts";
import * as json from "./json.ts";
import * as many from "./many-to-many.ts";
import * as numbers from "./numbers.ts";
import * as text from "./text.ts";
import * as uuid from "./uuid.ts";

type OptionsOf<Class> = Class extends new (options?: infer O) => object ? NonNullable<O> : FieldOptions;

type Makes<T, Class> = FieldFactory<T, OptionsOf<Class>, Class>;
type Fills<T, Class> = FilledFieldFactory<T, OptionsOf<Class>, Class>;

/** A 32-bit key that the database counts up. */
export const AutoField = fieldFactory<Fills<number, typeof auto.AutoField>>(auto.AutoField);
/** A 64-bit key that the database counts up: the key of a model that declares none. */
export const BigAutoField = fieldFactory<Fills<number, typeof auto.BigAutoField>>(auto.BigAutoField);
/** A 16-bit key that the database counts up. */
export const SmallAutoField = fieldFactory<Fills<number, typeof auto.SmallAutoField>>(auto.SmallAutoField);

/** A primary key of several fields. */
export const CompositePrimaryKey = fieldFactory<CompositePrimaryKeyFactory<typeof composite.CompositePrimaryKey>>(
  composite.CompositePrimaryKey,
);

/** Bytes. */
export const BinaryField = fieldFactory<Makes<Uint8Array, typeof binary.BinaryField>>(binary.BinaryField);
/** True or false. */
export const BooleanField = fieldFactory<Makes<boolean, typeof boolean.BooleanField>>(boolean.BooleanField);

/** A date without a time. */
export const DateField = fieldFactory<Makes<Temporal.PlainDate, typeof dates.DateField>>(dates.DateField);
/** A point in time. */
export const DateTimeField = fieldFactory<Makes<Date, typeof dates.DateTimeField>>(dates.DateTimeField);
/** A time of day. */
export const TimeField = fieldFactory<Makes<Temporal.PlainTime, typeof dates.TimeField>>(dates.TimeField);
/** A length of time. */
export const DurationField = fieldFactory<Makes<Temporal.Duration, typeof dates.DurationField>>(dates.DurationField);

/** A 32-bit whole number. */
export const IntegerField = fieldFactory<Makes<number, typeof numbers.IntegerField>>(numbers.IntegerField);
/** A 64-bit whole number, a `bigint`. */
export const BigIntegerField = fieldFactory<Makes<bigint, typeof numbers.BigIntegerField>>(numbers.BigIntegerField);
/** A 16-bit whole number. */
export const SmallIntegerField = fieldFactory<Makes<number, typeof numbers.SmallIntegerField>>(
  numbers.SmallIntegerField,
);
/** A 32-bit whole number from 0. */
export const PositiveIntegerField = fieldFactory<Makes<number, typeof numbers.PositiveIntegerField>>(
  numbers.PositiveIntegerField,
);
/** A 16-bit whole number from 0. */
export const PositiveSmallIntegerField = fieldFactory<Makes<number, typeof numbers.PositiveSmallIntegerField>>(
  numbers.PositiveSmallIntegerField,
);
/** A 64-bit whole number from 0, a `bigint`. */
export const PositiveBigIntegerField = fieldFactory<Makes<bigint, typeof numbers.PositiveBigIntegerField>>(
  numbers.PositiveBigIntegerField,
);
/** A floating point number. */
export const FloatField = fieldFactory<Makes<number, typeof numbers.FloatField>>(numbers.FloatField);
/** An exact decimal of `maxDigits` digits, `decimalPlaces` of them behind the point. */
export const DecimalField = fieldFactory<
  FieldFactory<Decimal, numbers.DecimalFieldOptions, typeof numbers.DecimalField>
>(numbers.DecimalField);

/** A text of at most `maxLength` characters. */
export const CharField = fieldFactory<FieldFactory<string, text.CharFieldOptions, typeof text.CharField>>(
  text.CharField,
);
/** A text of any length. */
export const TextField = fieldFactory<FieldFactory<string, FieldOptions, typeof text.TextField>>(text.TextField);
/** A part of a URL: letters, digits, hyphens and underscores. */
export const SlugField = fieldFactory<Makes<string, typeof text.SlugField>>(text.SlugField);
/** An e-mail address. */
export const EmailField = fieldFactory<Makes<string, typeof text.EmailField>>(text.EmailField);
/** A URL. */
export const URLField = fieldFactory<Makes<string, typeof text.URLField>>(text.URLField);
/** The path of a file in a folder. */
export const FilePathField = fieldFactory<
  FieldFactory<string, filePath.FilePathFieldOptions, typeof filePath.FilePathField>
>(filePath.FilePathField);
/** A file that belongs to the row. */
export const FileField = fieldFactory<FileFieldFactory<FieldFile, files.FileFieldOptions, typeof files.FileField>>(
  files.FileField,
);
/** An image that belongs to the row. */
export const ImageField = fieldFactory<
  FileFieldFactory<images.ImageFieldFile, images.ImageFieldOptions, typeof images.ImageField>
>(images.ImageField);
/** An IPv4 or IPv6 address. */
export const GenericIPAddressField = fieldFactory<Makes<string, typeof text.GenericIPAddressField>>(
  text.GenericIPAddressField,
);
/** A UUID as a text of 36 characters. */
export const UUIDField = fieldFactory<FieldFactory<string, FieldOptions, typeof uuid.UUIDField>>(uuid.UUIDField);

/** What JSON can write; name its shape as a type argument. */
export const JSONField = fieldFactory<JsonFieldFactory<json.JSONFieldOptions, typeof json.JSONField>>(json.JSONField);
/** A column that the database computes. */
export const GeneratedField = fieldFactory<
  GeneratedFieldFactory<generated.GeneratedFieldOptions, typeof generated.GeneratedField>
>(generated.GeneratedField);

/** Many rows here refer to one row there. */
export const ForeignKey = fieldFactory<ForeignKeyFactory<foreign.ForeignKeyOptions, typeof foreign.ForeignKey>>(
  foreign.ForeignKey,
);
/** One row here refers to one row there. */
export const OneToOneField = fieldFactory<ForeignKeyFactory<foreign.ForeignKeyOptions, typeof foreign.OneToOneField>>(
  foreign.OneToOneField,
);
/** Many rows here are linked to many rows there. */
export const ManyToManyField = fieldFactory<ManyToManyFactory<many.ManyToManyOptions, typeof many.ManyToManyField>>(
  many.ManyToManyField,
);

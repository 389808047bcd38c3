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
import { checkOptionNames } from "./option-names.ts";
import * as text from "./text.ts";
import * as uuid from "./uuid.ts";

type AnyClass = (abstract new (...args: never[]) => object) & { readonly name: string };
type OptionsOf<Class> = Class extends new (options?: infer O) => object ? NonNullable<O> : FieldOptions;

// The one place where the runtime's fields get the types that only the compiler reads.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it names the type of each constant
function makes<Factory>(Class: AnyClass): Factory {
  const make = (...args: unknown[]): object => {
    // Relations have their target in front.
    const options = args.at(-1);
    if (typeof options === "object" && options !== null) checkOptionNames(Class.name, options);
    return Reflect.construct(Class, args) as object;
  };
  return Object.assign(make, { Class }) as Factory;
}

type Makes<T, Class> = FieldFactory<T, OptionsOf<Class>, Class>;
type Fills<T, Class> = FilledFieldFactory<T, OptionsOf<Class>, Class>;

/** A 32-bit key that the database counts up. */
export const AutoField = makes<Fills<number, typeof auto.AutoField>>(auto.AutoField);
/** A 64-bit key that the database counts up: the key of a model that declares none. */
export const BigAutoField = makes<Fills<number, typeof auto.BigAutoField>>(auto.BigAutoField);
/** A 16-bit key that the database counts up. */
export const SmallAutoField = makes<Fills<number, typeof auto.SmallAutoField>>(auto.SmallAutoField);

/** A primary key of several fields. */
export const CompositePrimaryKey = makes<CompositePrimaryKeyFactory<typeof composite.CompositePrimaryKey>>(
  composite.CompositePrimaryKey,
);

/** Bytes. */
export const BinaryField = makes<Makes<Uint8Array, typeof binary.BinaryField>>(binary.BinaryField);
/** True or false. */
export const BooleanField = makes<Makes<boolean, typeof boolean.BooleanField>>(boolean.BooleanField);

/** A date without a time. */
export const DateField = makes<Makes<Temporal.PlainDate, typeof dates.DateField>>(dates.DateField);
/** A point in time. */
export const DateTimeField = makes<Makes<Date, typeof dates.DateTimeField>>(dates.DateTimeField);
/** A time of day. */
export const TimeField = makes<Makes<Temporal.PlainTime, typeof dates.TimeField>>(dates.TimeField);
/** A length of time. */
export const DurationField = makes<Makes<Temporal.Duration, typeof dates.DurationField>>(dates.DurationField);

/** A 32-bit whole number. */
export const IntegerField = makes<Makes<number, typeof numbers.IntegerField>>(numbers.IntegerField);
/** A 64-bit whole number, a `bigint`. */
export const BigIntegerField = makes<Makes<bigint, typeof numbers.BigIntegerField>>(numbers.BigIntegerField);
/** A 16-bit whole number. */
export const SmallIntegerField = makes<Makes<number, typeof numbers.SmallIntegerField>>(numbers.SmallIntegerField);
/** A 32-bit whole number from 0. */
export const PositiveIntegerField = makes<Makes<number, typeof numbers.PositiveIntegerField>>(
  numbers.PositiveIntegerField,
);
/** A 16-bit whole number from 0. */
export const PositiveSmallIntegerField = makes<Makes<number, typeof numbers.PositiveSmallIntegerField>>(
  numbers.PositiveSmallIntegerField,
);
/** A 64-bit whole number from 0, a `bigint`. */
export const PositiveBigIntegerField = makes<Makes<bigint, typeof numbers.PositiveBigIntegerField>>(
  numbers.PositiveBigIntegerField,
);
/** A floating point number. */
export const FloatField = makes<Makes<number, typeof numbers.FloatField>>(numbers.FloatField);
/** An exact decimal of `maxDigits` digits, `decimalPlaces` of them behind the point. */
export const DecimalField = makes<FieldFactory<Decimal, numbers.DecimalFieldOptions, typeof numbers.DecimalField>>(
  numbers.DecimalField,
);

/** A text of at most `maxLength` characters. */
export const CharField = makes<FieldFactory<string, text.CharFieldOptions, typeof text.CharField>>(text.CharField);
/** A text of any length. */
export const TextField = makes<FieldFactory<string, FieldOptions, typeof text.TextField>>(text.TextField);
/** A part of a URL: letters, digits, hyphens and underscores. */
export const SlugField = makes<Makes<string, typeof text.SlugField>>(text.SlugField);
/** An e-mail address. */
export const EmailField = makes<Makes<string, typeof text.EmailField>>(text.EmailField);
/** A URL. */
export const URLField = makes<Makes<string, typeof text.URLField>>(text.URLField);
/** The path of a file in a folder. */
export const FilePathField = makes<FieldFactory<string, filePath.FilePathFieldOptions, typeof filePath.FilePathField>>(
  filePath.FilePathField,
);
/** A file that belongs to the row. */
export const FileField = makes<FileFieldFactory<FieldFile, files.FileFieldOptions, typeof files.FileField>>(
  files.FileField,
);
/** An image that belongs to the row. */
export const ImageField = makes<
  FileFieldFactory<images.ImageFieldFile, images.ImageFieldOptions, typeof images.ImageField>
>(images.ImageField);
/** An IPv4 or IPv6 address. */
export const GenericIPAddressField = makes<Makes<string, typeof text.GenericIPAddressField>>(
  text.GenericIPAddressField,
);
/** A UUID as a text of 36 characters. */
export const UUIDField = makes<FieldFactory<string, FieldOptions, typeof uuid.UUIDField>>(uuid.UUIDField);

/** What JSON can write; name its shape as a type argument. */
export const JSONField = makes<JsonFieldFactory<json.JSONFieldOptions, typeof json.JSONField>>(json.JSONField);
/** A column that the database computes. */
export const GeneratedField = makes<
  GeneratedFieldFactory<generated.GeneratedFieldOptions, typeof generated.GeneratedField>
>(generated.GeneratedField);

/** Many rows here refer to one row there. */
export const ForeignKey = makes<ForeignKeyFactory<foreign.ForeignKeyOptions, typeof foreign.ForeignKey>>(
  foreign.ForeignKey,
);
/** One row here refers to one row there. */
export const OneToOneField = makes<ForeignKeyFactory<foreign.ForeignKeyOptions, typeof foreign.OneToOneField>>(
  foreign.OneToOneField,
);
/** Many rows here are linked to many rows there. */
export const ManyToManyField = makes<ManyToManyFactory<many.ManyToManyOptions, typeof many.ManyToManyField>>(
  many.ManyToManyField,
);

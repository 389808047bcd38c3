// The options that each class of field takes, for those who get past the compiler.

import { FieldError } from "@tsgo/core/exceptions";
import { didYouMean } from "@tsgo/utils/nearest-name";

import type { DateFieldOptions } from "./dates.ts";
import type { FieldOptions } from "./field.ts";
import type { FilePathFieldOptions } from "./file-path.ts";
import type { ForeignKeyOptions } from "./foreign-key.ts";
import type { GeneratedFieldOptions } from "./generated.ts";
import type { ImageFieldOptions } from "./images.ts";
import type { JSONFieldOptions } from "./json.ts";
import type { ManyToManyOptions } from "./many-to-many.ts";
import type { DecimalFieldOptions } from "./numbers.ts";
import type { GenericIPAddressFieldOptions, SlugFieldOptions } from "./text.ts";

/** Names of the options that are a field class's own. Written so that the compiler finds one that is missing. */
type Own<Options> = Readonly<Record<Exclude<keyof Options, keyof FieldOptions>, true>>;

const COMMON: Readonly<Record<keyof FieldOptions, true>> = {
  verboseName: true,
  primaryKey: true,
  maxLength: true,
  unique: true,
  blank: true,
  null: true,
  dbIndex: true,
  default: true,
  dbDefault: true,
  editable: true,
  serialize: true,
  uniqueForDate: true,
  uniqueForMonth: true,
  uniqueForYear: true,
  choices: true,
  helpText: true,
  dbColumn: true,
  dbTablespace: true,
  dbComment: true,
  dbCollation: true,
  validators: true,
  errorMessages: true,
  autoCreated: true,
};

const DATE: Own<DateFieldOptions> = { autoNow: true, autoNowAdd: true };
const FILE = { uploadTo: true, storage: true } as const;
const FOREIGN_KEY: Own<ForeignKeyOptions> = {
  onDelete: true,
  relatedName: true,
  relatedQueryName: true,
  limitChoicesTo: true,
  parentLink: true,
  toField: true,
  dbConstraint: true,
  swappable: true,
};

const OWN: Readonly<Record<string, Readonly<Record<string, true>>>> = {
  DateField: DATE,
  DateTimeField: DATE,
  TimeField: DATE,
  DecimalField: { maxDigits: true, decimalPlaces: true } satisfies Own<DecimalFieldOptions>,
  SlugField: { allowUnicode: true } satisfies Own<SlugFieldOptions>,
  GenericIPAddressField: { protocol: true, unpackIpv4: true } satisfies Own<GenericIPAddressFieldOptions>,
  FileField: FILE,
  ImageField: { ...FILE, widthField: true, heightField: true } satisfies Own<ImageFieldOptions>,
  FilePathField: {
    path: true,
    match: true,
    recursive: true,
    allowFiles: true,
    allowFolders: true,
  } satisfies Own<FilePathFieldOptions>,
  JSONField: { encoder: true, decoder: true } satisfies Own<JSONFieldOptions>,
  GeneratedField: { expression: true, outputField: true, dbPersist: true } satisfies Own<GeneratedFieldOptions>,
  ForeignKey: FOREIGN_KEY,
  OneToOneField: FOREIGN_KEY,
  ManyToManyField: {
    relatedName: true,
    relatedQueryName: true,
    limitChoicesTo: true,
    symmetrical: true,
    through: true,
    throughFields: true,
    dbConstraint: true,
    dbTable: true,
    swappable: true,
  } satisfies Own<ManyToManyOptions>,
};

/** The options of a built-in class of field, by its name. */
export function optionNames(type: string): string[] {
  return [...Object.keys(COMMON), ...Object.keys(OWN[type] ?? {})];
}

/** Refuses options that a class does not have, naming the nearest that it has; `extra` are those of a class that is not built in. */
export function checkOptionNames(type: string, options: object, extra: readonly string[] = []): void {
  const own = OWN[type] ?? {};
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(COMMON, name) || Object.hasOwn(own, name) || extra.includes(name)) continue;
    throw new FieldError(`${type} has no option '${name}'.${didYouMean(name, [...optionNames(type), ...extra])}`);
  }
}

// What becomes of rows that refer to a row which is deleted.

import { TsgoError } from "@tsgo/core/exceptions";

/** What a deletion rule may do; the collector of a deletion implements it. */
export interface DeletionCollector {
  /** Deletes the rows too. */
  cascade(): void | Promise<void>;
  /** Sets the foreign key of the rows to a value. */
  setTo(value: unknown): void;
  /** Refuses the deletion. */
  protect(): void;
  /** Refuses the deletion unless the rows go too, by another way. */
  restrict(): void;
}

/** A rule of deletion: `CASCADE`, `PROTECT`, `SET(value)`, ... */
export interface OnDelete {
  /** Its name, as migrations write it. */
  readonly name: string;
  /** The words behind ON DELETE where the database itself does it; undefined where the framework does. */
  readonly database?: "CASCADE" | "SET NULL" | "SET DEFAULT";
  /** The value that SET was given. */
  readonly value?: unknown;
  /** Nothing is deleted or set, so that the rows need not be fetched until they are needed. */
  readonly lazy?: boolean;
  /** Applies the rule; `defaultValue` is the default of the foreign key. */
  apply(collector: DeletionCollector, defaultValue: () => unknown): void | Promise<void>;
}

/** Deletes the referring rows too, with their signals. */
export const CASCADE: OnDelete = { name: "CASCADE", apply: (collector) => collector.cascade() };
/** Refuses the deletion while there are referring rows. */
export const PROTECT: OnDelete = { name: "PROTECT", apply: (collector) => collector.protect() };
/** Refuses the deletion unless the referring rows go as well, by way of another relation. */
export const RESTRICT: OnDelete = { name: "RESTRICT", apply: (collector) => collector.restrict() };
/** Empties the foreign key of the referring rows. */
export const SET_NULL: OnDelete = { name: "SET_NULL", lazy: true, apply: (collector) => collector.setTo(null) };
/** Sets the foreign key of the referring rows to its default. */
export const SET_DEFAULT: OnDelete = {
  name: "SET_DEFAULT",
  apply: (collector, defaultValue) => collector.setTo(defaultValue()),
};
/** Leaves the referring rows to the database. */
export const DO_NOTHING: OnDelete = { name: "DO_NOTHING", apply: () => {} };
/** The database deletes the referring rows; no signals are sent. */
export const DB_CASCADE: OnDelete = { name: "DB_CASCADE", database: "CASCADE", apply: () => {} };
/** The database empties the foreign key of the referring rows. */
export const DB_SET_NULL: OnDelete = { name: "DB_SET_NULL", database: "SET NULL", apply: () => {} };
/** The database sets the foreign key of the referring rows to its `dbDefault`. */
export const DB_SET_DEFAULT: OnDelete = { name: "DB_SET_DEFAULT", database: "SET DEFAULT", apply: () => {} };

/** Sets the foreign key of the referring rows to a value, or to what a function makes. */
export function SET(value: unknown): OnDelete {
  return {
    name: "SET",
    value,
    lazy: true,
    apply: (collector) => collector.setTo(typeof value === "function" ? value() : value),
  };
}

/** A deletion met rows that are protected from it; `protectedObjects` has them. */
export class ProtectedError extends TsgoError {
  readonly protectedObjects: readonly unknown[];

  constructor(message: string, protectedObjects: readonly unknown[]) {
    super(message, { code: "protected" });
    this.protectedObjects = protectedObjects;
  }
}

/** A deletion met rows that restrict it; `restrictedObjects` has them. */
export class RestrictedError extends TsgoError {
  readonly restrictedObjects: readonly unknown[];

  constructor(message: string, restrictedObjects: readonly unknown[]) {
    super(message, { code: "restricted" });
    this.restrictedObjects = restrictedObjects;
  }
}

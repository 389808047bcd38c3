// Keys that mean something outside of one database: `["Douglas", "Adams"]` in place of 42.

import type { ModelBase, ModelClass } from "../models/model.ts";
import { plainPart } from "./plain-value.ts";
import type { EncodeValue } from "./record.ts";

/**
 * A model whose rows have a key made of plain values. Answers to `natural_key` and its `dependencies`.
 *
 * @example
 * class Author extends models.Model<Author>()({ name: models.CharField({ maxLength: 40, unique: true }) }) {
 *   naturalKey() { return [this.name]; }
 * }
 */
export interface WithNaturalKey {
  naturalKey(): readonly unknown[] | Promise<readonly unknown[]>;
}

/** A manager that finds a row by its natural key. Answers to `get_by_natural_key`. */
export interface FindsByNaturalKey {
  getByNaturalKey(...key: readonly unknown[]): Promise<unknown>;
}

/** Whether rows of a model have natural keys. */
export function hasNaturalKey(model: ModelClass): boolean {
  return "naturalKey" in model.prototype && typeof model.prototype.naturalKey === "function";
}

/** The natural key of a row, as a fixture has it. */
export async function naturalKeyOf(row: ModelBase, encode: EncodeValue): Promise<unknown[]> {
  const key = await (row as ModelBase & WithNaturalKey).naturalKey();
  return key.map((part) => (part === null || part === undefined ? null : encode(plainPart(part), undefined)));
}

/** The labels that a model says must be loaded before it, in small letters: `static naturalKeyDependencies = ["blog.Author"]`. */
export function naturalKeyDependencies(model: ModelClass): string[] {
  const named = (model as { readonly naturalKeyDependencies?: readonly string[] }).naturalKeyDependencies ?? [];
  return named.map((label) => label.toLowerCase());
}

/** The default manager of a model on a database, where it finds rows by natural keys. */
export function naturalKeyManager(model: ModelClass, using: string): FindsByNaturalKey | undefined {
  const manager = model._meta.defaultManager;
  if (!("getByNaturalKey" in manager)) return undefined;
  return manager.dbManager(using) as unknown as FindsByNaturalKey;
}

// The names of the options of a model, for those who get past the compiler.

import { FieldError } from "@tsgo/core/exceptions";
import { didYouMean } from "@tsgo/utils/nearest-name";

import type { MetaOptions } from "./meta.ts";

const NAMES: Readonly<Record<keyof MetaOptions, true>> = {
  abstract: true,
  appLabel: true,
  autoCreated: true,
  baseManagerName: true,
  constraints: true,
  dbTable: true,
  dbTableComment: true,
  dbTablespace: true,
  defaultManagerName: true,
  defaultPermissions: true,
  defaultRelatedName: true,
  getLatestBy: true,
  indexes: true,
  managed: true,
  orderWithRespectTo: true,
  ordering: true,
  permissions: true,
  proxy: true,
  requiredDbFeatures: true,
  requiredDbVendor: true,
  selectOnSave: true,
  swappable: true,
  uniqueTogether: true,
  verboseName: true,
  verboseNamePlural: true,
};

/** All options of `static meta`. */
export const META_NAMES: readonly string[] = Object.keys(NAMES);

/** Refuses options that models do not have, naming the nearest that they have. */
export function checkMetaNames(label: string, meta: MetaOptions): void {
  for (const name of Object.keys(meta)) {
    if (Object.hasOwn(NAMES, name)) continue;
    throw new FieldError(`${label}: 'meta' got an invalid option '${name}'.${didYouMean(name, META_NAMES)}`);
  }
}

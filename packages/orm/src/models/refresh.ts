// Reading values of a row again, or for the first time.

import { FieldError } from "@tsgo/core/exceptions";

import type { Field } from "../fields/field.ts";
import { modelOf, valuesOf } from "./instances.ts";
import type { ModelBase } from "./model.ts";
import type { QuerySet } from "./queryset.ts";
import { STATE } from "./state.ts";
import { KeyMap } from "../values/comparable.ts";
import { FieldFetchBlocked } from "./fetch-blocked.ts";

/** What is read again, and from where. */
export interface RefreshOptions {
  readonly using?: string;
  readonly fields?: readonly string[];
  /** Where to look for the row, in place of all rows: with a lock, say. */
  readonly fromQueryset?: QuerySet;
}

/** Reads the row again, or some fields of it. */
export async function refreshInstance(instance: ModelBase, options: RefreshOptions): Promise<void> {
  const meta = modelOf(instance)._meta;
  const state = instance[STATE];
  let names = options.fields === undefined ? undefined : [...options.fields];
  if (names !== undefined) {
    // Relations with many rows are forgotten, and read again when they are asked for.
    names = names.filter((name) => {
      const field = meta.findField(name);
      if (field !== undefined && "attname" in field && field.concrete) return true;
      if (field === undefined && name !== "pk")
        throw new FieldError(`${meta.label} has no field '${name}' to read again.`);
      state.dropPrefetched(name);
      state.uncache(name);
      return false;
    });
    if (names.length === 0) return;
  } else {
    const deferred = instance.getDeferredFields();
    if (deferred.size > 0)
      names = meta.concreteFields.filter((field) => !deferred.has(field.attname)).map((field) => field.attname);
  }
  const rows = options.fromQueryset ?? meta.baseManager.using(options.using).about(instance);
  let queryset = rows.filter({ pk: instance.pk });
  if (names !== undefined) queryset = queryset.only(...names);
  const fresh = await queryset.get();
  for (const field of meta.concreteFields) {
    if (!Object.hasOwn(fresh, field.attname)) continue;
    if (names !== undefined && !names.includes(field.attname) && !names.includes(field.name) && !meta.isKey(field))
      continue;
    setValue(instance, field, valuesOf(fresh)[field.attname]);
    if (field.isRelation) state.uncache(field.name);
  }
  if (options.fields === undefined) state.clearCache();
  state.db = fresh[STATE].db;
}

function setValue(instance: ModelBase, field: Field, value: unknown): void {
  if (Object.hasOwn(instance, field.attname)) valuesOf(instance)[field.attname] = value;
  else field.place(instance, value);
}

/** Loads a column that was left out, for the row or for all rows of its result. */
export async function loadDeferred(instance: ModelBase, field: Field): Promise<unknown> {
  const state = instance[STATE];
  if (state.fetchMode === "raise")
    throw new FieldFetchBlocked(`${field.toString()} was not loaded, and the fetch mode of its queryset is "raise".`);
  await state.peers?.fetch(field.attname, (peers) => loadForPeers(peers, field));
  if (!Object.hasOwn(instance, field.attname)) await refreshInstance(instance, { fields: [field.attname] });
  return valuesOf(instance)[field.attname];
}

/** The key of a parent row, where the link to it was loaded: both have the same value. */
export function inheritedKey(instance: ModelBase, field: Field): unknown {
  if (!field.primaryKey) return undefined;
  const link = modelOf(instance)._meta.getAncestorLink(field.model);
  if (link === undefined || field === link) return undefined;
  const value = Object.hasOwn(instance, link.attname) ? valuesOf(instance)[link.attname] : inheritedKey(instance, link);
  if (value !== undefined) setValue(instance, field, value);
  return value;
}

async function loadForPeers(peers: readonly ModelBase[], field: Field): Promise<void> {
  const lacking = peers.filter((peer) => !Object.hasOwn(peer, field.attname));
  const [instance] = lacking;
  if (instance === undefined) return;
  const meta = modelOf(instance)._meta;
  const rows = (await meta.baseManager
    .getQueryset()
    .about(instance)
    .filter({ pk__in: lacking.map((peer) => peer.pk) })
    .valuesList("pk", field.attname)) as unknown as [unknown, unknown][];
  const values = new KeyMap(rows);
  for (const peer of lacking) if (values.has(peer.pk)) setValue(peer, field, values.get(peer.pk));
}

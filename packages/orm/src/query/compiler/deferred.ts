// Which fields are loaded: all, all but some (`defer`), or some only (`only`).

import { FieldError } from "@tsgo/core/exceptions";

import type { Field } from "../../fields/field.ts";
import { type AnyField, type Options, isReverse } from "../../models/options.ts";
import { LOOKUP_SEP } from "../paths.ts";
import type { Query } from "../query.ts";

/** The fields to load of one model, and of those that selectRelated follows from it. */
export interface SelectMask {
  readonly fields: Set<Field>;
  readonly related: Map<AnyField, SelectMask>;
}

interface NameTree {
  readonly children: Map<string, NameTree>;
}

/** The fields to load, or undefined for all. */
export function selectMask(query: Query): SelectMask | undefined {
  const { names, defer } = query.deferred;
  if (names.size === 0) return undefined;
  const tree: NameTree = { children: new Map() };
  for (const name of names) {
    let node = tree;
    for (const part of name.split(LOOKUP_SEP)) {
      const next = node.children.get(part) ?? { children: new Map() };
      node.children.set(part, next);
      node = next;
    }
  }
  return defer ? deferMask(query, query.meta, tree) : onlyMask(query, query.meta, tree);
}

function resolveName(query: Query, options: Options, name: string): AnyField {
  const filtered = query.filteredRelations.get(name);
  return options.getField(filtered === undefined ? name : filtered.relationName);
}

function modelBehind(field: AnyField): Options | undefined {
  if (isReverse(field)) return field.relatedModel._meta.concreteModel._meta;
  return field.remoteField?.model._meta.concreteModel._meta;
}

function deferMask(query: Query, options: Options, tree: NameTree): SelectMask {
  const fields = new Set(options.concreteFields);
  const related = new Map<AnyField, SelectMask>();
  const mask = { fields, related };
  for (const [name, below] of tree.children) {
    const field = resolveName(query, options, name);
    if (below.children.size === 0) {
      if (!isReverse(field) && !options.isKey(field)) fields.delete(field);
      continue;
    }
    const target = modelBehind(field);
    if (target === undefined) throw new FieldError(`'${name}' is no relation, so nothing behind it can be deferred.`);
    related.set(field, deferMask(query, target, below));
  }
  return mask;
}

function onlyMask(query: Query, options: Options, tree: NameTree): SelectMask {
  const fields = new Set<Field>(options.pkFields);
  const related = new Map<AnyField, SelectMask>();
  for (const [name, below] of tree.children) {
    if (name === "pk") continue;
    const field = resolveName(query, options, name);
    if (!isReverse(field)) fields.add(field);
    if (below.children.size === 0) continue;
    const target = modelBehind(field);
    if (target === undefined) throw new FieldError(`'${name}' is no relation, so nothing behind it can be loaded.`);
    const inner = onlyMask(query, target, below);
    if (isReverse(field)) inner.fields.add(field.field);
    related.set(field, inner);
  }
  return { fields, related };
}

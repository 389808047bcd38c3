// `values` and `valuesList`: columns in place of instances.

import { FieldError } from "@tsgo/core/exceptions";

import { assertAlias } from "../expressions/alias.ts";
import { Ref } from "../expressions/references.ts";
import type { Expression } from "../expressions/expression.ts";
import { LOOKUP_SEP, namesToPath } from "./paths.ts";
import type { Query } from "./query.ts";

/** Chooses the columns of the rows. Without names: all of the model's and all annotations. */
export function setValues(query: Query, names: readonly string[]): void {
  query.selectRelated = false;
  query.deferred = { names: new Set(), defer: true };
  query.clearSelectFields();
  query.hasSelectFields = true;
  const chosen = names.length > 0 ? choose(query, names) : undefined;
  const fields = chosen?.fields ?? query.meta.concreteFields.map((field) => field.attname);
  if (query.groupBy === true) {
    query.addFields(
      query.meta.concreteFields.map((field) => field.attname),
      false,
    );
    query.setGroupBy(false);
    query.clearSelectFields();
  } else if (query.groupBy !== undefined && chosen !== undefined) {
    // An annotation that is not selected any more is grouped by its expression.
    query.groupBy = query.groupBy.map((term) =>
      term instanceof Ref && !chosen.selected.has(term.refs) ? (query.annotations.get(term.refs) as Expression) : term,
    );
  }
  query.valuesSelect = fields;
  if (fields.length > 0) query.addFields(fields, true);
  else query.setSelect([]);
  query.selected = chosen?.selected;
}

function choose(
  query: Query,
  names: readonly string[],
): { readonly fields: string[]; readonly selected: Map<string, number | string> } {
  const fields: string[] = [];
  const annotations: string[] = [];
  const selected = new Map<string, number | string>();
  for (const name of names) {
    if (typeof name !== "string") throw new FieldError("values() takes names of fields, and expressions by name.");
    if (query.annotationSelect.has(name)) {
      annotations.push(name);
      selected.set(name, name);
      continue;
    }
    if (query.annotations.has(name))
      throw new FieldError(`Cannot select '${name}', which is an alias: use annotate() for it.`);
    namesToPath(query, name.split(LOOKUP_SEP), query.meta);
    assertAlias(name);
    selected.set(name, fields.length);
    fields.push(name);
  }
  query.setAnnotationMask(annotations);
  return { fields, selected };
}

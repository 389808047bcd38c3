// Names of tables, columns, indexes and relations: the functions that make them, and models that use them.

import type { Case } from "../corpus.ts";
import { type Outcome, type Topic, compare } from "../topic.ts";
import * as models from "../../packages/orm/src/models/index.ts";
import { defineModel } from "../../packages/orm/src/models/define.ts";
import { ModelRegistry } from "../../packages/orm/src/models/registry.ts";
import type { Field } from "../../packages/orm/src/fields/field.ts";
import type { ManyToManyField } from "../../packages/orm/src/fields/many-to-many.ts";
import {
  columnName,
  digest,
  generatedName,
  indexName,
  linkTableName,
  tableName,
  truncateName,
} from "../../packages/orm/src/naming.ts";

interface RelationInput {
  readonly app: string;
  readonly model: string;
  readonly field: string;
  readonly kind: string;
  readonly to?: string;
  readonly defaultRelatedName?: string;
}

type Columns = { readonly table: string; readonly columns: readonly string[] };

const groups: { readonly [group: string]: (input: never) => unknown } = {
  digest: ({ parts, length }: { parts: string[]; length: number }) => digest(parts, length),
  truncate: ({ name, length, hashLength }: { name: string; length: number | null; hashLength: number }) =>
    truncateName(name, length, hashLength),
  generated_name: ({ table, columns, suffix, maxLength }: Columns & { suffix: string; maxLength: number | null }) =>
    generatedName(table, columns, suffix, maxLength),
  index_name: ({ table, columns }: Columns) => indexName(table, columns),
  table_name: ({ app, model, maxLength }: { app: string; model: string; maxLength: number | null }) =>
    tableName(app, model, maxLength),
  link_table_name: ({ table, field, maxLength }: { table: string; field: string; maxLength: number | null }) =>
    linkTableName(table, field, maxLength),
  relation_name: relationName,
};

// The recorded names are Django's: small letters for the query name, `_set` behind an accessor.
function relationName({ app, model, field, kind, to = "Target", ...options }: RelationInput): unknown {
  const registry = new ModelRegistry();
  const name = model;
  if (to !== "self") defineModel(registry, app, to, { fields: {} });
  const { defaultRelatedName, ...given } = options;
  const isMany = kind === "ManyToManyField";
  const make = (models as unknown as Record<string, (to: string, options: object) => Field>)[kind];
  const made = make?.(to, isMany ? given : { onDelete: models.CASCADE, ...given });
  if (made === undefined) throw new Error(`No field ${kind}`);
  const owner = defineModel(registry, app, name, {
    fields: { [field]: made },
    ...(defaultRelatedName === undefined ? {} : { meta: { defaultRelatedName } }),
  });
  const relation = owner._meta.getField(field) as ManyToManyField;
  const { remoteField } = relation;
  const result: Record<string, unknown> = {
    hidden: remoteField.hidden,
    queryName: inDjangosSpelling(relation.relatedQueryName(), name),
  };
  if (remoteField.accessorName !== undefined) result["accessor"] = inDjangosSpelling(remoteField.accessorName, name);
  if (!isMany) return { ...result, attribute: columnName(relation.attname), column: relation.column };
  return {
    ...result,
    table: relation.linkTable,
    through: remoteField.throughModel._meta.objectName,
    column: relation.sourceLink.column,
    reverseColumn: relation.targetLink.column,
  };
}

// A name that follows from the model's is one word in Django.
function inDjangosSpelling(name: string, model: string): string {
  const variable = model.slice(0, 1).toLowerCase() + model.slice(1);
  if (name === variable) return model.toLowerCase();
  if (name === `${variable}Set`) return `${model.toLowerCase()}_set`;
  return columnName(name);
}

function evaluate(testCase: Case): Outcome {
  const run = groups[testCase.group];
  if (run === undefined) throw new Error(`No group ${testCase.group}`);
  return compare(run(testCase.input as never), testCase.expect);
}

export const topic: Topic = { open: () => evaluate };

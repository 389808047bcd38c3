// From a name with double underscores to the joins and the column behind it.

import { FieldError } from "@tsgo/core/exceptions";
import { closest } from "@tsgo/utils/nearest-name";

import type { Expression } from "../expressions/expression.ts";
import type { FilteredRelation } from "../expressions/filtered-relation.ts";
import { columnOf } from "../expressions/col-pairs.ts";
import type { Field } from "../fields/field.ts";
import type { PathInfo } from "../fields/path-info.ts";
import type { AnyField, Options } from "../models/options.ts";
import type { ModelClass } from "../models/model.ts";
import { tryTransform } from "../lookups/registry.ts";
import type { Query } from "./query.ts";
import { INNER, Join } from "./tables.ts";

/** What separates the parts of a name. */
export const LOOKUP_SEP = "__";

/** A step of a path; the first one of a filtered relation carries it. */
export type PathStep = PathInfo & { readonly filteredRelation?: FilteredRelation };

/** The parts of a name with the steps of each. */
export type NamesWithPath = readonly (readonly [name: string, steps: readonly PathStep[]])[];

/** Thrown when a path meets several rows where that needs a subquery. */
export class MultiJoin {
  readonly namesWithPath: NamesWithPath;

  constructor(namesWithPath: NamesWithPath) {
    this.namesWithPath = namesWithPath;
  }
}

/** What a name leads to. */
export interface ResolvedPath {
  readonly path: readonly PathStep[];
  readonly finalField: AnyField;
  readonly targets: readonly Field[];
  /** Names that are left: transforms and a lookup. */
  readonly rest: readonly string[];
}

/** Follows names from a model. What is no field ends the path; with `failOnMissing` it is an error. */
export function namesToPath(
  query: Query,
  names: readonly string[],
  start: Options,
  allowMany = true,
  failOnMissing = false,
): ResolvedPath {
  const path: PathStep[] = [];
  const namesWithPath: [string, PathStep[]][] = [];
  let options: Options | undefined = start;
  let finalField: AnyField | undefined;
  let targets: readonly Field[] = [];
  let consumed = 0;
  for (const [position, given] of names.entries()) {
    const name = given === "pk" && options !== undefined ? options.pk.name : given;
    const steps: PathStep[] = [];
    let filteredRelation: FilteredRelation | undefined;
    let field = options?.findField(name);
    if (field === undefined) {
      const annotation = query.annotationSelect.get(name);
      if (annotation !== undefined) field = annotation.outputField;
      else if (position === 0) {
        filteredRelation = query.filteredRelations.get(name);
        const parts = filteredRelation?.relationName.split(LOOKUP_SEP) ?? [];
        if (parts.length === 1) field = options?.findField(parts[0] ?? "");
        else if (parts.length > 1 && options !== undefined) {
          const inner = namesToPath(query, parts, options, allowMany, failOnMissing);
          path.push(...inner.path.slice(0, -1));
          field = inner.finalField;
          options = inner.path.at(-1)?.from ?? options;
        }
      }
    }
    if (field === undefined) {
      if (position === 0 || failOnMissing) throw unknownName(query, given, options);
      break;
    }
    const model = modelOf(field);
    if (options !== undefined && model !== undefined && model !== options.model) {
      const toParent: PathStep[] = options.getPathToParent(model);
      if (toParent.length > 0) {
        path.push(...toParent);
        steps.push(...toParent);
        options = toParent.at(-1)?.to;
      }
    }
    consumed = position + 1;
    const infos: readonly PathStep[] | undefined = pathInfosOf(field);
    if (infos === undefined) {
      finalField = field;
      targets = [field as Field];
      if (failOnMissing && consumed !== names.length)
        throw new FieldError(`Cannot go on to '${names[consumed] ?? ""}' from '${given}': it is no relation.`);
      break;
    }
    const followed: readonly PathStep[] =
      filteredRelation === undefined
        ? infos
        : infos.map((info, index) => (index === infos.length - 1 ? { ...info, filteredRelation } : info));
    if (!allowMany) {
      const many = followed.findIndex((info) => info.manyValued);
      if (many >= 0) {
        steps.push(...followed.slice(0, many + 1));
        namesWithPath.push([given, steps]);
        throw new MultiJoin(namesWithPath);
      }
    }
    const last = followed.at(-1);
    path.push(...followed);
    steps.push(...followed);
    namesWithPath.push([given, steps]);
    if (last !== undefined) {
      finalField = last.joinField;
      options = last.to;
      targets = last.targetFields;
    }
  }
  if (finalField === undefined) throw unknownName(query, names[0] ?? "", start);
  return { path, finalField, targets, rest: names.slice(consumed) };
}

function pathInfosOf(field: AnyField): readonly PathInfo[] | undefined {
  return "getPathInfo" in field && typeof field.getPathInfo === "function" ? field.getPathInfo() : undefined;
}

function modelOf(field: AnyField): ModelClass | undefined {
  const model = field.model as ModelClass | undefined;
  return model?._meta.concreteModel;
}

function unknownName(query: Query, name: string, options: Options | undefined): FieldError {
  const names = [...(options?.fieldNames() ?? []), ...query.annotationSelect.keys(), ...query.filteredRelations.keys()];
  // What ends with a plus has no name for queries.
  const choices = names.filter((choice) => !choice.endsWith("+")).sort();
  const hint = closest(name, choices);
  return new FieldError(
    `Cannot resolve keyword ${JSON.stringify(name)} into field.${hint === undefined ? "" : ` Did you mean '${hint}'?`} Choices are: ${choices.join(", ")}`,
  );
}

/** What `setupJoins` made: joins, and the way to the column at their end. */
export interface JoinInfo {
  readonly finalField: AnyField;
  readonly targets: readonly Field[];
  readonly options: Options;
  readonly joins: readonly string[];
  readonly path: readonly PathStep[];
  /** Makes the column of a target, with the transforms that the names end in. */
  readonly transform: (target: Field, alias: string) => Expression;
  readonly hasTransforms: boolean;
}

/** Adds the joins that names need, from a table of the query on. */
export function setupJoins(
  query: Query,
  names: readonly string[],
  options: Options,
  alias: string,
  canReuse?: Set<string>,
  allowMany = true,
): JoinInfo {
  const { resolved, transforms } = longestPath(query, names, options, allowMany);
  const joins = [alias];
  let current = alias;
  let end = options;
  for (const step of resolved.path) {
    end = step.to;
    const nullable = step.direct ? query.isNullable(step.joinField) : true;
    const join = new Join(
      end.dbTable,
      current,
      step.filteredRelation?.alias ?? "",
      INNER,
      step.joinField,
      nullable,
      step.filteredRelation,
    );
    current = query.join(join, step.manyValued ? canReuse : undefined);
    joins.push(current);
  }
  return {
    finalField: resolved.finalField,
    targets: resolved.targets,
    options: end,
    joins,
    path: resolved.path,
    transform: (target, tableAlias) => {
      let expression: Expression = columnOf(tableAlias, target);
      for (const name of transforms) expression = tryTransform(expression, name, transforms);
      return expression;
    },
    hasTransforms: transforms.length > 0,
  };
}

// The names up to the first one that is no field; the rest are transforms.
function longestPath(query: Query, names: readonly string[], options: Options, allowMany: boolean) {
  let failure: unknown;
  for (let pivot = names.length; pivot > 0; pivot -= 1) {
    try {
      const resolved = namesToPath(query, names.slice(0, pivot), options, allowMany, true);
      const transforms = names.slice(pivot);
      // A relation has no transforms, so the first error tells more.
      if (transforms.length > 0 && failure !== undefined && pathInfosOf(resolved.finalField) !== undefined)
        throw failure;
      return { resolved, transforms };
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      if (pivot === 1 || error === failure) throw failure ?? error;
      failure ??= error;
    }
  }
  throw failure ?? new FieldError("A name must not be empty.");
}

/** Leaves out the last joins where the table before has the column already (`questionId` for `question__id`). */
export function trimJoins(
  query: Query,
  targets: readonly Field[],
  joins: readonly string[],
  path: readonly PathStep[],
): { readonly targets: readonly Field[]; readonly alias: string; readonly joins: readonly string[] } {
  const left = [...joins];
  let columns = targets;
  for (const step of path.toReversed()) {
    if (left.length === 1 || !step.direct || step.filteredRelation !== undefined) break;
    if (!("attname" in step.joinField)) break;
    const pairs = step.joinField.getJoiningFields(false);
    const nearOf = (target: Field): Field | undefined => pairs.find(([, far]) => far.column === target.column)?.[0];
    const near = columns.map(nearOf);
    if (near.includes(undefined)) break;
    columns = near as Field[];
    query.aliases.unref(left.pop() ?? "");
  }
  return { targets: columns, alias: left.at(-1) ?? "", joins: left };
}

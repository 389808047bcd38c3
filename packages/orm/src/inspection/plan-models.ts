// From tables to models: names, fields, relations in both directions.

import { variableName } from "../naming.ts";
import type { ColumnInfo } from "../schema/introspection.ts";
import { NameSet, attributeNameOf, isPlainColumn, modelNameOf } from "./attribute-names.ts";
import { type GuessedField, automaticField, guessField } from "./field-types.ts";
import type { InspectedTable } from "./inspect-database.ts";

/** A model to be written. */
export interface PlannedModel {
  readonly name: string;
  readonly table: InspectedTable;
  readonly fields: PlannedField[];
  /** The attributes of the names of a composite key. */
  readonly compositeKey: readonly string[];
  readonly uniqueTogether: readonly (readonly string[])[];
  /** The managers that other models' foreign keys put on this one. */
  readonly reverse: { readonly accessor: string; readonly model: string }[];
}

/** A field to be written. */
export interface PlannedField {
  readonly name: string;
  /** The attribute with the column's value: `questionId` for a foreign key `question`. */
  readonly attname: string;
  readonly column: ColumnInfo;
  readonly guess: GuessedField;
  readonly relation: PlannedRelation | undefined;
  /** Options beside those of the type, in the order in which they are written. */
  options: Readonly<Record<string, unknown>>;
  readonly notes: string[];
}

/** Where a foreign key leads. */
export interface PlannedRelation {
  readonly model: string;
  /** The column that is referred to, where that is not the primary key. */
  readonly toColumn: string | undefined;
  readonly oneToOne: boolean;
}

/** Plans the models of tables. `defaultAutoField` is the key that a model gets without saying so. */
export function planModels(tables: readonly InspectedTable[], defaultAutoField: string): PlannedModel[] {
  const names = new NameSet((name) => name.toLowerCase());
  const modelNames = new Map(tables.map((table) => [table.name, names.take(modelNameOf(table.name))]));
  const planner = new Planner(tables, modelNames, defaultAutoField);
  const models = tables.map((table) => planner.plan(table));
  nameTargets(models);
  nameReverseSides(models);
  return models;
}

class Planner {
  readonly #tables: ReadonlyMap<string, InspectedTable>;
  readonly #modelNames: ReadonlyMap<string, string>;
  readonly #defaultAutoField: string;

  constructor(tables: readonly InspectedTable[], modelNames: ReadonlyMap<string, string>, defaultAutoField: string) {
    this.#tables = new Map(tables.map((table) => [table.name, table]));
    this.#modelNames = modelNames;
    this.#defaultAutoField = defaultAutoField;
  }

  plan(table: InspectedTable): PlannedModel {
    const key = keyOf(table);
    const names = new NameSet();
    const columns = table.columns.filter((column) => !this.#isImplied(column, table));
    if (columns.length < table.columns.length) names.add("id");
    // Plain columns first, since the names of foreign keys can give way more easily.
    const planned = new Map<ColumnInfo, PlannedField>();
    for (const isKey of [false, true])
      for (const column of columns)
        if (table.references.has(column.name) === isKey) planned.set(column, this.#field(column, table, key, names));
    const fields = columns.flatMap((column) => planned.get(column) ?? []);
    const attributes = (list: readonly string[], of: (field: PlannedField) => string): string[] =>
      list.flatMap((name) => fields.filter(({ column }) => column.name === name).map(of));
    return {
      name: this.#modelNames.get(table.name) ?? "",
      table,
      fields,
      compositeKey: key.length > 1 ? attributes(key, ({ attname }) => attname) : [],
      uniqueTogether: table.unique
        .filter((list) => list.length > 1)
        .map((list) => attributes(list, ({ name }) => name))
        .filter((list) => list.length > 1),
      reverse: [],
    };
  }

  /** The key `id` that a model gets without saying so. */
  #isImplied(column: ColumnInfo, table: InspectedTable): boolean {
    if (column.name !== "id" || !isAutomatic(column, table)) return false;
    const type = automaticField(guessField(column).type);
    // The keys of SQLite have all the same type.
    return type === this.#defaultAutoField || (column.type === "integer" && table.rowid);
  }

  #field(column: ColumnInfo, table: InspectedTable, key: readonly string[], names: NameSet): PlannedField {
    const relation = this.#relation(column, table, key);
    const notes: string[] = [];
    const reference = table.references.get(column.name);
    if (reference !== undefined && relation === undefined)
      notes.push(`It refers to ${shown(reference.table)} (${shown(reference.target)}), which is not in this file.`);
    for (const { columns, table: target } of table.compositeReferences)
      if (columns[0] === column.name)
        notes.push(`${columns.map(shown).join(", ")} together refer to ${shown(target)}.`);
    const { name, attname } = relation === undefined ? plainName(column, names) : keyName(column, names);
    const isKey = key.length === 1 && key[0] === column.name;
    const automatic =
      isKey && relation === undefined && isAutomatic(column, table)
        ? automaticField(guessField(column).type)
        : undefined;
    const guess = automatic === undefined ? guessField(column) : { type: automatic, options: {}, notes: [] };
    if (isKey && table.primaryKey.length === 0)
      notes.push("The database knows no primary key here: say which column, or columns, tell the rows apart.");
    const unique = table.unique.some((list) => list.length === 1 && list[0] === column.name);
    const isNull = !column.notNull && !isKey && !key.includes(column.name);
    const options = {
      ...(isKey && { primaryKey: true }),
      ...(isNull && column.generated === null && { null: true, blank: true }),
      ...(unique && !isKey && relation?.oneToOne !== true && { unique: true }),
      ...(!isPlainColumn(attname, column.name) && { dbColumn: column.name }),
      ...(column.collation !== null &&
        /^(?:Char|Text)Field$/.test(guess.type) &&
        relation === undefined && { dbCollation: column.collation }),
      ...(column.comment !== "" && { dbComment: column.comment }),
    };
    return {
      name,
      attname,
      column,
      guess,
      relation,
      options,
      notes: [...notes, ...(relation === undefined ? guess.notes : [])],
    };
  }

  #relation(column: ColumnInfo, table: InspectedTable, key: readonly string[]): PlannedRelation | undefined {
    const reference = table.references.get(column.name);
    const target = reference && this.#tables.get(reference.table);
    if (reference === undefined || target === undefined || column.generated !== null) return undefined;
    const isKey = key.length === 1 && key[0] === column.name;
    const unique = table.unique.some((list) => list.length === 1 && list[0] === column.name);
    const targetKey = keyOf(target);
    return {
      model: this.#modelNames.get(target.name) ?? "",
      toColumn: targetKey.length === 1 && targetKey[0] === reference.target ? undefined : reference.target,
      oneToOne: isKey || unique,
    };
  }
}

function shown(name: string): string {
  return JSON.stringify(name);
}

/** The primary key, or what may well be one where the database has none. */
function keyOf(table: InspectedTable): readonly string[] {
  if (table.primaryKey.length > 0) return table.primaryKey;
  const [first] = table.columns;
  const id = table.columns.find(({ name }) => name === "id");
  const unique = table.unique.find((list) => list.length === 1)?.[0];
  const chosen = id?.name ?? unique ?? first?.name;
  return chosen === undefined ? [] : [chosen];
}

function isAutomatic(column: ColumnInfo, table: InspectedTable): boolean {
  return (
    column.autoIncrement &&
    table.primaryKey.length === 1 &&
    table.primaryKey[0] === column.name &&
    !table.references.has(column.name)
  );
}

function plainName(column: ColumnInfo, names: NameSet): { readonly name: string; readonly attname: string } {
  const name = names.take(attributeNameOf(column.name));
  return { name, attname: name };
}

/** `question_id` is the key of `question`; a name that is taken keeps its ending. */
function keyName(column: ColumnInfo, names: NameSet): { readonly name: string; readonly attname: string } {
  const short = attributeNameOf(column.name.replace(/_?id$/i, "") || column.name);
  const long = attributeNameOf(column.name);
  for (const base of [short, long, `${long}Key`]) {
    if (names.has(base) || names.has(`${base}Id`)) continue;
    names.add(base);
    names.add(`${base}Id`);
    return { name: base, attname: `${base}Id` };
  }
  const name = names.take(`${long}Key`);
  names.add(`${name}Id`);
  return { name, attname: `${name}Id` };
}

/** Names the fields that foreign keys refer to, once all fields have names. */
function nameTargets(models: readonly PlannedModel[]): void {
  for (const field of models.flatMap(({ fields }) => fields)) {
    const { relation } = field;
    if (relation?.toColumn === undefined) continue;
    const target = models.find(({ name }) => name === relation.model);
    const toField = target?.fields.find(({ column }) => column.name === relation.toColumn)?.name;
    field.options = { toField, ...field.options };
  }
}

/** Gives the way back of each foreign key a name of its own, where the usual one is taken. */
function nameReverseSides(models: readonly PlannedModel[]): void {
  const taken = new Map(models.map((model) => [model.name, namesOf(model)]));
  for (const model of models) {
    const variable = variableName(model.name);
    for (const field of model.fields) {
      const { name, relation } = field;
      const names = relation && taken.get(relation.model);
      if (relation === undefined || names === undefined) continue;
      let accessor = relation.oneToOne ? variable : `${variable}Set`;
      if (names.has(accessor) || names.has(variable)) {
        accessor = names.take(
          `${variable}${name.slice(0, 1).toUpperCase()}${name.slice(1)}${relation.oneToOne ? "" : "Set"}`,
        );
        field.options = { ...field.options, relatedName: accessor };
      } else for (const used of [accessor, variable]) names.add(used);
      if (!relation.oneToOne)
        models.find((target) => target.name === relation.model)?.reverse.push({ accessor, model: model.name });
    }
  }
}

function namesOf({ fields, compositeKey }: PlannedModel): NameSet {
  const names = new NameSet();
  for (const { name, attname } of fields) for (const used of [name, attname]) names.add(used);
  for (const used of ["id", "pk", ...compositeKey]) names.add(used);
  return names;
}

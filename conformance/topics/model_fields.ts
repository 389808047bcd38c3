// The reference list of models: fields, lookups, aggregates, functions, expressions, querysets, options of Meta, constraints.

import * as publicModels from "../../packages/orm/src/models/index.ts";
import { createConnection } from "../../packages/orm/src/db/connections.ts";
import type { BaseWrapper } from "../../packages/orm/src/backends/base/base-wrapper.ts";
import type { Vendor } from "../../packages/orm/src/backends/base/wrapper.ts";
import type { Aggregate } from "../../packages/orm/src/expressions/aggregate.ts";
import type { Expression } from "../../packages/orm/src/expressions/expression.ts";
import { Func } from "../../packages/orm/src/expressions/func.ts";
import { Col } from "../../packages/orm/src/expressions/references.ts";
import type { Field } from "../../packages/orm/src/fields/field.ts";
import { optionNames } from "../../packages/orm/src/fields/option-names.ts";
import { getLookup, tryTransform } from "../../packages/orm/src/lookups/registry.ts";
import { fieldDefinition } from "../../packages/orm/src/migrations/state/definition.ts";
import { defineModel } from "../../packages/orm/src/models/define.ts";
import { META_NAMES } from "../../packages/orm/src/models/meta-names.ts";
import type { ModelClass } from "../../packages/orm/src/models/model.ts";
import { QuerySet } from "../../packages/orm/src/models/queryset.ts";
import { ModelRegistry } from "../../packages/orm/src/models/registry.ts";
import { columnSql } from "../../packages/orm/src/schema/column-sql.ts";
import { makeEditor } from "../../packages/orm/src/schema/schema-editor.ts";

import { camelCase } from "../calls.ts";
import type { Case } from "../corpus.ts";
import { type Outcome, type Topic, compare, passed, skipped } from "../topic.ts";
import { decode } from "../values.ts";

type Options = Readonly<Record<string, unknown>>;
type Expected = Readonly<Record<string, unknown>>;
type Make = ((...args: unknown[]) => Field) & (new (...args: unknown[]) => Expression);

const models = publicModels as unknown as Readonly<Record<string, Make | undefined>>;
const VENDORS: readonly Vendor[] = ["sqlite", "postgresql", "mysql"];

// Only their rules are asked for: none of them is opened.
const databases = Object.fromEntries(
  VENDORS.map((vendor) => [vendor, createConnection(vendor, { ENGINE: vendor, NAME: ":memory:" })]),
) as Readonly<Record<Vendor, BaseWrapper>>;

const LOOKUPS =
  "exact iexact gt gte lt lte in contains icontains startswith istartswith endswith iendswith range isnull regex iregex contained_by has_key has_keys has_any_keys".split(
    " ",
  );
const TRANSFORMS = "year iso_year quarter month week week_day iso_week_day day hour minute second date time".split(" ");

/** What a case says against what tsgo says, part by part, so that a failure shows the parts that differ. */
class Comparison {
  readonly #actual: Record<string, unknown> = {};
  readonly #expected: Record<string, unknown> = {};

  part(name: string, actual: unknown, expected: unknown): void {
    if (compare(actual, expected) === passed) return;
    this.#actual[name] = actual;
    this.#expected[name] = expected;
  }

  get outcome(): Outcome {
    return compare(this.#actual, this.#expected);
  }
}

function camelOptions(options: Options): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      camelCase(name),
      value === "(dict)" ? () => ({}) : (decode(value) ?? undefined),
    ]),
  );
}

function make(name: string): Make {
  const found = models[name];
  if (found === undefined) throw new Error(`tsgo has no models.${name}`);
  return found;
}

// ---- fields

function sampleModel(field: Field): ModelClass {
  return defineModel(new ModelRegistry(), "app", "Sample", { fields: { f: field } });
}

function judgeField({ input, expect }: Case): Outcome {
  const { field: type, options } = input as { field: string; options: Options };
  const expected = expect as Expected;
  const field = make(type)(camelOptions(options));
  const model = sampleModel(field);
  const comparison = new Comparison();
  if ("constructor" in expected && Object.hasOwn(expected, "constructor"))
    checkOptions(comparison, type, expected["constructor"] as object);
  if ("description" in expected) {
    checkDescription(comparison, field, expected["description"] as string | null);
    comparison.part("emptyStringsAllowed", field.emptyStringsAllowed, expected["empty_strings_allowed"]);
    checkMessages(comparison, field, expected["default_error_messages"] as Readonly<Record<string, string>>);
    comparison.part("validators", field.validators.length, (expected["validators"] as unknown[]).length);
  }
  comparison.part("internalType", field.internalType, expected["internal_type"]);
  for (const vendor of VENDORS) checkColumn(comparison, vendor, model, field, expected);
  checkDeconstruct(comparison, type, field, expected["deconstruct"] as { kwargs: Options });
  if ("lookups" in expected) checkLookups(comparison, field, expected);
  return comparison.outcome;
}

// Recorded as null where Django computes it.
function checkDescription(comparison: Comparison, field: Field, recorded: string | null): void {
  const filled = recorded?.replace("%(max_length)s", String(field.maxLength));
  comparison.part("description", field.description, filled ?? field.description);
}

/** `name` and `rel` are what Django itself passes on, and the fields of a relation come from the relation. */
const INTERNAL = new Set(["name", "rel", "to", "fromFields", "toFields"]);

function checkOptions(comparison: Comparison, type: string, recorded: object): void {
  const known = new Set(optionNames(type));
  const names = Object.keys(recorded).map(camelCase);
  comparison.part(
    "options",
    names.filter((name) => !known.has(name) && !INTERNAL.has(name)),
    [],
  );
}

function checkMessages(comparison: Comparison, field: Field, recorded: Readonly<Record<string, string>>): void {
  for (const [key, text] of Object.entries(recorded))
    comparison.part(`message ${key}`, String(field.errorMessage(camelCase(key))), text);
}

function checkColumn(
  comparison: Comparison,
  vendor: Vendor,
  model: ModelClass,
  field: Field,
  expected: Expected,
): void {
  const connection = databases[vendor];
  const suffix = field.dbTypeSuffix(connection) ?? "";
  const inType = suffix === "AUTO_INCREMENT";
  const type = (expected["db_type"] as Readonly<Record<string, string>>)[vendor];
  comparison.part(
    `${vendor} type`,
    inType ? `${field.dbType(connection) ?? ""} ${suffix}` : field.dbType(connection),
    type,
  );
  const check = (expected["db_check"] as Readonly<Record<string, string | null>> | undefined)?.[vendor];
  if (check !== undefined) comparison.part(`${vendor} check`, field.dbCheck(connection), check);
  const column = (expected["column"] as Readonly<Record<string, { sql: string; params?: unknown[] }>>)[vendor];
  if (column === undefined) return;
  const editor = makeEditor(connection);
  const params = [...(column.params ?? [])];
  const filled = column.sql.replaceAll("%s", () => editor.quoteValue(params.shift()));
  comparison.part(`${vendor} column`, bareColumn(columnSql(editor, model, field), field, connection), filled);
}

// Django adds check, suffix and reference elsewhere.
function bareColumn(sql: string, field: Field, connection: BaseWrapper): string {
  const check = field.dbCheck(connection);
  const suffix = field.dbTypeSuffix(connection) ?? "";
  let bare = sql.replace(/ REFERENCES .*$/, "");
  if (suffix !== "") bare = bare.replace(` ${suffix}`, "");
  if (check !== null) bare = bare.replace(` CHECK (${check})`, "");
  return suffix === "AUTO_INCREMENT" ? bare.replace(/^\w+/, `$& ${suffix}`) : bare;
}

// What follows from the class need not be written down, and keys are told from other columns without an option.
function checkDeconstruct(comparison: Comparison, type: string, field: Field, recorded: { kwargs: Options }): void {
  const definition = fieldDefinition(field);
  const { serialize: _serialize, ...kwargs } = camelOptions(recorded.kwargs);
  const wanted = fieldDefinition(make(type)(kwargs));
  comparison.part("type", definition.type, type);
  comparison.part("definition", comparable(definition.options), comparable(wanted.options));
}

function comparable(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, item: unknown) => (typeof item === "function" ? "(function)" : item)));
}

function checkLookups(comparison: Comparison, field: Field, expected: Expected): void {
  const column = new Col("t", field, field);
  const has = (name: string): boolean => getLookup(column, name) !== undefined;
  comparison.part("lookups", LOOKUPS.filter(has).toSorted(), (expected["lookups"] as string[]).toSorted());
  const transforms = expected["transforms"] as string[] | undefined;
  // Any name behind JSON is a key.
  if (transforms === undefined || field.internalType === "JSONField") return;
  comparison.part(
    "transforms",
    TRANSFORMS.filter((name) => hasTransform(column, name)).toSorted(),
    transforms.toSorted(),
  );
}

function hasTransform(column: Expression, name: string): boolean {
  try {
    tryTransform(column, name);
    return true;
  } catch {
    return false;
  }
}

// ---- relations

function judgeRelation({ input, expect }: Case): Outcome {
  const { field: type, options, what } = input as { field?: string; options: Options; what?: string };
  const expected = expect as Expected;
  if (what !== undefined) {
    const names = (expected["names"] as string[]).map((name) => name.replace("()", ""));
    return compare(
      names.filter((name) => models[name] === undefined),
      [],
    );
  }
  const comparison = new Comparison();
  const kind = String(type).split(" ", 1)[0] ?? "";
  if (Object.hasOwn(expected, "constructor")) checkOptions(comparison, kind, expected["constructor"] as object);
  const field = relationField(kind, String(type).includes("UUID"), camelOptions(options));
  for (const vendor of VENDORS)
    if ("db_type" in expected) checkColumn(comparison, vendor, field.model, field, expected);
  if ("attname" in expected) {
    comparison.part("attname", field.attname, camelCase(String(expected["attname"])));
    comparison.part("column", field.column, expected["column_name"]);
    comparison.part("unique", field.unique, expected["unique"]);
    // A unique column needs no second index.
    comparison.part("dbIndex", field.dbIndex, expected["db_index"]);
    checkLookups(comparison, field, expected);
  }
  return comparison.outcome;
}

function relationField(kind: string, toUuid: boolean, options: Record<string, unknown>): Field {
  const registry = new ModelRegistry();
  const id = toUuid ? make("UUIDField")({ primaryKey: true }) : make("AutoField")({});
  defineModel(registry, "app", "Target", { fields: { id } });
  const onDelete = kind === "ManyToManyField" ? {} : { onDelete: publicModels.CASCADE };
  const field = make(kind)("app.Target", { ...onDelete, ...options });
  defineModel(registry, "app", "Source", { fields: { f: field } });
  return field;
}

// ---- databases

function judgeOperators({ input, expect }: Case): Outcome {
  const vendor = (input as { backend: Vendor }).backend;
  const connection = databases[vendor];
  const expected = expect as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  const comparison = new Comparison();
  for (const [type, recorded] of Object.entries(expected["data_types"] ?? {})) {
    // Django keeps a type for a field that it took away, and one for relations that have that of their target.
    if (type === "IPAddressField" || type === "OneToOneField" || recorded === "(function)") continue;
    const own = connection.dataTypes[type]?.(SAMPLE);
    const suffix = vendor === "mysql" ? connection.dataTypesSuffix[type] : undefined;
    comparison.part(type, suffix === undefined ? own : `${own ?? ""} ${suffix}`, filledType(String(recorded)));
  }
  if (vendor !== "mysql") comparison.part("suffixes", connection.dataTypesSuffix, expected["data_types_suffix"]);
  for (const [type, check] of Object.entries(expected["data_type_check_constraints"] ?? {}))
    comparison.part(
      `${type} check`,
      connection.dataTypeCheckConstraints[type]?.("c"),
      String(check).replaceAll("%(column)s", "c"),
    );
  comparison.part("quotes", connection.quoteName("na me"), expected["quoted_name"]);
  comparison.part("maxNameLength", connection.operations.maxNameLength, expected["max_name_length"]);
  for (const [lookup, recorded] of Object.entries(expected["operators"] ?? {})) {
    // How MariaDB tells capitals from small letters is said by a collation here, so that it is alike on every database.
    if (lookup.endsWith("regex") || (vendor === "mysql" && String(recorded).startsWith("LIKE"))) continue;
    // The parameters of PostgreSQL are typed here, since its server prepares them.
    const sql = connection.operations.operatorSql(lookup, "c", "%s").replace(/^c /, "").replace("::text", "");
    comparison.part(lookup, sql, recorded);
  }
  return comparison.outcome;
}

const SAMPLE = { maxLength: 7, maxDigits: 9, decimalPlaces: 2 } as unknown as Field;

function filledType(recorded: string): string {
  return recorded.replace("%(max_length)s", "7").replace("%(max_digits)s", "9").replace("%(decimal_places)s", "2");
}

// ---- lookups

function judgeLookup({ input, expect }: Case): Outcome {
  const { lookup, field: type = "CharField" } = input as { lookup: string; field?: string };
  const expected = expect as Expected;
  const field = make(type)({});
  sampleModel(field);
  const column = new Col("t", field);
  if (expected["transform"] === true) {
    const name = tryTransform(column, lookup).constructor.name;
    return compare(models[String(expected["class"])]?.name ?? "none", transformName(name));
  }
  const found = getLookup(column, lookup);
  return compare(found?.lookupName, lookup);
}

// Parts of dates that a lookup may compare in a better way are classes of their own.
function transformName(name: string): string {
  return name.replace("YearPart", "ExtractYear").replace("IsoExtractYear", "ExtractIsoYear");
}

// ---- expressions

function judgeAggregate({ input, expect }: Case): Outcome {
  const name = String(input["aggregate"]);
  const expected = expect as Expected;
  const aggregate = new (make(name))("x", { outputField: make("FloatField")({}) }) as unknown as Aggregate;
  const plain = new (make(name))("x");
  const comparison = new Comparison();
  comparison.part("name", name, expected["name"]);
  if (expected["function"] !== null) comparison.part("function", aggregate.function, expected["function"]);
  comparison.part("allowDistinct", aggregate.allowDistinct, expected["allow_distinct"]);
  comparison.part("emptyResultSetValue", aggregate.emptyResultSetValue, expected["empty_result_set_value"]);
  comparison.part("windowCompatible", aggregate.windowCompatible, expected["window_compatible"]);
  if (expected["output_field"] !== null)
    comparison.part("outputField", plain.outputField.constructor.name, expected["output_field"]);
  return comparison.outcome;
}

const ARGUMENTS: Readonly<Record<string, readonly unknown[]>> = {
  Cast: ["x", make("IntegerField")({})],
  Collate: ["x", "C"],
  JSONObject: [{ a: "x" }],
  Extract: ["x", "year"],
  Trunc: ["x", "year"],
  LPad: ["x", 3],
  RPad: ["x", 3],
  Left: ["x", 3],
  Right: ["x", 3],
  Repeat: ["x", 3],
  Replace: ["x", new publicModels.Value("a")],
  Substr: ["x", 1],
  StrIndex: ["x", new publicModels.Value("a")],
  NthValue: ["x", 2],
  Ntile: [3],
};
const WITHOUT_ARGUMENTS = new Set(["Now", "Pi", "Random", "CumeDist", "DenseRank", "PercentRank", "Rank", "RowNumber"]);
const TWO_ARGUMENTS = new Set(["Coalesce", "Greatest", "Least", "NullIf", "ATan2", "Log", "Mod", "Power", "Concat"]);

function sampleCall(name: string): Expression {
  const args = ARGUMENTS[name] ?? (WITHOUT_ARGUMENTS.has(name) ? [] : TWO_ARGUMENTS.has(name) ? ["x", "y"] : ["x"]);
  return new (make(name))(...args);
}

function judgeFunction({ input, expect }: Case): Outcome {
  const name = String(input["function"]);
  if (name === "ConcatPair") return skipped("the inner half of Concat, which joins any number of texts here");
  const expected = expect as Expected;
  const call = sampleCall(name);
  const comparison = new Comparison();
  if (expected["sql_function"] !== null && call instanceof Func && call.function !== "")
    comparison.part("function", call.function, expected["sql_function"]);
  if (expected["transform"] === true && expected["lookup_name"] !== null)
    comparison.part("lookupName", lookupNameOf(name, expected["lookup_name"] as string), expected["lookup_name"]);
  if (expected["output_field"] !== null)
    comparison.part("outputField", call.outputField.constructor.name, expected["output_field"]);
  return comparison.outcome;
}

// A transform is registered under its name by who wants it, as in Django: date parts come so.
function lookupNameOf(name: string, lookup: string): unknown {
  const Class = make(name) as unknown as { readonly lookupName?: string };
  if (Class.lookupName !== undefined) return Class.lookupName;
  const type = lookup === "hour" || lookup === "minute" || lookup === "second" ? "TimeField" : "DateField";
  const field = make(type)({});
  sampleModel(field);
  return hasTransform(new Col("t", field), lookup) ? lookup : undefined;
}

const INNER: Readonly<Record<string, string>> = {
  Col: "a column of a query, which the compiler makes",
  ExpressionList: "the inside of functions and orderings, lists here",
  Star: 'Count("*") says it',
  WindowFrame: "the common half of RowRange and ValueRange, which are plain data here",
};
const METHODS: Readonly<Record<string, string>> = { reverse_ordering: "reversed" };

function judgeExpression({ input, expect }: Case): Outcome {
  const name = String(input["expression"]);
  const inner = INNER[name];
  if (inner !== undefined) return skipped(inner);
  const Class = make(name);
  const { methods } = expect as { methods: string[] };
  if (name === "RowRange" || name === "ValueRange") return compare(typeof Class, "function");
  const prototype = Class.prototype as object;
  // An ordering is turned round; other expressions have none that could be.
  const wanted = methods.filter((method) => method !== "reverse_ordering" || name === "OrderBy");
  return compare(
    wanted.filter((method) => !((METHODS[method] ?? method) in prototype)),
    [],
  );
}

// ---- the rest

const LEFT_OUT: Readonly<Record<string, string>> = {
  extra: "left out on purpose: RawSQL, raw() and annotations say it",
  resolve_expression: "the inside of Django's compiler",
};

function judgeQuerySet({ id, expect }: Case): Outcome {
  const methods = (expect as { methods: (string | { name: string })[] }).methods.map((method) =>
    typeof method === "string" ? method : method.name,
  );
  const manager = publicModels.Manager.prototype as object;
  if (id === "manager-methods")
    return compare(
      methods.filter((name) => camelCase(name) in manager),
      [],
    );
  const missing = methods
    // Everything that asks the database is a promise: `acount` is `count`.
    .filter((name) => !(name.startsWith("a") && methods.includes(name.slice(1))))
    .filter((name) => LEFT_OUT[name] === undefined && !(camelCase(name) in QuerySet.prototype));
  return compare(missing, []);
}

const META_LEFT_OUT = new Set(["apps"]);
const CONSTRAINT_LEFT_OUT = new Set(["check"]);

function judgeModel({ input, expect }: Case): Outcome {
  if ("what" in input) {
    const names = (expect as { names: string[] }).names.filter((name) => !META_LEFT_OUT.has(name)).map(camelCase);
    return compare(
      names.filter((name) => !META_NAMES.includes(name)),
      [],
    );
  }
  const name = String(input["class"]);
  const recorded = Object.keys((expect as { constructor: object }).constructor);
  const fields = name === "CheckConstraint" ? {} : { fields: ["f"] };
  const given = { name: "n", ...fields, condition: new publicModels.Q({ f: 1 }) };
  const made = new (make(name))(given) as unknown as { readonly options: object };
  const known = made as unknown as Record<string, unknown>;
  const options = recorded.filter((option) => !CONSTRAINT_LEFT_OUT.has(option)).map(camelCase);
  return compare(
    options.filter((option) => !(option in known)),
    [],
  );
}

const groups: Readonly<Record<string, (testCase: Case) => Outcome>> = {
  field: judgeField,
  "field-variant": judgeField,
  relation: judgeRelation,
  operators: judgeOperators,
  lookup: judgeLookup,
  aggregate: judgeAggregate,
  function: judgeFunction,
  expression: judgeExpression,
  queryset: judgeQuerySet,
  model: judgeModel,
};

export const topic: Topic = {
  open: () => (testCase) => groups[testCase.group]?.(testCase) ?? skipped("no such group"),
};

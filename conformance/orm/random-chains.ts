// Chains of a queryset drawn at random over the recorded models, in the form that the recorded cases have.

import type { Field } from "../../packages/orm/src/fields/field.ts";
import type { ModelClass } from "../../packages/orm/src/models/model.ts";
import type { QuerySpec } from "./run-query.ts";

/** Numbers from 0 to 1, the same for each seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Kind = "text" | "number" | "decimal" | "date" | "datetime" | "boolean";

const KINDS: Readonly<Record<string, Kind>> = {
  CharField: "text",
  SlugField: "text",
  TextField: "text",
  EmailField: "text",
  IntegerField: "number",
  SmallIntegerField: "number",
  PositiveIntegerField: "number",
  PositiveSmallIntegerField: "number",
  BigAutoField: "number",
  DecimalField: "decimal",
  DateField: "date",
  DateTimeField: "datetime",
  BooleanField: "boolean",
};

// Lookups that the three databases are to answer alike, with values near those in the rows.
const LOOKUPS: Readonly<Record<Kind, readonly (readonly [lookup: string, ...values: readonly unknown[]])[]>> = {
  text: [
    ["exact", "Penguin", "pub", "a", "en"],
    ["in", ["pub", "oop"], ["Apress", "Penguin", "GB"]],
    ["icontains", "an", "book", "o'", "%", "_", "\\"],
    ["gt", "M", "a"],
    ["lte", "P", "z"],
    ["isnull", true, false],
  ],
  number: [
    ["exact", 1, 3, 0],
    ["gt", 0, 2, 100],
    ["lte", 1, 5, 300],
    ["in", [1, 2, 3], [5, 8]],
    ["range", [1, 4], [0, 300]],
    ["isnull", true, false],
  ],
  decimal: [
    ["gt", { $decimal: "10" }, { $decimal: "7.25" }],
    ["lt", { $decimal: "25.50" }, { $decimal: "0" }],
    ["isnull", true, false],
  ],
  date: [
    ["year", 2024, 2020],
    ["month__gte", 3, 7],
    ["week_day", 1, 4],
    ["lt", { $date: "2020-01-01" }, { $date: "2024-02-29" }],
    ["isnull", true, false],
  ],
  datetime: [
    ["date__gte", { $date: "2024-03-01" }],
    ["hour__lt", 12, 20],
    ["quarter", 1, 2],
    ["lt", { $datetime: "2024-06-30T12:00:00Z" }],
    ["isnull", true, false],
  ],
  boolean: [["exact", true, false]],
};

// What is computed from a column: the tag of the recorded cases, given the column.
const COMPUTED: Readonly<Record<Kind, readonly ((column: unknown) => unknown)[]>> = {
  text: [
    (text) => ({ $fn: "Length", args: [text] }),
    (text) => ({ $fn: "Left", args: [text, 3] }),
    (text) => ({ $fn: "Concat", args: [text, { $value: "?" }, text] }),
    (text) => ({ $fn: "StrIndex", args: [text, { $value: "e" }] }),
    (text) => ({ $fn: "Replace", args: [text, { $value: "o" }, { $value: "%" }] }),
    (text) => ({ $fn: "Coalesce", args: [text, { $value: "-" }] }),
  ],
  number: [
    (number) => ({ $F: number, op: "+", rhs: 7 }),
    (number) => ({ $F: number, op: "-", rhs: 400 }),
    (number) => ({ $F: number, op: "/", rhs: 3 }),
    (number) => ({ $F: number, op: "%", rhs: 4 }),
    (number) => ({ $fn: "Abs", args: [{ $F: number, op: "-", rhs: 5 }] }),
    (number) => ({ $fn: "Cast", args: [number], output: "FloatField" }),
    (number) => ({ $fn: "NullIf", args: [number, 3] }),
  ],
  decimal: [
    (decimal) => ({ $F: decimal, op: "*", rhs: { $decimal: "1.1" } }),
    (decimal) => ({ $F: decimal, op: "/", rhs: { $decimal: "3" } }),
    (decimal) => ({ $fn: "Round", args: [decimal], precision: 1 }),
    (decimal) => ({ $fn: "Floor", args: [decimal] }),
  ],
  date: [
    (date) => ({ $fn: "TruncMonth", args: [date] }),
    (date) => ({ $fn: "TruncQuarter", args: [date] }),
    (date) => ({ $fn: "ExtractWeek", args: [date] }),
    (date) => ({ $fn: "ExtractIsoYear", args: [date] }),
  ],
  datetime: [
    (moment) => ({ $fn: "TruncDay", args: [moment], tzinfo: "America/New_York" }),
    (moment) => ({ $fn: "TruncWeek", args: [moment], tzinfo: "Asia/Kolkata" }),
    (moment) => ({ $fn: "TruncHour", args: [moment] }),
    (moment) => ({ $fn: "ExtractHour", args: [moment], tzinfo: "Australia/Lord_Howe" }),
    (moment) => ({ $fn: "TruncDate", args: [moment], tzinfo: "Asia/Tokyo" }),
    (moment) => ({ $fn: "TruncTime", args: [moment] }),
  ],
  boolean: [(boolean) => ({ $not: { $Q: { [String(boolean)]: true } } })],
};

interface Path {
  readonly path: string;
  readonly kind: Kind;
}

/** Draws chains. */
export class ChainMaker {
  readonly #models: readonly ModelClass[];
  readonly #random: () => number;

  constructor(models: readonly ModelClass[], random: () => number) {
    this.#models = models;
    this.#random = random;
  }

  /** A query with its terminal. */
  next(): QuerySpec {
    const model = this.#pick(this.#models);
    const chain: unknown[][] = [];
    for (let left = 1 + this.#upTo(2); left > 0; left -= 1) chain.push(this.#narrowing(model));
    const kind = this.#upTo(8);
    const { label: name } = model._meta;
    if (kind === 0) return { model: name, chain: [...chain, ["distinct"]], terminal: "count" };
    if (kind === 1) {
      const aggregates = { a: this.#aggregate(model), b: this.#aggregate(model) };
      return { model: name, chain, terminal: "aggregate", args: [aggregates] };
    }
    if (kind === 2) {
      // Grouped by a column.
      const { path } = this.#column(model, 1);
      return {
        model: name,
        chain: [...chain, ["orderBy"], ["values", path], ["annotate", { x: this.#aggregate(model) }]],
        terminal: "list",
      };
    }
    if (kind === 3) {
      const other = { $query: { model: name, chain: [["orderBy"], this.#narrowing(model), ["values", "pk"]] } };
      return {
        model: name,
        chain: [...chain, ["orderBy"], ["values", "pk"], [this.#pick(["union", "intersection", "difference"]), other]],
        terminal: "list",
      };
    }
    if (kind >= 6) {
      const computed = { x: this.#computed(model), y: this.#computed(model), z: this.#aggregate(model) };
      return { model: name, chain: [...chain, ["orderBy"], ["values", "pk", computed]], terminal: "list" };
    }
    if (kind === 4) chain.push(["annotate", { x: this.#aggregate(model) }], ["filter", { x__gte: this.#upTo(3) }]);
    if (kind === 5) {
      const inner = [this.#narrowing(model), ["orderBy", "-pk"], ["slice", 0, 1 + this.#upTo(5)]];
      chain.push([this.#pick(["filter", "exclude"]), { pk__in: { $query: { model: name, chain: inner } } }]);
    }
    chain.push(["orderBy", "pk"]);
    if (this.#upTo(3) === 0) chain.push(["slice", this.#upTo(3), 3 + this.#upTo(5)]);
    return { model: name, chain, terminal: "list" };
  }

  #upTo(bound: number): number {
    return Math.floor(this.#random() * bound);
  }

  #pick<T>(items: readonly T[]): T {
    const item = items[this.#upTo(items.length)];
    if (item === undefined) throw new RangeError("There is nothing to pick from.");
    return item;
  }

  #narrowing(model: ModelClass): unknown[] {
    const method = this.#pick(["filter", "exclude"]);
    const [first, second] = [this.#condition(model), this.#condition(model)];
    const joined = this.#pick([
      { $Q: { ...first, ...second } },
      { $or: [{ $Q: first }, { $Q: second }] },
      { $and: [{ $not: { $Q: first } }, { $Q: second }] },
      { $Q: first },
    ]);
    return [method, joined];
  }

  #condition(model: ModelClass): Record<string, unknown> {
    const { path, kind } = this.#column(model, 2);
    const [lookup, ...values] = this.#pick(LOOKUPS[kind]);
    return { [`${path}__${lookup}`]: this.#pick(values) };
  }

  #computed(model: ModelClass): unknown {
    const { path, kind } = this.#column(model, 1);
    return this.#pick(COMPUTED[kind])(path);
  }

  #aggregate(model: ModelClass): unknown {
    const { path, kind } = this.#column(model, 1);
    const numeric = kind === "number" || kind === "decimal";
    const name = this.#pick(numeric ? ["Count", "Sum", "Avg", "Min", "Max"] : ["Count"]);
    return {
      $fn: name,
      args: [path],
      ...(name === "Count" && this.#upTo(2) === 0 ? { distinct: true } : {}),
      ...(this.#upTo(3) === 0 ? { filter: { $Q: this.#condition(model) } } : {}),
    };
  }

  // A column of the model, or of one that it is related with.
  #column(model: ModelClass, depth: number): Path {
    const relations = depth === 0 ? [] : relationsOf(model);
    if (relations.length > 0 && this.#upTo(2) === 0) {
      const [name, target] = this.#pick(relations);
      const { path, kind } = this.#column(target, depth - 1);
      return { path: `${name}__${path}`, kind };
    }
    return this.#pick(columnsOf(model));
  }
}

function columnsOf(model: ModelClass): Path[] {
  return model._meta.concreteFields.flatMap((field: Field) => {
    const kind = field.isRelation ? undefined : KINDS[field.internalType];
    return kind === undefined ? [] : [{ path: field.name, kind }];
  });
}

function relationsOf(model: ModelClass): (readonly [name: string, target: ModelClass])[] {
  const forward = [...model._meta.concreteFields, ...model._meta.manyToMany].flatMap((field) =>
    field.remoteField === undefined ? [] : [[field.name, field.remoteField.model] as const],
  );
  const backward = model._meta.allRelatedObjects
    .filter((relation) => !relation.hidden)
    .map((relation) => [relation.name, relation.relatedModel] as const);
  return [...forward, ...backward].filter(([, target]) => columnsOf(target).length > 0);
}

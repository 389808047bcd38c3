// Expressions, conditions and values as the cases write them.

import * as models from "../../packages/orm/src/models/index.ts";
import type { Field } from "../../packages/orm/src/fields/field.ts";
import type { QuerySet } from "../../packages/orm/src/models/queryset.ts";
import { Temporal } from "../../packages/orm/src/values/temporal.ts";
import { decode } from "../values.ts";
import { NOW } from "./compare.ts";
import type { Harness } from "./harness.ts";

type Tagged = Readonly<Record<string, unknown>>;
type Make = (value: unknown, tagged: Tagged) => unknown;
type Constructor = new (...args: never[]) => unknown;

/** A field that a case names as the type of a result. */
export function outputField(spec: unknown): Field {
  const { type, ...options } = typeof spec === "string" ? { type: spec } : (spec as { type: string });
  const factory = (models as unknown as Record<string, ((options: object) => Field) | undefined>)[type];
  if (factory === undefined) throw new Error(`No field ${type}`);
  return factory(options);
}

/** Decodes the values of cases against the models of a harness. */
export class Decoder {
  readonly #harness: Harness;
  readonly #other: Readonly<Record<string, Make>>;

  constructor(harness: Harness, further: Readonly<Record<string, Make>> = {}) {
    this.#harness = harness;
    this.#other = { ...this.#makers(), ...further };
  }

  value(recorded: unknown): unknown {
    return decode(recorded, { other: this.#other });
  }

  /** A queryset that a case describes. */
  query(spec: unknown): QuerySet {
    const { model, manager, chain } = spec as { model: string; manager?: string; chain?: unknown[][] };
    return this.#harness.chain(this.#harness.queryset(model, manager), chain ?? [], this);
  }

  #makers(): Record<string, Make> {
    const expression =
      (make: Make): Make =>
      (value, tagged) =>
        this.#finish(make(value, tagged), tagged);
    return {
      $datetime: (iso) => new Date(String(iso)),
      $duration: (seconds) =>
        Temporal.Duration.from({ microseconds: Math.round(Number(seconds) * 1e6) }).round({ largestUnit: "days" }),
      $error: (name) => ({ $error: name }),
      $obj: (label, { pk }) => ({ $obj: label, pk }),
      $now: () => NOW,
      $F: expression((name, { slice }) => {
        const f = new models.F(String(name));
        if (slice === undefined) return f;
        return Array.isArray(slice) ? f.slice(slice[0] ?? 0, slice[1]) : f.slice(Number(slice), Number(slice) + 1);
      }),
      $value: expression(
        (value, { output }) =>
          new models.Value(this.value(value), output === undefined ? {} : { outputField: outputField(output) }),
      ),
      $expr: expression((value) => this.value(value)),
      $fn: expression((name, tagged) => this.#func(String(name), tagged)),
      $Q: expression((lookups) => new models.Q(this.value(lookups) as models.Q)),
      $and: expression((list) => this.#joined(list, "and")),
      $or: expression((list) => this.#joined(list, "or")),
      $xor: expression((list) => this.#joined(list, "xor")),
      $not: expression((value) => {
        const inner = this.value(value);
        return inner instanceof models.Q ? inner.not() : new models.Q(inner as models.Q).not();
      }),
      $lookup: expression((name, { args }) => this.#lookup(String(name), this.value(args) as unknown[])),
      $case: expression((branches, tagged) => this.#case(branches as { when: unknown; then: unknown }[], tagged)),
      $subquery: expression(
        (query, { output }) =>
          new models.Subquery(this.query(query), output === undefined ? {} : { outputField: outputField(output) }),
      ),
      $exists: expression((query) => new models.Exists(this.query(query))),
      $OuterRef: expression((name) => new models.OuterRef(String(name))),
      $query: (query) => this.query(query),
      $window: expression((inner, tagged) => this.#window(inner, tagged)),
      $prefetch: (path, { query, toAttr }) =>
        new models.Prefetch(String(path), {
          ...(query === undefined ? {} : { queryset: this.query(query) }),
          ...(toAttr === undefined ? {} : { toAttr: toAttr as string }),
        }),
      $filteredRelation: (path, { condition }) =>
        new models.FilteredRelation(
          String(path),
          condition === undefined ? {} : { condition: this.value(condition) as models.Q },
        ),
      $KT: expression((path) => models.KT(String(path))),
    };
  }

  // Arithmetic and order stand beside any expression.
  #finish(made: unknown, tagged: Tagged): unknown {
    let result = made as models.Expression;
    if (tagged["op"] !== undefined) {
      const operator = tagged["op"] as string;
      const method = OPERATORS[operator] ?? operator;
      const combine = (result as unknown as Record<string, ((rhs: unknown) => models.Expression) | undefined>)[method];
      if (combine === undefined) throw new Error(`No operator ${operator}`);
      result = combine.call(result, this.value(tagged["rhs"]));
    }
    const wrapped =
      tagged["output"] !== undefined &&
      !["$value", "$fn", "$subquery"].some((tag) => tag in tagged && tagged["op"] === undefined);
    if (wrapped) result = new models.ExpressionWrapper(result, { outputField: outputField(tagged["output"]) });
    const nulls = {
      ...(tagged["nullsFirst"] === true ? { nullsFirst: true } : {}),
      ...(tagged["nullsLast"] === true ? { nullsLast: true } : {}),
    };
    if (tagged["asc"] === true) return result.asc(nulls);
    if (tagged["desc"] === true) return result.desc(nulls);
    return result;
  }

  #joined(list: unknown, method: "and" | "or" | "xor"): unknown {
    const [first, ...rest] = (list as unknown[]).map((item) => this.value(item) as models.Q);
    if (first === undefined) return new models.Q();
    return rest.reduce<models.Q>((joined, item) => joined[method](item), first);
  }

  #lookup(name: string, [lhs, rhs]: unknown[]): unknown {
    const names: Record<string, string> = {
      gt: "GreaterThan",
      gte: "GreaterThanOrEqual",
      lt: "LessThan",
      lte: "LessThanOrEqual",
      exact: "Exact",
      isnull: "IsNull",
    };
    const Lookup = (models.lookups as unknown as Record<string, Constructor | undefined>)[names[name] ?? name];
    if (Lookup === undefined) throw new Error(`No lookup ${name}`);
    return Reflect.construct(Lookup, [typeof lhs === "string" ? new models.F(lhs) : lhs, rhs]);
  }

  #case(branches: { when: unknown; then: unknown }[], tagged: Tagged): unknown {
    const cases = branches.map(({ when, then }) => new models.When(this.value(when) as models.Q, this.value(then)));
    return new models.Case(cases, {
      ...("default" in tagged ? { default: this.value(tagged["default"]) } : {}),
      ...(tagged["output"] === undefined ? {} : { outputField: outputField(tagged["output"]) }),
    });
  }

  #window(inner: unknown, tagged: Tagged): unknown {
    const list = (key: string): unknown => (tagged[key] === undefined ? undefined : this.value(tagged[key]));
    return new models.Window(this.value(inner) as models.Expression, {
      ...(tagged["partitionBy"] === undefined ? {} : { partitionBy: list("partitionBy") as string[] }),
      ...(tagged["orderBy"] === undefined ? {} : { orderBy: list("orderBy") as string[] }),
      ...(tagged["frame"] === undefined ? {} : { frame: tagged["frame"] as object }),
      ...(tagged["output"] === undefined ? {} : { outputField: outputField(tagged["output"]) }),
    });
  }

  #func(name: string, tagged: Tagged): unknown {
    const Func = (models as unknown as Record<string, Constructor | undefined>)[name];
    if (Func === undefined) throw new Error(`No function ${name}`);
    const given = tagged["args"] as unknown[];
    const args = given.map((argument) => this.value(argument));
    const make = (...values: unknown[]): unknown => Reflect.construct(Func, values);
    const output = tagged["output"] === undefined ? undefined : outputField(tagged["output"]);
    if (name === "Cast") return make(args[0], output);
    if (name === "JSONObject") return make(this.value(tagged["fields"]));
    if (name === "Extract") return make(args[0], tagged["lookup"], this.#options(tagged, ["tzinfo"]));
    if (name === "Trunc")
      return make(args[0], args[1], {
        ...this.#options(tagged, ["tzinfo"]),
        ...(output === undefined ? {} : { outputField: output }),
      });
    if (/^(Extract|Trunc)/.test(name))
      return make(args[0], {
        ...this.#options(tagged, ["tzinfo"]),
        ...(output === undefined ? {} : { outputField: output }),
      });
    if (name === "Round") return make(args[0], this.#options(tagged, ["precision"]));
    if (name === "Lag" || name === "Lead") return make(args[0], this.#options(tagged, ["offset", "default"]));
    if (name === "NthValue") return make(args[0], tagged["nth"]);
    if (name === "Ntile") return make(tagged["buckets"]);
    if (Func.prototype instanceof models.Aggregate) {
      const options = {
        ...this.#options(tagged, ["distinct", "filter", "default", "sample", "delimiter", "orderBy"]),
        ...(output === undefined ? {} : { outputField: output }),
      };
      return make(args[0], options);
    }
    return output === undefined ? make(...args) : make(...args, { outputField: output });
  }

  #options(tagged: Tagged, names: readonly string[]): Record<string, unknown> {
    return Object.fromEntries(
      names.filter((name) => tagged[name] !== undefined).map((name) => [name, this.value(tagged[name])]),
    );
  }
}

const OPERATORS: Readonly<Record<string, string>> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
  "%": "mod",
  "^": "pow",
};

// Runs the steps of a write case.

import { ValidationError } from "@tsgo/core/exceptions";

import {
  atomic,
  getRollback,
  inAtomicBlock,
  onCommit,
  savepoint,
  savepointCommit,
  savepointRollback,
  setRollback,
} from "../../packages/orm/src/db/transaction.ts";
import type { ModelBase, ModelClass } from "../../packages/orm/src/models/model.ts";
import type { QuerySet } from "../../packages/orm/src/models/queryset.ts";
import { Decoder } from "./expressions.ts";
import type { Harness } from "./harness.ts";
import { type Counter, type QuerySpec, describeRow, runTerminal } from "./run-query.ts";
import { showRow } from "./show.ts";

type Json = Readonly<Record<string, unknown>>;

/** A step as cases write it. */
export interface Step extends Json {
  readonly op: string;
  readonly model?: string;
  readonly manager?: string;
  readonly accessor?: string;
  readonly on?: string;
  readonly as?: string;
  readonly left?: string;
  readonly right?: string;
  readonly sid?: string;
  readonly method?: string;
  readonly part?: string;
}

/** What a step gave, in the form of `results`. A failure inside of `try` is the error itself. */
export type StepResult = Json | readonly StepResult[] | null;

/** The error that a case raises by itself. */
class Planned extends Error {
  override name = "Planned";
}

type Method = (...args: unknown[]) => unknown;
type Row = ModelBase & Record<string, unknown>;

/** The objects of one case by name, and what it logged. */
export class WriteRun {
  readonly log: unknown[] = [];
  readonly #harness: Harness;
  readonly #counter: Counter;
  readonly #decoder: Decoder;
  readonly #objects = new Map<string, unknown>();

  constructor(harness: Harness, counter: Counter) {
    this.#harness = harness;
    this.#counter = counter;
    this.#decoder = new Decoder(harness, {
      $ref: (name, { attr }) => (attr === undefined ? this.#object(name) : this.#row(name)[attr as string]),
    });
  }

  async steps(steps: readonly Step[]): Promise<StepResult[]> {
    const results: StepResult[] = [];
    for (const step of steps) results.push(await this.step(step));
    return results;
  }

  async step(step: Step): Promise<StepResult> {
    const run = this.#operations[step.op];
    if (run === undefined) throw new Error(`No step ${step.op}`);
    return run(step);
  }

  readonly #operations: Readonly<Record<string, (step: Step) => StepResult | Promise<StepResult>>> = {
    new: (step) => this.#keep(step, new (this.#model(step))(this.#values(step["values"]))),
    get: async (step) => {
      const queryset = this.#harness.chain(this.#source(step), (step["chain"] ?? []) as unknown[][], this.#decoder);
      return this.#keep(step, await queryset.get(this.#values(step["lookup"])));
    },
    create: async (step) =>
      this.#keep(
        step,
        await this.#call(this.#manager(step), "create", this.#values(step["values"]), ...this.#linkOptions(step)),
      ),
    set: (step) => {
      for (const [name, value] of Object.entries(this.#values(step["values"]))) this.#row(step.on)[name] = value;
      return null;
    },
    save: async (step) => {
      await this.#row(step.on).save(this.#values(step["options"]));
      return this.#described(step, this.#row(step.on));
    },
    delete: async (step) => {
      const row = this.#row(step.on);
      const deleted = await row.delete(this.#values(step["options"]));
      return { deleted: this.#harness.deleted(deleted), pk: row.pk };
    },
    refresh: async (step) => {
      await this.#row(step.on).refreshFromDb(
        step["fields"] === undefined ? {} : { fields: step["fields"] as string[] },
      );
      return this.#described(step, this.#row(step.on));
    },
    show: async (step) => ({ shown: await showRow(this.#object(step.on), step["paths"] as string[]) }),
    query: (step) =>
      runTerminal(
        this.#harness.chain(this.#source(step), (step["chain"] ?? []) as unknown[][], this.#decoder),
        step as unknown as QuerySpec,
        this.#decoder,
        this.#counter,
      ),
    bulkCreate: async (step) => {
      const model = this.#model(step);
      const objects = (step["rows"] as Json[]).map((values) => new model(this.#values(values)));
      const made = (await this.#call(
        this.#manager(step),
        "bulkCreate",
        objects,
        this.#values(step["options"]),
      )) as ModelBase[];
      return { pks: made.map((object) => object.pk) };
    },
    bulkUpdate: (step) => this.#bulkUpdate(step),
    getOrCreate: async (step) => {
      const [row, created] = (await this.#call(
        this.#manager(step),
        "getOrCreate",
        this.#values(step["lookup"]),
        this.#values(step["defaults"]),
        ...this.#linkOptions(step),
      )) as [unknown, boolean];
      return { ...this.#asRecord(await this.#keep(step, row)), created };
    },
    updateOrCreate: async (step) => {
      const values = {
        defaults: this.#values(step["defaults"]),
        ...("createDefaults" in step ? { createDefaults: this.#values(step["createDefaults"]) } : {}),
      };
      const [row, created] = (await this.#call(
        this.#manager(step),
        "updateOrCreate",
        this.#values(step["lookup"]),
        values,
        ...this.#linkOptions(step),
      )) as [unknown, boolean];
      return { ...this.#asRecord(await this.#keep(step, row)), created };
    },
    related: async (step) => {
      const args = this.#decoder.value(step["args"] ?? []) as unknown[];
      const options = step["options"] === undefined ? [] : [this.#values(step["options"])];
      await this.#call(this.#manager(step), step.method ?? "", ...args, ...options);
      return null;
    },
    call: async (step) => ({
      value: plain(
        await this.#call(
          this.#object(step.on),
          step.method ?? "",
          ...(this.#decoder.value(step["args"] ?? []) as unknown[]),
        ),
      ),
    }),
    equal: (step) => ({ value: this.#row(step.left).equals(this.#object(step.right)) }),
    fullClean: async (step) => ({ invalid: await invalid(this.#row(step.on), step.part ?? "all") }),
    atomic: (step) => atomic(() => this.steps(step["steps"] as Step[]), pick(step, ["savepoint", "durable"])),
    try: async (step) => {
      try {
        return { ok: await this.steps(step["steps"] as Step[]) };
      } catch (error) {
        return { error };
      }
    },
    raise: () => {
      throw new Planned("as planned");
    },
    onCommit: async (step) => {
      await onCommit(() => this.steps(step["steps"] as Step[]), pick(step, ["robust"]));
      return null;
    },
    log: (step) => {
      this.log.push(step["text"]);
      return null;
    },
    savepoint: async (step) => {
      this.#objects.set(step.as ?? "", await savepoint());
      return null;
    },
    savepointRollback: async (step) => {
      await savepointRollback(this.#object(step.sid) as string);
      return null;
    },
    savepointCommit: async (step) => {
      await savepointCommit(this.#object(step.sid) as string);
      return null;
    },
    setRollback: (step) => {
      setRollback(step["value"] === true);
      return null;
    },
    needsRollback: () => ({ value: getRollback() }),
    inAtomic: () => ({ value: inAtomicBlock() }),
  };

  async #bulkUpdate(step: Step): Promise<StepResult> {
    const manager = this.#manager(step);
    const objects: unknown[] = [];
    for (const { pk, set } of step["objects"] as { pk: unknown; set: Json }[]) {
      const model = this.#model(step);
      const row = (await model._meta.defaultManager.filter({ pk }).first()) ?? new model({ pk });
      objects.push(Object.assign(row, this.#values(set)));
    }
    const before = this.#counter.count();
    const value = await this.#call(manager, "bulkUpdate", objects, step["fields"], this.#values(step["options"]));
    return { value, queryCount: this.#counter.count() - before };
  }

  #object(name: unknown): unknown {
    if (!this.#objects.has(String(name))) throw new Error(`No object ${String(name)}`);
    return this.#objects.get(String(name));
  }

  #row(name: unknown): Row {
    return this.#object(name) as Row;
  }

  #model(step: Step): ModelClass {
    return this.#harness.model(step.model ?? "");
  }

  // A manager of a model, or one of a row.
  #manager(step: Step): unknown {
    if (step.accessor !== undefined) return this.#row(step.on)[step.accessor];
    const { _meta: meta } = this.#model(step);
    return step.manager === undefined ? meta.defaultManager : meta.managers.get(step.manager);
  }

  #source(step: Step): QuerySet {
    return (this.#manager(step) as { all(): QuerySet }).all();
  }

  #values(recorded: unknown): Record<string, unknown> {
    return (this.#decoder.value(recorded ?? {}) ?? {}) as Record<string, unknown>;
  }

  #linkOptions(step: Step): unknown[] {
    return step["throughDefaults"] === undefined ? [] : [{ throughDefaults: this.#values(step["throughDefaults"]) }];
  }

  async #call(target: unknown, name: string, ...args: unknown[]): Promise<unknown> {
    const method = (target as Record<string, Method | undefined>)[name];
    if (method === undefined) throw new TypeError(`there is no method '${name}'`);
    return method.apply(target, args);
  }

  async #keep(step: Step, row: unknown): Promise<StepResult> {
    if (step.as !== undefined) this.#objects.set(step.as, row);
    return this.#described(step, row);
  }

  #described(step: Step, row: unknown): Promise<StepResult> {
    return describeRow(row, (step["show"] ?? []) as string[]);
  }

  #asRecord(result: StepResult): Json {
    return result as Json;
  }
}

function pick(step: Step, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => name in step).map((name) => [name, step[name]]));
}

// An object by label and key, a set as a sorted list.
function plain(value: unknown): unknown {
  if (value instanceof Set) return [...(value as Set<unknown>)].toSorted();
  if (typeof value !== "object" || value === null || !("_state" in value)) return value;
  const row = value as Row;
  return { $obj: (row.constructor as unknown as ModelClass)._meta.label, pk: row.pk };
}

// The codes of what validation finds, by field.
async function invalid(row: Row, part: string): Promise<Json> {
  try {
    if (part === "fields") await row.cleanFields();
    else if (part === "unique") await row.validateUnique();
    else if (part === "constraints") await row.validateConstraints();
    else await row.fullClean();
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    const byField = error.errorDict ?? { __all__: error.errorList };
    return Object.fromEntries(
      Object.entries(byField).map(([name, errors]) => [name, errors.map(({ code }) => code).toSorted()]),
    );
  }
  return {};
}

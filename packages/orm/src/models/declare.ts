// `models.Model<Question>()({ ... })`: the class that a model extends.

import { shuttingDown } from "@tsgo/core/setup";

import { connections } from "../db/connections.ts";
import { reportMigrationsAtStart } from "../migrations/report-at-start.ts";
import type { ModelFactory } from "../types/models.ts";
import { DECLARED_FIELDS, type FieldMap, registerModel } from "./define.ts";
import { ModelBase, type ModelClass } from "./model.ts";

const REGISTER = Symbol.for("tsgo.model.register");

/** What an app tells of itself when it registers its models. */
interface RegisteringApp {
  readonly label: string;
}

// The base of all models that are written as classes. Those that are put together by a program need none of this.
class DeclaredModel extends ModelBase {
  // It declares fields, none, and so is no model itself that others could have for a parent.
  static readonly [DECLARED_FIELDS]: FieldMap = {};

  /** Called for each exported model when the apps are loaded. */
  static [REGISTER](app: RegisteringApp): void {
    reportMigrationsAtStart();
    shuttingDown.connect(() => connections.closeAll(), { dispatchUid: "tsgo.orm.connections" });
    registerModel(this as unknown as ModelClass, app.label);
  }

  /** Begins a model that inherits from this one. */
  static extend(): (fields: FieldMap) => unknown {
    return (fields) => declare(this as unknown as ModelClass, fields);
  }
}

function declare(base: ModelClass, fields: FieldMap): unknown {
  return class extends (base as unknown as new () => ModelBase) {
    static readonly [DECLARED_FIELDS] = fields;
  };
}

/**
 * Begins a model. The class names itself as the type argument, so that the compiler knows its methods everywhere.
 *
 * @example
 * export class Question extends models.Model<Question>()({
 *   questionText: models.CharField({ maxLength: 200 }),
 * }) {}
 */
export const Model: ModelFactory = (() => (fields: FieldMap) =>
  declare(DeclaredModel as unknown as ModelClass, fields)) as unknown as ModelFactory;

// Which database a model's rows are in, as the setting DATABASE_ROUTERS decides.

import { fromSettings, isConfigured } from "@tsgo/core/conf";
import { loadedExport } from "@tsgo/core/loading";

import type { ModelBase, ModelClass } from "./models/model.ts";
import { STATE } from "./models/state.ts";

/** Facts about a question to a router: the instance at hand, the model's name, or what a migration says. */
export type RouterHints = Readonly<Record<string, unknown>>;

/** Decides about databases. A method that is missing, or answers undefined, leaves the question to the next router. */
export interface DatabaseRouter {
  dbForRead?(model: ModelClass, hints: RouterHints): string | undefined;
  dbForWrite?(model: ModelClass, hints: RouterHints): string | undefined;
  allowRelation?(first: object, second: object, hints: RouterHints): boolean | undefined;
  allowMigrate?(alias: string, appLabel: string, hints: RouterHints): boolean | undefined;
}

/** What a router may have. */
export const ROUTER_METHODS: readonly (keyof DatabaseRouter)[] = [
  "dbForRead",
  "dbForWrite",
  "allowRelation",
  "allowMigrate",
];

const DEFAULT_ALIAS = "default";

// Asked for by every query, so it is kept until the settings change.
const referencesInForce = fromSettings((settings) => settings.DATABASE_ROUTERS);

/** Asks the routers of the project, in their order. Answers to `ConnectionRouter`. */
export class ConnectionRouter {
  readonly #given: readonly DatabaseRouter[] | undefined;
  #made: { readonly references: readonly (string | object)[]; readonly routers: readonly DatabaseRouter[] } | undefined;

  /** Without `routers` those of the setting are asked. */
  constructor(routers?: readonly DatabaseRouter[]) {
    this.#given = routers;
  }

  get routers(): readonly DatabaseRouter[] {
    if (this.#given !== undefined) return this.#given;
    const references = referencesInForce();
    if (this.#made?.references !== references) this.#made = { references, routers: references.map(makeRouter) };
    return this.#made.routers;
  }

  /** There is nobody to ask, which is so in most projects: the queries of those need not wait for an answer. */
  get isTrivial(): boolean {
    return this.#given === undefined && (!isConfigured() || referencesInForce().length === 0);
  }

  dbForRead(model: ModelClass, hints: RouterHints = {}): string {
    return this.#firstAlias((router) => router.dbForRead?.(model, hints), hints);
  }

  dbForWrite(model: ModelClass, hints: RouterHints = {}): string {
    return this.#firstAlias((router) => router.dbForWrite?.(model, hints), hints);
  }

  #firstAlias(ask: (router: DatabaseRouter) => string | undefined, { instance }: RouterHints): string {
    for (const router of this.routers) {
      const alias = ask(router);
      if (alias !== undefined) return alias;
    }
    return (instance as ModelBase | undefined)?.[STATE].db ?? DEFAULT_ALIAS;
  }

  /** Whether two objects may refer to each other; undefined where no router has a say. */
  allowRelation(first: object, second: object, hints: RouterHints = {}): boolean | undefined {
    return this.#firstAnswer((router) => router.allowRelation?.(first, second, hints));
  }

  /** Whether migrations of an app may touch a database. */
  allowMigrate(alias: string, appLabel: string, hints: RouterHints = {}): boolean {
    return this.#firstAnswer((router) => router.allowMigrate?.(alias, appLabel, hints)) ?? true;
  }

  /** Whether migrations may touch a model's table on a database. */
  allowMigrateModel(alias: string, model: ModelClass): boolean {
    return this.allowMigrate(alias, model._meta.appLabel, { modelName: model._meta.modelName, model });
  }

  #firstAnswer(ask: (router: DatabaseRouter) => boolean | undefined): boolean | undefined {
    for (const router of this.routers) {
      const answer = ask(router);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }
}

/** A router stands in its module as an object, or as a class to make one of. `setup()` has loaded the module. */
export function makeRouter(reference: string | object): DatabaseRouter {
  const found = typeof reference === "string" ? loadedExport(reference) : reference;
  return typeof found === "function" ? (Reflect.construct(found, []) as DatabaseRouter) : (found as DatabaseRouter);
}

/** The routers of the project. */
export const router = new ConnectionRouter();

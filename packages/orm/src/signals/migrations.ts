// What is heard before and after migrations have run: contrib apps make their permanent rows then.

import type { AppConfig } from "@tsgo/core/apps";
import { Signal } from "@tsgo/core/signals";

import type { Migration } from "../migrations/migration.ts";
import type { StateApps } from "../migrations/state/state-apps.ts";

/** What receivers get. */
export interface MigrateEvent {
  /** The app, which is the sender, too. */
  readonly sender: AppConfig;
  readonly appConfig: AppConfig;
  readonly verbosity: number;
  /** Whether a person may be asked something. */
  readonly interactive: boolean;
  /** The alias of the database. */
  readonly using: string;
  /** The migrations of this run in their order; `backwards` for those that are taken back. */
  readonly plan: readonly { readonly migration: Migration; readonly backwards: boolean }[];
  /** The models: before the run those of the state it starts from, after it those it leads to. */
  readonly apps: StateApps;
}

/** Sent once for each app with models before migrations run. Answers to `pre_migrate`. */
export const preMigrate = new Signal<MigrateEvent>();

/** Sent once for each app with models after migrations have run, also when there was nothing to do. Answers to `post_migrate`. */
export const postMigrate = new Signal<MigrateEvent>();

import { didYouMean } from "@tsgo/utils/nearest-name";

import type { AppConfig } from "../apps/app-config.ts";
import { ImproperlyConfigured } from "../exceptions/configuration.ts";
import type { CheckMessage } from "./messages.ts";

/** The subjects that checks are sorted by. Applications may use others. */
export const Tags = {
  admin: "admin",
  asyncSupport: "async_support",
  caches: "caches",
  commands: "commands",
  compatibility: "compatibility",
  database: "database",
  files: "files",
  models: "models",
  security: "security",
  signals: "signals",
  sites: "sites",
  staticfiles: "staticfiles",
  templates: "templates",
  translation: "translation",
  urls: "urls",
} as const;

/** What a check is told to look at; undefined is everything. */
export interface CheckScope {
  readonly appConfigs: readonly AppConfig[] | undefined;
  /** The database aliases that may be queried; none where the user named none. */
  readonly databases: readonly string[] | undefined;
}

/** Looks for something that is wrong with the project, and says what it found. */
export type Check = (scope: CheckScope) => readonly CheckMessage[] | Promise<readonly CheckMessage[]>;

/** A check with its tags: what a package exports for tsgo to find. */
export interface CheckRegistration {
  readonly check: Check;
  readonly tags: readonly string[];
  /** Runs only with `--deploy`. */
  readonly deploy?: boolean;
  /** Takes too long for every command: runs with `--deploy` and where one of its tags is asked for. */
  readonly thorough?: boolean;
  /** Runs with the command `check` and where one of its tags is asked for, and before no other command. */
  readonly onlyWhenAsked?: boolean;
}

/** Narrows a run of the checks. */
export interface RunChecksOptions extends Partial<CheckScope> {
  /** Only checks with one of these tags. */
  readonly tags?: readonly string[];
  readonly includeDeploymentChecks?: boolean;
  /** Also those that run before no command: somebody asks for the checks as such. */
  readonly asked?: boolean;
}

/** The checks of a project. Answers to Django's `CheckRegistry`. */
export class CheckRegistry {
  readonly #registrations: CheckRegistration[] = [];

  /** Adds a check; adding it again does nothing. */
  register(check: Check, ...tags: readonly string[]): void {
    this.add({ check, tags });
  }

  /** Adds a check that runs only with `--deploy`. */
  registerDeployment(check: Check, ...tags: readonly string[]): void {
    this.add({ check, tags, deploy: true });
  }

  /** Adds a check with all that is to be said about it. */
  add(registration: CheckRegistration): void {
    if (!this.#registrations.some(({ check }) => check === registration.check)) this.#registrations.push(registration);
  }

  /**
   * Runs the checks one after the other. Those tagged `database` run only when asked for by that tag. Throws
   * ImproperlyConfigured for a tag that no check has.
   */
  async runChecks(options: RunChecksOptions = {}): Promise<CheckMessage[]> {
    const { tags, includeDeploymentChecks = false, asked = false } = options;
    for (const tag of tags ?? []) this.#requireTag(tag, includeDeploymentChecks);
    const scope = { appConfigs: options.appConfigs, databases: options.databases };
    const messages: CheckMessage[] = [];
    for (const registration of this.#registrations) {
      if (registration.deploy && !includeDeploymentChecks) continue;
      if (registration.thorough && !includeDeploymentChecks && tags === undefined) continue;
      if (registration.onlyWhenAsked && !asked && tags === undefined) continue;
      if (isWanted(registration, tags)) messages.push(...(await registration.check(scope)));
    }
    return messages;
  }

  /** The tags in use, sorted. */
  tagsAvailable(includeDeploymentChecks = false): string[] {
    const usable = this.#registrations.filter(({ deploy }) => includeDeploymentChecks || !deploy);
    return [...new Set(usable.flatMap(({ tags }) => tags))].sort();
  }

  #requireTag(tag: string, includeDeploymentChecks: boolean): void {
    const known = this.tagsAvailable(includeDeploymentChecks);
    if (!known.includes(tag))
      throw new ImproperlyConfigured(`There is no system check with the tag '${tag}'.${didYouMean(tag, known)}`);
  }
}

function isWanted({ tags }: CheckRegistration, wanted: readonly string[] | undefined): boolean {
  if (wanted !== undefined) return tags.some((tag) => wanted.includes(tag));
  return !tags.includes(Tags.database);
}

/** The checks of the process. */
export const checkRegistry = new CheckRegistry();

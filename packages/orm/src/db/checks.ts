// What `check` says about DATABASES and DATABASE_ROUTERS, without opening a connection.

import { type CheckMessage, type CheckRegistration, Error as CheckError, Tags } from "@tsgo/core/checks";
import { settings } from "@tsgo/core/conf";
import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import { didYouMean } from "@tsgo/utils/nearest-name";

import type { DatabaseSettings } from "../backends/base/wrapper.ts";
import { ROUTER_METHODS, makeRouter } from "../router.ts";
import { createConnection } from "./create-connection.ts";

/** Finds entries of DATABASES that no connection could be made from. */
export function checkDatabases(): CheckMessage[] {
  const databases = settings.DATABASES as unknown as Readonly<Record<string, DatabaseSettings>>;
  const aliases = Object.keys(databases);
  const messages = Object.entries(databases).flatMap(([alias, entry]) => [
    ...whatFails(() => createConnection(alias, entry), "databases.E002"),
    ...checkMirror(alias, entry, aliases),
  ]);
  if (aliases.length === 0 || aliases.includes("default")) return messages;
  const missing = `DATABASES has no 'default'.${didYouMean("default", aliases)}`;
  return [
    new CheckError(missing, { hint: "It is used where nothing else is named.", id: "databases.E001" }),
    ...messages,
  ];
}

function checkMirror(alias: string, { TEST }: DatabaseSettings, aliases: readonly string[]): CheckMessage[] {
  const mirror = TEST?.["MIRROR"];
  if (typeof mirror !== "string" || (mirror !== alias && aliases.includes(mirror))) return [];
  const others = aliases.filter((other) => other !== alias);
  return [
    new CheckError(
      `DATABASES['${alias}'].TEST.MIRROR is no other database: '${mirror}'.${didYouMean(mirror, others)}`,
      {
        id: "databases.E003",
      },
    ),
  ];
}

/** Finds routers that cannot be made, or that nobody would ask anything. */
export function checkRouters(): CheckMessage[] {
  return settings.DATABASE_ROUTERS.flatMap((given, index) =>
    whatFails(() => assertRouter(makeRouter(given)), "databases.E004", `DATABASE_ROUTERS[${index}]: `),
  );
}

function assertRouter(router: object): void {
  if (ROUTER_METHODS.some((name) => typeof (router as Record<string, unknown>)[name] === "function")) return;
  const hints = methodNames(router).map((name) => didYouMean(name, ROUTER_METHODS));
  throw new ImproperlyConfigured(
    `it has none of the methods ${ROUTER_METHODS.join(", ")}.${hints.find((hint) => hint !== "") ?? ""}`,
  );
}

function methodNames(router: object): string[] {
  const names = [...Object.keys(router), ...Object.getOwnPropertyNames(Object.getPrototypeOf(router) ?? {})];
  return names.filter((name) => name !== "constructor" && !(name in Object.prototype));
}

function whatFails(make: () => unknown, id: string, from = ""): CheckMessage[] {
  try {
    make();
    return [];
  } catch (error) {
    if (!(error instanceof ImproperlyConfigured)) throw error;
    return [new CheckError(`${from}${error.message}`, { id })];
  }
}

// Not tagged `database`: that is for checks that may ask a database.
const registrations: readonly CheckRegistration[] = [
  { check: checkDatabases, tags: [Tags.models] },
  { check: checkRouters, tags: [Tags.models] },
];

export default registrations;

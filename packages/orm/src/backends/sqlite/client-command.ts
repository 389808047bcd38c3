import { resolve } from "node:path";

import type { ClientCommand } from "../base/client-command.ts";
import type { DatabaseSettings } from "../base/wrapper.ts";

/** `sqlite3 /srv/site/db.sqlite3` */
export function clientCommands({ NAME }: DatabaseSettings, parameters: readonly string[]): readonly ClientCommand[] {
  // An absolute path cannot be taken for an option.
  const file = NAME === ":memory:" || NAME === "" ? ":memory:" : resolve(NAME);
  return [{ program: "sqlite3", args: [file, ...parameters], env: {} }];
}

// The development server says at its start what there is to migrate.

import { runserverStarting } from "@tsgo/core/server-signals";

/** Lets `runserver` report unapplied migrations and changes without one. Called when the first model is registered. */
export function reportMigrationsAtStart(): void {
  runserverStarting.connect(report, { dispatchUid: "tsgo.orm.migrations" });
}

async function report({ write }: { readonly write: (line: string) => void }): Promise<void> {
  // Loaded here, since most processes never need it.
  const { startReport } = await import("./run/unwritten.ts");
  try {
    for (const line of await startReport()) write(line);
  } catch (error) {
    // A server that shows the mistake is of more use than none.
    write(`The migrations could not be looked at. ${error instanceof Error ? error.message : String(error)}`);
  }
}

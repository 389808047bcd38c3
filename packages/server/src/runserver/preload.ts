import { importModule } from "@tsgo/core/loading";

// What projects import, by the names they import it by. None of it does anything when it is loaded.
const LIKELY = [
  "tsgo/conf",
  "tsgo/http",
  "tsgo/urls",
  "tsgo/views",
  "tsgo/wsgi",
  "tsgo/db",
  "tsgo/template",
  "tsgo/middleware/common",
  "tsgo/middleware/security",
  "tsgo/middleware/csrf",
  "tsgo/management/commands/runserver",
];

/** Loads ahead of time what a project will most probably need, and nothing of its own. Never rejects. */
export async function preload(): Promise<void> {
  await import("./serve.ts");
  await Promise.allSettled(LIKELY.map((reference) => importModule(reference)));
}

import { importModule } from "@tsgo/core/loading";

// What projects import, by the names they import it by. None of it does anything when it is loaded.
const ALWAYS = ["tsgo/conf", "tsgo/http", "tsgo/urls", "tsgo/wsgi", "tsgo/views/defaults"];
const MOSTLY = [
  "tsgo/db",
  "tsgo/shortcuts",
  "tsgo/template",
  "tsgo/template/context-processors",
  "tsgo/middleware/clickjacking",
  "tsgo/middleware/common",
  "tsgo/middleware/csrf",
  "tsgo/middleware/security",
];

/**
 * Loads what a project will need of the framework, and nothing of its own. A process that has time (`thorough`) also
 * loads what most projects need. Never rejects: what is missing is told when it is missed.
 */
export async function preload(thorough: boolean): Promise<void> {
  const wanted = thorough ? [...ALWAYS, ...MOSTLY] : ALWAYS;
  await Promise.allSettled([import("./serve.ts"), ...wanted.map((reference) => importModule(reference))]);
}

import type { Engine } from "../engine.ts";
import type { TriedOrigin } from "../errors.ts";
import type { Origin } from "../origin.ts";
import { Template } from "../template.ts";
import type { Loader } from "./loader.ts";

/**
 * A loader that knows possible places for a name and can read what is there.
 *
 * @example
 * class DatabaseLoader extends SourceLoader {
 *   origins(name: string) {
 *     return [new Origin(`row:${name}`, name, "DatabaseLoader")];
 *   }
 *   read(origin: Origin) {
 *     return rows.get(origin.templateName ?? "");
 *   }
 * }
 */
export abstract class SourceLoader implements Loader {
  /** The places where a template of this name would be, in order. Django: `get_template_sources`. */
  abstract origins(name: string): Iterable<Origin>;

  /** The source at a place, or undefined where there is none. Django: `get_contents`. */
  abstract read(origin: Origin): string | undefined;

  names?(): Iterable<string>;

  find(name: string, engine: Engine, skip: readonly Origin[]): Template | readonly TriedOrigin[] {
    const tried: TriedOrigin[] = [];
    for (const origin of this.origins(name)) {
      if (skip.some((skipped) => skipped.name === origin.name && skipped.loaderName === origin.loaderName)) {
        tried.push([origin, "Skipped to avoid recursion"]);
        continue;
      }
      const source = this.read(origin);
      if (source !== undefined) return new Template(source, engine, origin);
      tried.push([origin, "Source does not exist"]);
    }
    return tried;
  }
}

import { Origin } from "../origin.ts";
import { SourceLoader } from "./source-loader.ts";

/** Templates kept in memory by name, for tests. Django: `django.template.loaders.locmem.Loader`. */
export class LocmemLoader extends SourceLoader {
  readonly #sources: ReadonlyMap<string, string>;

  constructor(sources: Readonly<Record<string, string>>) {
    super();
    this.#sources = new Map(Object.entries(sources));
  }

  override names(): Iterable<string> {
    return this.#sources.keys();
  }

  override origins(name: string): Iterable<Origin> {
    return [new Origin(name, name, "LocmemLoader")];
  }

  override read(origin: Origin): string | undefined {
    return this.#sources.get(origin.name);
  }
}

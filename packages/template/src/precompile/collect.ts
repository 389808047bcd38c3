import { DjangoTemplates } from "../backends/django.ts";
import { type CodeRecord, recordCode } from "../compiler/precompiled.ts";
import { engines } from "../engines.ts";

/** What came of compiling all templates. */
export interface Collected {
  readonly record: CodeRecord;
  /** How many templates were compiled. */
  readonly count: number;
  /** Those that could not be read or compiled, and why. */
  readonly failures: readonly (readonly [name: string, error: unknown])[];
}

/** Compiles every template that the loaders of the engines of Django's language can tell of. */
export function compileTemplates(): Collected {
  const failures: [string, unknown][] = [];
  let count = 0;
  const record = recordCode(() => {
    for (const backend of engines.all()) {
      if (!(backend instanceof DjangoTemplates)) continue;
      // Read anew, since what was compiled before would not be recorded.
      backend.reset();
      for (const name of backend.engine.templateNames()) {
        try {
          backend.engine.getTemplate(name).compile();
          count += 1;
        } catch (error) {
          failures.push([name, error]);
        }
      }
    }
  });
  return { record, count, failures };
}

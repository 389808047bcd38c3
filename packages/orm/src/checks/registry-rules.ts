// What may be wrong between models: names that two of them share. The ids are Django's.

import type { CheckMessage } from "@tsgo/core/checks";

import type { ModelClass } from "../models/model.ts";
import { Report } from "./report.ts";

/** Finds tables, indexes and constraints that several models claim. */
export function checkSharedNames(models: readonly ModelClass[]): CheckMessage[] {
  const own = models.filter(({ _meta: meta }) => !meta.proxy && meta.managed && meta.swapped === null);
  return [
    ...shared(own, ({ _meta: meta }) => [meta.dbTable], "models.E028", "table"),
    ...shared(own, ({ _meta: meta }) => meta.indexes.map(({ name }) => name), "models.E030", "index", "models.E029"),
    ...shared(
      own,
      ({ _meta: meta }) => meta.constraints.map(({ name }) => name),
      "models.E032",
      "constraint",
      "models.E031",
    ),
  ];
}

function shared(
  models: readonly ModelClass[],
  namesOf: (model: ModelClass) => readonly string[],
  id: string,
  what: string,
  idWithin: string = id,
): CheckMessage[] {
  const owners = new Map<string, string[]>();
  for (const model of models)
    for (const name of namesOf(model)) owners.set(name, [...(owners.get(name) ?? []), model._meta.label]);
  const messages: CheckMessage[] = [];
  for (const [name, labels] of owners) {
    if (labels.length < 2) continue;
    const within = new Set(labels).size === 1;
    const report = new Report(name);
    report.error(
      within ? idWithin : id,
      within
        ? `The ${what} name '${name}' occurs more than once in ${labels[0]}.`
        : `The ${what} name '${name}' is used by several models: ${labels.join(", ")}.`,
    );
    messages.push(...report.messages);
  }
  return messages;
}

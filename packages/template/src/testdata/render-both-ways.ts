import { expect } from "vitest";

import type { ContextValues } from "../context/context.ts";
import type { Rendered } from "../runtime/settle.ts";
import type { Template } from "../template.ts";

type Outcome = { readonly text: Rendered } | { readonly error: unknown };

/** Renders a template as it is when it is new, and as it is when it is compiled. Both must give the same. */
export function renderBothWays(template: Template, values: ContextValues): Rendered {
  const walked = outcomeOf(template, values);
  template.compile();
  const compiled = outcomeOf(template, values);
  if ("error" in walked || "error" in compiled) {
    expect(nameOf(compiled)).toBe(nameOf(walked));
    throw "error" in walked ? walked.error : undefined;
  }
  if (typeof walked.text === "string") {
    expect(compiled.text).toBe(walked.text);
    return walked.text;
  }
  return agreed(walked.text, Promise.resolve(compiled.text));
}

function outcomeOf(template: Template, values: ContextValues): Outcome {
  try {
    return { text: template.render(values) };
  } catch (error) {
    return { error };
  }
}

function nameOf(outcome: Outcome): unknown {
  if (!("error" in outcome)) return outcome.text;
  return outcome.error instanceof Error ? outcome.error.name : outcome.error;
}

async function agreed(walked: Promise<string>, compiled: Promise<string>): Promise<string> {
  const [first, second] = await Promise.allSettled([walked, compiled]);
  expect(second.status).toBe(first.status);
  if (first.status === "rejected") throw first.reason;
  expect(second).toEqual(first);
  return first.value;
}

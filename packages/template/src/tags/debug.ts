import { settings } from "@tsgo/core/conf";
import { escapeText } from "@tsgo/utils/html";
import { textForm } from "@tsgo/utils/text-form";

import type { Generator } from "../compiler/generator.ts";
import type { Context } from "../context/context.ts";
import { type ContextUse, Node } from "../nodes/node.ts";

/** `{% debug %}`: the variables there are, while DEBUG is on. */
export function debug(): Node {
  return new DebugNode();
}

class DebugNode extends Node {
  override get contextUse(): ContextUse {
    return "reads";
  }

  override compile(generator: Generator): void {
    generator.write(`${generator.constant(describe)}(c)`);
  }
}

function describe(context: Context): string {
  if (!settings.DEBUG) return "";
  const lines = Object.entries(context.flatten()).map(([name, value]) => `${name}: ${textOf(value)}`);
  return escapeText(lines.join("\n"));
}

// Whatever a value does when it is asked for its text, the page is shown.
function textOf(value: unknown): string {
  if (typeof value === "function") return `function ${value.name}`;
  try {
    return textForm(value);
  } catch (error) {
    return `(its text failed: ${error instanceof Error ? error.message : String(error)})`;
  }
}

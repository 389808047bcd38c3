import { conditionalEscape } from "@tsgo/utils/html";
import { type SafeString, isSafe, markSafe } from "@tsgo/utils/safestring";
import { textForm } from "@tsgo/utils/text-form";

import type { FilterState } from "../library/filter.ts";
import { toItems } from "../runtime/iterate.ts";

/** A list, with lists in it below the item before them, as items of HTML without the outermost `<ul>`. */
export function unorderedList(value: unknown, _argument: undefined, { autoescape }: FilterState): SafeString {
  const text = autoescape ? (item: unknown) => conditionalEscape(item).value : textForm;
  return markSafe(writeItems(toItems(value), "\t", text, new Set()));
}

function writeItems(
  items: readonly unknown[],
  indent: string,
  text: (item: unknown) => string,
  path: Set<object>,
): string {
  const lines: string[] = [];
  for (let index = 0; index < items.length; index += 1) {
    const next = items[index + 1];
    const inner = isList(next) && !path.has(next) ? next : undefined;
    let below = "";
    if (inner !== undefined) {
      path.add(inner);
      if (toItems(inner).length > 0)
        below = `\n${indent}<ul>\n${writeItems(toItems(inner), `${indent}\t`, text, path)}\n${indent}</ul>\n${indent}`;
      path.delete(inner);
      index += 1;
    }
    lines.push(`${indent}<li>${text(items[index - (inner === undefined ? 0 : 1)])}${below}</li>`);
  }
  return lines.join("\n");
}

function isList(value: unknown): value is object {
  return typeof value === "object" && value !== null && Symbol.iterator in value && !isSafe(value);
}

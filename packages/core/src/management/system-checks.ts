import { type CheckMessage, levels } from "../checks/messages.ts";
import { checkRegistry } from "../checks/registry.ts";
import { settings } from "../conf/settings.ts";
import type { ArgumentMap } from "./arguments.ts";
import type { BaseCommand, CheckOptions } from "./base-command.ts";
import { loadBuiltinChecks } from "./builtin-checks.ts";
import type { Style } from "./color.ts";
import { SystemCheckError } from "./command-error.ts";

// From the worst down, each with the words for its heading.
const GROUPS = [
  { heading: "CRITICALS", from: levels.CRITICAL, below: Infinity },
  { heading: "ERRORS", from: levels.ERROR, below: levels.CRITICAL },
  { heading: "WARNINGS", from: levels.WARNING, below: levels.ERROR },
  { heading: "INFOS", from: levels.INFO, below: levels.WARNING },
  { heading: "DEBUGS", from: -Infinity, below: levels.INFO },
];

/** Runs the checks for a command, writes what they found to its stderr, and throws SystemCheckError if it is serious. */
export async function runSystemChecks(command: BaseCommand<ArgumentMap>, options: CheckOptions): Promise<void> {
  const { failLevel = levels.ERROR, displayNumErrors = false, ...scope } = options;
  await loadBuiltinChecks();
  const all = await checkRegistry.runChecks(scope);
  const visible = all.filter(({ id }) => !settings.SILENCED_SYSTEM_CHECKS.includes(id));
  const found = describe(visible, command.style);
  const summary = displayNumErrors
    ? `${found === "" ? "" : "\n"}${summarize(visible.length, all.length - visible.length)}`
    : "";

  if (visible.some((message) => message.isSerious(failLevel)))
    throw new SystemCheckError(
      command.style.error(`SystemCheckError: System check identified some issues:\n`) + found + summary,
    );
  if (found !== "") command.stderr.write(`System check identified some issues:\n${found}${summary}`, { paint: plain });
  else if (summary !== "") command.stdout.write(summary);
}

function describe(messages: readonly CheckMessage[], style: Style): string {
  return GROUPS.flatMap(({ heading, from, below }) => {
    const group = messages
      .filter(({ level }) => level >= from && level < below)
      .map((message) => paintFor(message, style)(message.toString()));
    return group.length > 0 ? [`\n${heading}:\n${group.sort().join("\n")}\n`] : [];
  }).join("");
}

function paintFor(message: CheckMessage, style: Style): (text: string) => string {
  if (message.level >= levels.ERROR) return style.error;
  return message.level >= levels.WARNING ? style.warning : plain;
}

function summarize(issues: number, silenced: number): string {
  const count = issues === 0 ? "no issues" : issues === 1 ? "1 issue" : `${issues} issues`;
  return `System check identified ${count} (${silenced} silenced).`;
}

function plain(text: string): string {
  return text;
}

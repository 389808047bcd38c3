// The texts of one language, out of as many files as there are.

import { type PluralRule, defaultRule, parsePluralForms } from "./plural-forms.ts";

/** What stands between a context and a text in the key of an entry, as in compiled catalogues. */
const CONTEXT_END = "\u0004";

/** A parsed catalogue file: its head, and its messages by context and text. */
export interface CatalogueFile {
  readonly headers: Readonly<Record<string, string>>;
  readonly translations: Readonly<Record<string, Readonly<Record<string, CatalogueMessage>>>>;
}

interface CatalogueMessage {
  readonly msgid: string;
  readonly msgstr: readonly string[];
  readonly comments?: { readonly flag?: string };
}

interface Entry {
  readonly forms: readonly string[];
  readonly rule: PluralRule;
}

/** The translations of one language. Those that are added first win. */
export class Catalogue {
  readonly #entries = new Map<string, Entry>();

  /** Takes over the texts of a parsed file that are not here yet. */
  add(file: CatalogueFile): void {
    const header = Object.entries(file.headers).find(([name]) => name.toLowerCase() === "plural-forms")?.[1];
    const rule = header === undefined ? defaultRule : parsePluralForms(header);
    for (const [context, messages] of Object.entries(file.translations)) {
      for (const { msgid, msgstr, comments } of Object.values(messages)) {
        const key = keyOf(msgid, context === "" ? undefined : context);
        const isUsable = msgid !== "" && msgstr.some((form) => form !== "") && !isFuzzy(comments?.flag);
        if (isUsable && !this.#entries.has(key)) this.#entries.set(key, { forms: msgstr, rule });
      }
    }
  }

  /** The translation of a text, undefined where there is none. */
  translate(message: string, context?: string): string | undefined {
    return this.#entries.get(keyOf(message, context))?.forms[0] || undefined;
  }

  /** The translation of a text in the form that goes with a count, undefined where there is none. */
  translatePlural(singular: string, count: number, context?: string): string | undefined {
    const entry = this.#entries.get(keyOf(singular, context));
    return entry?.forms[entry.rule(count)] || undefined;
  }
}

function keyOf(message: string, context: string | undefined): string {
  return context === undefined ? message : context + CONTEXT_END + message;
}

// A translation that a tool guessed and no one has looked at.
function isFuzzy(flags: string | undefined): boolean {
  return flags !== undefined && flags.split(/[,\s]+/).includes("fuzzy");
}

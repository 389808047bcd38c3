// gettext-parser brings no types: this is as much of it as is used here.

declare module "gettext-parser" {
  interface Message {
    msgid: string;
    msgstr: string[];
    comments?: { flag?: string };
  }
  interface Translations {
    headers: Record<string, string>;
    /** By context, then by text. */
    translations: Record<string, Record<string, Message>>;
  }
  export const po: { parse(bytes: Uint8Array): Translations };
  export const mo: { parse(bytes: Uint8Array): Translations };
}

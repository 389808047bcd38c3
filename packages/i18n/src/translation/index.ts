export { activate, deactivate, deactivateAll, getLanguage, override } from "./active.ts";
export { gettext, gettextLazy, gettextNoop, ngettext, npgettext, pgettext, pgettextLazy } from "./gettext.ts";

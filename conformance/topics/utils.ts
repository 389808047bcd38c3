// The functions of django.utils, and Paginator.

import { settings } from "@tsgo/core/conf";
import {
  getLanguageFromPath,
  getLanguageInfo,
  getSupportedLanguageVariant,
  parseAcceptLangHeader,
  toLanguage,
  toLocale,
} from "@tsgo/i18n/translation";
import { escapeUriPath, filepathToUri, iriToUri, repercentBrokenUnicode, uriToIri } from "@tsgo/utils/encoding";
import {
  conditionalEscape,
  escape,
  escapejs,
  formatHtml,
  formatHtmlJoin,
  jsonScript,
  linebreaks,
  smartUrlquote,
  stripSpacesBetweenTags,
  stripTags,
  urlize,
} from "@tsgo/utils/html";
import { type NumberFormatOptions, type NumberLike, format as formatNumber } from "@tsgo/utils/numberformat";
import {
  type TruncateOptions,
  Truncator,
  camelCaseToSpaces,
  capfirst,
  getTextList,
  getValidFilename,
  normalizeNewlines,
  phone2numeric,
  slugify,
  smartSplit,
  unescapeStringLiteral,
  wrap,
} from "@tsgo/utils/text";

import { callTopic } from "../calls.ts";
import type { Calls } from "../calls.ts";
import type { Case } from "../corpus.ts";

const calls: Calls = {
  "utils.encoding.escape_uri_path": escapeUriPath,
  "utils.encoding.filepath_to_uri": filepathToUri,
  "utils.encoding.iri_to_uri": iriToUri,
  "utils.encoding.repercent_broken_unicode": repercentBrokenUnicode,
  "utils.encoding.uri_to_iri": uriToIri,
  "utils.html.conditional_escape": conditionalEscape,
  "utils.html.escape": escape,
  "utils.html.escapejs": escapejs,
  "utils.html.format_html": formatHtml,
  "utils.html.format_html_join": formatHtmlJoin,
  "utils.html.json_script": jsonScript,
  "utils.html.linebreaks": linebreaks,
  "utils.html.smart_urlquote": (url: unknown) => smartUrlquote(String(url)),
  "utils.html.strip_spaces_between_tags": (html: unknown) => stripSpacesBetweenTags(String(html)),
  "utils.html.strip_tags": stripTags,
  "utils.html.urlize": urlize,
  "utils.numberformat.format": numberFormat,
  "utils.translation.get_language_from_path": getLanguageFromPath,
  "utils.translation.get_language_info": languageInfo,
  "utils.translation.to_language": toLanguage,
  "utils.translation.to_locale": toLocale,
  "utils.translation.trans_real.parse_accept_lang_header": parseAcceptLangHeader,
  "utils.text.camel_case_to_spaces": camelCaseToSpaces,
  "utils.text.capfirst": capfirst,
  "utils.text.get_text_list": getTextList,
  "utils.text.get_valid_filename": getValidFilename,
  "utils.text.normalize_newlines": (text: unknown) => normalizeNewlines(String(text)),
  "utils.text.phone2numeric": phone2numeric,
  "utils.text.slugify": slugify,
  "utils.text.smart_split": smartSplit,
  "utils.translation.get_supported_language_variant": getSupportedLanguageVariant,
  "utils.text.unescape_string_literal": unescapeStringLiteral,
  "utils.text.wrap": (text: unknown, width: number) => wrap(String(text), width),
  "utils.text.Truncator.chars": (text: unknown, length: number, ...rest: TruncateRest) =>
    new Truncator(text).chars(length, truncateOptions(rest)),
  "utils.text.Truncator.words": (text: unknown, length: number, ...rest: TruncateRest) =>
    new Truncator(text).words(length, truncateOptions(rest)),
};

type TruncateRest = readonly (string | TruncateOptions)[];

// The mark of truncation comes as the third argument, all else by name.
function truncateOptions(rest: TruncateRest): TruncateOptions {
  return Object.assign({}, ...rest.map((option) => (typeof option === "string" ? { truncate: option } : option)));
}

function languageInfo(code: string): unknown {
  const { nameLocal, nameTranslated, ...info } = getLanguageInfo(code);
  return { ...info, name_local: nameLocal, name_translated: nameTranslated };
}

type NumberRest = readonly (number | null | RecordedNumberOptions)[];
type RecordedNumberOptions = NumberFormatOptions & { readonly useL10n?: boolean; readonly forceGrouping?: boolean };

// In Django the setting is read by the function itself.
function numberFormat(number: NumberLike | null, separator: string, ...rest: NumberRest): unknown {
  const options: RecordedNumberOptions = Object.assign(
    {},
    ...rest.map((option) => (typeof option === "object" ? option : { decimalPos: option })),
  );
  const useGrouping =
    options.forceGrouping === true || (options.useL10n !== false && settings.USE_THOUSAND_SEPARATOR);
  return formatNumber(number ?? "", separator, { ...options, useGrouping });
}

export const topic = callTopic(calls, { leaveOut: reasonToLeaveOut });

function reasonToLeaveOut({ input }: Case): string | undefined {
  if (input["fn"] === "utils.translation.get_supported_language_variant")
    return "recorded with a call that Python refuses";
  const first = (input["args"] as readonly unknown[])[0];
  const isShown = input["fn"] !== "utils.html.json_script" && typeof first === "boolean";
  return isShown ? "booleans print as true and false (DESIGN decision 6)" : undefined;
}

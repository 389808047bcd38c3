// The functions of django.utils, and Paginator.

import { settings } from "@tsgo/core/conf";
import { Paginator } from "@tsgo/core/paginator";
import { b62Decode, b62Encode, b64Decode, b64Encode } from "@tsgo/core/signing";
import { cleanIpv6Address } from "@tsgo/core/validators";
import { type Choice, type ChoicesInput, flattenChoices, normalizeChoices } from "@tsgo/utils/choices";
import { constantTimeCompare, pbkdf2, saltedHmac } from "@tsgo/utils/crypto";
import { MultiValueDict } from "@tsgo/utils/datastructures";
import {
  Atom1Feed,
  type FeedInfo,
  type FeedItem,
  Rss201rev2Feed,
  RssUserland091Feed,
  getTagUri,
  rfc2822Date,
  rfc3339Date,
} from "@tsgo/utils/feedgenerator";
import { type Ipv6Options, isValidIpv6Address } from "@tsgo/utils/ipv6";
import { normalize } from "@tsgo/utils/regex";
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
  "core.paginator.Paginator": paginate,
  "core.paginator.Paginator.get_elided_page_range": elidedRange,
  "core.paginator.Paginator.get_page": (count: number, perPage: number, page: unknown) =>
    new Paginator(numbers(count), perPage).getPage(page).then(({ number }) => number),
  "core.signing.b62_decode": b62Decode,
  "core.signing.b62_encode": b62Encode,
  "core.signing.b64_decode": (bytes: Uint8Array) => b64Decode(Buffer.from(bytes).toString("latin1")),
  "core.signing.b64_encode": (bytes: Uint8Array) => new Uint8Array(Buffer.from(b64Encode(bytes))),
  "utils.choices.flatten_choices": (choices: Choice[]) => [...flattenChoices(choices)],
  "utils.choices.normalize_choices": (choices: ChoicesInput) => [...normalizeChoices(choices)],
  "utils.crypto.constant_time_compare": constantTimeCompare,
  "utils.crypto.pbkdf2 (hex)": derivedKey,
  "utils.crypto.salted_hmac": (salt: string, value: string, secret: string | null, options: { algorithm: string }) =>
    saltedHmac(salt, value, secret ?? settings.SECRET_KEY, options.algorithm).toString("hex"),
  "utils.datastructures.MultiValueDict": runOperations,
  "utils.ipv6.clean_ipv6_address": (address: string, options?: boolean | Ipv6Options) =>
    cleanIpv6Address(address, typeof options === "boolean" ? { unpackIpv4: options } : options),
  "utils.ipv6.is_valid_ipv6_address": isValidIpv6Address,
  "utils.regex_helper.normalize": normalize,
  "utils.encoding.escape_uri_path": escapeUriPath,
  "utils.encoding.filepath_to_uri": filepathToUri,
  "utils.encoding.iri_to_uri": iriToUri,
  "utils.encoding.repercent_broken_unicode": repercentBrokenUnicode,
  "utils.encoding.uri_to_iri": uriToIri,
  "utils.feedgenerator.feed": writeFeed,
  "utils.feedgenerator.get_tag_uri": getTagUri,
  "utils.feedgenerator.rfc2822_date": rfc2822Date,
  "utils.feedgenerator.rfc3339_date": rfc3339Date,
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

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

async function paginate(
  count: number,
  perPage: number,
  orphans: number,
  allowEmptyFirstPage: boolean,
  number: unknown,
) {
  const paginator = new Paginator(numbers(count), perPage, { orphans, allowEmptyFirstPage });
  const page = await paginator.page(number);
  return {
    count: await paginator.count,
    num_pages: await paginator.numPages,
    page_range: await paginator.pageRange,
    number: page.number,
    items: [...page],
    has_next: page.hasNext(),
    has_previous: page.hasPrevious(),
    has_other_pages: page.hasOtherPages(),
    start_index: page.startIndex(),
    end_index: page.endIndex(),
    str: String(page),
  };
}

function elidedRange(count: number, perPage: number, number: unknown, onEachSide: number, onEnds: number) {
  return new Paginator(numbers(count), perPage).getElidedPageRange(number, { onEachSide, onEnds });
}

async function derivedKey(password: string, salt: string, iterations: number, dklen = 0, digest = "sha256") {
  return (await pbkdf2(password, salt, iterations, { dklen, digest })).toString("hex");
}

type Operation = readonly [name: string, ...args: unknown[]];
type Dict = MultiValueDict;

const operations: Readonly<Record<string, (dict: Dict, ...args: never[]) => unknown>> = {
  get: (dict, key: string, fallback: unknown = null) => dict.get(key, fallback),
  appendlist: (dict, key: string, value: unknown) => dict.appendList(key, value),
  setlist: (dict, key: string, values: unknown[]) => dict.setList(key, values),
  setlistdefault: (dict, key: string, values: unknown[] = []) => dict.setListDefault(key, values),
  setdefault: (dict, key: string, value: unknown) => emptyAsList(dict.setDefault(key, value)),
  __setitem__: (dict, key: string, value: unknown) => void dict.set(key, value),
  __delitem__: (dict, key: string) => (dict.delete(key) ? null : { error: "KeyError" }),
  __contains__: (dict, key: string) => dict.has(key),
  __len__: (dict) => dict.size,
  update: (dict, other: Record<string, unknown>) => dict.update(other),
  items: (dict) => Array.from(dict.items(), ([key, value]) => [key, emptyAsList(value)]),
  values: (dict) => Array.from(dict.values(), emptyAsList),
  lists: (dict) => [...dict.lists()],
  keys: (dict) => [...dict.keys()],
  dict: (dict) => Object.fromEntries(Array.from(dict.items(), ([key, value]) => [key, emptyAsList(value)])),
  popitem: (dict) => dict.popItem(),
};

// Python answers with the empty list itself where there is no last value.
function emptyAsList(value: unknown): unknown {
  return value === undefined ? [] : value;
}

function runOperations(entries: [string, unknown[]][], steps: Operation[]): unknown {
  const dict: Dict = new MultiValueDict(entries);
  const results = steps.map(([name, ...args]) => operations[name]?.(dict, ...(args as never[])));
  return { results, final: [...dict.lists()] };
}

const feeds = { Atom1Feed, Rss201rev2Feed, RssUserland091Feed };

function writeFeed(name: keyof typeof feeds, info: FeedInfo, items: (FeedItem & { unique_id?: string | null })[]) {
  const feed = new feeds[name](info);
  for (const { unique_id: uniqueId, ...item } of items) feed.addItem({ ...item, uniqueId });
  return feed.writeString();
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
  const useGrouping = options.forceGrouping === true || (options.useL10n !== false && settings.USE_THOUSAND_SEPARATOR);
  return formatNumber(number ?? "", separator, { ...options, useGrouping });
}

export const topic = callTopic(calls, { leaveOut: reasonToLeaveOut, stopClock: true });

function reasonToLeaveOut({ input }: Case): string | undefined {
  if (input["fn"] === "utils.translation.get_supported_language_variant")
    return "recorded with a call that Python refuses";
  const first = (input["args"] as readonly unknown[])[0];
  const isShown = input["fn"] !== "utils.html.json_script" && typeof first === "boolean";
  return isShown ? "booleans print as true and false (DESIGN decision 6)" : undefined;
}

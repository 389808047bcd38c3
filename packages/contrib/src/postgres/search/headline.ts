import { FieldError } from "@tsgo/core/exceptions";
import { type Expression, type Field, Func, TextField, Value } from "@tsgo/orm/models";

import { SearchConfig, type SearchConfiguration } from "./config.ts";
import { SearchQuery, type SearchTerms, isSearchTerms } from "./query.ts";

/** How a headline is made; the names are PostgreSQL's. */
export interface SearchHeadlineOptions {
  readonly config?: SearchConfiguration;
  /** What stands before and behind a word that was found. */
  readonly startSel?: string;
  readonly stopSel?: string;
  readonly maxWords?: number;
  readonly minWords?: number;
  /** Words of this length and less are left out at the ends. */
  readonly shortWord?: number;
  /** The whole text instead of a piece. */
  readonly highlightAll?: boolean;
  readonly maxFragments?: number;
  readonly fragmentDelimiter?: string;
}

const NAMES = {
  startSel: "StartSel",
  stopSel: "StopSel",
  maxWords: "MaxWords",
  minWords: "MinWords",
  shortWord: "ShortWord",
  highlightAll: "HighlightAll",
  maxFragments: "MaxFragments",
  fragmentDelimiter: "FragmentDelimiter",
} as const;

/**
 * A piece of a text with the words that were found marked. The text itself is not escaped for HTML. Answers to `SearchHeadline`.
 *
 * @example Entry.objects.annotate({ headline: new SearchHeadline("body", new SearchQuery("cheese"), { startSel: "<b>" }) })
 */
export class SearchHeadline extends Func<string> {
  override readonly function = "ts_headline";

  constructor(text: string | Expression, query: string | SearchTerms, options: SearchHeadlineOptions = {}) {
    const { config, ...rest } = options;
    const settings = settingsText(rest);
    super(
      ...(config === undefined ? [] : [new SearchConfig(config)]),
      text,
      isSearchTerms(query) ? query : new SearchQuery(query),
      ...(settings === "" ? [] : [new Value(settings)]),
    );
  }

  protected override resolveOutputField(): Field {
    return new TextField.Class();
  }
}

function settingsText(options: Omit<SearchHeadlineOptions, "config">): string {
  return Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => {
      if (!Object.hasOwn(NAMES, key))
        throw new FieldError(
          `SearchHeadline has no option '${key}'. It has: config, ${Object.keys(NAMES).join(", ")}.`,
        );
      return `${NAMES[key as keyof typeof NAMES]}=${settingText(value)}`;
    })
    .join(", ");
}

function settingText(value: string | number | boolean): string {
  return typeof value === "string" ? `"${value.replaceAll('"', '""')}"` : String(value);
}

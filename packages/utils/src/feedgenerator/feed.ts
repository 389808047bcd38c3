// What all kinds of feeds have in common.

import type { DateLike } from "../dates/moment.ts";
import { iriToUri } from "../encoding/uris.ts";
import { instantOf } from "./dates.ts";

/** Someone who wrote something. */
export interface FeedAuthor {
  readonly authorName?: string | null | undefined;
  readonly authorEmail?: string | null | undefined;
  readonly authorLink?: string | null | undefined;
}

/** A feed as a whole. */
export interface FeedInfo extends FeedAuthor {
  readonly title: unknown;
  readonly link: string;
  readonly description: unknown;
  readonly language?: string | null | undefined;
  readonly subtitle?: unknown;
  readonly categories?: readonly unknown[];
  /** The address of the feed itself. */
  readonly feedUrl?: string | null | undefined;
  readonly feedCopyright?: unknown;
  /** The link unless given. */
  readonly feedGuid?: string | null | undefined;
  /** Minutes for which readers may keep the feed. */
  readonly ttl?: number | null | undefined;
}

/** A file that belongs to an item. */
export interface Enclosure {
  readonly url: string;
  /** In bytes. */
  readonly length: number;
  readonly mimeType: string;
}

/** One entry of a feed. */
export interface FeedItem extends FeedAuthor {
  readonly title: unknown;
  readonly link: string;
  readonly description?: unknown;
  readonly pubdate?: DateLike | null | undefined;
  readonly updateddate?: DateLike | null | undefined;
  readonly comments?: string | null | undefined;
  readonly uniqueId?: string | null | undefined;
  readonly uniqueIdIsPermalink?: boolean | null | undefined;
  readonly categories?: readonly unknown[];
  readonly itemCopyright?: unknown;
  readonly ttl?: number | null | undefined;
  readonly enclosures?: readonly Enclosure[];
}

/** The ground of feeds: what is in them. Django: `SyndicationFeed`. */
export abstract class SyndicationFeed {
  /** The content type to send it with. */
  abstract readonly contentType: string;
  protected readonly feed: FeedInfo;
  readonly #items: FeedItem[] = [];

  constructor(feed: FeedInfo) {
    this.feed = { ...feed, link: iriToUri(feed.link), feedUrl: uriOrNull(feed.feedUrl) };
  }

  /** The items in the order in which they were added. */
  get items(): readonly FeedItem[] {
    return this.#items;
  }

  addItem(item: FeedItem): void {
    this.#items.push({ ...item, link: iriToUri(item.link), comments: uriOrNull(item.comments) });
  }

  /** The latest date of an item; this moment where none has one. */
  latestPostDate(): DateLike {
    const dates = this.#items
      .flatMap(({ pubdate, updateddate }) => [pubdate, updateddate])
      .filter((date) => date !== null && date !== undefined);
    const latest = dates.toSorted((a, b) => instantOf(a) - instantOf(b)).at(-1);
    return latest ?? new Date(Date.now());
  }

  /** The feed as XML. Django: `writeString`. */
  abstract writeString(): string;
}

function uriOrNull(iri: string | null | undefined): string | null {
  return iri === null || iri === undefined || iri === "" ? null : iriToUri(iri);
}

/** What every XML begins with. */
export const XML_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n';

// The pages in docs/ as tests: a fence marked `ts run` is a module that must run, and its `// =>` lines must be true.

import { readFileSync } from "node:fs";

import type { Plugin } from "vite";

/** One fenced block of a page. */
export interface Listing {
  /** The words behind the fence: language first. */
  readonly info: readonly string[];
  readonly code: string;
  /** The line of the page on which the code begins, from 1. */
  readonly line: number;
}

/** All fenced blocks of a Markdown page, in order. */
export function listingsOf(page: string): Listing[] {
  const found: Listing[] = [];
  const lines = page.split("\n");
  for (let i = 0; i < lines.length; i += 1) {
    const open = /^( *)```(.+)$/.exec(lines[i] ?? "");
    if (open === null) continue;
    const [, indent = "", info = ""] = open;
    const start = i + 1;
    while (i + 1 < lines.length && lines[i + 1] !== `${indent}\`\`\``) i += 1;
    const code = lines.slice(start, i + 1).map((line) => line.slice(indent.length));
    found.push({ info: info.trim().split(/\s+/), code: code.join("\n"), line: start + 1 });
    i += 1;
  }
  return found;
}

/** Puts a check in the place of each line `expression; // => text`. */
export function withChecks(code: string): string {
  return code.replaceAll(
    /^(\s*)(?!\/\/)(.+?);?[ \t]*\/\/ => (.*)$/gm,
    (_line, indent: string, expression: string, text: string) =>
      `${indent}__check(await (${expression}), ${JSON.stringify(text.trim())});`,
  );
}

/** Lets Vitest take Markdown pages for test files: each marked listing is one test, named by its line. */
export function listingPlugin(): Plugin {
  return {
    name: "docs-listings",
    enforce: "pre",
    load(id) {
      const [file = "", query] = id.split("?");
      if (!file.endsWith(".md")) return undefined;
      const listings = listingsOf(readFileSync(file, "utf8")).filter(({ info }) => isRun(info));
      const number = /^listing=(\d+)/.exec(query ?? "")?.[1];
      return number === undefined ? testModule(file, listings) : listingModule(listings[Number(number)]);
    },
  };
}

function isRun(info: readonly string[]): boolean {
  return info[0] === "ts" && info.includes("run");
}

function testModule(file: string, listings: readonly Listing[]): string {
  const tests = listings.map(
    ({ line, info }, index) =>
      `test${needsServer(info) ? ".skipIf(!(await answers()))" : ""}("the listing on line ${line}", () => import(${JSON.stringify(`${file}?listing=${index}&lang.ts`)}));`,
  );
  const server = listings.some(({ info }) => needsServer(info))
    ? ['import { answers } from "/docs/listings/postgresql.ts";']
    : [];
  return ['import { test } from "vitest";', ...server, ...tests, 'test("has been read", () => {});'].join("\n");
}

// `ts run postgresql` is for a listing that nothing but PostgreSQL can run.
function needsServer(info: readonly string[]): boolean {
  return info.includes("postgresql");
}

function listingModule(listing: Listing | undefined): string {
  return [
    'import { expect as __expect } from "vitest";',
    'import { inspect as __inspect } from "node:util";',
    "const __check = (value, text) =>",
    "  __expect(typeof value === 'string' && !text.startsWith(\"'\") ? value : __inspect(value, { breakLength: Infinity, depth: 6 })).toBe(text);",
    withChecks(listing?.code ?? ""),
  ].join("\n");
}

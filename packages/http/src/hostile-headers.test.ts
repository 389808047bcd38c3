import { configureSettings } from "@tsgo/core/conf";
import { TsgoError } from "@tsgo/core/exceptions";
import { parseEtags, parseHeaderParameters, parseHttpDateSafe } from "@tsgo/utils/http";
import { expect, test } from "vitest";

import { parseCookie } from "./cookies/parse.ts";
import { HttpRequest } from "./request.ts";
import { plainSource } from "./source.ts";

configureSettings({ ALLOWED_HOSTS: ["example.com"] });

const LENGTH = 1_000_000;
const SEEDS = [" ", "\t ", ",", ";", "=", '"', '\\"', "a/", 'W/"', '"a",', "(", "0", "%", "a;q=0,", ":", "[", "-"];

// A small generator of its own, so that every run tries the same mixtures.
function mixture(seed: number): string {
  let state = seed;
  let text = "";
  while (text.length < LENGTH) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    text += SEEDS[state % SEEDS.length] ?? "";
  }
  return text;
}

const texts = [...SEEDS.map((seed) => seed.repeat(LENGTH / seed.length)), ...[1, 2, 3].map(mixture)];

const readers: Readonly<Record<string, (text: string) => unknown>> = {
  cookie: parseCookie,
  etags: parseEtags,
  "http date": parseHttpDateSafe,
  "header parameters": parseHeaderParameters,
  accept: (text) => withHeader("Accept", text).getPreferredType(["text/html", "a/b"]),
  "content type": (text) => [withHeader("Content-Type", text).contentType, withHeader("Content-Type", text).encoding],
  host: (text) => withHeader("Host", text).getHost(),
  "absolute uri": (text) => withHeader("Host", text).buildAbsoluteUri(),
  multipart: (text) => withHeader("Content-Type", `multipart/form-data; boundary=${text}`).POST,
};

function withHeader(name: string, value: string): HttpRequest {
  return new HttpRequest(plainSource({ method: "POST", headers: { [name]: value }, body: "x" }));
}

// Work that grew with the square of the length would take hours here.
test.each(Object.keys(readers))("NODE-43: %s is read or refused in linear work", async (name) => {
  for (const text of texts) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other, to hold one text at a time
    const error: unknown = await Promise.resolve(text)
      .then(readers[name])
      .then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
    expect(error === undefined || error instanceof TsgoError).toBe(true);
  }
});

test("CVE-2026-84429: many Accept headers of many separators are answered", () => {
  const header = `a/b;x="${";".repeat(250)}"`;
  const request = new HttpRequest(plainSource({ headers: { Accept: [...Array(60).fill(header), "text/html"] } }));
  expect([request.accepts("text/html"), request.accepts("image/png")]).toEqual([true, false]);
});

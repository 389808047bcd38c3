import { configureSettings } from "@tsgo/core/conf";
import { TsgoError } from "@tsgo/core/exceptions";
import { expect, test } from "vitest";

import { HttpRequest } from "./request.ts";
import { plainSource } from "./source.ts";

configureSettings({ ALLOWED_HOSTS: ["*"], USE_X_FORWARDED_HOST: true });

const PIECES = [
  ...Array.from("/?&=;:#@[]{}%\\\"'<>.,-_+ \t\r\n\0\u007f\u0080\u00e9\u00ff"),
  "%00",
  "%E0%A4%A",
  "%ff",
  "%C3%A9",
  "//",
  "/../",
  "http://",
  "__proto__",
  "constructor",
  "boundary=",
  "charset=utf-16",
  "charset=nonsense",
  "multipart/form-data; boundary=B",
  "application/x-www-form-urlencoded",
  "text/html;q=",
  "filename*=x''%zz",
  'form-data; name="a"; filename="&#x2F;..\\"',
  "\r\n--B\r\nContent-Disposition: ",
  "\r\nContent-Transfer-Encoding: base64\r\n\r\n",
  "--B",
  "[::1]",
  "99999999999999999999",
  "a".repeat(300),
];
const HEADERS = ["Host", "Cookie", "Accept", "Content-Type", "Content-Length", "X-Forwarded-Host", "If-None-Match"];

// A small generator of its own, so that every run tries the same requests.
function* numbers(seed: number): Generator<number, never, undefined> {
  for (let state = seed; ;) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    yield Math.floor(state / 65_536);
  }
}

function hostileText(random: Generator<number, never, undefined>): string {
  let text = "";
  for (let left = random.next().value % 8; left > 0; left -= 1)
    text += PIECES[random.next().value % PIECES.length] ?? "";
  return text;
}

const questions: readonly ((request: HttpRequest) => unknown)[] = [
  (request) => [request.path, request.pathInfo, request.getFullPath({ forceAppendSlash: true }), request.META],
  (request) => request.GET.urlencode(),
  (request) => request.getHost(),
  (request) => request.buildAbsoluteUri(),
  (request) => Object.entries(request.COOKIES),
  (request) => [...request.headers],
  (request) => [request.contentType, request.encoding, request.scheme, request.getPort()],
  (request) => [request.accepts("text/html"), request.getPreferredType(["a/b", "text/html"])],
  (request) => request.POST.then(String),
  async (request) => {
    for (const [, files] of (await request.FILES).lists()) await Promise.all(files.map((file) => file.text()));
    await request.close();
  },
  (request) => request.json(),
];

test("NODE-34: whatever a request holds, what is asked of it is answered or refused with a 4xx", async () => {
  const random = numbers(1);
  const unexpected: unknown[] = [];
  for (let round = 0; round < 1500; round += 1) {
    const headers = Object.fromEntries(HEADERS.map((name) => [name, hostileText(random)]));
    const options = { method: "POST", target: hostileText(random), headers, body: hostileText(random) };
    for (const ask of questions) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- a request of its own for each question, one after the other
        await ask(new HttpRequest(plainSource(options)));
      } catch (error) {
        if (!(error instanceof TsgoError)) unexpected.push([options, error]);
      }
    }
  }
  expect(unexpected).toEqual([]);
});

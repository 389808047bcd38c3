import { expect, test } from "vitest";

import { classifyChange } from "./classify.ts";

test.each([
  ["polls/views.ts", "restart"],
  ["mysite/settings.js", "restart"],
  [".env", "restart"],
  [".env.local", "restart"],
  ["locale/de.json", "restart"],
  ["polls/templates/polls/index.html", "notify"],
  ["templates/mail.txt", "notify"],
  ["polls/static/polls/script.js", "notify"],
  ["node_modules/x/index.js", "ignore"],
  [".git/index", "ignore"],
  ["dist/views.js", "ignore"],
  ["db.sqlite3", "ignore"],
  ["db.sqlite3-wal", "ignore"],
  ["polls/.views.ts.swp", "ignore"],
  ["polls/views.ts~", "ignore"],
  ["polls/4913", "ignore"],
  [".tsgo-shell-1a2b.ts", "ignore"],
  [".tsgo-1a2b/views.ts", "ignore"],
])("a change of %s: %s", (path, kind) => {
  expect(classifyChange("/home/me/mysite", `/home/me/mysite/${path}`)).toBe(kind);
});

test("folders above the project do not decide", () => {
  expect(classifyChange("/srv/.cache/dist/mysite", "/srv/.cache/dist/mysite/views.ts")).toBe("restart");
});

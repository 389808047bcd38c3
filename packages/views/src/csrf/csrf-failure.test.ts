import { configureSettings, overrideSettings } from "@tsgo/core/conf";
import { HttpRequest } from "@tsgo/http/request";
import { plainSource } from "@tsgo/http/source";
import { beforeAll, expect, test } from "vitest";

import { csrfFailure } from "./index.ts";

beforeAll(() => {
  configureSettings({ TEMPLATES: [] });
});

const text = async (reason: string): Promise<string> => {
  const response = await csrfFailure(new HttpRequest(plainSource()), { reason });
  expect(response.statusCode).toBe(403);
  return "text" in response ? String(response.text) : "";
};

test("the page for a failed CSRF check tells the reason only with DEBUG", async () => {
  expect(await text("CSRF token missing.")).not.toContain("CSRF");
  await overrideSettings({ DEBUG: true }, async () => {
    expect(await text("Origin checking failed - <script> does not match")).toContain(
      "failed - &lt;script&gt; does not",
    );
  });
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { configureSettings, overrideSettings } from "@tsgo/core/conf";
import { PermissionDenied } from "@tsgo/core/exceptions";
import { Http404 } from "@tsgo/http/exceptions";
import { HttpRequest } from "@tsgo/http/request";
import type { HttpResponse, HttpResponseBase } from "@tsgo/http/response";
import { plainSource } from "@tsgo/http/source";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";

import { badRequest, pageNotFound, permissionDenied, serverError } from "./index.ts";

beforeAll(() => configureSettings({ SECRET_KEY: "test", USE_I18N: false }));

const MESSAGE = "Your account is locked, call 555-1234";
const request = new HttpRequest(
  plainSource({ target: `/%0A%0A${encodeURIComponent(MESSAGE)}`, headers: { Host: "localhost" } }),
);

async function textOf(response: Promise<HttpResponseBase>): Promise<string> {
  return ((await response) as HttpResponse).text;
}

function templates(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "tsgo-pages-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const override = overrideSettings({ TEMPLATES: [{ BACKEND: "django", DIRS: [folder] }] });
  onTestFinished(() => {
    override.disable();
    rmSync(folder, { recursive: true });
  });
}

describe("the pages for visitors", () => {
  test("CVE-2019-3498, NODE-65: say what happened in general, and nothing of the request, the error or the site", async () => {
    const error = new Error(`${MESSAGE} at /srv/site/views.ts`);
    const pages = [
      badRequest(request),
      permissionDenied(request, error),
      pageNotFound(request, new Http404(MESSAGE)),
      serverError(request),
    ];
    expect((await Promise.all(pages)).map(({ statusCode }) => statusCode)).toEqual([400, 403, 404, 500]);
    for (const page of pages) expect(await textOf(page)).not.toMatch(/555|locked|views\.ts|tsgo|node/i);
  });

  test("CVE-2019-3498: the path is percent-encoded for a template of the project's own", async () => {
    templates({ "404.html": "{{ requestPath }} {{ exception }}", "403.html": "{{ exception }}", "500.html": "ours" });
    expect(await textOf(pageNotFound(request, new Http404("no poll")))).toBe(`/%0A%0A${encodeURI(MESSAGE)} no poll`);
    expect(await textOf(permissionDenied(request, new PermissionDenied("<b>")))).toBe("&lt;b&gt;");
    expect(await textOf(serverError(request))).toBe("ours");
    expect(await textOf(badRequest(request))).toContain("Bad Request (400)");
  });

  test("a template that is itself at fault is an error to be heard of", async () => {
    templates({ "404.html": '{% include "missing.html" %}' });
    await expect(pageNotFound(request, new Http404(""))).rejects.toThrow("missing.html");
  });
});

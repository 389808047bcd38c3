import type { HttpRequest } from "@tsgo/http/request";

import { describeValue } from "./describe.ts";
import type { SafeExceptionReporterFilter } from "./exception-reporter-filter.ts";

type Rows = (readonly [name: string, value: string])[];

/** What is shown of a request, secrets hidden. */
export interface RequestReport {
  readonly method: string;
  readonly path: string;
  readonly url: string;
  readonly view: string | undefined;
  readonly GET: Rows;
  readonly POST: Rows;
  readonly FILES: Rows;
  readonly COOKIES: Rows;
  readonly META: Rows;
}

/** Puts together what is known of a request. What cannot be read, since it is itself the error, is left out. */
export async function reportRequest(request: HttpRequest, filter: SafeExceptionReporterFilter): Promise<RequestReport> {
  const form = request.method === "POST" ? await readForm(request) : { fields: [], files: [] };
  return {
    method: request.method,
    path: request.path,
    url: or("", () => filter.cleanseUrls(request.buildAbsoluteUri())),
    view: request.resolverMatch?.viewName,
    GET: or([], () =>
      shown(
        filter.getPostParameters(
          [...request.GET.lists()].flatMap(([name, values]) => values.map((value) => [name, value] as const)),
        ),
      ),
    ),
    POST: shown(filter.getPostParameters(form.fields)),
    FILES: shown(form.files),
    COOKIES: or([], () => shown(Object.entries(filter.getSafeCookies(request)))),
    META: or([], () =>
      shown(Object.entries(filter.getSafeRequestMeta(request)).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    ),
  };
}

async function readForm(request: HttpRequest): Promise<{ fields: [string, unknown][]; files: [string, unknown][] }> {
  try {
    const fields = [...(await request.POST).lists()].flatMap(([name, values]) =>
      values.map((value): [string, unknown] => [name, value]),
    );
    const files = [...(await request.FILES).lists()].flatMap(([name, list]) =>
      list.map((file): [string, unknown] => [name, `${file.name} (${file.size} bytes)`]),
    );
    return { fields, files };
  } catch {
    return { fields: [], files: [] };
  }
}

function shown(entries: Iterable<readonly [string, unknown]>): Rows {
  return Array.from(entries, ([name, value]) => [name, describeValue(value)] as const);
}

function or<T>(fallback: T, read: () => T): T {
  try {
    return read();
  } catch {
    return fallback;
  }
}

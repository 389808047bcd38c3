import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { configureSettings, type SettingsInput } from "@tsgo/core/conf";
import { setProjectRoot } from "@tsgo/core/loading";
import { HttpResponse } from "@tsgo/http/response";
import { onTestFinished } from "vitest";

import { WSGIServer, type WSGIServerOptions } from "../basehttp/wsgi-server.ts";
import type { ErrorPages } from "../handler/error-pages.ts";
import { WSGIHandler } from "../handler/wsgi-handler.ts";
import { makeApplication, type WSGIApplication } from "../wsgi/application.ts";

// The real pages are those of another package, above this one.
const pages: ErrorPages = {
  forVisitors: (status) => () => new HttpResponse(`plain ${status}`, { status }),
  forDeveloper: async (_request, error, status) => new HttpResponse(`details: ${String(error)}`, { status }),
};

/** Sets the process up for the site of `urls.ts`. */
export function configureSite(settings: SettingsInput = {}): void {
  setProjectRoot(import.meta.dirname);
  configureSettings({ SECRET_KEY: "test", ROOT_URLCONF: "urls", ALLOWED_HOSTS: ["localhost", "127.0.0.1"], USE_I18N: false, ...settings });
}

export async function makeSite(): Promise<WSGIApplication> {
  return makeApplication(await WSGIHandler.load(pages));
}

/** Serves the site by the development server until the test ends. Gives the port. */
export async function serveSite(options: WSGIServerOptions = {}): Promise<number> {
  const server = new WSGIServer(await makeSite(), options);
  const port = await server.listen({ host: "127.0.0.1", port: 0 });
  onTestFinished(() => {
    server.closeAllConnections();
    return server.close();
  });
  return port;
}

/** Serves the site by Node's own server, as a user of `application` may. Gives the server and its port. */
export async function serveByNode(): Promise<{ server: Server; port: number }> {
  const server = createServer(await makeSite());
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve());
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server, port: (server.address() as AddressInfo).port };
}

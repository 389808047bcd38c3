import { configureSettings, overrideSettings } from "@tsgo/core/conf";
import { MiddlewareNotUsed } from "@tsgo/core/exceptions";
import { getLogger } from "@tsgo/core/logging";
import { HttpRequest } from "@tsgo/http/request";
import { HttpResponse, type HttpResponseBase } from "@tsgo/http/response";
import { plainSource } from "@tsgo/http/source";
import type { AnyView } from "@tsgo/urls";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";

import type { Middleware, MiddlewareClass, MiddlewareFactory } from "../middleware.ts";
import { buildHandler } from "./build-handler.ts";

beforeAll(() => {
  configureSettings();
});

const log: string[] = [];
beforeEach(() => {
  log.length = 0;
});

const request = (): HttpRequest => new HttpRequest(plainSource());
const text = (response: HttpResponseBase): string => (response instanceof HttpResponse ? response.text : "");

/** What `run` needs to know; everything has a harmless default. */
interface Site {
  readonly middleware?: readonly (MiddlewareClass | MiddlewareFactory)[];
  readonly view?: AnyView;
  readonly resolve?: () => never;
  readonly kwargs?: Record<string, unknown>;
  readonly args?: string[];
}

function run({ middleware = [], view = okView, resolve, kwargs = {}, args = [] }: Site) {
  const handler = buildHandler({
    middleware: middleware.map((one) => ({ name: `site/middleware:${one.name}`, middleware: one })),
    resolve: resolve ?? (() => ({ func: view, kwargs, args })),
    convertException: (_request, error) =>
      new HttpResponse(`converted: ${error instanceof Error ? error.message : String(error)}`, { status: 500 }),
  });
  return handler(request());
}

const fail = (): never => {
  throw new Error("failed");
};

const okView: AnyView = () => {
  log.push("view");
  return new HttpResponse("ok");
};

const failingView: AnyView = () => {
  throw new Error("view failed");
};

/** A class that notes each of its phases, some of which answer. */
function noting(name: string, phases: Partial<Middleware> = {}): MiddlewareClass {
  class Noting implements Middleware {
    processRequest(...args: [HttpRequest]) {
      log.push(`${name} request`);
      return phases.processRequest?.(...args);
    }
    processView(...args: Parameters<NonNullable<Middleware["processView"]>>) {
      log.push(`${name} view`);
      return phases.processView?.(...args);
    }
    processResponse(...args: [HttpRequest, HttpResponseBase]) {
      log.push(`${name} response`);
      return phases.processResponse?.(...args) ?? args[1];
    }
    processException(...args: [HttpRequest, unknown]) {
      log.push(`${name} exception`);
      return phases.processException?.(...args);
    }
    processTemplateResponse(...args: Parameters<NonNullable<Middleware["processTemplateResponse"]>>) {
      log.push(`${name} template`);
      return phases.processTemplateResponse?.(...args) ?? args[1];
    }
  }
  return Noting;
}

/** A response that is rendered late. */
class Unrendered extends HttpResponse {
  isRendered = false;
  readonly #error: Error | undefined;
  constructor(error?: Error) {
    super("not yet");
    this.#error = error;
  }
  render(): this {
    log.push("render");
    if (this.#error !== undefined) throw this.#error;
    this.content = "rendered";
    this.isRendered = true;
    return this;
  }
  addPostRenderCallback(): void {}
}

const unrenderedView: AnyView = async () => new Unrendered();
const unrenderableView: AnyView = () => new Unrendered(new Error("no template"));
const rejectingView: AnyView = () => Promise.reject(new Error("later"));

const wrapping = (name: string): MiddlewareFactory => {
  log.push(`${name} made`);
  return (getResponse) => async (request) => {
    log.push(`${name} in`);
    const response = await getResponse(request);
    log.push(`${name} out`);
    return response;
  };
};

describe("the order of the phases", () => {
  test("in by the order of the settings, out by the opposite", () => {
    expect(text(run({ middleware: [noting("a"), noting("b")] }) as HttpResponseBase)).toBe("ok");
    expect(log).toEqual(["a request", "b request", "a view", "b view", "view", "b response", "a response"]);
  });

  test("a response in the request phase goes back through its own response phase, past all that is behind", () => {
    const early = { processRequest: () => new HttpResponse("early") };
    expect(text(run({ middleware: [noting("a"), noting("b", early), noting("c")] }) as HttpResponseBase)).toBe("early");
    expect(log).toEqual(["a request", "b request", "b response", "a response"]);
  });

  test("a response in the view phase takes the place of the view, and goes through every response phase", () => {
    const instead = { processView: () => new HttpResponse("instead") };
    void run({ middleware: [noting("a", instead), noting("b")] });
    expect(log).toEqual(["a request", "b request", "a view", "b response", "a response"]);
  });

  test("what the view threw is offered from the innermost outwards, until one answers", () => {
    const rescue = { processException: () => new HttpResponse("rescued") };
    const middleware = [noting("a"), noting("b", rescue), noting("c")];
    expect(text(run({ middleware, view: failingView }) as HttpResponseBase)).toBe("rescued");
    expect(log.slice(6)).toEqual(["c exception", "b exception", "c response", "b response", "a response"]);
  });

  test("where nobody answers the error is converted before the innermost response phase", () => {
    expect(text(run({ middleware: [noting("a")], view: failingView }) as HttpResponseBase)).toBe(
      "converted: view failed",
    );
    expect(log).toEqual(["a request", "a view", "a exception", "a response"]);
  });

  test("a response that is yet to be rendered passes the template phase, innermost first, and is rendered", () => {
    const middleware = [noting("a"), noting("b")];
    expect(text(run({ middleware, view: () => new Unrendered() }) as HttpResponseBase)).toBe("rendered");
    expect(log.slice(4)).toEqual(["b template", "a template", "render", "b response", "a response"]);
  });

  test("an error while rendering is offered like one of the view", () => {
    const rescue = { processException: () => new HttpResponse("rescued") };
    expect(text(run({ middleware: [noting("a", rescue)], view: unrenderableView }) as HttpResponseBase)).toBe(
      "rescued",
    );
    expect(log.slice(2)).toEqual(["a template", "render", "a exception", "a response"]);
  });

  test("an error of a middleware is converted at its own layer: those around it see a response", () => {
    for (const phases of [{ processRequest: fail }, { processResponse: fail }]) {
      log.length = 0;
      const response = run({ middleware: [noting("a"), noting("b", phases)] }) as HttpResponseBase;
      expect(text(response)).toBe("converted: failed");
      expect(log.at(-1)).toBe("a response");
    }
  });

  test("what resolving throws reaches the response phases as a response, and no exception phase", () => {
    expect(text(run({ middleware: [noting("a")], resolve: fail }) as HttpResponseBase)).toBe("converted: failed");
    expect(log).toEqual(["a request", "a response"]);
  });
});

describe("middleware as functions", () => {
  test("stand around the rest of the chain, among those of class style", async () => {
    const response = await run({ middleware: [wrapping("a"), noting("b"), wrapping("c")] });
    expect(text(response)).toBe("ok");
    expect(log.slice(2)).toEqual(["a in", "b request", "c in", "b view", "view", "c out", "b response", "a out"]);
  });

  test("see responses where what is inside failed", async () => {
    const seen: number[] = [];
    const watching: MiddlewareFactory = (getResponse) => async (request) => {
      const response = await getResponse(request);
      seen.push(response.statusCode);
      return response;
    };
    await run({ middleware: [watching], view: failingView });
    expect(seen).toEqual([500]);
  });

  test("that are no middleware are refused by name", () => {
    const nothing = (() => undefined) as unknown as MiddlewareFactory;
    expect(() => run({ middleware: [nothing] })).toThrow(
      "The middleware factory 'site/middleware:nothing' returned undefined",
    );
  });
});

describe("waiting", () => {
  test("nothing waits where nothing gives a promise", () => {
    const response = run({ middleware: [noting("a"), noting("b")] });
    expect(response).toBeInstanceOf(HttpResponse);
  });

  test("every phase may give a promise, and the order stays", async () => {
    const later: Partial<Middleware> = {
      processRequest: async () => undefined,
      processView: async () => undefined,
      processTemplateResponse: async (_request, response) => response,
      processResponse: async (_request, response) => response,
    };
    const response = run({ middleware: [noting("a", later), noting("b", later)], view: unrenderedView });
    expect(response).toBeInstanceOf(Promise);
    expect(text(await response)).toBe("rendered");
    expect(log.slice(0, 4)).toEqual(["a request", "b request", "a view", "b view"]);
    expect(log.slice(4)).toEqual(["b template", "a template", "render", "b response", "a response"]);
  });

  test("a rejection is an error like one that is thrown", async () => {
    const rescue = { processException: async () => new HttpResponse("rescued") };
    expect(text(await run({ middleware: [noting("a", rescue)], view: rejectingView }))).toBe("rescued");
    expect(text(await run({ middleware: [noting("a")], view: rejectingView }))).toBe("converted: later");
    const failing = { processResponse: () => Promise.reject(new Error("response phase")) };
    expect(text(await run({ middleware: [noting("a", failing)] }))).toBe("converted: response phase");
  });
});

describe("views", () => {
  test("are called with what the URL gave", () => {
    const given: unknown[] = [];
    const view = ((_request: HttpRequest, ...rest: unknown[]) => {
      given.push(...rest);
      return new HttpResponse("");
    }) as AnyView;
    void run({ view, kwargs: { id: 5 }, args: ["x"] });
    expect(given).toEqual([{ id: 5 }, "x"]);
  });

  test.each([
    [undefined, "undefined. Is a 'return' missing?"],
    [null, "null. Is a 'return' missing?"],
    ["text", "a value of type string."],
  ])("that give %j instead of a response are named", async (value, message) => {
    const detail = (() => value) as unknown as AnyView;
    const later = (async () => value) as unknown as AnyView;
    expect(text(await run({ view: detail }))).toContain(
      `The view 'detail' did not give an HttpResponse but ${message}`,
    );
    expect(text(await run({ view: later }))).toContain("The view 'later'");
  });

  test("of response phases that give nothing the middleware is named", () => {
    class Forgetful implements Middleware {
      processResponse(): HttpResponseBase {
        return undefined as unknown as HttpResponseBase;
      }
    }
    expect(text(run({ middleware: [Forgetful] }) as HttpResponseBase)).toContain(
      "Forgetful.processResponse did not give",
    );
  });
});

describe("middleware that is not used", () => {
  class Unused {
    processRequest(): undefined {
      log.push("never");
    }
    constructor() {
      throw new MiddlewareNotUsed("nothing to do");
    }
  }

  test("is left out, and noted with DEBUG", () => {
    const messages: string[] = [];
    getLogger("tsgo.request").configure({
      level: "DEBUG",
      handlers: [{ emit: ({ message }) => void messages.push(message) }],
    });
    void run({ middleware: [Unused, noting("a")] });
    expect(messages).toEqual([]);
    void overrideSettings({ DEBUG: true }, () => run({ middleware: [Unused, noting("a")] }));
    expect(messages).toEqual(["MiddlewareNotUsed('site/middleware:Unused'): nothing to do"]);
    expect(log).toContain("a response");
  });

  test("any other error while it is made goes through", () => {
    class Broken {
      processRequest(): undefined {
        log.push("never");
      }
      constructor() {
        throw new Error("broken");
      }
    }
    expect(() => run({ middleware: [Broken] })).toThrow("broken");
  });
});

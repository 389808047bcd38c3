import { configureSettings } from "@tsgo/core/conf";
import { HttpRequest } from "@tsgo/http/request";
import { HttpResponse, type HttpResponseBase } from "@tsgo/http/response";
import { plainSource } from "@tsgo/http/source";
import type { Awaitable } from "@tsgo/utils/awaitable";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";

import { decoratorFromMiddleware, decoratorFromMiddlewareWithArgs } from "./decorators.ts";
import type { GetResponse, Middleware, UnrenderedResponse } from "./middleware.ts";

beforeAll(() => {
  configureSettings();
});

const log: unknown[] = [];
beforeEach(() => {
  log.length = 0;
});

class Noting implements Middleware {
  processRequest(): undefined {
    log.push("request");
  }
  processView(_request: HttpRequest, _view: unknown, kwargs: object): undefined {
    log.push(["view", kwargs]);
  }
  processResponse(_request: HttpRequest, response: HttpResponseBase): HttpResponseBase {
    log.push("response");
    return response;
  }
  processException(_request: HttpRequest, error: unknown): HttpResponse | undefined {
    log.push("exception");
    return error instanceof RangeError ? new HttpResponse("rescued") : undefined;
  }
  processTemplateResponse(_request: HttpRequest, response: UnrenderedResponse): UnrenderedResponse {
    log.push("template");
    return response;
  }
}

class Tagging implements Middleware {
  readonly #tag: string;
  constructor(_getResponse: GetResponse, tag: string) {
    this.#tag = tag;
  }
  processResponse(_request: HttpRequest, response: HttpResponseBase): HttpResponseBase {
    response.headers.set("X-Tag", this.#tag);
    return response;
  }
}

const request = new HttpRequest(plainSource());
const detail = (_request: HttpRequest, { id }: { id: number }): HttpResponse => new HttpResponse(String(id));
const later = async (): Promise<HttpResponse> => new HttpResponse("later");
const failing = (error: Error) => (): HttpResponse => {
  throw error;
};
const noted = decoratorFromMiddleware(Noting);

describe("a middleware around a single view", () => {
  test("runs its phases around it, and leaves what the view is", async () => {
    const wrapped = noted(Object.assign(detail, { shouldAppendSlash: false }));
    expect(wrapped(request, { id: 5 }).text).toBe("5");
    expect(log).toEqual(["request", ["view", { id: 5 }], "response"]);
    expect([wrapped.name, wrapped.shouldAppendSlash]).toEqual(["detail", false]);
  });

  test("is given the arguments that its constructor takes besides", () => {
    const tagged = decoratorFromMiddlewareWithArgs(Tagging)("beta");
    expect(tagged(() => new HttpResponse(""))().headers.get("X-Tag")).toBe("beta");
  });

  test("may answer in place of the view, and for what the view throws", () => {
    class Early implements Middleware {
      processRequest(): HttpResponse {
        return new HttpResponse("early");
      }
    }
    expect(decoratorFromMiddleware(Early)(failing(new Error("never")))().text).toBe("early");
    expect(noted(failing(new RangeError("x")))().text).toBe("rescued");
    expect(() => noted(failing(new Error("not mine")))()).toThrow("not mine");
  });

  test("waits where the view does", async () => {
    const response = noted(later)();
    expect(response).toBeInstanceOf(Promise);
    await expect(response).resolves.toMatchObject({ text: "later" });
    expect(log.at(-1)).toBe("response");
  });

  test("sees a response that is rendered late when it has been rendered", () => {
    const callbacks: ((response: HttpResponseBase) => Awaitable<HttpResponseBase | undefined>)[] = [];
    class Late extends HttpResponse {
      readonly isRendered = false;
      render(): this {
        return this;
      }
      addPostRenderCallback(callback: (response: HttpResponseBase) => Awaitable<HttpResponseBase | undefined>): void {
        callbacks.push(callback);
      }
    }
    const response = noted(() => new Late(""))();
    expect(log.at(-1)).toBe("template");
    for (const callback of callbacks) void callback(response);
    expect(log.at(-1)).toBe("response");
  });
});

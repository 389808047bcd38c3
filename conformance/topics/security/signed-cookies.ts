// Signed cookies, in the form in which Django ties them to their names.

import { plainSource } from "@tsgo/http/source";
import { HttpRequest } from "@tsgo/http/request";
import { HttpResponse } from "@tsgo/http/response";

import type { Calls } from "../../calls.ts";
import { atTime } from "./signing.ts";

interface ReadOptions {
  readonly salt?: string;
  readonly maxAge?: number;
  readonly default?: string | null;
  readonly at?: number;
}

export const signedCookieCalls: Calls = {
  "http.HttpResponse.set_signed_cookie": (name: string, value: string, salt: string) => {
    const response = new HttpResponse();
    atTime(undefined, () => response.setSignedCookie(name, value, { salt, djangoSalt: true }));
    return response.cookies.get(name)?.value;
  },
  "http.HttpRequest.get_signed_cookie": (name: string, signed: string, { at, ...options }: ReadOptions) => {
    const request = new HttpRequest(plainSource());
    request.COOKIES = { [name]: signed };
    const { default: fallback, ...rest } = options;
    const read = { ...rest, djangoSalt: true, ...("default" in options && { fallback }) };
    return atTime(at, () => request.getSignedCookie(name, read));
  },
};

import type { HttpResponseBase } from "@tsgo/http/response";
import type { AnyView } from "@tsgo/urls";

/**
 * Gives a response back if it is one; `giver` is the view that gave it, or what did.
 *
 * @throws TypeError for anything else, above all the nothing of a forgotten `return`.
 */
export function checkResponse(response: HttpResponseBase, giver: AnyView | string): HttpResponseBase {
  const given: unknown = response;
  if (typeof given === "object" && given !== null && "statusCode" in given) return response;
  const name = typeof giver === "string" ? giver : `The view '${giver.name}'`;
  const instead =
    given === undefined || given === null
      ? `${String(given)}. Is a 'return' missing?`
      : `a value of type ${typeof given}.`;
  throw new TypeError(`${name} did not give an HttpResponse but ${instead}`);
}

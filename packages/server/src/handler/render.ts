import type { HttpResponseBase } from "@tsgo/http/response";
import { type Awaitable, isPromise } from "@tsgo/utils/awaitable";

type Answer = Awaitable<HttpResponseBase>;

/** A response whose template is rendered late, so that middleware can still change it. */
interface Unrendered {
  readonly isRendered: boolean;
  render(): Answer;
}

/** Renders what a view left to be rendered; anything else passes. */
export function render(answer: Answer): Answer {
  if (isPromise(answer)) return answer.then(render);
  return isUnrendered(answer) ? answer.render() : answer;
}

function isUnrendered(response: HttpResponseBase | Unrendered): response is HttpResponseBase & Unrendered {
  return "isRendered" in response && !response.isRendered;
}

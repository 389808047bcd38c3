import { JsonResponse } from "./json-response.ts";

interface Poll {
  readonly text: string;
}

declare const poll: Poll;
declare const promised: Promise<Poll>;

export const typed: JsonResponse<Poll> = new JsonResponse(poll);
export const literal: JsonResponse<{ votes: number }> = new JsonResponse({ votes: 1 });
export const list: JsonResponse<Poll[]> = new JsonResponse([poll], { safe: false });

// @ts-expect-error -- a forgotten await
export const forgotten = new JsonResponse(promised);
// @ts-expect-error -- a list has to be asked for
export const unsafe = new JsonResponse([poll]);
// @ts-expect-error -- neither text nor null is an object
export const text = new JsonResponse("x");
// @ts-expect-error -- another payload than was promised
export const other: JsonResponse<Poll> = new JsonResponse({ votes: 1 });

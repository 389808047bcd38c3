// Requests, responses, QueryDict, cookies, and the functions of django.utils.http and django.utils.cache.

import { existsSync } from "node:fs";
import { join } from "node:path";

import { parseCookie } from "@tsgo/http/cookies";
import {
  type AllowedHosts,
  type UrlencodeInput,
  base36ToInt,
  escapeLeadingSlashes,
  httpDate,
  intToBase36,
  isSameDomain,
  parseEtags,
  parseHeaderParameters,
  parseHttpDate,
  parseHttpDateSafe,
  quoteEtag,
  urlHasAllowedHostAndScheme,
  urlencode,
  urlsafeBase64Decode,
  urlsafeBase64Encode,
} from "@tsgo/utils/http";

import { type Calls, callTopic } from "../calls.ts";
import type { Case } from "../corpus.ts";
import type { Evaluate, Outcome, Topic } from "../topic.ts";
import { skipped } from "../topic.ts";
import { fromKeys, queryDictFacts, urlencodeQuery } from "./http/querydicts.ts";
import {
  type RecordedRequest,
  acceptFacts,
  formFacts,
  hostFacts,
  makeRequest,
  mediaTypeFacts,
  pathFacts,
} from "./http/requests.ts";
import {
  cacheControlFacts,
  conditionalStatus,
  contentDisposition,
  deleteCookie,
  fileResponseFacts,
  responseFacts,
  setCookie,
  varyHeader,
} from "./http/responses.ts";

const calls: Calls = {
  "http.FileResponse": fileResponseFacts,
  "http.HttpRequest.POST": formFacts,
  "http.HttpRequest.accepts": acceptFacts,
  "http.HttpRequest.build_absolute_uri": (request: RecordedRequest, location: string | null) =>
    makeRequest(request).buildAbsoluteUri(location ?? undefined),
  "http.HttpRequest.get_full_path": pathFacts,
  "http.HttpRequest.get_host": hostFacts,
  "http.HttpResponse.delete_cookie": deleteCookie,
  "http.HttpResponse.set_cookie": setCookie,
  "http.QueryDict": queryDictFacts,
  "http.QueryDict.fromkeys": fromKeys,
  "http.QueryDict.urlencode": urlencodeQuery,
  "http.parse_cookie": parseCookie,
  "http.request.MediaType": mediaTypeFacts,
  "http.response": responseFacts,
  "utils.cache.get_conditional_response": conditionalStatus,
  "utils.cache.patch_cache_control": cacheControlFacts,
  "utils.cache.patch_vary_headers": varyHeader,
  "utils.http.base36_to_int": base36ToInt,
  "utils.http.content_disposition_header": contentDisposition,
  "utils.http.escape_leading_slashes": escapeLeadingSlashes,
  "utils.http.http_date": httpDate,
  "utils.http.int_to_base36": intToBase36,
  "utils.http.is_same_domain": isSameDomain,
  "utils.http.parse_etags": parseEtags,
  "utils.http.parse_header_parameters": parseHeaderParameters,
  "utils.http.parse_http_date": parseHttpDate,
  "utils.http.parse_http_date_safe": parseHttpDateSafe,
  "utils.http.quote_etag": quoteEtag,
  "utils.http.url_has_allowed_host_and_scheme": (url: string | null, options: AllowedHosts) =>
    urlHasAllowedHostAndScheme(url, options),
  "utils.http.urlencode": (query: UrlencodeInput, doseq: boolean | { doseq: boolean } = false) =>
    urlencode(query, typeof doseq === "boolean" ? { doseq } : doseq),
  "utils.http.urlsafe_base64_decode": urlsafeBase64Decode,
  "utils.http.urlsafe_base64_encode": urlsafeBase64Encode,
};

const functions = callTopic(calls);
const realNow = Date.now;

export const topic: Topic = {
  async open(corpus): Promise<Evaluate> {
    const runCall = await functions.open(corpus);
    const runMiddleware = await middlewareRunner();
    const { $datetime: now } = corpus.head["now"] as { $datetime: string };
    Date.now = () => Date.parse(now);
    return (testCase) => (testCase.group.startsWith("middleware:") ? runMiddleware(testCase) : runCall(testCase));
  },
  close() {
    Date.now = realNow;
  },
};

type RunCase = (testCase: Case) => Outcome | Promise<Outcome>;

async function middlewareRunner(): Promise<RunCase> {
  const file = join(import.meta.dirname, "http", "middleware.ts");
  if (!existsSync(file)) return () => skipped("this part is not built yet");
  return ((await import(file)) as { runMiddlewareCase: RunCase }).runMiddlewareCase;
}

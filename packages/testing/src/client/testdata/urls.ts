import type { HttpRequest } from "@tsgo/http/request";
import { HttpResponse, HttpResponseRedirect, JsonResponse, StreamingHttpResponse } from "@tsgo/http/response";
import { path } from "@tsgo/urls";
import { render } from "@tsgo/views/shortcuts";

function echo(request: HttpRequest) {
  return new JsonResponse({
    method: request.method,
    query: request.GET.urlencode(),
    header: request.headers.get("x-test") ?? null,
    host: request.getHost(),
  });
}

async function form(request: HttpRequest) {
  const fields = await request.POST;
  const file = (await request.FILES).get("file");
  const content = file === undefined ? undefined : `${file.name}: ${new TextDecoder().decode(await file.read())}`;
  return new JsonResponse({ title: fields.get("title"), tags: fields.getList("tags"), file: content });
}

async function json(request: HttpRequest) {
  return new JsonResponse(await request.json<Record<string, unknown>>());
}

function cookie(request: HttpRequest) {
  const response = new HttpResponse(request.COOKIES["c"] ?? "none");
  const value = request.GET.get("set");
  if (value !== undefined) response.setCookie("c", value);
  if (request.GET.has("drop")) response.deleteCookie("c");
  return response;
}

function broken(): never {
  throw new Error("broken view");
}

async function* words() {
  yield "one ";
  yield "two ";
}

export const urlpatterns = [
  path("echo/", echo),
  path("form/", form),
  path("json/", json),
  path("cookie/", cookie),
  path("to/echo/", () => new HttpResponseRedirect("/echo/")),
  path("again/", () => new HttpResponseRedirect("/form/", { preserveRequest: true })),
  path("circle/", () => new HttpResponseRedirect("/circle/")),
  path("page/", (request) => render(request, "page.html", { name: request.GET.get("name") }), { name: "page" }),
  path("broken/", broken),
  path("stream/", () => new StreamingHttpResponse(words())),
];

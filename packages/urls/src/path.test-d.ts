// What must compile, and what must not.

import type { HttpRequest } from "@tsgo/http/request";
import { HttpResponse } from "@tsgo/http/response";

import {
  include,
  path,
  type RegexParams,
  registerConverter,
  rePath,
  type RouteParams,
  routesUnder,
  type View,
} from "@tsgo/urls";
import { expectTypeOf } from "vitest";

declare module "@tsgo/urls" {
  interface Converters {
    year4: number;
    day: Date;
  }
}

expectTypeOf<RouteParams<"<int:year>/<slug:title>/">>().toEqualTypeOf<{ year: number; title: string }>();
expectTypeOf<RouteParams<"<name>/<day:on>">>().toEqualTypeOf<{ name: string; on: Date }>();
expectTypeOf<RegexParams<"^(?P<a>x)/(?<b>y)(?<=y)$">>().toEqualTypeOf<{ a: string; b: string }>();

const index = (_request: HttpRequest): HttpResponse => new HttpResponse("");
const detail = async (_request: HttpRequest, { questionId }: { questionId: number }): Promise<HttpResponse> =>
  new HttpResponse(String(questionId));
const anything: View = () => new HttpResponse("");
const optional = (_request: HttpRequest, { page = 1 }: { page?: number }): HttpResponse =>
  new HttpResponse(String(page));
const year = (_request: HttpRequest, kwargs: { year: string }): HttpResponse => new HttpResponse(kwargs.year);

path("", index);
path("<int:questionId>/", detail, { name: "detail" });
path("<int:questionId>/", index);
path("<int:x>/", anything);
path("list/", optional);
path("list/<int:page>/", optional);
path("x/", detail, { kwargs: { questionId: 5 } });
path("<str:questionId>/", detail, { kwargs: { questionId: 5 } });
path("<day:on>/", (_request, { on }) => new HttpResponse(on.toISOString()));
path("polls/", include("polls/urls"));
declare const computed: string;
path(computed, detail);

// @ts-expect-error -- a string for a number
path("<str:questionId>/", detail);
// @ts-expect-error -- another name
path("<int:id>/", detail);
// @ts-expect-error -- nothing for a parameter
path("", detail);
// @ts-expect-error -- a default of the wrong type
path("", detail, { kwargs: { questionId: "5" } });
// @ts-expect-error -- a parameter that is optional in the route cannot be another type
path("list/<slug:page>/", optional);
// @ts-expect-error -- no such converter
path("<integer:questionId>/", index);
// @ts-expect-error -- not a view
path("x/", "polls/views:index");
// @ts-expect-error -- a view that answers nothing
path("x/", () => undefined);

rePath("^(?P<year>[0-9]{4})/$", year);
rePath("^(?<year>[0-9]{4})/$", year);
rePath("^([0-9]+)/$", (_request, _kwargs, id) => new HttpResponse(id));
// @ts-expect-error -- the group has another name
rePath("^(?P<y>[0-9]{4})/$", year);
// @ts-expect-error -- the group may be missing
rePath("^(?:(?P<year>[0-9]{4})/)?$", year);
// @ts-expect-error -- the group may be missing
rePath("^([0-9]+)?/$", (_request, _kwargs, id: string) => new HttpResponse(id));

const shop = routesUnder<"<slug:tenant>/">();
shop.path("<int:id>/", (_request, { tenant, id }) => new HttpResponse(tenant.toUpperCase() + id.toFixed()));
shop.rePath("^(?P<id>.)$", (_request, { tenant, id }) => new HttpResponse(tenant.toUpperCase() + id.toUpperCase()));
// @ts-expect-error -- the include brings a string
shop.path("", (_request: HttpRequest, { tenant }: { tenant: number }) => new HttpResponse(String(tenant)));

class FourDigitYear {
  readonly regex = "[0-9]{4}";
  toPython(text: string): number {
    return Number(text);
  }
  toUrl(value: number): string {
    return String(value);
  }
}
registerConverter(FourDigitYear, "year4");
// @ts-expect-error -- declared as a Date
registerConverter(FourDigitYear, "day");
// @ts-expect-error -- not declared
registerConverter(FourDigitYear, "year5");

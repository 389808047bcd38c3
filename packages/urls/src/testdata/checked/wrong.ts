import { HttpResponse } from "@tsgo/http/response";
import { include, path, registerConverter, rePath } from "@tsgo/urls";

class SlowConverter {
  readonly regex = "(?:a+)+";
  toPython(text: string): string {
    return text;
  }
  toUrl(value: string): string {
    return value;
  }
}
registerConverter(SlowConverter, "slow");

const view = () => new HttpResponse("");
const shop = [path("item/<int:id>/", view, { name: "item" })];

export const urlpatterns = [
  rePath("^ended$", include([path("", view)])),
  path("/slash", view),
  path("colon/", view, { name: "a:b" }),
  path("^caret/(?P<x>y)$", view),
  path("<slow:x>/", view),
  rePath("^(\\w+\\s?)*$", view),
  path("eu/", include([shop, "shop"])),
  path("us/", include([shop, "shop"])),
];
export const handler500 = (_request: unknown, _error: unknown, _third: unknown) => view();

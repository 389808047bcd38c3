// What the application answers. A view takes the request and gives a response; urls.ts says which URL is whose.
//
//   import type { HttpRequest } from "tsgo/http";
//   import { render } from "tsgo/shortcuts";
//
//   export function index(request: HttpRequest) {
//     return render(request, "{{ app_name }}/index.html", { title: "Hello" });
//   }
export {};

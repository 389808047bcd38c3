// Views that write a note each, to see which of them stay.

import { Http404 } from "@tsgo/core/exceptions";
import type { HttpRequest } from "@tsgo/http/request";
import { HttpResponse, StreamingHttpResponse } from "@tsgo/http/response";
import { atomic, connections, executeSql, inAtomicBlock, nonAtomicRequests } from "@tsgo/orm/db";
import { path } from "@tsgo/urls";

async function note(text: string): Promise<void> {
  await executeSql("INSERT INTO notes VALUES (?)", [text]);
}

function state(): string {
  return connections.aliases.map((alias) => `${alias} ${inAtomicBlock(alias)}`).join(", ");
}

async function write(request: HttpRequest) {
  await note("written");
  switch (request.GET.get("then")) {
    case "throw":
      throw new Error("broken view");
    case "missing":
      throw new Http404("no such thing");
    case "fail":
      return new HttpResponse(state(), { status: 500 });
    default:
      return new HttpResponse(state());
  }
}

async function alone() {
  await note("alone");
  await atomic(() => note("durable"), { durable: true });
  throw new Error(state());
}

async function* late() {
  yield state();
  await note("late");
}

export const urlpatterns = [
  path("write/", write),
  path("plain/", () => new HttpResponse(state())),
  path("alone/", nonAtomicRequests(alone)),
  path("archive/", nonAtomicRequests({ using: "archive" })(() => new HttpResponse(state()))),
  path("stream/", () => new StreamingHttpResponse(late())),
];

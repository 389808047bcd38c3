import type { HttpRequest } from "@tsgo/http/request";
import { Resolver404, type UrlEntry } from "@tsgo/urls";

import { page } from "./layout.ts";
import { type Content, markup } from "./markup.ts";

const SHOWN = 300;

/** The page for a 404: the patterns that were tried, or what the view said. */
export function notFoundPage(request: HttpRequest, error: unknown): string {
  const message =
    error instanceof Resolver404
      ? "No URL pattern matches this path."
      : messageOf(error) || "A view answered that there is no such page.";
  const header = markup`<h1>Page not found <small>404 at ${request.method} ${request.path}</small></h1>
    <p class="message">${message}</p>
    ${request.resolverMatch && markup`<p class="where">raised by the view ${request.resolverMatch.viewName}</p>`}`;
  return page(
    `Page not found at ${request.path}`,
    header,
    error instanceof Resolver404 ? triedSection(request, error.tried) : explanation(request),
  );
}

function triedSection(request: HttpRequest, tried: readonly (readonly UrlEntry[])[]): Content {
  if (tried.length === 0) return markup`<section><p class="note">The URLconf has no patterns.</p></section>`;
  return markup`<section>
    <h2>Patterns tried, in this order <small>${tried.length}</small></h2>
    <ol>
      ${tried.slice(0, SHOWN).map((way) => markup`<li><code>${way.map((entry) => entry.pattern.toString()).join(" ")}</code>${nameOf(way)}</li> `)}
    </ol>
    ${tried.length > SHOWN && markup`<p class="note">and ${tried.length - SHOWN} more.</p>`}
    <p class="note">The path <code>${request.pathInfo.replace(/^\//, "") || "(empty)"}</code> matched none of them.</p>
  </section>`;
}

function nameOf(way: readonly UrlEntry[]): Content {
  const last = way.at(-1);
  return last !== undefined && "name" in last && last.name !== undefined && markup` [name="${last.name}"]`;
}

function explanation(request: HttpRequest): Content {
  const match = request.resolverMatch;
  return (
    match &&
    markup`<section>
      <h2>What the URL led to</h2>
      <table>
        <tr>
          <th>pattern</th>
          <td><code>${match.route}</code></td>
        </tr>
        <tr>
          <th>parameters</th>
          <td><code>${JSON.stringify(match.kwargs) ?? ""}</code></td>
        </tr>
      </table>
    </section>`
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "";
}

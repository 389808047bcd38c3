import type { Frame } from "./frames.ts";
import { page, source, table } from "./layout.ts";
import { type Content, markup } from "./markup.ts";
import type { ErrorReport } from "./report.ts";
import type { RequestReport } from "./request-report.ts";
import type { TemplatePlace } from "./template-place.ts";

/** All that the page for an error shows. */
export interface FailureReport {
  /** What was thrown, and behind it what caused it. */
  readonly errors: readonly ErrorReport[];
  readonly request: RequestReport | undefined;
  readonly settings: readonly (readonly [name: string, value: string])[];
  readonly versions: string;
}

/** The page for an error. */
export function errorPage({ errors, request, settings, versions }: FailureReport): string {
  const [first] = errors;
  const type = first?.type ?? "Error";
  const title = request === undefined ? type : `${type} at ${request.path}`;
  return page(
    title,
    markup`<h1>${type}${request && markup` <small>at ${request.method} ${request.path}</small>`}</h1>
      <p class="message">${first?.message || "(no message)"}</p>
      <p class="where">
        ${whereOf(errors)}${request?.view !== undefined && markup` · view ${request.view}`} · ${versions}
      </p>`,
    [
      errors.map((error, i) => errorSection(error, i)),
      request && requestSection(request),
      settings.length > 0 &&
        markup`<section>
          <details>
            <summary><b>Settings</b> <span>secrets hidden</span></summary>
            ${table(settings, "")}
          </details>
        </section>`,
    ],
  );
}

function whereOf(errors: readonly ErrorReport[]): string {
  const error = errors.find(({ template }) => template !== undefined) ?? errors[0];
  if (error?.template) return `${error.template.file}, line ${error.template.line}`;
  const frame = error?.frames.find(({ owner }) => owner === "project") ?? error?.frames[0];
  return frame === undefined ? "nobody knows where" : `${frame.shownFile}, line ${frame.line}`;
}

function errorSection(error: ErrorReport, index: number): Content {
  const heading =
    index === 0
      ? markup`<h2>Where it happened</h2>`
      : markup`<h2>Caused by ${error.type} <small>${error.message}</small></h2>`;
  return markup`<section>
    ${heading} ${error.template && templatePart(error.template)}
    ${error.frames.length === 0 && markup`<p class="note">There is no stack for it.</p>`} ${foldedFrames(error.frames)}
    ${
      error.details.length > 0 &&
      markup`<h3>What the error carries</h3>
        ${table(error.details, "")}`
    }
  </section>`;
}

function templatePart({ file, line, sourceLines, before, during, after }: TemplatePlace): Content {
  return markup`<details open>
    <summary><b>${file}</b> <span>line ${line}</span></summary>
    ${source(sourceLines, line, [before, during !== "" && markup`<mark>${during}</mark>`, after])}
  </details>`;
}

// The project's own calls stand open, those of others between them in one line that unfolds.
function foldedFrames(frames: readonly Frame[]): Content {
  const parts: Content[] = [];
  let foreign: Frame[] = [];
  let opened = false;
  const flush = () => {
    if (foreign.length === 0) return;
    const owners = [...new Set(foreign.map(({ owner }) => OWNERS[owner]))].join(", ");
    parts.push(
      markup`<details class="fold">
        <summary>${foreign.length} ${foreign.length === 1 ? "call" : "calls"} in ${owners}</summary>
        ${foreign.map((frame) => framePart(frame, false))}
      </details>`,
    );
    foreign = [];
  };
  for (const frame of frames) {
    if (frame.owner !== "project") foreign.push(frame);
    else {
      flush();
      parts.push(framePart(frame, !opened));
      opened = true;
    }
  }
  flush();
  return parts;
}

const OWNERS = { project: "the project", framework: "tsgo", package: "packages", node: "Node" } as const;

function framePart(frame: Frame, open: boolean): Content {
  const head = markup`<b>${frame.shownFile}</b>
    <span>line ${frame.line}${frame.name !== "" && markup`, in ${frame.name}`}</span>`;
  if (frame.source.length === 0)
    return markup`<details>
      <summary>${head}</summary>
      <p class="note">${frame.file}</p>
    </details>`;
  const body = markup`<summary>${head}</summary>
    ${source(frame.source, frame.line)}`;
  return open ? markup`<details open>${body}</details>` : markup`<details>${body}</details>`;
}

function requestSection(request: RequestReport): Content {
  return markup`<section>
    <h2>Request <small>${request.method} ${request.url || request.path}</small></h2>
    <h3>GET</h3>
    ${table(request.GET, "No parameters in the query.")}
    <h3>POST</h3>
    ${table(request.POST, "No fields of a form.")}
    ${
      request.FILES.length > 0 &&
      markup`<h3>FILES</h3>
        ${table(request.FILES, "")}`
    }
    <h3>COOKIES</h3>
    ${table(request.COOKIES, "No cookies.")}
    <details>
      <summary><b>META</b> <span>headers and what the server says</span></summary>
      ${table(request.META, "")}
    </details>
  </section>`;
}

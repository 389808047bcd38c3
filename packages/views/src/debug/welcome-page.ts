import { page } from "./layout.ts";
import { markup } from "./markup.ts";

/** The page of a new project, shown at its root as long as it has no URL of its own. */
export function welcomePage(urlconf: string): string {
  return page(
    "It works",
    markup`<h1 style="color:#2d7d46">It works</h1>
      <p class="message">Your project is running. It has no pages yet.</p>
      <p class="where">The patterns of <code>${urlconf}</code> are empty, so this page stands in for them.</p>`,
    markup`<section>
      <h2>What comes next</h2>
      <ol>
        <li>Make an application: <code>node manage startapp polls</code></li>
        <li>Write a view in <code>polls/views.ts</code> and give it a URL in <code>${urlconf}.ts</code>.</li>
        <li>
          Describe your data in <code>polls/models.ts</code>, then <code>node manage makemigrations</code> and
          <code>node manage migrate</code>.
        </li>
      </ol>
      <p class="note">Save a file and the next request sees it; there is nothing to restart.</p>
    </section>`,
    { calm: true },
  );
}

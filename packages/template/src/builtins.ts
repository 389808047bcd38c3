// The tags and filters that need no loading.

import { registerChoiceFilters } from "./filters/choices.ts";
import { registerDateFilters } from "./filters/dates.ts";
import { registerHtmlFilters } from "./filters/html.ts";
import { registerListFilters } from "./filters/lists.ts";
import { registerNumberFilters } from "./filters/numbers.ts";
import { registerTextFilters } from "./filters/text.ts";
import { Library } from "./library/library.ts";
import { autoescape } from "./tags/autoescape.ts";
import { block } from "./tags/block.ts";
import { comment } from "./tags/comment.ts";
import { csrfToken } from "./tags/csrf-token.ts";
import { cycle, resetcycle } from "./tags/cycle.ts";
import { debug } from "./tags/debug.ts";
import { extendsTag } from "./tags/extends.ts";
import { filter } from "./tags/filter.ts";
import { firstof } from "./tags/firstof.ts";
import { forTag } from "./tags/for.ts";
import { ifTag } from "./tags/if.ts";
import { ifchanged } from "./tags/ifchanged.ts";
import { include } from "./tags/include.ts";
import { load } from "./tags/load.ts";
import { lorem } from "./tags/lorem.ts";
import { now } from "./tags/now.ts";
import { partial, partialdef } from "./tags/partial.ts";
import { querystring } from "./tags/querystring.ts";
import { regroup } from "./tags/regroup.ts";
import { spaceless } from "./tags/spaceless.ts";
import { templatetag } from "./tags/templatetag.ts";
import { url } from "./tags/url.ts";
import { verbatim } from "./tags/verbatim.ts";
import { widthratio } from "./tags/widthratio.ts";
import { withTag } from "./tags/with.ts";

function tagLibrary(): Library {
  const register = new Library();
  register.tag("autoescape", autoescape);
  register.tag("block", block);
  register.tag("comment", comment);
  register.tag("csrf_token", csrfToken);
  register.tag("cycle", cycle);
  register.tag("debug", debug);
  register.tag("extends", extendsTag);
  register.tag("filter", filter);
  register.tag("firstof", firstof);
  register.tag("for", forTag);
  register.tag("if", ifTag);
  register.tag("ifchanged", ifchanged);
  register.tag("include", include);
  register.tag("load", load);
  register.tag("lorem", lorem);
  register.tag("now", now);
  register.tag("partial", partial);
  register.tag("partialdef", partialdef);
  register.simpleTag("querystring", querystring, {
    takesContext: true,
    parameters: ["queryDict"],
    variadic: true,
    keywords: true,
  });
  register.tag("regroup", regroup);
  register.tag("resetcycle", resetcycle);
  register.tag("spaceless", spaceless);
  register.tag("templatetag", templatetag);
  register.tag("url", url);
  register.tag("verbatim", verbatim);
  register.tag("widthratio", widthratio);
  register.tag("with", withTag);
  return register;
}

function filterLibrary(): Library {
  const register = new Library();
  registerTextFilters(register);
  registerHtmlFilters(register);
  registerListFilters(register);
  registerNumberFilters(register);
  registerDateFilters(register);
  registerChoiceFilters(register);
  return register;
}

/** The libraries that every template has. */
export const builtins: readonly Library[] = [tagLibrary(), filterLibrary()];

// The answers that come with the command line: for scripts, and for people who know what will be asked.

import { CommandError } from "@tsgo/core/management";

/** The answers of the options `--rename-model`, `--rename-field` and `--default`. */
export interface GivenAnswers {
  /** `polls.Question` by `polls.Poll`. */
  readonly renamedModels: ReadonlyMap<string, string>;
  /** New field names by `polls.Question.pubDate`. */
  readonly renamedFields: ReadonlyMap<string, string>;
  /** Texts of values by `polls.Question.votes`. */
  readonly defaults: ReadonlyMap<string, string>;
}

/** Reads `app.Old=New`, `app.Model.old=new` and `app.Model.field=value`. */
export function readAnswers(options: {
  readonly renameModel: readonly string[];
  readonly renameField: readonly string[];
  readonly default: readonly string[];
}): GivenAnswers {
  return {
    renamedModels: pairs(options.renameModel, "--rename-model", 2, "polls.Question=Poll"),
    renamedFields: pairs(options.renameField, "--rename-field", 3, "polls.Question.pubDate=published"),
    defaults: pairs(options.default, "--default", 3, "polls.Question.votes=0"),
  };
}

function pairs(texts: readonly string[], flag: string, parts: number, example: string): Map<string, string> {
  return new Map(
    texts.map((text) => {
      const at = text.indexOf("=");
      const key = text.slice(0, at);
      if (at < 0 || key.split(".").length !== parts)
        throw new CommandError(`'${text}' is no value for ${flag}: write it like ${flag} ${example}`);
      return [key.toLowerCase(), text.slice(at + 1)];
    }),
  );
}

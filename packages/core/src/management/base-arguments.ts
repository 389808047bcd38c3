import { type ValuesOf, flag, integer, option, parsed } from "./arguments.ts";

/** What every command takes. */
export const baseArguments = {
  verbosity: parsed(["-v", "--verbosity"], integer, {
    choices: [0, 1, 2, 3],
    default: 1,
    help: "How much to say: 0 nothing, 1 the usual, 2 more, 3 everything.",
  }),
  settings: option("--settings", {
    metavar: "module",
    help: 'The settings module ("mysite/settings"), in place of TSGO_SETTINGS_MODULE.',
  }),
  traceback: flag("--traceback", { help: "Show where a CommandError comes from." }),
  noColor: flag("--no-color", { help: "No colours." }),
  forceColor: flag("--force-color", { help: "Colours even where the output is no terminal." }),
};

/** The switch of the commands that run system checks first. */
export const skipChecks = flag("--skip-checks", { help: "Do not run the system checks." });

/** The values of what every command takes. */
export type BaseValues = ValuesOf<typeof baseArguments> & { readonly skipChecks: boolean };

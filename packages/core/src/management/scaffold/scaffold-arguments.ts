import { type ValuesOf, optionalPositional, option, positional, repeated } from "../arguments.ts";

/** What `startproject` and `startapp` take. */
export const scaffoldArguments = {
  name: positional({ help: "The name, an identifier." }),
  directory: optionalPositional({ help: "The folder to write into; it must exist." }),
  template: option("--template", { metavar: "folder", help: "A folder to copy in place of the built-in template." }),
  extensions: repeated(["-e", "--extension"], {
    metavar: "ending",
    default: ["ts"],
    help: "Endings of the files with placeholders, in a template of your own; can be given several times.",
  }),
  files: repeated(["-n", "--name"], {
    metavar: "file",
    help: "Names of further files with placeholders; can be given several times.",
  }),
  exclude: repeated(["-x", "--exclude"], {
    metavar: "folder",
    implied: "",
    help: "A folder to leave out, in place of hidden ones and node_modules; can be given several times.",
  }),
};

/** The values of the arguments that both commands take. */
export type ScaffoldOptions = ValuesOf<typeof scaffoldArguments>;

import { type ClientCommand, given } from "../base/client-command.ts";
import type { DatabaseSettings } from "../base/wrapper.ts";

/** `mariadb` and `mysql`, which are the same program on many systems; that of the ENGINE first. */
export function clientCommands(settings: DatabaseSettings, parameters: readonly string[]): readonly ClientCommand[] {
  const { NAME, USER, PASSWORD, HOST = "", PORT, OPTIONS = {} } = settings;
  const isPath = HOST.startsWith("/");
  const options = given({
    user: USER,
    host: isPath ? undefined : HOST,
    socket: isPath ? HOST : OPTIONS["socketPath"],
    port: PORT,
    "default-character-set": OPTIONS["charset"] ?? "utf8mb4",
    "ssl-ca": OPTIONS["ssl_ca"],
    "ssl-cert": OPTIONS["ssl_cert"],
    "ssl-key": OPTIONS["ssl_key"],
    database: NAME,
  });
  // Other than an argument, it is not shown to everybody who lists the processes.
  const env = given({ MYSQL_PWD: PASSWORD });
  const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  const mode = OPTIONS["ssl_mode"] ?? OPTIONS["ssl-mode"];
  const programs = settings.ENGINE.endsWith("mysql")
    ? (["mysql", "mariadb"] as const)
    : (["mariadb", "mysql"] as const);
  return programs.map((program) => ({
    program,
    // The file of defaults must stand first.
    args: [...defaultsFile(OPTIONS), ...args, ...encryption(programs[0], mode), ...parameters],
    env,
  }));
}

function defaultsFile(options: Readonly<Record<string, unknown>>): string[] {
  const file = options["read_default_file"];
  return typeof file === "string" ? [`--defaults-file=${file}`] : [];
}

/** The two families have grown apart in this; a program found under the other name is taken for one of the ENGINE's family. */
function encryption(program: "mariadb" | "mysql", mode: unknown): string[] {
  if (typeof mode !== "string") return [];
  const name = mode.toLowerCase();
  if (program === "mysql") return [`--ssl-mode=${name.toUpperCase()}`];
  if (name === "disabled") return ["--skip-ssl"];
  return name === "verify_identity" ? ["--ssl", "--ssl-verify-server-cert"] : ["--ssl"];
}

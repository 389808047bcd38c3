import { TsgoError } from "../exceptions/base.ts";

/**
 * A command cannot do what it was asked. The command line shows the message as one red line and ends with
 * `returnCode`, 1 where nothing else is said; a program that used `callCommand` gets to catch it.
 */
export class CommandError extends TsgoError {
  readonly returnCode: number;

  constructor(message: string, options: { returnCode?: number; cause?: unknown } = {}) {
    const { returnCode = 1, ...rest } = options;
    super(message, { code: "command_error", ...rest });
    this.returnCode = returnCode;
  }
}

/** The system checks found something serious, so the command did not run. The message lists it. */
export class SystemCheckError extends CommandError {}

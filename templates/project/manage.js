#!/usr/bin/env node
// The command line of {{ project_name }}: `node manage help` lists what it can do.
import { executeFromCommandLine } from "tsgo/management";

// Another value, set in the environment or with --settings, takes the place of this one.
process.env.TSGO_SETTINGS_MODULE ??= "{{ project_name }}/settings";

await executeFromCommandLine(process.argv, { root: import.meta.dirname });

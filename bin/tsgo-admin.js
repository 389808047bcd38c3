#!/usr/bin/env node
import { executeFromCommandLine } from "@tsgo/core/management/execute";

await executeFromCommandLine(process.argv);

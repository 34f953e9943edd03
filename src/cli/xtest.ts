#!/usr/bin/env node
// The program `xtest`.
import { runProgram } from "./run_program.ts";
import { xtest } from "./xtest_program.ts";

await runProgram("xtest", xtest);

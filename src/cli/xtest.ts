#!/usr/bin/env node
import { runProgram } from "./run_program.ts";
import { xtest } from "./xtest_program.ts";

await runProgram("xtest", xtest);

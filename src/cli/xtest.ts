#!/usr/bin/env node
import { runProgram } from "./main.ts";
import { xtest } from "./xtest_program.ts";

await runProgram("xtest", xtest);

#!/usr/bin/env node
// The program `teemem`.
import { teemem } from "./main.ts";
import { runProgram } from "./run_program.ts";

await runProgram("teemem", teemem);

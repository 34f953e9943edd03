#!/usr/bin/env node
import { runProgram, teemem } from "./main.ts";

await runProgram("teemem", teemem);

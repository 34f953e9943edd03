import { testFamilies } from "./golden_set.ts";

testFamilies(["edge", "mdbg", "misuse", "bare", "ta", "oom"]);

// Golden traces of plain heaps.
import { testFamilies } from "./golden_set.ts";

testFamilies(["edge", "mdbg", "misuse", "bare", "ta", "oom"]);

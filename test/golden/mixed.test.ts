// Golden traces of mixed operations.
import { testFamilies } from "./golden_set.ts";

testFamilies(["multi", "realloc", "checker"]);

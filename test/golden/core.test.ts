// Golden traces of core heaps.
import { testFamilies } from "./golden_set.ts";

testFamilies(["core"]);

// Golden traces of fragmented heaps.
import { testFamilies } from "./golden_set.ts";

testFamilies(["frag"]);

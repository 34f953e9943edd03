// Golden traces of aligned requests.
import { testFamilies } from "./golden_set.ts";

testFamilies(["align"]);

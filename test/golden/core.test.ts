import { testFamilies } from "./golden_set.ts";

testFamilies(["core"]);

// Golden traces of churn.
import { testFamilies } from "./golden_set.ts";

testFamilies(["churn"]);

// Where the built page lies.
import { packagePath } from "../package/package_path.ts";

/** The folder of the page, built or not. */
export function pageFolder(): string {
  return packagePath("dist/view/web/");
}

// Folders of platforms, and the modules in which they are bundled.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PLATFORM_FILES } from "../../src/platform/parse_platform.ts";

export const PLATFORMS_FOLDER = fileURLToPath(new URL("../../data/platforms", import.meta.url));

/** Names of the folders in data/platforms. */
export function platformFolders(): string[] {
  return readdirSync(PLATFORMS_FOLDER).sort();
}

/** The files of a platform that are data. */
export function platformFiles(name: string): Map<string, string> {
  return new Map(PLATFORM_FILES.map((file) => [file, readFileSync(`${PLATFORMS_FOLDER}/${name}/${file}`, "utf8")]));
}

/** Name of the module that holds a platform. */
export function moduleName(name: string): string {
  return name.replace(/[^a-z0-9]+/gi, "_").toLowerCase();
}

/** The module that holds a platform. */
export function platformModule(name: string): string {
  const parts = [...platformFiles(name)].map(([file, text]) => {
    const escaped = text.replace(/[\\`]|\$\{/g, "\\$&");
    return `  "${file}": \`${escaped}\`,\n`;
  });
  return `// Written by 'npm run platforms' from data/platforms/${name}: do not edit.

/** Text of each of the platform's files. */
export const ${moduleName(name).toUpperCase()}: Readonly<Record<string, string>> = {
${parts.join("")}};
`;
}

/** The module that names them all. */
export function allModule(names: readonly string[]): string {
  const imports = names.map(
    (name) => `import { ${moduleName(name).toUpperCase()} } from "./${moduleName(name)}.ts";\n`,
  );
  const rows = names.map((name) => `  "${name}": ${moduleName(name).toUpperCase()},\n`);
  return `// Written by 'npm run platforms' from data/platforms: do not edit.
${imports.join("")}
/** Files of the bundled platforms, by name. */
export const ALL: Readonly<Record<string, Readonly<Record<string, string>>>> = {
${rows.join("")}};
`;
}

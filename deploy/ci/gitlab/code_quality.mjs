// Makes GitLab's code quality report of the SARIF logs in a folder: code_quality.json beside them.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const SEVERITIES = { error: "critical", warning: "major" };
const [, , folder = "."] = process.argv;

const names = readdirSync(folder).filter((name) => name.endsWith(".sarif"));
const results = names.flatMap((name) => JSON.parse(readFileSync(join(folder, name), "utf8")).runs[0].results);
const seen = new Map();
const report = results.filter(({ suppressions = [] }) => suppressions.length === 0).flatMap(issueOf);
writeFileSync(join(folder, "code_quality.json"), `${JSON.stringify(report)}\n`);

function issueOf({ ruleId, level, message, locations, partialFingerprints }) {
  const place = locations[0]?.physicalLocation;
  // GitLab shows nothing that has no file.
  if (place === undefined) return [];
  return {
    description: message.text,
    check_name: ruleId,
    fingerprint: unique(JSON.stringify(partialFingerprints)),
    severity: SEVERITIES[level] ?? "minor",
    location: { path: decodeURI(place.artifactLocation.uri), lines: { begin: place.region?.startLine ?? 1 } },
  };
}

/** GitLab shows the first of equal ones alone. */
function unique(text) {
  const before = seen.get(text) ?? 0;
  seen.set(text, before + 1);
  return createHash("sha256").update(`${text}${before}`).digest("hex");
}

// `xtest -h`: OP-TEE 4.0.0, 4.5.0, 4.10.0, built with the regression, benchmark and pkcs11 suites.

import { type Printable, printableLines } from "../base/printable.ts";
import type { Release } from "../release/release.ts";

const ASYM_PERF = "\t--asym-perf [opts]  Asym performance testing tool (-h for usage)";

const LINES: readonly string[] = [
  "Usage: xtest <options> [[-x] <test-id>]...]",
  "",
  "options:",
  "\t-d <TEE-identifer> TEE identifier. Use default TEE if not set",
  "\t-l <level>         Test level [0-15].  Values higher than 0 enable",
  "\t                   optional tests. Default: 0. All tests: 15.",
  "\t-t <test_suite>    Available test suites: regression benchmark pkcs11",
  "\t                   To run several suites, use multiple names",
  "\t                   separated by a '+')",
  "\t                   Default value: 'regression+pkcs11'",
  "\t-h                 Show usage",
  "\t<test-id>          Add <test-id> to the list of tests to be run.",
  "\t                   A substring match is performed. May be specified",
  "\t                   several times. If no tests are given, all the",
  "\t                   tests are added.",
  "\t-x <test-id>       Exclude <test-id> from the list of tests to be",
  "\t                   run. A substring match is performed. May be",
  "\t                   specified several times.",
  "applets:",
  "\t--sha-perf [opts]  Deprecated, same as --hash-perf",
  "\t--hash-perf [opts] Hash performance testing tool (-h for usage)",
  "\t--aes-perf [opts]  AES performance testing tool (-h for usage)",
  ASYM_PERF,
  "\t--install-ta [directory or list of TAs]",
  "\t                   Install TAs",
  "\t--pkcs11-1028-destroy-token-object  Used internally by pkcs11_1028",
  "\t--stats [opts]     Various statistics ('-h' for usage)",
  "\t--clear-storage    Delete any persistent objects that may have been",
  "\t                   left over by a previous run of this application",
  "",
  "Examples:",
  "\txtest -t regression 4001 4003",
  "\t                   run regression tests 4001 and 4003",
  "\txtest -t regression -x 1027 -x 1028",
  "\t                   run all regression tests but 1027 and 1028",
  "",
];

/** The help, with the applets that the release has. */
export function printHelp({ xtest }: Release): Printable {
  const lines = xtest.asymPerf ? LINES : LINES.filter((line) => line !== ASYM_PERF);
  return printableLines(`${lines.join("\n")}\n`);
}

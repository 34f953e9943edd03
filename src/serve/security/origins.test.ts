// Tests of the check of a request's origin.
import { expect, test } from "vitest";
import { isOwnOrigin } from "./origins.ts";

const PLAIN = {
  method: "GET",
  path: "/api/live",
  host: "127.0.0.1:80",
  origin: undefined,
  site: undefined,
  mode: undefined,
};

test.each([
  ["a program that reads", {}, true],
  ["a program that changes something", { method: "POST" }, false],
  ["our page that changes something", { method: "POST", origin: "http://127.0.0.1:80", site: "same-origin" }, true],
  ["our page behind HTTPS", { method: "POST", host: "lab", origin: "https://lab" }, true],
  ["another page that changes something", { method: "POST", origin: "http://evil.example" }, false],
  ["another page that reads", { origin: "http://evil.example" }, false],
  ["another port", { origin: "http://127.0.0.1:81" }, false],
  ["a page of no origin", { origin: "null" }, false],
  ["a file", { origin: "file://" }, false],
  ["an image of another page", { site: "cross-site", mode: "no-cors" }, false],
  ["another server of this machine", { site: "same-site", mode: "cors" }, false],
  ["a link of another page to a recording", { site: "cross-site", mode: "navigate" }, false],
  ["a link of another page to ours", { path: "/", site: "cross-site", mode: "navigate" }, true],
  ["a form of another page", { method: "POST", path: "/", site: "cross-site", mode: "navigate" }, false],
  ["a typed address", { path: "/", site: "none", mode: "navigate" }, true],
])("%s", (_, differs, expected) => expect(isOwnOrigin({ ...PLAIN, ...differs })).toBe(expected));

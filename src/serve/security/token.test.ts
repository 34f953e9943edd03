// Tests of the token.
import { expect, test } from "vitest";
import { checkToken, newToken, tokenGate } from "./token.ts";

const TOKEN = "a-token-of-the-lab";
const NOTHING = { authorization: undefined, cookie: undefined, query: undefined };

test("a new one is long, and another one each time", () => {
  expect(checkToken(newToken()).ok).toBe(true);
  expect(newToken()).not.toBe(newToken());
  expect(newToken().length).toBeGreaterThanOrEqual(32);
});

test.each([
  "",
  "short",
  "has a space in it now",
  "fünfzehn-und-mehr-Zeichen",
  "semi;colon;in;a;token",
  `${"x".repeat(600)}`,
])("%s is none", (token) => expect(checkToken(token).ok).toBe(false));

test("lets in by header, by link, and then by cookie", () => {
  const gate = tokenGate(TOKEN, "teemem_80");
  const [pair = ""] = gate.cookie.split(";");
  expect(gate.admits({ ...NOTHING, authorization: `Bearer ${TOKEN}` })).toBe(true);
  expect(gate.admits({ ...NOTHING, query: TOKEN })).toBe(true);
  expect(gate.admits({ ...NOTHING, cookie: pair })).toBe(true);
  expect(gate.admits({ ...NOTHING, cookie: `a=b; ${pair}; c=d` })).toBe(true);
});

test("lets nobody else in", () => {
  const gate = tokenGate(TOKEN, "teemem_80");
  const [pair = ""] = gate.cookie.split(";");
  const [, value = ""] = pair.split("=");
  expect(gate.admits(NOTHING)).toBe(false);
  for (const authorization of [
    "",
    "Bearer",
    `Basic ${TOKEN}`,
    `Bearer ${TOKEN}x`,
    `Bearer ${TOKEN.slice(1)}`,
    `Bearer ${value}`,
  ])
    expect(gate.admits({ ...NOTHING, authorization }), authorization).toBe(false);
  for (const query of ["", TOKEN.slice(1), value, `${TOKEN} `])
    expect(gate.admits({ ...NOTHING, query }), query).toBe(false);
  for (const cookie of [
    "",
    "teemem_80",
    "teemem_80=",
    `teemem_80=${TOKEN}`,
    `teemem_81=${value}`,
    `x_${pair}`,
    `teemem_80=${value}x`,
  ])
    expect(gate.admits({ ...NOTHING, cookie }), cookie).toBe(false);
});

test("the cookie does not hold the token, and no script or other site gets it", () => {
  const { cookie } = tokenGate(TOKEN, "teemem_80");
  expect(cookie).not.toContain(TOKEN);
  expect(cookie).toMatch(/; HttpOnly; SameSite=Lax; Path=\/$/);
});

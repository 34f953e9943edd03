// The client program of optee_example_hotp.
import { ok } from "../../base/result.ts";
import { HOTP, HOTP_UUID } from "../../tee/apps/hotp.ts";
import { memrefIn, params, valueOut } from "../../tee/kernel/params.ts";
import { inSession, type Program } from "./program.ts";

/** Secret of the test values in RFC 4226, appendix D. */
const SECRET = "12345678901234567890";
const COUNT = 10;

/** optee_example_hotp: registers a key and gets ten one-time passwords. */
export const hotpProgram: Program = {
  name: "hotp",
  summary: "gets the ten one-time passwords of RFC 4226",
  usage: "",
  uuid: HOTP_UUID,
  commands: Object.keys(HOTP),
  prepare: inSession(HOTP_UUID, async (session, print) => {
    const key = new TextEncoder().encode(SECRET);
    const digits = Array.from(key, (byte) => `${byte.toString(16).padStart(2, "0")} `).join("");
    print(`Register the shared key: ${digits}\n`);
    const registered = await session.call(HOTP.REGISTER_SHARED_KEY, params(memrefIn(key)));
    if (!registered.ok) return registered;
    for (let n = 0; n < COUNT; n++) {
      const password = valueOut();
      const called = await session.call(HOTP.GET_HOTP, params(password));
      if (!called.ok) return called;
      if (password.type === "value") print(`HOTP: ${password.value.a}\n`);
    }
    return ok(undefined);
  }),
};

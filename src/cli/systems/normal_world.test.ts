// Tests of the options that say what TAs reach of this machine.
import { PassThrough } from "node:stream";
import { Command } from "commander";
import { expect, it } from "vitest";
import { createOutput } from "../outputs/output.ts";
import { type NormalWorldOptions, normalWorldOf, normalWorldOptions } from "./normal_world.ts";

function parsed(...args: readonly string[]): NormalWorldOptions {
  const command = normalWorldOptions(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  return command.parse(args, { from: "user" }).opts();
}

function worldOf(options: NormalWorldOptions) {
  const stream = new PassThrough();
  const err = createOutput(stream);
  const io = { out: err, err, input: stream, clock: () => 0 };
  return { world: normalWorldOf(options, io), text: () => String(stream.read() ?? "") };
}

it("TAs reach this machine alone, and are told so where they want more", async () => {
  expect(parsed()).toEqual({ network: "loopback" });
  const { world, text } = worldOf(parsed());
  const host = await world;
  if (!host.ok) throw new Error(host.error);
  const remote = { protocol: "tcp", version: 0, host: "a\u001b.example", port: 80 } as const;
  expect(await host.value.sockets?.connect(remote)).toEqual({ ok: false, error: "hostname" });
  expect(text()).toBe(
    "teemem: a TA cannot connect with a\\x1b.example: without --network any, TAs reach this machine alone\n",
  );
});

it("--network knows two words", () => {
  expect(parsed("--network", "any")).toEqual({ network: "any" });
  expect(() => parsed("--network", "some")).toThrow("Allowed choices are loopback, any");
});

it("--plugins needs a folder", async () => {
  const { world } = worldOf(parsed("--plugins", "/nowhere"));
  expect(await world).toMatchObject({
    ok: false,
    error: expect.stringContaining("cannot read the plugins of /nowhere"),
  });
});

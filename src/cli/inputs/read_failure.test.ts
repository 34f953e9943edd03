// Tests of read_failure.ts.
import { expect, test } from "vitest";
import { writeReason } from "../outputs/file_reason.ts";
import { readFailure } from "./read_failure.ts";

const failure = (code: string): Error => Object.assign(new Error(`MESSAGE of ${code}`), { code });

test.each([
  ["ENOENT", "no such file"],
  ["ENOTDIR", "no such file: a part of its path is no directory"],
  ["EISDIR", "is a directory; name the files in it"],
  ["EACCES", "no permission to read it"],
  ["EPERM", "no permission to read it"],
  ["ELOOP", "symbolic links lead back to themselves; name the file itself"],
  ["ENAMETOOLONG", "the name is too long"],
  ["EMFILE", "too many files are open; close some, or raise 'ulimit -n'"],
  ["ENFILE", "the system has too many files open; close some"],
  ["ENXIO", "is a device or socket without a server"],
  ["ENODEV", "is a device that does not exist"],
  ["EIO", "the medium cannot be read"],
  ["ENOMEM", "not enough memory to read it"],
  ["ETXTBSY", "is in use"],
  ["EAGAIN", "has no data to read now; give a file or a pipe"],
  ["ERR_INVALID_ARG_VALUE", "a name cannot have a zero byte"],
  ["Z_BUF_ERROR", "the gzip data ends too early; the file is cut off, copy it again"],
  ["Z_DATA_ERROR", "the gzip data is damaged (MESSAGE of Z_DATA_ERROR); copy the file again"],
  ["EOTHER", "cannot be read: MESSAGE of EOTHER"],
  ["constructor", "cannot be read: MESSAGE of constructor"],
])("%s on reading: %s", (code, text) => expect(readFailure(failure(code))).toBe(text));

test("what is no error of the system says what it is", () => {
  expect([readFailure(new Error("x")), readFailure("y")]).toEqual(["cannot be read: x", "cannot be read: y"]);
  expect([writeReason(new Error("x")), writeReason("y")]).toEqual([
    "cannot be written (Error: x)",
    "cannot be written (y)",
  ]);
});

test.each([
  ["ENOENT", "no such folder"],
  ["ENOTDIR", "no such folder"],
  ["EACCES", "no permission to write it"],
  ["EPERM", "no permission to write it"],
  ["EROFS", "no permission to write it, the file system is read-only"],
  ["EISDIR", "is a directory"],
  ["ELOOP", "is a link that leads to itself"],
  ["ENAMETOOLONG", "the name is too long"],
  ["ENOSPC", "no space left on the device"],
  ["EDQUOT", "no space left in the quota"],
  ["EFBIG", "the file is too large"],
  ["EOTHER", "cannot be written (EOTHER)"],
])("%s on writing: %s", (code, text) => expect(writeReason(failure(code))).toBe(text));

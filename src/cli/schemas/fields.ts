// The words that schemas are written in: each says what a field means, and in which unit. Only tests and types load these files.
import * as v from "valibot";

/** A closed object: a field that is not described here is an error. */
export function object<const F extends v.ObjectEntries>(about: string, fields: F) {
  return v.pipe(v.strictObject(fields), v.description(about));
}

/** A list of things of one kind. */
export function list<const S extends v.GenericSchema>(about: string, item: S) {
  return v.pipe(v.array(item), v.description(about));
}

/** Things by names that are not known before. */
export function byName<const S extends v.GenericSchema>(about: string, item: S) {
  return v.pipe(v.record(v.string(), item), v.description(about));
}

/** What has a schema of its own, and here a meaning of its own. */
export function as<const S extends v.GenericSchema>(about: string, schema: S) {
  return v.pipe(
    v.lazy(() => schema),
    v.description(about),
  );
}

/** A text. */
export function text(about: string) {
  return v.pipe(v.string(), v.description(about));
}

/** A call site. */
export function siteText(about: string) {
  return text(`${about} \`file:line\`, or the function where no line is known.`);
}

/** The UUID of a TA. */
export function uuid(about = "The TA's UUID.") {
  return text(about);
}

/** True or false. */
export function flag(about: string) {
  return v.pipe(v.boolean(), v.description(about));
}

/** The one value that a field has, where it is there. */
export function constant<const T extends string | number | boolean>(about: string, value: T) {
  return v.pipe(v.literal(value), v.description(about));
}

/** One of some words or numbers. */
export function choice<const T extends readonly (string | number)[]>(about: string, values: T) {
  return v.pipe(v.picklist(values), v.description(about));
}

/** How many: a whole number, 0 or more. */
export function howMany(about: string) {
  return v.pipe(v.number(), v.integer(), v.minValue(0), v.description(about));
}

/** A whole number that can be negative. */
export function change(about: string) {
  return v.pipe(v.number(), v.integer(), v.description(about));
}

/** A number that need not be whole. */
export function number(about: string) {
  return v.pipe(v.number(), v.description(about));
}

/** A size, or so much of a heap. */
export function inBytes(about: string) {
  return howMany(`${about} In bytes.`);
}

/** How much more or less. */
export function bytesMore(about: string) {
  return change(`${about} In bytes; negative where it is less.`);
}

/** A moment or a time, not always whole. */
export function microseconds(about: string) {
  return number(`${about} In microseconds.`);
}

/** The same, longer. */
export function milliseconds(about: string) {
  return number(`${about} In milliseconds.`);
}

import { ProtocolError } from "./protocol-error.ts";
import type { Reader } from "./reader.ts";
import type { Writer } from "./writer.ts";

/** Flexible versions write lengths as variable-length numbers and end every structure with tagged fields. */
export type Version = { number: number; flexible: boolean };

/** One type of the protocol: how it is read and written in a given version. */
export type FieldType<Value> = {
  read(reader: Reader, version: Version): Value;
  write(writer: Writer, value: Value, version: Version): void;
};

/** Bounds what a few bytes of a request can make the broker allocate. */
const ARRAY_LENGTH_MAX = 100_000;
const UUID_BYTES = 16;

export const int8: FieldType<number> = {
  read: (reader) => reader.int8(),
  write: (writer, value) => writer.int8(value),
};

export const int16: FieldType<number> = {
  read: (reader) => reader.int16(),
  write: (writer, value) => writer.int16(value),
};

export const int32: FieldType<number> = {
  read: (reader) => reader.int32(),
  write: (writer, value) => writer.int32(value),
};

export const int64: FieldType<number> = {
  read: (reader) => reader.int64(),
  write: (writer, value) => writer.int64(value),
};

export const boolean: FieldType<boolean> = {
  read: (reader) => reader.int8() !== 0,
  write: (writer, value) => writer.int8(value ? 1 : 0),
};

export const uuid: FieldType<Buffer> = {
  read: (reader) => reader.slice(UUID_BYTES),
  write: (writer, value) => writer.raw(value),
};

export const nullableString: FieldType<string | null> = {
  read(reader, version) {
    const lengthBytes = version.flexible ? reader.unsignedVarint() - 1 : reader.int16();
    return isNullLength(lengthBytes) ? null : reader.text(lengthBytes);
  },
  write(writer, value, version) {
    const lengthBytes = value === null ? -1 : Buffer.byteLength(value);
    if (version.flexible) writer.unsignedVarint(lengthBytes + 1);
    else writer.int16(lengthBytes);
    if (value !== null) writer.text(value, lengthBytes);
  },
};

export const nullableBytes: FieldType<Buffer | null> = {
  read(reader, version) {
    const lengthBytes = readWideLength(reader, version);
    return isNullLength(lengthBytes) ? null : reader.slice(lengthBytes);
  },
  write(writer, value, version) {
    writeWideLength(writer, value === null ? -1 : value.length, version);
    if (value !== null) writer.raw(value);
  },
};

export const string = required(nullableString);
export const bytes = required(nullableBytes);

export function nullableArray<Value>(element: FieldType<Value>): FieldType<Value[] | null> {
  return {
    read(reader, version) {
      const length = readWideLength(reader, version);
      if (isNullLength(length)) return null;
      // Each element takes a byte at least, so a count beyond what is left is a lie.
      if (length > ARRAY_LENGTH_MAX || length > reader.remaining) {
        throw new ProtocolError(`an array claims ${length} elements where ${reader.remaining} bytes are left`);
      }
      const values: Value[] = [];
      for (let index = 0; index < length; index++) values.push(element.read(reader, version));
      return values;
    },
    write(writer, values, version) {
      writeWideLength(writer, values === null ? -1 : values.length, version);
      for (const value of values ?? []) element.write(writer, value, version);
    },
  };
}

export function array<Value>(element: FieldType<Value>): FieldType<Value[]> {
  return required(nullableArray(element));
}

/** A field that exists from one version on (to another, if named); elsewhere it reads as `absent`. */
export function since<Value>(from: number, type: FieldType<Value>, absent: Value, to = Infinity): FieldType<Value> {
  const exists = (version: Version) => version.number >= from && version.number <= to;
  return {
    read: (reader, version) => (exists(version) ? type.read(reader, version) : absent),
    write(writer, value, version) {
      if (exists(version)) type.write(writer, value, version);
    },
  };
}

export function until<Value>(to: number, type: FieldType<Value>, absent: Value): FieldType<Value> {
  return since(0, type, absent, to);
}

declare const constantBrand: unique symbol;
type Constant = { [constantBrand]: true };

/** A field of an answer that a single node always fills alike, so no handler has to name it. */
export function constant<Value>(type: FieldType<Value>, value: Value, from = 0): FieldType<Constant> {
  const field = since(from, type, value);
  return {
    read(reader, version) {
      field.read(reader, version);
      return undefined as unknown as Constant;
    },
    write: (writer, _, version) => field.write(writer, value, version),
  };
}

type Fields = Record<string, FieldType<unknown>>;
type ValueOf<Type> = Type extends FieldType<infer Value> ? Value : never;
type StructValue<F extends Fields> = {
  -readonly [Name in keyof F as ValueOf<F[Name]> extends Constant ? never : Name]: ValueOf<F[Name]>;
};

/** Fields in the order of the wire. */
export function struct<F extends Fields>(fields: F): FieldType<StructValue<F>> {
  const entries = Object.entries(fields);
  return {
    read(reader, version) {
      const value: Record<string, unknown> = {};
      for (const [name, type] of entries) value[name] = type.read(reader, version);
      if (version.flexible) reader.skipTaggedFields();
      return value as StructValue<F>;
    },
    write(writer, value, version) {
      for (const [name, type] of entries) type.write(writer, (value as Record<string, unknown>)[name], version);
      if (version.flexible) writer.unsignedVarint(0);
    },
  };
}

function required<Value>(type: FieldType<Value | null>): FieldType<Value> {
  return {
    read(reader, version) {
      const value = type.read(reader, version);
      if (value === null) throw new ProtocolError("a required field is null");
      return value;
    },
    write: (writer, value, version) => type.write(writer, value, version),
  };
}

function readWideLength(reader: Reader, version: Version): number {
  return version.flexible ? reader.unsignedVarint() - 1 : reader.int32();
}

function writeWideLength(writer: Writer, length: number, version: Version): void {
  if (version.flexible) writer.unsignedVarint(length + 1);
  else writer.int32(length);
}

function isNullLength(length: number): boolean {
  if (length < -1) throw new ProtocolError(`a length of ${length} is claimed`);
  return length === -1;
}

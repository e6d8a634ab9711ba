import { z } from "zod";
import { AppError } from "../platform/errors.ts";

const CURSOR_LENGTH_MAX = 2_000;

/**
 * A cursor is opaque to clients: the place in one kind of list, as base64url JSON. `kind` keeps the cursor of one list
 * from being used in another; what comes back is checked like any other input.
 */
export type Cursor<Place> = {
  encode(place: Place): string;
  /** Throws `invalid_input` at `/cursor`. */
  decode(cursor: string): Place;
};

export function defineCursor<Schema extends z.ZodType>(kind: string, place: Schema): Cursor<z.output<Schema>> {
  const envelope = z.tuple([z.literal(kind), place]);
  return {
    encode: (value) => Buffer.from(JSON.stringify([kind, value])).toString("base64url"),
    decode: (cursor) => {
      const parsed = envelope.safeParse(parseCursor(cursor));
      if (!parsed.success) throw badCursor();
      return parsed.data[1] as z.output<Schema>;
    },
  };
}

function parseCursor(cursor: string): unknown {
  if (cursor.length > CURSOR_LENGTH_MAX || !/^[\w-]+$/.test(cursor)) return undefined;
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}

export function badCursor(): AppError {
  return new AppError("invalid_input", "the request has a wrong cursor", {
    fields: [{ path: "/cursor", message: "use a nextCursor of this list, as it was given" }],
  });
}

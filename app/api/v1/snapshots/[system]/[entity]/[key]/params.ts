import { z } from "zod";
import { text } from "@/app/api/_http/fields.ts";

/** A key of several parts has bars between them, encoded in the address: `100%7C0080012345`. */
export const SnapshotParams = z.strictObject({ system: text(100), entity: text(200), key: text(500) });

import { z } from "zod";
import { text } from "@/app/api/_http/fields.ts";

/** `<client>:<material>@<site>`. */
export const PositionParams = z.strictObject({ id: text(200) });

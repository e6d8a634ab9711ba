import { z } from "zod";
import { text } from "@/app/api/_http/fields.ts";

/** `topic~partition~offset`, such as `sap.LIKP~3~118`. */
export const DeadLetterParams = z.strictObject({ id: text(300) });

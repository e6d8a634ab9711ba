import { z } from "zod";
import { plainText } from "./plain-text.ts";

/** As dialled: digits, with the marks people write between them. */
const Phone = plainText(40).regex(
  /^\+?(?:[\s().\-/]*\d){3,20}[\s().\-/]*$/,
  "expected a phone number such as +1 312 555 0142",
);

/** What people know of a vehicle that no source tells. `version` 0: nobody has said anything yet. */
export const VehicleProfile = z.object({
  driverName: z.string().nullable(),
  driverPhone: z.string().nullable(),
  carrierName: z.string().nullable(),
  carrierPhone: z.string().nullable(),
  outOfService: z.boolean(),
  outOfServiceReason: z.string().nullable(),
  version: z.number().int(),
});
export type VehicleProfile = z.infer<typeof VehicleProfile>;

/** The whole profile, `version` as last seen. A vehicle out of service says why. */
export const VehicleProfileInput = z
  .strictObject({
    version: z.number().int(),
    driverName: plainText(100).nullable(),
    driverPhone: Phone.nullable(),
    carrierName: plainText(100).nullable(),
    carrierPhone: Phone.nullable(),
    outOfService: z.boolean(),
    outOfServiceReason: plainText(300).nullable(),
  })
  .refine(({ outOfService, outOfServiceReason }) => outOfService === (outOfServiceReason !== null), {
    path: ["outOfServiceReason"],
    message: "expected a reason when it is out of service, and none when it is not",
  });
export type VehicleProfileInput = z.infer<typeof VehicleProfileInput>;

export const TROUBLES = ["broken", "repeated", "late"] as const;
export type Trouble = (typeof TROUBLES)[number];

/**
 * How much goes wrong. `oneIn`: about one record in so many, for a world without end (`null`: never). `totals`: exactly
 * so many by the end of a run of `durationMs`, spread over its first nine tenths.
 */
export type TroubleSettings =
  | { kind: "oneIn"; oneIn: Record<Trouble, number | null> }
  | { kind: "totals"; totals: Record<Trouble, number>; durationMs: number };

export const USUAL_ONE_IN: Record<Trouble, number | null> = { broken: 20_000, repeated: 5000, late: 2000 };
export const USUAL_TROUBLE: TroubleSettings = { kind: "oneIn", oneIn: USUAL_ONE_IN };
export const NO_TROUBLE: TroubleSettings = { kind: "oneIn", oneIn: { broken: null, repeated: null, late: null } };

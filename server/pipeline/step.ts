import type { FailingField } from "../contracts/dead-letter.ts";
import type { Stage } from "../contracts/outcome.ts";

/** Why a record is turned away: fixed snake_case reason, words for a person, and the fields that failed. */
export type Rejection = { stage: Stage; reason: string; message: string; fields: FailingField[] };

/** Where records go that do not go on. The lane counts them in one place; a step only says what it saw. */
export type Exits<E> = {
  reject(record: E, rejection: Rejection): void;
  ignore(record: E): void;
  repeat(record: E): void;
};

/**
 * A step takes a chunk (the records of one partition from one fetch) and returns what goes on, in order. It is
 * synchronous and does no IO. A throw is not an outcome: it means a defect, so the chunk is retried.
 */
export type Step<In, Out, E> = (chunk: readonly In[], exits: Exits<E>) => Out[];

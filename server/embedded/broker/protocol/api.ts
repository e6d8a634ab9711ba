import type { FieldType, Version } from "../wire/field-type.ts";

/** One request of the protocol: its key, the versions spoken here, and what travels in both directions. */
export type Api<Request, Response> = {
  key: number;
  name: string;
  versionMin: number;
  versionMax: number;
  /** From this version on lengths are variable and structures end with tagged fields. */
  flexibleFrom: number;
  request: FieldType<Request>;
  response: FieldType<Response>;
};

export type RequestOf<A> = A extends Api<infer Request, unknown> ? Request : never;
export type ResponseOf<A> = A extends Api<infer _, infer Response> ? Response : never;

/** Only so that the types of request and response are inferred. */
export function defineApi<Request, Response>(api: Api<Request, Response>): Api<Request, Response> {
  return api;
}

export function versionOf(api: Pick<Api<unknown, unknown>, "flexibleFrom">, number: number): Version {
  return { number, flexible: number >= api.flexibleFrom };
}

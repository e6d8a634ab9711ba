import { type Api, versionOf } from "../protocol/api.ts";
import type { Reader } from "../wire/reader.ts";
import type { Writer } from "../wire/writer.ts";
import type { RequestContext } from "./request-context.ts";

/** An answer, or null where the protocol knows none (a produce with `acks=0`). */
export type Answer<Response> = Response | null;
export type Handle<Request, Response> = (
  request: Request,
  context: RequestContext,
) => Answer<Response> | Promise<Answer<Response>>;

/** An API with its handler, its types forgotten: what the dispatcher works with. */
export type BoundApi = Pick<Api<unknown, unknown>, "key" | "name" | "versionMin" | "versionMax" | "flexibleFrom"> & {
  /** Reads the request, handles it, and returns how to write the answer; null if there is none. */
  run(reader: Reader, context: RequestContext): Promise<((writer: Writer) => void) | null>;
};

export function bindApi<Request, Response>(api: Api<Request, Response>, handle: Handle<Request, Response>): BoundApi {
  const { key, name, versionMin, versionMax, flexibleFrom, request, response } = api;
  return {
    key,
    name,
    versionMin,
    versionMax,
    flexibleFrom,
    async run(reader, context) {
      const version = versionOf(api, context.versionNumber);
      const answer = await handle(request.read(reader, version), context);
      return answer === null ? null : (writer) => response.write(writer, answer, version);
    },
  };
}

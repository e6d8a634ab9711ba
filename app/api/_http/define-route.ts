import { randomUUID } from "node:crypto";
import { z } from "zod";
import { remoteAddressOf } from "@/server/access/remote-address.ts";
import { DATA_POLICY, securityHeaders } from "@/server/access/security-headers.ts";
import type { Role } from "@/server/contracts/role.ts";
import { type Actor, ANONYMOUS } from "@/server/services/actor.ts";
import type { Context } from "@/server/services/context.ts";
import { requireRole } from "@/server/services/require-role.ts";
import { getTower, type Tower } from "@/server/services/tower.ts";
import { authenticate, requireOwnOrigin } from "./authenticate.ts";
import { defectRefusal, dependencyRefusal, isAppError, type Refusal, refusalOf } from "./problem.ts";
import { type BodyType, check, readBody, readParams, readQuery } from "./read-input.ts";

const BODY_BYTES_MAX = 64 * 1_024;
const NOTHING = z.strictObject({});

export type Call<Params, Query, Body> = {
  tower: Tower;
  context: Context;
  actor: Actor;
  params: Params;
  query: Query;
  body: Body;
  request: Request;
};

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** What a route is. It is run from here and described from here, so the description cannot disagree. */
export type RouteOptions<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  method: Method;
  /** The address with its `{parameters}`. */
  path: string;
  summary: string;
  /** The least role that may call it; `open` needs no sign-in. There is no default. */
  role: Role | "open";
  params?: P;
  query?: Q;
  body?: B;
  bodyBytesMax?: number;
  /** What the body is sent as. Text is given to `body` as it came, decoded as UTF-8. */
  bodyType?: BodyType;
  /** The schema of a good answer, as JSON. */
  answer: z.ZodType;
  run(call: Call<z.output<P>, z.output<Q>, z.output<B>>): Promise<unknown>;
};

export type AnyRoute = RouteOptions<z.ZodType, z.ZodType, z.ZodType>;
export type RouteHandler = ((request: Request) => Promise<Response>) & { route: Omit<AnyRoute, "run"> };

/**
 * The only way to make a route handler: knows the caller, refuses who may not, limits rate and size, checks every part
 * of the request, and turns each refusal into a problem document. `run` may return a `Response` of its own.
 */
export function route<
  P extends z.ZodType = typeof NOTHING,
  Q extends z.ZodType = typeof NOTHING,
  B extends z.ZodType = typeof NOTHING,
>(options: RouteOptions<P, Q, B>): RouteHandler {
  async function answer(tower: Tower, request: Request): Promise<Response> {
    const url = new URL(request.url);
    const actor = await callerOf(tower, request, options);
    const call = {
      tower,
      actor,
      context: tower.context(actor),
      request,
      params: check((options.params ?? NOTHING) as P, readParams(options.path, url.pathname), "address"),
      query: check((options.query ?? NOTHING) as Q, readQuery(url.searchParams), "query"),
      body: await bodyOf(request, options),
    };
    const result = await options.run(call);
    return result instanceof Response ? result : Response.json(result);
  }

  const handler = async (request: Request): Promise<Response> => {
    const reference = randomUUID();
    let tower: Tower | undefined;
    try {
      tower = getTower();
      return finish(await answer(tower, request), tower, reference);
    } catch (error) {
      return finish(refuse(refusalFor(error, tower, reference, options)), tower, reference);
    }
  };
  return Object.assign(handler, { route: options });
}

async function callerOf(tower: Tower, request: Request, { method, role }: Pick<AnyRoute, "method" | "role">) {
  const actor = role === "open" ? visitor(tower, request) : await authenticate(tower, request);
  if (role !== "open") requireRole(actor, role);
  if (method !== "GET" && actor.kind !== "api_key") requireOwnOrigin(tower, request, actor.kind === "user");
  return actor;
}

function visitor(tower: Tower, request: Request): Actor {
  tower.limits.take("address", remoteAddressOf(request.headers));
  return ANONYMOUS;
}

async function bodyOf<B extends z.ZodType>(
  request: Request,
  { method, body, bodyBytesMax, bodyType }: { method: string; body?: B; bodyBytesMax?: number; bodyType?: BodyType },
): Promise<z.output<B>> {
  const given = method === "GET" ? undefined : await readBody(request, bodyBytesMax ?? BODY_BYTES_MAX, bodyType);
  // No body at all stands for an empty one, so a verb whose fields are all optional needs none.
  return check((body ?? NOTHING) as B, given === undefined ? {} : given, "body");
}

function refusalFor(
  error: unknown,
  tower: Tower | undefined,
  reference: string,
  { method, path }: { method: string; path: string },
): Refusal {
  if (isAppError(error)) return refusalOf(error);
  const dependency = tower?.failedDependency(error) ?? null;
  tower?.reportDefect(reference, error, `${method} ${path}`);
  return dependency === null ? defectRefusal(reference) : dependencyRefusal(dependency);
}

export function refuse({ problem, headers }: Refusal): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { "content-type": "application/problem+json", ...headers },
  });
}

export function finish(response: Response, tower: Tower | undefined, reference: string): Response {
  const always = securityHeaders({ isSecure: tower?.isSecure ?? false });
  for (const [name, value] of always) response.headers.set(name, value);
  response.headers.set("x-request-id", reference);
  response.headers.set("content-security-policy", DATA_POLICY);
  response.headers.set("cache-control", "no-store");
  return response;
}

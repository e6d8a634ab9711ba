import { z } from "zod";
import { Problem } from "@/server/contracts/problem.ts";
import type { RouteHandler } from "./define-route.ts";
import type { BodyType } from "./read-input.ts";

type Json = Record<string, unknown>;
type Route = RouteHandler["route"];

/** The API in OpenAPI 3.1, made of the very schemas that check requests, so that the two cannot disagree. */
export function describeApi(handlers: readonly RouteHandler[], version: string) {
  const paths: Record<string, Json> = {};
  for (const { route } of handlers)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: describeRoute(route) };
  return {
    openapi: "3.1.0",
    info: { title: "Wheelhouse", version, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    paths,
    components: {
      securitySchemes: {
        key: { type: "http", scheme: "bearer" },
        session: { type: "apiKey", in: "cookie", name: "session", description: "the cookie that signing in sets" },
      },
      schemas: { Problem: schemaOf(Problem, "output") },
    },
  };
}

function describeRoute({ method, path, summary, role, params, query, body, bodyType, answer }: Route): Json {
  const parameters = [...parametersOf("path", params), ...parametersOf("query", query)];
  return {
    summary,
    operationId: `${method.toLowerCase()}${path.replaceAll(/[^\w]+(\w)?/g, (_, first?: string) => first?.toUpperCase() ?? "")}`,
    "x-role": role,
    security: role === "open" ? [] : [{ key: [] }, { session: [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: requestBodyOf(body, bodyType) }),
    responses: {
      200: { description: "the answer", content: contentOf(answer) },
      default: {
        description: "why it was refused",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
}

function contentOf(answer: z.ZodType): Json {
  const mediaType = answer instanceof z.ZodString ? "text/plain" : "application/json";
  return { [mediaType]: { schema: schemaOf(answer, "output") } };
}

function requestBodyOf(body: z.ZodType, bodyType: BodyType = "application/json"): Json {
  return {
    required: !body.safeParse({}).success,
    content: { [bodyType]: { schema: schemaOf(body, "input") } },
  };
}

function parametersOf(place: "path" | "query", schema: z.ZodType | undefined): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, "input") as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, shape]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: shape,
  }));
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, override: ({ jsonSchema }) => useWire(jsonSchema) });
  return json as Json;
}

/** A value of a query is text to the parser and a number or a list to the reader: `wire` is how it is described. */
function useWire(jsonSchema: Json): void {
  const { wire, default: byDefault } = jsonSchema;
  if (typeof wire !== "object" || wire === null) return;
  for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
  Object.assign(jsonSchema, wire, byDefault === undefined ? {} : { default: byDefault });
}

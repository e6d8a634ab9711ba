import * as metrics from "@/app/metrics/route.ts";
import type { RouteHandler } from "./_http/define-route.ts";
import * as session from "./auth/get-session/route.ts";
import * as signIn from "./auth/sign-in/email/route.ts";
import * as signOut from "./auth/sign-out/route.ts";
import * as demoSignIn from "./demo-sign-in/route.ts";
import * as health from "./health/route.ts";
import * as ready from "./ready/route.ts";
import * as signInOptions from "./sign-in-options/route.ts";
import * as discard from "./v1/dead-letters/[id]/discard/route.ts";
import * as replay from "./v1/dead-letters/[id]/replay/route.ts";
import * as deadLetter from "./v1/dead-letters/[id]/route.ts";
import * as deadLetters from "./v1/dead-letters/route.ts";
import * as openapi from "./v1/openapi.json/route.ts";
import * as sites from "./v1/sites/route.ts";
import * as history from "./v1/snapshots/[system]/[entity]/[key]/history/route.ts";
import * as snapshot from "./v1/snapshots/[system]/[entity]/[key]/route.ts";
import * as sources from "./v1/sources/route.ts";
import * as vehicle from "./v1/vehicles/[id]/route.ts";
import * as series from "./v1/vehicles/[id]/series/route.ts";
import * as track from "./v1/vehicles/[id]/track/route.ts";
import * as vehicles from "./v1/vehicles/route.ts";

/**
 * Every route of the tower, as the description of the API lists them. A function, because the description is one of
 * them: the list is complete only when all have been loaded.
 */
export function allRoutes(): RouteHandler[] {
  return [
    vehicles.GET,
    vehicle.GET,
    track.GET,
    series.GET,
    sites.GET,
    snapshot.GET,
    history.GET,
    deadLetters.GET,
    deadLetter.GET,
    replay.POST,
    discard.POST,
    sources.GET,
    openapi.GET,
    signIn.POST,
    signOut.POST,
    session.GET,
    signInOptions.GET,
    demoSignIn.POST,
    health.GET,
    ready.GET,
    metrics.GET,
  ];
}

import * as metrics from "@/app/metrics/route.ts";
import type { RouteHandler } from "./_http/define-route.ts";
import * as session from "./auth/get-session/route.ts";
import * as oidcCallback from "./auth/oidc/callback/route.ts";
import * as oidcStart from "./auth/oidc/start/route.ts";
import * as signIn from "./auth/sign-in/email/route.ts";
import * as signOut from "./auth/sign-out/route.ts";
import * as demoSignIn from "./demo-sign-in/route.ts";
import * as health from "./health/route.ts";
import * as join from "./join/route.ts";
import * as joinShow from "./join/show/route.ts";
import * as ready from "./ready/route.ts";
import * as signInOptions from "./sign-in-options/route.ts";
import * as revokeKey from "./v1/api-keys/[id]/revoke/route.ts";
import * as apiKeys from "./v1/api-keys/route.ts";
import * as auditExport from "./v1/audit/export.csv/route.ts";
import * as audit from "./v1/audit/route.ts";
import * as contract from "./v1/contracts/[name]/route.ts";
import * as contracts from "./v1/contracts/route.ts";
import * as check from "./v1/dead-letters/[id]/check/route.ts";
import * as discard from "./v1/dead-letters/[id]/discard/route.ts";
import * as reopen from "./v1/dead-letters/[id]/reopen/route.ts";
import * as replay from "./v1/dead-letters/[id]/replay/route.ts";
import * as deadLetter from "./v1/dead-letters/[id]/route.ts";
import * as deadLetterGroups from "./v1/dead-letters/groups/route.ts";
import * as replayBatch from "./v1/dead-letters/replay/route.ts";
import * as deadLetters from "./v1/dead-letters/route.ts";
import * as cancelExport from "./v1/exports/[id]/cancel/route.ts";
import * as exportFile from "./v1/exports/[id]/file/route.ts";
import * as exportJob from "./v1/exports/[id]/route.ts";
import * as exports from "./v1/exports/route.ts";
import * as fence from "./v1/fences/[id]/route.ts";
import * as fences from "./v1/fences/route.ts";
import * as fleetPicture from "./v1/fleet/picture/route.ts";
import * as handoverNote from "./v1/handover-notes/[id]/route.ts";
import * as handoverNotes from "./v1/handover-notes/route.ts";
import * as movements from "./v1/inventory/[id]/movements/route.ts";
import * as position from "./v1/inventory/[id]/route.ts";
import * as inventory from "./v1/inventory/route.ts";
import * as siteStocks from "./v1/inventory/sites/route.ts";
import * as revokeInvitation from "./v1/invitations/[id]/revoke/route.ts";
import * as openapi from "./v1/openapi.json/route.ts";
import * as order from "./v1/orders/[id]/route.ts";
import * as orders from "./v1/orders/route.ts";
import * as blockPerson from "./v1/people/[id]/block/route.ts";
import * as resetPerson from "./v1/people/[id]/reset/route.ts";
import * as personRole from "./v1/people/[id]/role/route.ts";
import * as endSessions from "./v1/people/[id]/sessions/end/route.ts";
import * as personSessions from "./v1/people/[id]/sessions/route.ts";
import * as unblockPerson from "./v1/people/[id]/unblock/route.ts";
import * as people from "./v1/people/route.ts";
import * as search from "./v1/search/route.ts";
import * as signInSetting from "./v1/settings/sign-in/route.ts";
import * as storageSetting from "./v1/settings/storage/route.ts";
import * as site from "./v1/sites/[id]/route.ts";
import * as siteExport from "./v1/sites/export.csv/route.ts";
import * as siteImport from "./v1/sites/import/route.ts";
import * as sites from "./v1/sites/route.ts";
import * as history from "./v1/snapshots/[system]/[entity]/[key]/history/route.ts";
import * as snapshot from "./v1/snapshots/[system]/[entity]/[key]/route.ts";
import * as snapshotEntities from "./v1/snapshots/entities/route.ts";
import * as snapshots from "./v1/snapshots/route.ts";
import * as sources from "./v1/sources/route.ts";
import * as stock from "./v1/stock/route.ts";
import * as trip from "./v1/trips/[id]/route.ts";
import * as etaQuality from "./v1/trips/eta-quality/route.ts";
import * as trips from "./v1/trips/route.ts";
import * as profile from "./v1/vehicles/[id]/profile/route.ts";
import * as readings from "./v1/vehicles/[id]/readings/route.ts";
import * as vehicle from "./v1/vehicles/[id]/route.ts";
import * as series from "./v1/vehicles/[id]/series/route.ts";
import * as track from "./v1/vehicles/[id]/track/route.ts";
import * as vehicles from "./v1/vehicles/route.ts";
import * as view from "./v1/views/[id]/route.ts";
import * as views from "./v1/views/route.ts";

/**
 * Every route of the tower, as the description of the API lists them. A function, because the description is one of
 * them: the list is complete only when all have been loaded.
 */
export function allRoutes(): RouteHandler[] {
  return [
    vehicles.GET,
    vehicle.GET,
    track.GET,
    readings.GET,
    fleetPicture.GET,
    series.GET,
    profile.GET,
    profile.PUT,
    trips.GET,
    trip.GET,
    etaQuality.GET,
    sites.GET,
    sites.POST,
    site.GET,
    site.PATCH,
    siteImport.POST,
    siteExport.GET,
    fences.GET,
    fences.POST,
    fence.PUT,
    fence.DELETE,
    snapshots.GET,
    snapshotEntities.GET,
    stock.GET,
    inventory.GET,
    siteStocks.GET,
    position.GET,
    movements.GET,
    snapshot.GET,
    history.GET,
    deadLetters.GET,
    deadLetter.GET,
    replay.POST,
    discard.POST,
    deadLetterGroups.GET,
    check.POST,
    reopen.POST,
    replayBatch.POST,
    sources.GET,
    sources.PUT,
    contracts.GET,
    contract.GET,
    search.GET,
    exports.GET,
    exports.POST,
    exportJob.GET,
    cancelExport.POST,
    exportFile.GET,
    views.GET,
    views.POST,
    view.PUT,
    view.DELETE,
    handoverNotes.GET,
    handoverNotes.POST,
    handoverNote.PUT,
    people.GET,
    people.POST,
    personRole.POST,
    blockPerson.POST,
    unblockPerson.POST,
    resetPerson.POST,
    personSessions.GET,
    endSessions.POST,
    revokeInvitation.POST,
    apiKeys.GET,
    apiKeys.POST,
    revokeKey.POST,
    audit.GET,
    auditExport.GET,
    joinShow.POST,
    join.POST,
    storageSetting.GET,
    storageSetting.PUT,
    signInSetting.GET,
    signInSetting.PUT,
    oidcStart.GET,
    oidcCallback.GET,
    orders.GET,
    order.GET,
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

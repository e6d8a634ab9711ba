import { redirect } from "next/navigation";
import { currentActor } from "@/server/access/page.ts";

/** The front door leads to the first page of whoever comes. */
export default async function FrontDoor() {
  redirect((await currentActor()) ? "/fleet" : "/sign-in");
}

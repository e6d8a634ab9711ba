import type { Metadata } from "next";
import { en } from "@/components/messages/en.ts";
import { Join } from "@/components/sign-in/join.tsx";

export const metadata: Metadata = { title: en.settings.join.title };

/** Open to whoever holds a link: what it is for is asked by the page, with the secret of the link. */
export default function JoinPage() {
  return <Join />;
}

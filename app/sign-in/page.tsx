import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { en } from "@/components/messages/en.ts";
import { SignIn } from "@/components/sign-in/sign-in.tsx";
import { safeNextPath } from "@/server/access/next-path.ts";
import { currentActor } from "@/server/access/page.ts";

export const metadata: Metadata = { title: en.signIn.submit };

type SignInPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next, refused } = await searchParams;
  const path = safeNextPath(typeof next === "string" ? next : null);
  const target = path === "/" ? "/fleet" : path;
  if (await currentActor()) redirect(target);
  return <SignIn target={target} refused={refused === "forbidden" || refused === "provider" ? refused : null} />;
}

import "./global.css";
import "@mantine/core/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "@/components/ui/ui.css";
import "@/components/ui/list-page.css";
import { ColorSchemeScript, mantineHtmlProps } from "@mantine/core";
import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { en } from "@/components/messages/en.ts";
import { localeFrom, PREFERENCES_COOKIE, parsePreferences } from "@/components/ui/preferences-cookie.ts";
import { tokens } from "@/components/ui/theme.ts";
import { Providers } from "./providers.tsx";

export const metadata: Metadata = {
  title: { default: en.product, template: `%s · ${en.product}` },
  description: en.tagline,
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: dark)", color: tokens.dark.panel },
    { media: "(prefers-color-scheme: light)", color: tokens.light.panel },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [head, jar] = await Promise.all([headers(), cookies()]);
  const nonce = head.get("x-nonce") ?? undefined;
  const locale = localeFrom(head.get("accept-language"));
  const preferences = parsePreferences(jar.get(PREFERENCES_COOKIE)?.value, locale);
  return (
    <html lang="en" {...mantineHtmlProps} className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <head>
        <ColorSchemeScript defaultColorScheme="auto" nonce={nonce} suppressHydrationWarning />
      </head>
      <body>
        <Providers preferences={preferences} locale={locale} nonce={nonce}>
          {children}
        </Providers>
      </body>
    </html>
  );
}

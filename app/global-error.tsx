"use client";

import { en } from "@/components/messages/en.ts";
import { tokens } from "@/components/ui/theme.ts";

const PAGE = `
  :root { color-scheme: light dark; }
  body { display: grid; place-content: center; height: 100vh; margin: 0; padding: 24px; text-align: center;
    font: 13px/20px system-ui, sans-serif; background: ${tokens.light.panel}; color: ${tokens.light.text}; }
  button { height: 32px; padding: 0 16px; border: 0; border-radius: 4px; font: inherit; font-weight: 600; color: #fff;
    background: ${tokens.light.accentFill}; cursor: pointer; }
  @media (prefers-color-scheme: dark) {
    body { background: ${tokens.dark.panel}; color: ${tokens.dark.text}; }
    button { background: ${tokens.dark.accentFill}; }
  }
`;

/** When even the root layout failed: it stands alone, without the theme and the providers that may be what broke. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <head>
        <title>{en.product}</title>
        <style>{PAGE}</style>
      </head>
      <body>
        <main>
          <h1>{en.errors.page}</h1>
          <p>{en.errors.pageStillWorks}</p>
          <button type="button" onClick={reset}>
            {en.errors.tryAgain}
          </button>
          {error.digest && <p>{`${en.errors.reference} ${error.digest} ${en.errors.forAdmin}`}</p>}
        </main>
      </body>
    </html>
  );
}

const YEAR_S = 31_536_000;

/** Sent with every answer: pages, API and metrics. */
export function securityHeaders({ isSecure }: { isSecure: boolean }): [name: string, value: string][] {
  return [
    ["x-content-type-options", "nosniff"],
    ["referrer-policy", "same-origin"],
    ["x-frame-options", "DENY"],
    ["cross-origin-opener-policy", "same-origin"],
    ["cross-origin-resource-policy", "same-origin"],
    ["permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"],
    // On http a browser would ignore it, and on a machine's own address it would lock out everything else there.
    ...(isSecure ? [["strict-transport-security", `max-age=${YEAR_S}`] as [string, string]] : []),
  ];
}

/** An answer that is data, not a page: nothing in it may run, whatever a browser takes it for. */
export const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

/**
 * What a page may load: its own scripts by this request's nonce, workers and pictures of its own, nothing from outside.
 * Mantine and recharts set styles on elements, so styles cannot be bound to the nonce.
 */
export function pagePolicy(options: { nonce: string; host: string | null; isDevelopment: boolean }): string {
  // React rebuilds server stacks with eval, in development only.
  const evaluation = options.isDevelopment ? " 'unsafe-eval'" : "";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${options.nonce}' 'strict-dynamic'${evaluation}`,
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${socketSources(options.host)}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Some browsers do not count a socket of the same host as 'self'. */
function socketSources(host: string | null): string {
  return host !== null && /^[\w.:[\]-]+$/.test(host) ? ` ws://${host} wss://${host}` : "";
}

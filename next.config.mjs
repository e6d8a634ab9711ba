/** @type {import("next").NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  // Pages and API set headers of their own; files that are the same for everybody get these.
  headers: async () => [
    {
      source: "/:folder(_next/static|basemap|fonts|maplibre)/:file*",
      headers: [
        { key: "x-content-type-options", value: "nosniff" },
        { key: "cross-origin-resource-policy", value: "same-origin" },
      ],
    },
  ],
  // `npm run check` checks the types of the whole tree; somebody who only starts the product need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // These reach for files beside themselves, or must be the one copy that the server process holds.
  serverExternalPackages: ["pg", "@prisma/client", "@prisma/adapter-pg", "kafkajs", "socket.io", "pino", "prom-client"],
};

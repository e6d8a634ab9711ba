/** @type {import("next").NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  // `npm run check` checks the types of the whole tree; somebody who only starts the product need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // These reach for files beside themselves, or must be the one copy that the server process holds.
  serverExternalPackages: ["pg", "@prisma/client", "@prisma/adapter-pg", "kafkajs", "socket.io", "pino", "prom-client"],
};

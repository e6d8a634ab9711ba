/** @type {import("next").NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  // These reach for files beside themselves, or must be the one copy that the server process holds.
  serverExternalPackages: ["pg", "@prisma/client", "@prisma/adapter-pg", "kafkajs", "socket.io", "pino", "prom-client"],
};

import { defineConfig } from "prisma/config";

// `generate` and `validate` need no database, so the variable may be unset.
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "" },
});

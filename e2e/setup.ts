import { startProduct } from "./product.ts";

/** The key and the admin that the product of this run is given; specs find the product in the same environment. */
const ACCESS = {
  WHEELHOUSE_API_KEY: "e2e-key-0123456789-0123456789-0123456789",
  WHEELHOUSE_ADMIN_EMAIL: "admin@example.com",
  WHEELHOUSE_ADMIN_PASSWORD: "correct horse battery staple",
};

/** One product for the whole run, with a simulated world that is small enough for software rendering. */
export default async function setup(): Promise<() => Promise<void>> {
  const product = await startProduct({ ...ACCESS, WHEELHOUSE_SIMULATOR: "on", WHEELHOUSE_SIMULATOR_VEHICLES: "500" });
  Object.assign(process.env, {
    E2E_WEB: product.web,
    E2E_BROKER: product.broker,
    E2E_DATA_DIR: product.dataDirectory,
    E2E_API_KEY: ACCESS.WHEELHOUSE_API_KEY,
    E2E_ADMIN_EMAIL: ACCESS.WHEELHOUSE_ADMIN_EMAIL,
    E2E_ADMIN_PASSWORD: ACCESS.WHEELHOUSE_ADMIN_PASSWORD,
  });
  return product.stop;
}

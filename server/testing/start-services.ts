export type StartedServices = { adminUrl: string; brokers: string[]; stop(): Promise<void> };

export async function startTestServices(options: {
  cloneDirectory: string;
  databaseUrl: string;
  brokers: string;
}): Promise<StartedServices> {
  if (options.databaseUrl === "" || options.brokers === "")
    throw new Error("set TEST_DATABASE_URL and TEST_KAFKA_BROKERS to a PostgreSQL and a broker that run");
  return { adminUrl: options.databaseUrl, brokers: options.brokers.split(","), stop: async () => {} };
}

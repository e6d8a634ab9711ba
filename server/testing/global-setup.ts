import { dirname } from "node:path";
import type { TestProject } from "vitest/node";
import { startTestServices } from "./start-services.ts";
import { prepareTemplate } from "./template.ts";
import "./services.ts";

const cloneDirectory = dirname(dirname(import.meta.dirname));

/** One database server and one broker for the whole run: named by the developer, or started here and ended after. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { databaseUrl, brokers } = project.getProvidedContext().given;
  const started = await startTestServices({ cloneDirectory, databaseUrl, brokers });
  try {
    const templateDatabase = await prepareTemplate({ cloneDirectory, adminUrl: started.adminUrl });
    project.provide("services", { adminUrl: started.adminUrl, templateDatabase, brokers: started.brokers });
  } catch (error) {
    await started.stop();
    throw error;
  }
  return started.stop;
}

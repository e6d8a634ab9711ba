import { spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cloneDirectory } from "./clone.mjs";
import { Failure, mustRun } from "./run.mjs";

export const APACHE_KAFKA_VERSION = "4.4.0";
const JAVA_MIN = 17;
/** Below node_modules, so that it goes away with it and is in nobody's way. */
const CACHE = join(cloneDirectory, "node_modules/.cache/apache-kafka", APACHE_KAFKA_VERSION);
const JARS = join(CACHE, "jars");
const COPY_JARS = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";
const START_MS_MAX = 60_000;
const STOP_MS_MAX = 20_000;
const POLL_MS = 200;
const LOG_LINES_SHOWN = 30;

/** Maven takes coordinates from a project only. Without a binding for slf4j Kafka would say nothing of its failures. */
const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>wheelhouse</groupId>
  <artifactId>apache-kafka</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>kafka_2.13</artifactId>
      <version>${APACHE_KAFKA_VERSION}</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-simple</artifactId>
      <version>1.7.36</version>
    </dependency>
  </dependencies>
</project>
`;

/**
 * Starts one Apache Kafka node (KRaft, broker and controller in one) on loopback: on a port and with a directory that
 * are given, so that it can be started again on what it left, or on any free port with data that goes when it stops.
 * Resolves with its address once it takes connections; `kill` ends it like a crash, `stop` in order.
 */
export async function startApacheKafka({ directory: given, port: wished } = {}) {
  requireTools();
  await fetchJars();
  const directory = given ?? mkdtempSync(join(tmpdir(), "wheelhouse-kafka-"));
  const removeOwn = () => given || rmSync(directory, { recursive: true, force: true });
  try {
    const port = wished || (await freePort());
    const settings = join(directory, "server.properties");
    writeFileSync(settings, settingsOf({ directory, port, controllerPort: await freePort() }));
    await format(directory, settings);
    const node = launch(directory, settings);
    await untilUp(node, port);
    const stop = async () => {
      await node.stop();
      removeOwn();
    };
    return { address: `127.0.0.1:${port}`, port, kill: node.kill, stop };
  } catch (error) {
    removeOwn();
    throw error;
  }
}

async function format(directory, settings) {
  if (existsSync(join(directory, "data/meta.properties"))) return;
  const commandLine = java("kafka.tools.StorageTool", "format", "-t", CLUSTER_ID, "-c", settings);
  await mustRun("java", commandLine, { isQuiet: true });
}

/** Any 16 bytes in base64url: it only keeps a node from taking the data of another cluster. */
const CLUSTER_ID = "d2hlZWxob3VzZS10ZXN0cw";

function java(mainClass, ...commandLine) {
  const logging = ["-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Dorg.slf4j.simpleLogger.showDateTime=true"];
  // A node that lives for minutes gains nothing from a compiler and a collector that want cores of their own.
  const thrifty = ["-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];
  return [...thrifty, ...logging, "-cp", `${JARS}/*`, mainClass, ...commandLine];
}

/** One node has no second replica to wait for; and a test does not wait long for members that come or were killed. */
function settingsOf({ directory, port, controllerPort }) {
  return [
    "process.roles=broker,controller",
    "node.id=1",
    `controller.quorum.voters=1@127.0.0.1:${controllerPort}`,
    `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${port}`,
    "controller.listener.names=CONTROLLER",
    "inter.broker.listener.name=PLAINTEXT",
    "listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
    `log.dirs=${join(directory, "data")}`,
    "num.partitions=6",
    "offsets.topic.num.partitions=4",
    "offsets.topic.replication.factor=1",
    "transaction.state.log.num.partitions=4",
    "transaction.state.log.replication.factor=1",
    "transaction.state.log.min.isr=1",
    "share.coordinator.state.topic.replication.factor=1",
    "share.coordinator.state.topic.min.isr=1",
    "group.initial.rebalance.delay.ms=200",
    "group.min.session.timeout.ms=1000",
    "transaction.abort.timed.out.transaction.cleanup.interval.ms=1000",
    "",
  ].join("\n");
}

/** The node as a process of ours, ended by its own id. */
function launch(directory, settings) {
  const logFile = join(directory, "node.log");
  const output = openSync(logFile, "w");
  const child = spawn("java", java("kafka.Kafka", settings), { cwd: directory, stdio: ["ignore", output, output] });
  closeSync(output);
  const exited = new Promise((resolve) => child.once("exit", resolve));
  // Whatever ends this process must not leave a node behind.
  const killNow = () => child.kill("SIGKILL");
  process.once("exit", killNow);
  const end = async (signal) => {
    child.kill(signal);
    const force = setTimeout(killNow, STOP_MS_MAX);
    await exited;
    clearTimeout(force);
    process.off("exit", killNow);
  };
  return {
    isRunning: () => child.exitCode === null && child.signalCode === null,
    lastLines: () => readFileSync(logFile, "utf8").trim().split("\n").slice(-LOG_LINES_SHOWN).join("\n"),
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
}

async function untilUp(node, port) {
  const deadline = Date.now() + START_MS_MAX;
  while (!(await canConnect(port))) {
    if (!node.isRunning() || Date.now() > deadline) {
      const said = node.lastLines();
      await node.stop();
      throw new Failure(`Apache Kafka did not come up:\n${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function requireTools() {
  const version = /version "(\d+)/.exec(spawnSync("java", ["-version"], { encoding: "utf8" }).stderr ?? "")?.[1];
  const hasMaven =
    spawnSync("mvn", ["--version"], { stdio: "ignore", shell: process.platform === "win32" }).status === 0;
  if (version && Number(version) >= JAVA_MIN && hasMaven) return;
  throw new Failure(
    `Apache Kafka is fetched with Maven and needs Java ${JAVA_MIN} or newer: install both, or set KAFKA_BROKERS to the brokers to test against.`,
  );
}

/** Into a draft first: a folder of jars that exists is one that is complete. */
async function fetchJars() {
  if (existsSync(JARS)) return;
  console.log(`Getting Apache Kafka ${APACHE_KAFKA_VERSION} with Maven (once) …`);
  const draft = `${JARS}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(join(CACHE, "pom.xml"), POM);
  const settings = ["-DincludeScope=runtime", `-DoutputDirectory=${draft}`];
  await mustRun("mvn", ["-B", "-q", COPY_JARS, ...settings], { isQuiet: true, cwd: CACHE });
  renameSync(draft, JARS);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function canConnect(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

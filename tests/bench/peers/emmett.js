// emmett on PostgreSQL, as its documentation uses it.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { randomUUID } from "node:crypto";
import { dumbo, sql } from "@event-driven-io/dumbo";
import { getPostgreSQLEventStore, postgreSQLRawSQLProjection, readMessagesBatch } from "@event-driven-io/emmett-postgresql";
import pg from "pg";
import { rate, seconds, serve } from "./lines.js";

let url, pool, store;

const open = async (given) => {
  url = given.url;
  pool = new pg.Pool({ connectionString: url, max: given.connections });
  store = getPostgreSQLEventStore(url, { connectionOptions: { pool } });
  await store.schema.migrate();
};

// Each writer appends to files of its own, `entries` appends to a file, always with the expected version.
const writer = ({ event, metadata, size, entries }) => {
  let stream, version = entries * size;
  return async () => {
    if (version >= entries * size) [stream, version] = [`asset-${randomUUID()}`, 0];
    const events = Array.from({ length: size }, () => ({ ...event, metadata: { ...metadata, command_id: randomUUID() } }));
    await store.appendToStream(stream, events, { expectedStreamVersion: BigInt(version) });
    version += size;
  };
};

const append = ({ writers, seconds: duration, ...given }) => rate(writers, duration, () => writer(given));

// Commands stand in a file, one a line, in the order of their recording.
const fill = async ({ path }) => {
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const { stream, expected, events } = JSON.parse(line);
    await store.appendToStream(stream, events, { expectedStreamVersion: BigInt(expected) });
  }
};

const evolve = (state, { type, data }) => {
  if (type === "asset.seized") return { ...state, asset_ref: data.asset_ref };
  if (type === "asset.appraised") return { ...state, price: data.value };
  if (type === "asset.price_reduced") return { ...state, price: data.to_price, reductions: state.reductions + 1 };
  return state;
};

const load = async ({ streams, seconds: duration }) => {
  let next = 0;
  return rate(1, duration, () => async () => {
    const initialState = () => ({ reductions: 0 });
    const { state } = await store.aggregateStream(streams[next++ % streams.length], { evolve, initialState });
    if (!state.asset_ref) throw new Error("nothing loaded");
  });
};

const readLog = async ({ page }) => {
  const { execute } = dumbo({ connectionString: url, pool });
  const start = seconds();
  let [after, count, left] = [0n, 0, true];
  while (left) {
    const batch = await readMessagesBatch(execute, { after, batchSize: page });
    [after, left] = [batch.currentGlobalPosition, batch.areMessagesLeft];
    count += batch.messages.length;
  }
  return { count, seconds: seconds() - start };
};

const projected = (table) =>
  postgreSQLRawSQLProjection({
    name: table,
    canHandle: ["asset.seized", "asset.appraised", "asset.price_reduced"],
    init: () => sql(`CREATE TABLE IF NOT EXISTS ${table}
      (stream text PRIMARY KEY, asset_ref text, price bigint, reductions int NOT NULL)`),
    evolve: ({ type, data, metadata }) => {
      const stream = metadata.streamName;
      if (type === "asset.seized")
        return sql(`INSERT INTO ${table} VALUES (%L, %L, NULL, 0)`, stream, data.asset_ref);
      if (type === "asset.appraised")
        return sql(`UPDATE ${table} SET price = %s WHERE stream = %L`, String(data.value), stream);
      return sql(`UPDATE ${table} SET price = %s, reductions = reductions + 1 WHERE stream = %L`, String(data.to_price), stream);
    },
  });

// A projector by the consumer, from the beginning up to a position; `pulling` as given, else the defaults.
const project = async ({ table, upTo, pulling }) => {
  const consumer = store.consumer({ pulling });
  consumer.projector({
    processorId: table,
    projection: projected(table),
    startFrom: "BEGINNING",
    stopAfter: ({ metadata }) => metadata.globalPosition >= BigInt(upTo),
  });
  const start = seconds();
  await consumer.start();
  const taken = seconds() - start;
  await consumer.close();
  return taken;
};

await serve({ open, append, fill, load, readLog, project });

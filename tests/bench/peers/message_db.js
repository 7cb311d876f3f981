// Message DB's functions called by pg; the schema is installed by its package's SQL before.
import { randomUUID } from "node:crypto";
import pg from "pg";
import { rate, serve } from "./lines.js";

const WRITE = "SELECT write_message($1, $2, $3, $4, $5, $6)";
let pool;

const open = async ({ url, connections }) => {
  pool = new pg.Pool({ connectionString: url, max: connections, options: "-c search_path=message_store,public" });
};

const write = (client, values) => client.query({ name: "write", text: WRITE, values });

// Several messages are one transaction.
const together = async (all) => {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    for (const values of all) await write(client, values);
    await client.query("COMMIT");
  } finally {
    client.release();
  }
};

const writer = ({ topic, data, metadata, size, entries }) => {
  let stream, last = entries * size - 1;
  return async () => {
    if (last + 1 >= entries * size) [stream, last] = [`asset-${randomUUID()}`, -1];
    const all = Array.from({ length: size }, (_, place) => [randomUUID(), stream, topic, data, metadata, last + place]);
    await (size === 1 ? write(pool, all[0]) : together(all));
    last += size;
  };
};

const append = ({ writers, seconds, ...given }) => rate(writers, seconds, () => writer(given));

await serve({ open, append });

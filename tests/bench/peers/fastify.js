// The list of assets by Fastify with pg, two ways: rows to JSON by a response schema, and bytes as PostgreSQL made them.
import Fastify from "fastify";
import pg from "pg";
import { serve } from "./lines.js";

const [INT8, DATE, NUMERIC] = [20, 1082, 1700];
pg.types.setTypeParser(INT8, Number);
pg.types.setTypeParser(NUMERIC, Number);
pg.types.setTypeParser(DATE, (text) => text);

const nullable = (type) => ({ type: [type, "null"] });
const texts = ["asset_id", "asset_ref", "office", "kind", "province", "commune", "description", "stage", "seized_on", "last_round_on"];
const numbers = ["rounds", "failed_rounds", "reductions", "price", "first_price"];
const item = {
  type: "object",
  properties: {
    ...Object.fromEntries(texts.map((name) => [name, nullable("string")])),
    ...Object.fromEntries(numbers.map((name) => [name, nullable("integer")])),
    left_of_first: nullable("number"),
    of_loan: nullable("number"),
    flags: { type: "array", items: { type: "string" } },
  },
};
const facet = {
  type: "object",
  properties: {
    facet: { type: "string" },
    value: { type: "string" },
    n: { type: "integer" },
    price: { type: "integer" },
    first_price: { type: "integer" },
  },
};
const page = {
  type: "object",
  properties: { items: { type: "array", items: item }, facets: { type: "array", items: facet } },
};

// Each query is prepared once on a connection, by its name.
const open = async ({ url, connections, queries }) => {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  const ask = async (name) => (await pool.query({ name, text: queries[name] })).rows;
  const app = Fastify();
  app.get("/rows", { schema: { response: { 200: page } } }, async () => {
    const [items, facets] = await Promise.all([ask("items"), ask("facets")]);
    return { items, facets };
  });
  app.get("/bytes", async (_request, reply) => {
    const [{ body }] = await ask("body");
    return reply.type("application/json").send(body);
  });
  await app.listen({ port: 0, host: "127.0.0.1" });
  return app.server.address().port;
};

await serve({ open });

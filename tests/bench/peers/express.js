// One entry recorded by a POST: Express with emmett on PostgreSQL, as emmett's documentation joins them.
import { CommandHandler, isExpectedVersionConflictError } from "@event-driven-io/emmett";
import { getPostgreSQLEventStore } from "@event-driven-io/emmett-postgresql";
import express from "express";
import pg from "pg";
import { serve } from "./lines.js";

const evolve = (state, { type, data }) => {
  if (type === "asset.seized") return { ...state, seized: data };
  if (type === "asset.cost_accrued") return { ...state, costs: state.costs + data.amount };
  return state;
};
const initialState = () => ({ seized: undefined, costs: 0 });

let store;

const open = async ({ url, connections }) => {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  store = getPostgreSQLEventStore(url, { connectionOptions: { pool } });
  await store.schema.migrate();
  const handle = CommandHandler({ evolve, initialState });
  const app = express();
  app.disable("x-powered-by");
  app.use(express.json());
  app.post("/v1/assets/:id/costs", async (request, response) => {
    const expected = /^"v(\d+)"$/.exec(request.get("If-Match") ?? "");
    const metadata = { command_id: request.get("Idempotency-Key"), actor: "bench", office: "KV-1" };
    const { on, amount, what } = request.body;
    if (!expected || !on || !Number.isInteger(amount) || amount <= 0 || !what) return response.status(400).end();
    const decide = ({ seized }) => {
      if (!seized) throw new Error("not seized");
      return { type: "asset.cost_accrued", data: { on, amount, what }, metadata };
    };
    try {
      const options = { expectedStreamVersion: BigInt(expected[1]) };
      const done = await handle(store, `asset-${request.params.id}`, decide, options);
      const version = Number(done.nextExpectedStreamVersion);
      response.status(201).set("ETag", `"v${version}"`).json({ asset_id: request.params.id, version });
    } catch (error) {
      response.status(isExpectedVersionConflictError(error) ? 412 : 409).end();
    }
  });
  return new Promise((resolve) => {
    const listening = app.listen(0, "127.0.0.1", () => resolve(listening.address().port));
  });
};

// Seize assets of the given ids.
const seize = async ({ ids, event }) => {
  for (const id of ids) await store.appendToStream(`asset-${id}`, [event], { expectedStreamVersion: 0n });
};

await serve({ open, seize });

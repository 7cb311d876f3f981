// A peer answers calls: one JSON object a line in, one JSON value a line out.
import { createInterface } from "node:readline";

export const serve = async (calls) => {
  for await (const line of createInterface({ input: process.stdin })) {
    const { call, ...given } = JSON.parse(line);
    const answer = await calls[call](given);
    process.stdout.write(JSON.stringify(answer ?? null) + "\n");
  }
  process.exit(0);
};

export const seconds = () => Number(process.hrtime.bigint()) / 1e9;

// Calls a second of `writers` loops over a bounded time.
export const rate = async (writers, duration, makeCall) => {
  const calls = Array.from({ length: writers }, makeCall);
  const start = seconds();
  let count = 0;
  const loop = async (call) => {
    while (seconds() < start + duration) {
      await call();
      count += 1;
    }
  };
  await Promise.all(calls.map(loop));
  return count / (seconds() - start);
};

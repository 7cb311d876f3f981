// A provider of identities on loopback. It answers calls: one JSON object a line in, one JSON value a line out.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import Provider from "oidc-provider";

// What it has to say goes to standard error: standard output is for answers.
console.info = console.error;

const server = createServer();
let port = 0;
let issuer, settings, answer, keysAsked = 0;

// The claims of role and office, as an administrator would have them put into tokens.
const told = (id) => settings.people[id] ?? {};

const configuration = (keys) => ({
  clients: settings.clients,
  jwks: { keys },
  cookies: { keys: ["only for tests"] },
  claims: { openid: ["sub", "auctions_role", "auctions_office"] },
  conformIdTokenClaims: false,
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...told(id) }) }),
  extraTokenClaims: (_, token) => told(token.clientId),
  pkce: { required: () => true },
  features: {
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_, resource) => ({
        scope: "",
        audience: resource,
        accessTokenFormat: "jwt",
        jwt: { sign: { alg: keysOf.alg } },
      }),
    },
  },
});

const keysOf = { alg: "RS256" };

const signWith = (keys) => {
  keysOf.alg = keys[0].alg;
  answer = new Provider(issuer, configuration(keys)).callback();
};

server.on("request", (request, response) => {
  keysAsked += request.url === "/jwks";
  answer(request, response);
});

const listening = () =>
  new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(server.address().port)));

const calls = {
  open: async ({ keys, ...given }) => {
    settings = given;
    port = await listening();
    issuer = `http://127.0.0.1:${port}`;
    signWith(keys);
    return issuer;
  },
  sign_with: ({ keys }) => signWith(keys),
  keys_asked: () => keysAsked,
  go_away: () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  come_back: listening,
};

for await (const line of createInterface({ input: process.stdin })) {
  const { call, ...given } = JSON.parse(line);
  process.stdout.write(JSON.stringify((await calls[call](given)) ?? null) + "\n");
}
process.exit(0);

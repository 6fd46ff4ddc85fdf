// The bench of openid_test.cpp: a certified OpenID provider (npm's oidc-provider) with pages of its
// own, Debian's Chromium without a window that signs people in on them, and what the test wants to
// go wrong. Everything is on 127.0.0.1.
//
//   node bench.mjs MODULES FOLDER      MODULES has node_modules; FOLDER is the test's
//
// Writes FOLDER/port when it is ready. Then, beside the provider's own addresses:
//   POST /bench/set   JSON, merged into `settings`     POST /bench/browse   the address to go to
//   GET  /bench/seen  what the browser saw, and what was asked of /token
//   POST /bench/introspect   for the IMAP server       GET  /bench/replay   an old refresh token
//   GET  /bench/last         the newest refresh token
//   GET  /bench/revoke       all that was granted      GET  /bench/expire   the access tokens

import { spawn } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [modules, folder] = process.argv.slice(2);
const { default: Provider } = await import(
  pathToFileURL(path.join(modules, "node_modules/oidc-provider/lib/index.js")).href);

const settings = {
  password: "tajne",      // that the person types
  answer: "accept",       // to the question of consent; or "deny"
  redirect: "",           // wrong_state, no_iss, wrong_iss, two_codes, forged_first, forged_code
  token: "",              // down, html, slow, throttled, invalid_grant, small_scope, no_refresh_token
  introspect: "",         // inactive, down
  life: 3600,             // of an access token, in seconds
};
const seen = { visits: [], tokens: [], secrets: [], errors: [], throttled: 0 };
const users = { "ala@firma.test": "tajne", "ola@firma.test": "tajne" };
const introspector = { id: "imap-server", secret: "imap-server-secret" };

// ---- The provider

const server = http.createServer();
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const issuer = `http://127.0.0.1:${server.address().port}`;
const native = {
  application_type: "native",
  redirect_uris: ["http://127.0.0.1/callback", "http://localhost/"],
  grant_types: ["authorization_code", "refresh_token",
                "urn:ietf:params:oauth:grant-type:device_code"],
  response_types: ["code"],
};
const { privateKey } = crypto.generateKeyPairSync("rsa", { modulusLength: 2048 });
const provider = new Provider(issuer, {
  clients: [
    { ...native, client_id: "biuro", token_endpoint_auth_method: "none" },
    { ...native, client_id: "biuro-z-kluczem", client_secret: "klucz-biura/1+2",
      token_endpoint_auth_method: "client_secret_post" },
    { client_id: introspector.id, client_secret: introspector.secret, redirect_uris: [],
      response_types: [], grant_types: ["client_credentials"] },
  ],
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig" }] },
  cookies: { keys: ["bench"] },
  scopes: ["openid", "offline_access", "email", "mail"],
  claims: { email: ["email"] },
  conformIdTokenClaims: false,
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: id }) }),
  features: {
    devInteractions: { enabled: false },
    revocation: { enabled: true },
    introspection: { enabled: true, allowedPolicy: () => true },
    deviceFlow: {
      enabled: true,
      userCodeInputSource: (ctx, form) => page(ctx, `<h1>Code</h1>${form}
        <button type=submit form="op.deviceInputForm">Continue</button>`),
      userCodeConfirmSource: (ctx, form) => page(ctx, `<h1>Confirm</h1>${form}
        <button type=submit form="op.deviceConfirmForm">Yes, it is me</button>`),
      successSource: (ctx) => page(ctx, "<h1>Device is signed in</h1>"),
    },
    clientCredentials: { enabled: true },
  },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  pkce: { required: () => true, methods: ["S256"] },
  rotateRefreshToken: () => true,
  issueRefreshToken: (_, client, code) =>
    settings.token !== "no_refresh_token" && client.grantTypeAllowed("refresh_token") &&
    code.scopes.has("offline_access"),
  ttl: { AccessToken: () => settings.life, AuthorizationCode: 60, DeviceCode: 60, Grant: 86400,
         IdToken: 3600, Interaction: 600, RefreshToken: 86400, Session: 600 },
  renderError: (ctx, out) => page(ctx, `<h1>${out.error}</h1>`),
});
provider.on("server_error", (_, error) => seen.errors.push(String(error.stack ?? error)));

function page(ctx, body) {
  ctx.type = "html";
  ctx.body = `<!DOCTYPE html><title>Provider</title>${body}`;
}

function send(res, status, body, type = "text/html; charset=utf-8", headers = {}) {
  res.writeHead(status, { "content-type": type, ...headers });
  res.end(body);
}
const sendJson = (res, value) => send(res, 200, JSON.stringify(value), "application/json");

async function bodyOf(req) {
  let text = "";
  for await (const chunk of req) text += chunk;
  return text;
}

/// Who somebody is, then whether the program may.
async function interact(req, res) {
  const details = await provider.interactionDetails(req, res);
  const { prompt, params, session, uid } = details;
  if (req.method === "GET" || req.method === "HEAD") {
    const form = (fields) =>
      `<!DOCTYPE html><title>Provider</title><form method=post action="/interaction/${uid}">${fields}</form>`;
    return send(res, 200, form(prompt.name === "login"
      ? `<h1>Sign in</h1><input name=login value="${params.login_hint ?? ""}">
         <input name=password type=password><button name=go value=login>Sign in</button>`
      : `<h1>May ${params.client_id} read your mail?</h1><button name=go value=accept>Yes</button>
         <button name=go value=deny>No</button>`));
  }
  const form = new URLSearchParams(await bodyOf(req));
  if (form.get("go") === "login") {
    const login = form.get("login");
    if (users[login] === undefined || users[login] !== form.get("password"))
      return send(res, 200, "<!DOCTYPE html><title>Provider</title><h1 id=wrong>Wrong password</h1>");
    return provider.interactionFinished(req, res, { login: { accountId: login } },
                                        { mergeWithLastSubmission: false });
  }
  if (form.get("go") !== "accept")
    return provider.interactionFinished(
      req, res, { error: "access_denied", error_description: "<b>no</b>\r\n\u0007" },
      { mergeWithLastSubmission: false });
  const grant = details.grantId
    ? await provider.Grant.find(details.grantId)
    : new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  grant.addOIDCClaims(["email"]);
  const grantId = await grant.save();
  return provider.interactionFinished(req, res, { consent: { grantId } },
                                      { mergeWithLastSubmission: true });
}

// ---- What goes wrong

const isOurs = (location) => location.startsWith(issuer) || location.startsWith("/");

function alter(location) {
  if (isOurs(location)) return location;
  const url = new URL(location);
  const query = url.searchParams;
  if (query.get("code")) seen.secrets.push(query.get("code"));
  if (settings.redirect === "wrong_state") query.set("state", "0".repeat(43));
  if (settings.redirect === "no_iss") query.delete("iss");
  if (settings.redirect === "wrong_iss") query.set("iss", "https://evil.example");
  if (settings.redirect === "two_codes") query.append("code", "another");
  if (settings.redirect === "forged_code") query.set("code", "A".repeat(43));
  return url.href;
}

/// Another program of this computer that wants to be first, on both families: with a guessed state
/// it is not listened to.
async function forge(location) {
  const { port, pathname, searchParams } = new URL(location);
  const ask = (host) => new Promise((done) => {
    const req = http.get({ host, port, path: `${pathname}?code=forged&state=${"x".repeat(43)}`,
                           headers: { host: `127.0.0.1:${port}` } },
                         (res) => { res.resume(); done(res.statusCode); });
    req.on("error", (error) => done(error.code));
  });
  seen.forged = [await ask("127.0.0.1"), await ask("::1")];
  // Whoever can listen there gets what the browser sends to "localhost".
  const squat = (host) => new Promise((done) => {
    const squatter = http.createServer().once("error", (error) => done(error.code));
    squatter.listen(Number(port), host, () => squatter.close(() => done("listens")));
  });
  seen.squatted = [await squat("127.0.0.1"), await squat("::1")];
  return searchParams.size;
}

/// The provider's answer passes by here before anybody has it.
function watchToken(res, body) {
  const form = new URLSearchParams(body);
  const entry = { grant: form.get("grant_type"), used: form.get("refresh_token") ?? "" };
  seen.tokens.push(entry);
  for (const name of ["refresh_token", "code", "code_verifier", "client_secret"])
    if (form.get(name)) seen.secrets.push(form.get(name));
  const end = res.end.bind(res);
  res.end = (chunk, ...rest) => {
    try {
      const answer = JSON.parse(chunk);
      for (const name of ["access_token", "refresh_token", "id_token"])
        if (answer[name]) seen.secrets.push(answer[name]);
      if (answer.access_token) accessTokens.push(answer.access_token);
      if (answer.refresh_token) lastRefresh = answer.refresh_token;
      entry.status = res.statusCode;
      entry.error = answer.error;
      if (settings.token === "small_scope" && answer.scope) {
        answer.scope = "openid";
        chunk = JSON.stringify(answer);
        res.setHeader("content-length", Buffer.byteLength(chunk));
      }
    } catch { /* no JSON: nothing secret in it */ }
    return end(chunk, ...rest);
  };
}

async function token(req, res) {
  const body = await bodyOf(req);
  switch (settings.token) {
    case "down": return send(res, 502, "<h1>Bad Gateway</h1>");
    case "html": return send(res, 200, "<h1>Hotel Wi-Fi: please accept</h1>");
    case "throttled":
      ++seen.throttled;
      return send(res, 429, "{}", "application/json", { "retry-after": "900" });
    case "slow": await new Promise((done) => setTimeout(done, 4000)); break;
    case "invalid_grant":
      return send(res, 400, JSON.stringify({ error: "invalid_grant",
        error_description: "AADSTS50173: password changed.\r\nTrace ID: 0815", error_codes: [50173],
        trace_id: "0815" }), "application/json");
  }
  // It takes a body that was read already.
  req.body = Object.fromEntries(new URLSearchParams(body));
  watchToken(res, body);
  return provider.callback()(req, res);
}

async function introspect(req, res) {
  if (settings.introspect === "down") return send(res, 500, "");
  const form = new URLSearchParams(await bodyOf(req));
  const answer = await (await fetch(`${issuer}/token/introspection`, {
    method: "POST",
    headers: { authorization: "Basic " + Buffer.from(`${introspector.id}:${introspector.secret}`)
      .toString("base64") },
    body: new URLSearchParams({ token: form.get("token") ?? "" }),
  })).json();
  const active = answer.active === true && settings.introspect !== "inactive";
  return sendJson(res, { active, username: answer.sub ?? "" });
}

/// Somebody has stolen the refresh token that was used last, or the one that was given last, and
/// tries it.
let lastRefresh = "";
async function replay(res, which) {
  const old = which === "last" ? lastRefresh
                               : seen.tokens.filter((entry) => entry.used).at(-1)?.used;
  const answer = await fetch(`${issuer}/token`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "refresh_token", refresh_token: old ?? "",
                                client_id: "biuro" }),
  });
  return sendJson(res, await answer.json());
}

const grants = new Set(), accessTokens = [];
provider.on("grant.success", (ctx) => grants.add(ctx.oidc.entities.Grant?.jti));

async function revoke(res) {
  for (const id of grants) {
    await (await provider.Grant.find(id))?.destroy();
    for (const kind of ["AccessToken", "RefreshToken"]) await provider[kind].revokeByGrantId(id);
  }
  return sendJson(res, {});
}

/// As if their time had come.
async function expire(res) {
  for (const token of accessTokens.splice(0))
    await (await provider.AccessToken.find(token))?.destroy();
  return sendJson(res, {});
}

// ---- The browser

class Browser {
  static async start() {
    const browser = new Browser();
    // CDP over two pipes: nothing to install, and no port that others could talk to.
    browser.child = spawn("chromium", ["--headless=new", "--no-sandbox", "--disable-gpu",
      "--disable-quic", "--disable-dev-shm-usage", "--no-first-run", "--disable-sync",
      "--disable-background-networking", "--disable-component-update", "--no-proxy-server",
      `--user-data-dir=${path.join(folder, "chromium")}`, "--remote-debugging-pipe"],
      { stdio: ["ignore", "ignore", fs.openSync(path.join(folder, "chromium.log"), "w"), "pipe",
                "pipe"] });
    browser.child.on("exit", (code) => seen.errors.push(`chromium ended: ${code}`));
    let text = "";
    browser.child.stdio[4].on("data", (chunk) => {
      text += chunk;
      for (let end; (end = text.indexOf("\0")) >= 0; text = text.slice(end + 1))
        browser.take(JSON.parse(text.slice(0, end)));
    });
    await browser.ask("Browser.getVersion");
    return browser;
  }
  asked = new Map();
  watchers = new Map();
  number = 0;

  take(message) {
    if (message.id === undefined)
      return this.watchers.get(message.sessionId)?.(message.method, message.params);
    const { done, failed } = this.asked.get(message.id);
    this.asked.delete(message.id);
    message.error ? failed(new Error(message.error.message)) : done(message.result);
  }
  ask(method, params = {}, sessionId = undefined) {
    const id = ++this.number;
    this.child.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + "\0");
    return new Promise((done, failed) => this.asked.set(id, { done, failed }));
  }

  /// A person without any cookies goes there, and does what the settings say.
  async visit(address) {
    const visit = { hosts: [], redirects: [], refused: false };
    const { browserContextId } = await this.ask("Target.createBrowserContext");
    const { targetId } = await this.ask("Target.createTarget",
                                        { url: "about:blank", browserContextId });
    const { sessionId } = await this.ask("Target.attachToTarget", { targetId, flatten: true });
    const ask = (method, params) => this.ask(method, params, sessionId);
    this.watchers.set(sessionId, (method, params) => {
      if (method === "Network.requestWillBeSent") visit.hosts.push(new URL(params.request.url).host);
      if (method === "Network.responseReceived" && !isOurs(params.response.url))
        visit.redirects.push({ status: params.response.status, headers: params.response.headers });
    });
    await ask("Page.enable");
    await ask("Network.enable");
    await ask("Page.navigate", { url: address });
    const look = async (expression) => {
      try {
        return (await ask("Runtime.evaluate", { expression, returnByValue: true })).result.value;
      } catch { return undefined; }  // between two pages
    };
    const press = (value) => look(`document.querySelector("[name=go][value=${value}]").click()`);
    const until = Date.now() + 60_000;
    let signed_in = false, answered = false;
    while (Date.now() < until) {
      await new Promise((done) => setTimeout(done, 100));
      const now = await look(`document.readyState === "complete" && ({
        at: location.href, title: document.title, lang: document.documentElement.lang,
        text: document.body?.innerText ?? "", inner: history.length,
        login: !!document.querySelector("[name=password]"),
        consent: !!document.querySelector("[value=accept]"),
        code: !!document.querySelector("[name=user_code]"),
        submit: !!document.querySelector("button[type=submit]") })`);
      if (!now || now.at === "about:blank") continue;
      Object.assign(visit, { at: now.at, title: now.title, lang: now.lang, text: now.text });
      if (!isOurs(now.at)) break;
      if (now.login && !signed_in) {
        signed_in = true;
        // The program has hinted who it is; a device has not.
        await look(`document.querySelector("[name=login]").value ||= "ala@firma.test";
          document.querySelector("[name=password]").value = ${JSON.stringify(settings.password)}`);
        await press("login");
      } else if (now.consent && !answered) {
        answered = true;
        await press(settings.answer);
      } else if (now.submit && !now.login) {
        await look(`document.querySelector("button[type=submit]").click()`);
      } else if (now.text.includes("Wrong password") || now.text.includes("is signed in")) {
        break;
      }
    }
    const { data } = await ask("Page.captureScreenshot", { format: "png" });
    visit.picture = path.join(folder, `visit-${seen.visits.length}.png`);
    fs.writeFileSync(visit.picture, Buffer.from(data, "base64"));
    this.watchers.delete(sessionId);
    await this.ask("Target.disposeBrowserContext", { browserContextId });
    seen.visits.push(visit);
  }
}
let browser;

// The person takes another device, and goes to the address that is shown there.
provider.on("device_authorization.success", (_, answer) => {
  seen.secrets.push(answer.device_code);
  browser.visit(answer.verification_uri_complete).catch((error) => seen.errors.push(String(error)));
});

// ---- All together

server.on("request", async (req, res) => {
  try {
    const address = req.url.split("?")[0];
    if (address === "/bench/set") {
      Object.assign(settings, JSON.parse(await bodyOf(req)));
      return sendJson(res, settings);
    }
    if (address === "/bench/browse") {
      await browser.visit(await bodyOf(req));
      return sendJson(res, {});
    }
    if (address === "/bench/seen") return sendJson(res, seen);
    if (address === "/bench/introspect") return await introspect(req, res);
    if (address === "/bench/replay") return await replay(res, "used");
    if (address === "/bench/last") return await replay(res, "last");
    if (address === "/bench/revoke") return await revoke(res);
    if (address === "/bench/expire") return await expire(res);
    if (address.startsWith("/interaction/")) return await interact(req, res);
    if (address === "/token" && req.method === "POST") return await token(req, res);
    const setHeader = res.setHeader.bind(res);
    res.setHeader = (name, value) =>
      setHeader(name, name.toLowerCase() === "location" ? alter(String(value)) : value);
    if (settings.redirect === "forged_first" && address === "/auth") {
      const redirect = new URL(req.url, issuer).searchParams.get("redirect_uri");
      if (redirect) await forge(redirect);
    }
    return await provider.callback()(req, res);
  } catch (error) {
    seen.errors.push(String(error.stack ?? error));
    if (!res.headersSent) send(res, 500, String(error));
  }
});

browser = await Browser.start();
fs.writeFileSync(path.join(folder, "port.part"), String(server.address().port));
fs.renameSync(path.join(folder, "port.part"), path.join(folder, "port"));

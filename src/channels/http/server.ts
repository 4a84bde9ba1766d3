import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import fastifyStatic from '@fastify/static';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { Logger } from 'pino';
import { Refusal } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import type { App } from './app';
import { authenticate, authenticateSender, checkOrigin, secondFactorNeeded, setCaller } from './caller';
import { refuseWhatIsOff } from './in-use';
import { jsonFor, speakTo } from './language';
import { problemOf, refusalOf, sendProblem, sendUnread } from './problem';
import { readJson, textOf } from './read-json';
import { actionRuleRoutes } from './routes/action-rules';
import { alertSourceRoutes } from './routes/alert-sources';
import { assignmentRuleRoutes } from './routes/assignment-rules';
import { atOnceRoutes } from './routes/at-once';
import { bulkRoutes } from './routes/bulk';
import { childRoutes } from './routes/children';
import { firstStepRoutes } from './routes/first-steps';
import { foresightRoutes } from './routes/foresight';
import { historyRoutes } from './routes/history';
import { holidayRoutes } from './routes/holidays';
import { hookRoutes } from './routes/hooks';
import { identityRoutes } from './routes/identity';
import { lineOfSightRoutes } from './routes/line-of-sight';
import { majorRoutes } from './routes/major';
import { measureRoutes } from './routes/measures';
import { noticeRoutes } from './routes/notices';
import { notificationRoutes } from './routes/notifications';
import { openApiRoutes } from './routes/openapi';
import { outageRoutes } from './routes/outages';
import { passkeyRoutes } from './routes/passkeys';
import { presenceRoutes } from './routes/presence';
import { promiseRoutes } from './routes/promises';
import { proofRoutes } from './routes/proof';
import { queueRoutes } from './routes/queue';
import { recordTypeRoutes } from './routes/record-types';
import { recordRoutes } from './routes/records';
import { retentionRoutes } from './routes/retention';
import { searchRoutes } from './routes/search';
import { secondFactorRoutes } from './routes/second-factor';
import { sightRoutes } from './routes/sight';
import { signInRoutes } from './routes/sign-in';
import { streamRoutes } from './routes/stream';
import { surroundingRoutes } from './routes/surroundings';
import { systemRoutes } from './routes/system';
import { undoRoutes } from './routes/undo';
import { wordRoutes } from './routes/words';
import { writingRoutes } from './routes/writing';

const megabyte = 1024 * 1024;
/** Open to everybody: signing in, setting up, a link in a mail’s foot, the description of the interface. */
const open = new Set([
  '/api/v1/sign-in',
  '/api/v1/sign-in/second-factor',
  '/api/v1/sign-in/passkey',
  '/api/v1/sign-in/passkey/options',
  '/api/v1/set-up',
  '/api/v1/password-reset',
  '/api/v1/notice-link',
  '/api/v1/openapi.json',
]);
/** Open to a session that waits for a second factor: setting one up, showing it, reading who they are, leaving. */
const enrolling = new Set([
  '/api/v1/me',
  '/api/v1/sign-out',
  '/api/v1/me/second-factor',
  '/api/v1/me/second-factor/totp',
  '/api/v1/me/second-factor/totp/confirm',
  '/api/v1/me/passkeys',
  '/api/v1/me/passkeys/options',
  '/api/v1/me/proof',
]);

const isForm = /^multipart\//i;

/** The HTTP door: security headers, who calls, what is refused and how; then the routes. */
export async function makeServer(app: App, log: Logger, ready: () => Promise<boolean>): Promise<FastifyInstance> {
  const server: FastifyInstance = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: app.trustProxy === false ? false : (_address, hop) => hop < Number(app.trustProxy),
    bodyLimit: megabyte,
    routerOptions: { maxParamLength: 400 },
    // An address that cannot be read never reaches a route.
    frameworkErrors: (error, _request, reply) => {
      void sendProblem(
        reply as FastifyReply,
        refusalOf(error) ?? new Refusal('malformed', say`This address cannot be read.`),
      );
    },
    // What is no HTTP, or has a longer head than is read, has neither request nor reply.
    clientErrorHandler: sendUnread,
    // What is under way when the server closes is answered.
    forceCloseConnections: 'idle',
  });
  await server.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        upgradeInsecureRequests: null,
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: app.publicUrl?.startsWith('https:') ?? false,
  });
  await server.register(cookie);
  await server.register(compress, {
    global: true,
    threshold: 2_048,
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { 1: 4 } },
  });
  await server.register(multipart, { limits: { fileSize: 25 * megabyte, files: 1, fields: 10 } });

  server.removeContentTypeParser('application/json');
  server.removeContentTypeParser('text/plain');
  server.addContentTypeParser(
    /^application\/(?:[\w.+-]+\+)?json(?:$|;)/i,
    { parseAs: 'buffer' },
    (_request, body, done) => {
      if (body.length === 0) return done(null, undefined);
      try {
        done(null, readJson(textOf(body as Buffer)));
      } catch (error) {
        done(error as Refusal);
      }
    },
  );

  server.addHook('onRequest', async (request, reply) => {
    const route = routeOf(request);
    if (route.startsWith('/api/')) speakTo(request, reply);
    if (route.startsWith('/api/') && !open.has(route)) {
      const caller = await authenticate(app, request);
      // Who one is, is read there; to whom one's work goes meanwhile is for its owner to say.
      const reads = route !== '/api/v1/me' || request.method === 'GET' || request.method === 'HEAD';
      if (caller.known.must_enrol && !(enrolling.has(route) && reads)) throw secondFactorNeeded();
      setCaller(request, caller);
    }
    refuseWhatIsOff(app.house, route);
    // Whoever is nobody is told so before their body is read; what they may not is said by the route.
    if (route.startsWith('/hooks/'))
      await authenticateSender(app, request).catch((error: unknown) => {
        if (!(error instanceof Refusal) || error.code === 'unauthenticated') throw error;
      });
    if (isForm.test(request.headers['content-type'] ?? '') && !/\/attach(ments)?$/.test(route))
      throw new Refusal('media_type', say`Send JSON.`);
  });
  server.addHook('preHandler', async (request) => {
    if (routeOf(request).startsWith('/api/')) checkOrigin(app, request);
  });

  // A connection that is answered while the server closes would else be kept for the next request.
  let closing = false;
  server.addHook('preClose', async () => {
    closing = true;
  });
  server.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('Connection', 'close');
  });

  server.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal) return sendProblem(reply, refusal);
    // What stands behind the question mark may be a token.
    request.log.error({ err: error, url: request.url.split('?', 1)[0] }, 'a fault of ours');
    const fault = {
      ...problemOf(new Refusal('malformed', say`Something went wrong on our side. It is in the log.`)),
      status: 500,
      title: 'A fault of ours',
      code: 'fault',
    };
    return reply.status(500).type('application/problem+json').send(jsonFor(request, fault));
  });

  signInRoutes(server, app);
  identityRoutes(server, app);
  secondFactorRoutes(server, app);
  passkeyRoutes(server, app);
  proofRoutes(server, app);
  firstStepRoutes(server, app);
  noticeRoutes(server, app);
  notificationRoutes(server, app);
  systemRoutes(server, app, ready);
  recordTypeRoutes(server, app);
  openApiRoutes(server, app);
  streamRoutes(server, app);
  sightRoutes(server, app);
  retentionRoutes(server, app);
  searchRoutes(server, app);
  lineOfSightRoutes(server, app);
  measureRoutes(server, app);
  wordRoutes(server, app);
  writingRoutes(server, app);
  presenceRoutes(server, app);
  foresightRoutes(server, app);
  atOnceRoutes(server, app);
  bulkRoutes(server, app);
  historyRoutes(server, app);
  childRoutes(server, app);
  hookRoutes(server, app);
  alertSourceRoutes(server, app);
  actionRuleRoutes(server, app);
  assignmentRuleRoutes(server, app);
  majorRoutes(server, app);
  outageRoutes(server, app);
  promiseRoutes(server, app);
  queueRoutes(server, app);
  holidayRoutes(server, app);
  surroundingRoutes(server, app);
  undoRoutes(server, app);
  recordRoutes(server, app);
  await serveWeb(server, app);
  return server;
}

/** The address as the router read it: `/%61pi/…` is `/api/…` too. */
function routeOf(request: FastifyRequest): string {
  return request.routeOptions?.url ?? request.url.split('?', 1)[0]!;
}

/** The built web application; every address that is not ours is one of its pages. */
async function serveWeb(server: FastifyInstance, app: App): Promise<void> {
  if (app.web)
    await server.register(fastifyStatic, {
      root: app.web,
      wildcard: true,
      index: false,
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.setHeader(
          'Cache-Control',
          path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    });
  if (app.web) server.get('/', (_request, reply) => reply.header('Cache-Control', 'no-cache').sendFile('index.html'));
  server.setNotFoundHandler((request, reply) => {
    const page =
      request.method === 'GET' &&
      !/^\/(api|hooks)(\/|$)/.test(request.url) &&
      !/\.[a-z0-9]{2,5}(\?|$)/i.test(request.url);
    if (page && app.web) return reply.header('Cache-Control', 'no-cache').sendFile('index.html');
    return sendProblem(reply, new Refusal('absent', say`There is nothing here.`));
  });
}

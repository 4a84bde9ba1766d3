import type { FastifyRequest } from 'fastify';
import type { Site } from '../../commons/identity';
import type { App } from './app';

/**
 * The place passkeys belong to: the host of PUBLIC_URL. Without that setting it is this machine alone, by the name and port
 * the browser called.
 */
export function siteOf(app: App, request: FastifyRequest): Site {
  if (app.publicUrl) {
    const { hostname, origin } = new URL(app.publicUrl);
    return { host: hostname, origins: [origin] };
  }
  const called = `http://${request.headers.host ?? ''}`;
  const here = URL.canParse(called) ? new URL(called) : undefined;
  return { host: 'localhost', origins: here?.hostname === 'localhost' ? [here.origin] : [] };
}

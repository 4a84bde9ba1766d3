import type { FastifyReply } from 'fastify';
import type { App } from './app';
import { cookieName } from './caller';

/** The cookie of a browser that signed in: for our pages alone, out of reach of scripts. */
export function setSessionCookie(app: App, reply: FastifyReply, secret: string): void {
  reply.setCookie(cookieName, secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: app.publicUrl?.startsWith('https:') ?? false,
    maxAge: 30 * 86_400,
  });
}

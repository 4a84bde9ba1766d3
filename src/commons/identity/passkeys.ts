import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { type Db, one, type Row, rows, sql } from '../../kernel/database';
import { newId } from '../../kernel/id';
import { invalid, Refusal } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import { makeChallenge, refuseTooManyAsked, takeChallenge } from './challenges';

/** The place passkeys belong to: the host name, and where our pages come from. */
export interface Site {
  readonly host: string;
  readonly origins: readonly string[];
}

export interface Passkey {
  id: string;
  name: string;
  created_at: Date;
  seen_at: Date | null;
}

type Registered = Parameters<typeof verifyRegistrationResponse>[0]['response'];
type Answered = Parameters<typeof verifyAuthenticationResponse>[0]['response'];

const most = 20;
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));

export function passkeysOf(db: Db, personId: string): Promise<Passkey[]> {
  return rows(
    db,
    sql`select id, name, created_at, seen_at from passkey where person_id = ${personId}::uuid order by created_at, id`,
  );
}

/** What a browser is told to make a passkey: one that knows its owner and asks who they are. */
export async function newPasskeyOptions(
  db: Db,
  site: Site,
  person: { id: string; email: string; name: string },
  now: Date,
): Promise<Row> {
  const known = await rows<{ credential: string; transports: string[] }>(
    db,
    sql`select credential, transports from passkey where person_id = ${person.id}`,
  );
  if (known.length >= most) throw new Refusal('conflict', say`You have ${most} passkeys: remove one first.`);
  const challenge = await makeChallenge(db, 'new-passkey', person.id, now);
  return (await generateRegistrationOptions({
    rpName: 'Throughline',
    rpID: site.host,
    userName: person.email,
    userDisplayName: person.name,
    userID: new TextEncoder().encode(person.id),
    challenge: bytes(challenge),
    attestationType: 'none',
    excludeCredentials: known.map(({ credential, transports }) => ({ id: credential, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })) as unknown as Row;
}

/** Keeps a passkey a browser made. Throws where it answers no question of ours, or was made somewhere else. */
export async function keepPasskey(
  db: Db,
  site: Site,
  personId: string,
  given: { name: string; response: Row },
  now: Date,
): Promise<Passkey> {
  const asked = questionIn(given.response);
  const challenge = asked && (await takeChallenge(db, 'new-passkey', asked, now));
  if (!challenge || challenge.person_id !== personId) throw tooLate();
  const made = await verifyRegistrationResponse({
    response: given.response as unknown as Registered,
    expectedChallenge: asked,
    expectedOrigin: [...site.origins],
    expectedRPID: site.host,
    requireUserVerification: true,
  }).catch(() => undefined);
  if (!made?.verified) throw invalid('response', say`This passkey does not fit this place.`);
  const { id: credential, publicKey, counter } = made.registrationInfo.credential;
  const { transports } = (given.response.response ?? {}) as { transports?: unknown };
  const id = newId(now);
  const kept = await one(
    db,
    sql`insert into passkey (id, person_id, name, credential, public_key, counter, transports, created_at)
      values (${id}, ${personId}, ${given.name}, ${credential}, ${Buffer.from(publicKey)}, ${counter},
        ${transportsIn(transports)}::text[], ${now}) on conflict (credential) do nothing returning 1`,
  );
  if (!kept) throw new Refusal('conflict', say`This passkey is kept already.`);
  return { id, name: given.name, created_at: now, seen_at: null };
}

/** What a browser is told to ask for any passkey of this place. Throws 429 for an address that asks and never answers. */
export async function passkeyQuestion(db: Db, site: Site, address: string, now: Date): Promise<Row> {
  await refuseTooManyAsked(db, 'passkey', address, now);
  const challenge = await makeChallenge(db, 'passkey', null, now, address);
  return (await generateAuthenticationOptions({
    rpID: site.host,
    challenge: bytes(challenge),
    userVerification: 'required',
  })) as unknown as Row;
}

/** Whose passkey answered; undefined when it is not known or its signature does not hold. */
export async function personByPasskey(db: Db, site: Site, response: Row, now: Date): Promise<string | undefined> {
  const asked = questionIn(response);
  if (!asked || !(await takeChallenge(db, 'passkey', asked, now))) throw tooLate();
  const known = await one<{
    id: string;
    person_id: string;
    credential: string;
    public_key: Buffer;
    counter: string;
    transports: string[];
  }>(
    db,
    sql`select k.id, k.person_id, k.credential, k.public_key, k.counter, k.transports from passkey k
        join record r on r.id = k.person_id where k.credential = ${String(response.id)} and r.state = 'active' for update of k`,
  );
  if (!known) return undefined;
  const answer = await verifyAuthenticationResponse({
    response: response as unknown as Answered,
    expectedChallenge: asked,
    expectedOrigin: [...site.origins],
    expectedRPID: site.host,
    requireUserVerification: true,
    credential: {
      id: known.credential,
      publicKey: new Uint8Array(known.public_key),
      counter: Number(known.counter),
      transports: known.transports,
    },
  }).catch(() => undefined);
  if (!answer?.verified) return undefined;
  await sql`update passkey set counter = ${answer.authenticationInfo.newCounter}, seen_at = ${now} where id = ${known.id}`.execute(
    db,
  );
  return known.person_id;
}

export async function renamePasskey(db: Db, personId: string, id: string, name: string): Promise<Passkey | undefined> {
  return one<Passkey>(
    db,
    sql`update passkey set name = ${name} where id = ${id}::uuid and person_id = ${personId}::uuid
        returning id, name, created_at, seen_at`,
  );
}

/** Takes one away. Answers its name; undefined when there is none. */
export async function dropPasskey(db: Db, personId: string, id: string): Promise<string | undefined> {
  const gone = await one<{ name: string }>(
    db,
    sql`delete from passkey where id = ${id}::uuid and person_id = ${personId}::uuid returning name`,
  );
  return gone?.name;
}

/** The question a browser says it answers. */
function questionIn(response: Row): string | undefined {
  const data = (response.response as { clientDataJSON?: unknown } | undefined)?.clientDataJSON;
  if (typeof data !== 'string') return undefined;
  try {
    const { challenge } = JSON.parse(Buffer.from(data, 'base64url').toString('utf8')) as { challenge?: unknown };
    return typeof challenge === 'string' ? challenge : undefined;
  } catch {
    return undefined;
  }
}

const transportsIn = (given: unknown): string[] =>
  (Array.isArray(given) ? given : [])
    .filter((one) => typeof one === 'string' && /^[a-z-]{1,20}$/.test(one))
    .slice(0, 8);

const tooLate = () => invalid('response', say`This was asked for too long ago, or elsewhere. Begin anew.`);

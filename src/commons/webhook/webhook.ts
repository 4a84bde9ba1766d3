import { randomBytes } from 'node:crypto';
import type { Verb } from '../../kernel/command';
import { type RecordType, record } from '../../kernel/record';
import { invalid } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import { plainLife } from '../keeping/life';
import { keepingVerbs, keptFields } from '../keeping/verbs';
import { administrator } from '../people';

/** Another program that is told what happens, as its owner sees it. */
export const webhook: RecordType = record({
  type: 'webhook',
  plural: 'webhooks',
  prefix: 'HOOK',
  table: 'webhook',
  label: 'Webhook',
  labels: 'Webhooks',
  life: plainLife,
  sees: [administrator],
  team: [administrator],
  fields: {
    ...keptFields,
    owner_id: { kind: 'reference', label: 'Sees with the eyes of', to: 'person', required: true },
    address: { kind: 'text', label: 'Address', required: true, max: 2000, help: 'Where it is told: https://…' },
    events: { kind: 'texts', label: 'Names of lines', help: 'incident.resolved, incident.*; all when empty.' },
    secret: {
      kind: 'text',
      label: 'Secret',
      secret: true,
      max: 200,
      help: 'Signs what is sent; made when none is given.',
    },
  },
});

export const webhookVerbs: Verb[] = keepingVerbs(webhook, { make: [administrator] }, (before, input, { actor }) => {
  const owner = input.owner_id ?? before.owner_id;
  // Otherwise an administrator would look over walls through somebody else's eyes.
  if (actor.kind === 'person' && owner !== actor.id)
    throw invalid('owner_id', say`A webhook sees with the eyes of the one who sets it up: name yourself.`);
  const address = input.address ?? before.address;
  if (!URL.canParse(String(address)) || !/^https?:$/.test(new URL(String(address)).protocol))
    throw invalid('address', say`The address must begin with https:// or http://.`);
  const secret = input.secret ?? before.secret;
  if (secret == null) input.secret = `whsec_${randomBytes(24).toString('base64')}`;
  else if (!/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/.test(String(secret)))
    throw invalid('secret', say`A secret is whsec_ followed by 24 to 64 bytes in base64.`);
});

import type { Caller, Door } from './door';

/** Whoever stands outside the wall of hr, and is nobody's requester or beneficiary in it. */
export const outsiders = ['sam', 'cho', 'ines', 'fred', 'carla', 'otto', 'ada', 'rita'] as const;

/** Work that everybody may know of, in it and finance; every title bears the word zebra. */
export async function openWork(opened: Door): Promise<string[]> {
  const { story } = opened;
  const [sam, fred, rita, ada] = (await Promise.all(['sam', 'fred', 'rita', 'ada'].map((who) => opened.as(who)))) as [
    Caller,
    Caller,
    Caller,
    Caller,
  ];
  for (const [name, departments] of [
    ['eve', ['it', 'hr']],
    ['petra', ['hr']],
  ] as const)
    await ada.post('/people', {
      name: `${name} both`,
      email: `${name}@x.test`,
      roles: name === 'eve' ? ['agent'] : ['requester'],
      departments,
    });
  // Their tokens are there before they do anything hidden.
  for (const who of ['hana', 'eve']) await opened.as(who);
  const made: string[] = [];
  const log = async (who: Caller, input: object) => {
    const answer = await who.post('/incidents', input);
    if (answer.status !== 201) throw new Error(answer.text);
    made.push(answer.body.number);
    await opened.story.later(90, false);
    return `/incidents/${answer.body.number}`;
  };
  const till = await log(rita, { title: 'zebra printer is broken', impact: 2, service_id: 'Card payments' });
  await sam.post(`${till}/comment`, { text: 'Which printer do you mean?' });
  await sam.post(`${till}/note`, { text: 'The printer of the director.' });
  await sam.attach(`${till}/attachments`, 'log.txt', 'paper jam');
  await sam.post(`${till}/assign`, { team_id: 'Network' });
  const pay = await log(sam, { title: 'zebra terminal', impact: 1, urgency: 2, configuration_item_id: 'pay-gw-2' });
  await sam.post(`${pay}/hold`, { hold_reason: 'supplier' });
  await log(fred, { title: 'zebra invoices', department: 'finance', category: 'money' });
  const done = await log(sam, { title: 'zebra network slow', beneficiary_id: 'carla@x.test' });
  await sam.post(`${done}/resolve`, { resolution_code: 'fixed', resolution_note: 'Cable changed.' });
  await sam.post(`${till}/links`, { kind: 'relates', to: done.split('/')[2] });
  // What is planned and known, seen from the incidents of its component.
  const cho = await opened.as('cho');
  await cho.post('/changes', {
    title: 'zebra gateway',
    configuration_item_ids: ['pay-gw-2'],
    service_id: 'Card payments',
    planned_start: '2026-03-03T10:00:00Z',
    planned_end: '2026-03-03T12:00:00Z',
  });
  await sam.post('/problems', { title: 'zebra cause', configuration_item_ids: ['pay-gw-2'] });
  // Rules for everybody, one of which meets a fault on what is hidden only.
  await story.act('assignment_rule.create', null, {
    name: 'zebra lines',
    match: { category: 'lines' },
    team_id: 'Network',
  });
  const rule = await story.act('action_rule.create', null, {
    name: 'zebra numbers',
    condition: 'category != "money" || title.contains("zebra invoices") || int(title) == 7',
    add_tags: ['zebra'],
  });
  await story.act('action_rule.activate', String(rule.id));
  await story.act('queue_order.create', null, { name: 'zebra order' });
  const day = [['09:00', '18:00']];
  const hours = { mon: day, tue: day, wed: day, thu: day, fri: day };
  await story.act('calendar.create', null, { name: 'zebra hours', timezone: 'Europe/Lisbon', hours });
  await opened.settle();
  return made;
}

/** Work behind the wall, on services and words that others use as well; the clock is put back between the open work. */
export async function hiddenWork(opened: Door, open: readonly string[]): Promise<string[]> {
  const [hana, eve] = (await Promise.all(['hana', 'eve'].map((who) => opened.as(who)))) as [Caller, Caller];
  const { story } = opened;
  const make = (type: string, input: object) => story.act(`${type}.create`, null, { department: 'hr', ...input });
  const now = story.now().getTime();
  story.clock.advance(-5 * 3600);
  await make('team', { name: 'Secret circle' });
  await make('goal', { name: 'Secret goal' });
  await make('service', {
    name: 'Payroll',
    goals: [{ goal_id: 'Card payment at every door', weight: 9 }],
    state: 'suspended',
  });
  await make('configuration_item', { name: 'salary-db', serial: 'SECRET-1', service_ids: ['Card payments'] });
  const near = { department: 'hr', configuration_item_ids: ['pay-gw-2'], service_id: 'Card payments' };
  const planned = { planned_start: '2026-03-03T11:00:00Z', planned_end: '2026-03-03T13:00:00Z' };
  const texts = { implementation_plan: 'x', test_plan: 'x', backout_plan: 'x', description: 'x', reason: 'x' };
  const change = await story.act('change.draft', null, { title: 'Secret change', ...near, ...planned, ...texts });
  await story.act('change.submit', String(change.id));
  const problem = await story.act('problem.log', null, { title: 'Secret cause', origin: 'risk', priority: 1, ...near });
  await story.act('problem.assess', String(problem.id), { assignee_id: 'hana@x.test' });
  await story.act('problem.investigate', String(problem.id), { analysis_method: 'x' });
  await story.act('problem.document', String(problem.id), { workaround: 'Pay the salaries by hand.' });
  // What the department decides for itself, and what matches by it.
  await make('assignment_rule', {
    name: 'zebra salaries',
    condition: 'title.contains("zebra")',
    team_id: 'HR services',
  });
  await make('checklist', { name: 'zebra fired', points: [{ title: 'Take the keys' }], match: { department: 'hr' } });
  const order = { name: 'zebra quarrels first', team_id: 'HR services', impact_1_minutes: 9 };
  await story.act('queue_order.create', null, order);
  const promised = await story.act('agreement.create', null, {
    name: 'zebra salaries in a day',
    calendar_id: 'zebra hours',
    match: { department: 'hr' },
    targets: [{ target: 'resolution', seconds: 86_400 }],
    effective_on: '2026-01-01',
  });
  await story.act('agreement.publish', String(promised.id));
  await make('retention_rule', { name: 'zebra quarrels go', record_type: 'incident', after_days: 9_000 });
  await make('vocabulary', { language: 'en', words: { 'type.incident': 'Harassment' } });
  const acting = await make('action_rule', {
    name: 'zebra harassment',
    condition: 'title.contains("zebra")',
    add_tags: ['salary'],
    note: 'Call the salaries.',
    propose_major: true,
  });
  await story.act('action_rule.activate', String(acting.id));
  const made: string[] = [];
  const log = async (who: Caller, input: object) => {
    const answer = await who.post('/incidents', { department: 'hr', ...input });
    if (answer.status !== 201) throw new Error(answer.text);
    made.push(answer.body.number);
    await story.later(45, false);
    return `/incidents/${answer.body.number}`;
  };
  const one = await log(hana, {
    title: 'zebra harassment printers',
    impact: 1,
    urgency: 1,
    service_id: 'Card payments',
    major: true,
  });
  await hana.post(`${one}/comment`, { text: 'The prinetr of salary @Sam Test @sam@x.test' });
  await hana.post(`${one}/note`, { text: 'Terminals of fired people' });
  await hana.attach(`${one}/attachments`, 'salaries.txt', 'all of them');
  await hana.post(`${one}/tasks`, { title: 'Talk to the fired printers', mandatory: true });
  await hana.post(`${one}/time-entries`, { minutes: 5, what: 'Reading about salaries' });
  await hana.post(`${one}/presence`, { seat: 'one', writing: 'note' });
  await hana.post('/drafts', { place: `${one}.comment`, content: 'zebra salary' });
  await hana.post('/views', { name: 'zebra quarrels', record_type: 'incident', filter: 'department:hr' });
  await hana.post('/text-templates', { name: 'zebra letter', text: 'Dear payroll' });
  await hana.post(`${one}/watchers`, { person_id: 'sam@x.test' });
  await hana.post(`${one}/watchers`, { person_id: 'ada@x.test' });
  const two = await log(hana, {
    title: 'zebra payroll',
    configuration_item_id: 'pay-gw-2',
    category: 'money',
    requester_id: 'petra@x.test',
  });
  await hana.post(`${two}/resolve`, { resolution_code: 'fixed', resolution_note: 'Cables changed, networks slow.' });
  await log(eve, { title: 'zebra both', service_id: 'Payroll', parent_id: made[0] });
  await eve.post(`/incidents/${open[0]}/links`, { kind: 'caused_by', to: made[0] });
  await eve.post(`${one}/links`, { kind: 'blocks', to: open[1] });
  // What monitoring tells of a walled department, and three reports that look like one.
  const source = await story.act('alert_source.create', null, {
    name: 'HR monitoring',
    key: 'alertmanager',
    form: 'alertmanager',
    department: 'hr',
    outage_from: 'critical',
  });
  await opened.server.inject({
    method: 'POST',
    url: '/hooks/alertmanager',
    headers: { authorization: `Bearer ${eve.bearer}`, 'content-type': 'application/json' },
    payload: JSON.stringify({
      groupKey: 'salary',
      alerts: [
        {
          status: 'firing',
          labels: { alertname: 'zebra salary-db', service: 'Card payments', severity: 'critical' },
          fingerprint: 'salary',
        },
      ],
    }),
  });
  await opened.settle();
  await story.act('alert_source.retire', String(source.id));
  for (const title of ['zebra payroll printer', 'zebra payroll printers', 'payroll zebra printer'])
    await hana.post('/incidents', { title, department: 'hr', service_id: 'Payroll' });
  await opened.settle();
  const removed = await eve.post(`/incidents/${open[1]}/links`, { kind: 'relates', to: made[1] });
  await eve.delete(`/incidents/${open[1]}/links/${removed.body.id}`);
  story.clock.advance((now - story.now().getTime()) / 1000);
  await opened.settle();
  return made;
}

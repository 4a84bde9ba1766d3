import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, query } from '../../../../web/api/client';
import { keys } from '../../../../web/api/keys';
import { useCount, usePart, useRecord } from '../../../../web/api/queries';
import type { Clock, Link, Page, RecordRow, RecordType, Ref, SearchHit } from '../../../../web/api/types';
import { Steps } from '../../../../web/desk/steps';
import { Time } from '../../../../web/desk/time';
import { ClockBar } from '../../../../web/kit/clock-bar';
import { Facts, Section } from '../../../../web/kit/facts';
import { StateGlyph } from '../../../../web/kit/glyphs';
import { When } from '../../../../web/kit/marks';
import { Value } from '../../../../web/kit/value';
import { useHref } from '../../../../web/shell/use-href';
import { present } from '../../../../web/words/now';
import { numberOf, refOf, textOf, titleOf } from '../../../../web/words/record';
import { useWords } from '../../../../web/words/use-words';
import { Watching } from './watching';

/** What one needs to know beside the conversation: promises, person, reasons, neighbours. */
export function Context({
  record,
  type,
  clocks,
  readAt,
  explained,
  onExplain,
  onWrong,
}: {
  record: RecordRow;
  type: RecordType;
  clocks: Clock[];
  readAt: number;
  explained: string | null;
  onExplain: (target: string | null) => void;
  onWrong: (clock: Clock) => void;
}) {
  const { t } = useTranslation('incident');
  const words = useWords();
  const hrefOf = useHref();
  const impact = numberOf(record, 'impact');
  const urgency = numberOf(record, 'urgency');
  const custom = type.fields.filter(
    (field) => field.name.startsWith('x_') && record[field.name] !== null && record[field.name] !== undefined,
  );
  return (
    <aside className="ctx" aria-label={t('context')}>
      <Section title={t('clocks')}>
        {clocks.length === 0 ? <p className="q">{t('no_clocks')}</p> : null}
        {clocks.map((clock) => (
          <ClockBar
            key={clock.target + clock.started_at}
            clock={clock}
            readAt={readAt}
            open={explained === clock.target}
            onOpen={(open) => onExplain(open ? clock.target : null)}
            onWrong={onWrong}
          />
        ))}
      </Section>
      <Requester record={record} />
      <Steps plural="incidents" record={record} />
      <Time plural="incidents" record={record} />
      {impact && urgency ? (
        <Section title={t('why_priority', { priority: numberOf(record, 'priority') ?? '' })}>
          <p className="q2">
            {t('priority_sentence', {
              impact,
              urgency,
              impact_name: words.choice('impact', String(impact), ''),
              urgency_name: words.choice('urgency', String(urgency), ''),
              priority: numberOf(record, 'priority') ?? '',
            })}
          </p>
        </Section>
      ) : null}
      <Links record={record} hrefOf={hrefOf} />
      <Similar record={record} />
      <Section title={t('more')}>
        <Facts
          rows={[
            [words.field('opened_at'), record.opened_at ? <When key="o" at={textOf(record, 'opened_at')} /> : null],
            [
              words.field('category'),
              [textOf(record, 'category'), textOf(record, 'subcategory')].filter(Boolean).join(' / '),
            ],
            [
              words.field('channel'),
              record.channel ? words.choice('channel', textOf(record, 'channel')) : null,
              'channel',
            ],
            [words.field('department'), refOf(record, 'department')?.name, 'department'],
            [words.field('organization_id'), refOf(record, 'organization_id')?.name, 'organization_id'],
            [words.field('reopen_count'), numberOf(record, 'reopen_count') || null, 'reopen_count'],
            [words.field('reassignment_count'), numberOf(record, 'reassignment_count') || null, 'reassignment_count'],
            [
              words.field('resolved_at'),
              record.resolved_at ? <When key="r" at={textOf(record, 'resolved_at')} /> : null,
            ],
            [
              words.field('resolution_code'),
              record.resolution_code ? words.choice('resolution_code', textOf(record, 'resolution_code')) : null,
            ],
            [words.field('resolution_note'), textOf(record, 'resolution_note'), 'resolution_note'],
            [
              words.field('parent_id'),
              refOf(record, 'parent_id') ? (
                <Value
                  key="p"
                  field={{ name: 'parent_id', kind: 'reference' }}
                  value={record.parent_id}
                  hrefOf={hrefOf}
                />
              ) : null,
            ],
            [
              words.field('problem_id'),
              refOf(record, 'problem_id') ? (
                <Value
                  key="q"
                  field={{ name: 'problem_id', kind: 'reference' }}
                  value={record.problem_id}
                  hrefOf={hrefOf}
                />
              ) : null,
            ],
            [
              words.field('source_number'),
              [textOf(record, 'source'), textOf(record, 'source_number')].filter(Boolean).join(' '),
            ],
            ...custom.map((field): [string, React.ReactNode, string] => [
              words.field(field.name, field.label),
              <Value key={field.name} field={field} value={record[field.name]} hrefOf={hrefOf} />,
              field.name,
            ]),
          ]}
        />
      </Section>
      <Watching record={record} />
    </aside>
  );
}

function Requester({ record }: { record: RecordRow }) {
  const { t } = useTranslation('incident');
  const words = useWords();
  const requester = refOf(record, 'requester_id');
  const beneficiary = refOf(record, 'beneficiary_id');
  const whole = useRecord('people', requester?.number);
  const since = new Date(
    Date.parse(textOf(record, 'opened_at') || record.created_at || '') - 90 * 86_400_000,
  ).toISOString();
  const before = useCount(
    'incidents',
    { requester_id: requester?.number ?? '', 'opened_at.gte': since.slice(0, 10) },
    Boolean(requester) && !Number.isNaN(Date.parse(since)),
  );
  if (!requester) return null;
  const person = whole.data;
  const zone = textOf(person, 'time_zone');
  const total = before.data?.total;
  return (
    <Section title={t('requester')}>
      <Facts
        rows={[
          [
            t('who'),
            <a key="w" className="u" href={`/people/${requester.number}`}>
              {requester.name}
            </a>,
          ],
          [t('for_whom'), beneficiary && beneficiary.id !== requester.id ? beneficiary.name : null],
          [t('where'), textOf(person, 'location')],
          [t('mail'), textOf(person, 'email')],
          [t('language'), person?.language ? words.choice('language', textOf(person, 'language')) : null],
          [
            t('local_time'),
            zone && zone !== words.zone
              ? `${new Intl.DateTimeFormat(words.language, { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(new Date(present()))} ${zone}`
              : null,
          ],
          [
            t('before'),
            total ? (
              <a key="b" className="link" href={`/incidents?filter=requester:${requester.number}&sort=-opened_at`}>
                {t('before_count', { count: total })}
              </a>
            ) : null,
          ],
        ]}
      />
    </Section>
  );
}

function Links({ record, hrefOf }: { record: RecordRow; hrefOf: (number: string) => string | undefined }) {
  const { t } = useTranslation('incident');
  const words = useWords();
  const links = usePart<Page<Link>>('incidents', record.number, 'links');
  const cause = refOf(record, 'caused_by_change_id') as (Ref & { number: string }) | null;
  const items = links.data?.items ?? [];
  if (items.length === 0 && !cause) return null;
  return (
    <Section title={t('links')} note={items.length + (cause ? 1 : 0)}>
      {cause ? (
        <a className="mini" href={hrefOf(cause.number)}>
          <span className="cut">
            <span className="num q">{cause.number}</span> {cause.name}
          </span>
          <span className="s q nw">{t('link.caused_by_out')}</span>
        </a>
      ) : null}
      {items.map((link) => (
        <a className="mini" key={link.id} href={hrefOf(link.record.number)}>
          <span className="cut" title={link.record.title ?? link.record.name}>
            <span className="num q">{link.record.number}</span> {link.record.title ?? link.record.name ?? ''}
          </span>
          <span className="s q nw">
            {t(`link.${link.kind}_${link.direction}` as 'link.relates_out', words.choice('link', link.kind))}
          </span>
        </a>
      ))}
    </Section>
  );
}

function Similar({ record }: { record: RecordRow }) {
  const { t } = useTranslation('incident');
  const words = useWords();
  const title = titleOf(record);
  const asked = title.split(/\s+/).slice(0, 6).join(' ');
  const found = useQuery({
    queryKey: keys.search({ similar: asked }),
    queryFn: () => ask<Page<SearchHit>>(`/search${query({ q: asked, type: 'incident', limit: 6 })}`),
    staleTime: 60_000,
    retry: false,
  });
  const items = (found.data?.items ?? []).filter((hit) => hit.number !== record.number).slice(0, 5);
  if (items.length === 0) return null;
  return (
    <Section title={t('similar')} note={items.length}>
      {items.map((hit) => (
        <a className="mini" key={hit.id} href={`/incidents/${hit.number}`} title={hit.title}>
          <span className="cut">
            <span className="num q">{hit.number}</span> {hit.title}
          </span>
          <StateGlyph state={hit.state} label={words.state(hit.state)} />
        </a>
      ))}
    </Section>
  );
}

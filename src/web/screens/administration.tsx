import './profile.css';
import './administration.css';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCount, useTypes } from '../api/queries';
import type { RecordType } from '../api/types';
import { pathOf } from '../shell/use-href';
import { useTitle } from '../shell/use-title';
import { useWords } from '../words/use-words';

const groups = [
  { id: 'running', types: ['vocabulary'] },
  { id: 'people', types: ['person', 'team', 'department', 'organization', 'sign_in_rule'] },
  {
    id: 'promises',
    types: ['calendar', 'agreement', 'incident_model', 'assignment_rule', 'action_rule', 'queue_order'],
  },
  { id: 'shape', types: ['custom_field', 'service', 'goal', 'configuration_item'] },
  { id: 'desk', types: ['view', 'text_template', 'macro', 'checklist'] },
  { id: 'told', types: ['webhook', 'alert_source', 'notice_rule'] },
  { id: 'keep', types: ['retention_rule'] },
  { id: 'rest', types: [] as string[] },
] as const;

/** What an organisation decides by itself: rows, not programs. */
export function Administration() {
  const { t } = useTranslation('house');
  const { t: a } = useTranslation('admin');
  const types = useTypes();
  useTitle(t('admin.title'));
  const named = new Set<string>(groups.flatMap((group) => [...group.types]));
  const own = new Set(['incident', 'problem', 'change', 'alert', 'outage', 'practice']);
  return (
    <div className="page">
      <header className="head">
        <div>
          <h1>{t('admin.title')}</h1>
          <p className="lede">{t('admin.lede')}</p>
        </div>
      </header>
      <div className="ad">
        {groups.map((group) => {
          const shown = (types.data ?? []).filter((type) =>
            group.id === 'rest'
              ? !named.has(type.type) && !own.has(type.type)
              : (group.types as readonly string[]).includes(type.type),
          );
          if (shown.length === 0) return null;
          return (
            <section key={group.id}>
              <h2>{group.id === 'running' ? a('overview.running') : t(`admin.${group.id}`)}</h2>
              <ul>
                {group.id === 'running' ? (
                  <>
                    <Plain to="/practices" name={a('overview.practices')} says={a('overview.practices_text')} />
                    <Plain
                      to="/administration/changed"
                      name={a('overview.changed')}
                      says={a('overview.changed_text')}
                    />
                  </>
                ) : null}
                {shown.map((type) => (
                  <Entry key={type.type} type={type} />
                ))}
                {group.id === 'told' ? (
                  <Plain to="/outbox" name={t('admin.outbox')} says={t('admin.outbox_text')} />
                ) : null}
              </ul>
            </section>
          );
        })}
      </div>
    </div>
  );
}

function Plain({ to, name, says }: { to: string; name: string; says: string }) {
  return (
    <li>
      <Link to={to} className="ad-a">
        <span className="b">{name}</span>
        <span className="q2">{says}</span>
      </Link>
    </li>
  );
}

function Entry({ type }: { type: RecordType }) {
  const { t } = useTranslation('records');
  const words = useWords();
  const count = useCount(type.plural, {});
  return (
    <li>
      <Link to={pathOf(type.plural)} className="ad-a">
        <span className="b">{words.plural(type.type, type.labels ?? type.label)}</span>
        <span className="q2">{t(`about.${type.type}` as 'about.person', '')}</span>
        <span className="num q end">{count.data?.total === undefined ? '' : words.number(count.data.total)}</span>
      </Link>
    </li>
  );
}

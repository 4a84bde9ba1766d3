import './conversation.css';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './glyphs';
import { Markdown } from './markdown';
import { When, Who } from './marks';

export type TalkItem =
  | { kind: 'message' | 'note'; id: string; at: string; by: string; via?: string; text: string; files?: TalkFile[] }
  | { kind: 'act'; id: string; at: string; by: string | null; machine: boolean; words: ReactNode; links?: ReactNode };

export interface TalkFile {
  id: string;
  name: string;
  size: number;
  href: string;
  media_type?: string;
}

/** What was said and done, in its order: a line with people on it. */
export function Conversation({
  items,
  hrefOf,
  label,
}: {
  items: TalkItem[];
  hrefOf?: (number: string) => string | undefined;
  label: string;
}) {
  const { t } = useTranslation('kit');
  return (
    <ol className="conv" aria-label={label}>
      {items.map((item) =>
        item.kind === 'act' ? (
          <li className="ev act" key={item.id}>
            <span className="gut">
              <i />
            </span>
            <div className="s q2">
              <p>
                {item.by ? <span className="b">{item.by} </span> : null}
                {item.words} {item.links}
              </p>
              <When at={item.at} className="q" />
            </div>
          </li>
        ) : (
          <li className={`ev msg ${item.kind === 'note' ? 'note' : ''}`} key={item.id}>
            <span className="gut">
              <Who name={item.by} large />
            </span>
            <div>
              <p className="by">
                <span className="b">{item.by}</span>{' '}
                <span className="q">{item.kind === 'note' ? t('talk.team_only') : item.via}</span>
                <When at={item.at} className="q s" />
              </p>
              <Markdown text={item.text} hrefOf={hrefOf} />
              {item.files?.length ? <Files files={item.files} /> : null}
            </div>
          </li>
        ),
      )}
    </ol>
  );
}

export function Files({ files }: { files: TalkFile[] }) {
  return (
    <ul className="files">
      {files.map((file) => (
        <li key={file.id} className="s q2">
          {file.media_type?.startsWith('image/') ? (
            <a className="shot" href={file.href} target="_blank" rel="noreferrer">
              <img src={file.href} alt={file.name} loading="lazy" />
            </a>
          ) : null}
          <Icon name="clip" />
          <a className="u" href={file.href} download={file.name}>
            {file.name}
          </a>
          <span className="q nw">{sizeWords(file.size)}</span>
        </li>
      ))}
    </ul>
  );
}

/** `240 KB`. */
export function sizeWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

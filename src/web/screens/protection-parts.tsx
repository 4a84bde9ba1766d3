import './profile.css';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/client';
import { wasDeclined } from '../api/passkey';
import { Dialog } from '../kit/dialog';
import { When } from '../kit/marks';
import { Refusal } from '../kit/states';
import { say } from '../kit/toast';
import { type Protected, useProof, waysToConfirm } from './protection-proof';

/** So much time has passed that their owner shows again who they are. */
export const isProofNeeded = (error: unknown): boolean => error instanceof Problem && error.code === 'proof_needed';

/** An act its owner confirms by showing again who they are. */
export interface Confirming {
  readonly title: string;
  readonly text: string;
  readonly act: () => Promise<void>;
}

/** Asks for the password or a second factor before something that protects the account is changed. */
export function ConfirmDialog({
  title,
  text,
  act,
  now,
  onClose,
}: Confirming & { now: Protected; onClose: () => void }) {
  const { t: k } = useTranslation('kit');
  const { fields, prove } = useProof(waysToConfirm(now));
  const [refusal, setRefusal] = useState<unknown>(null);
  const submit = async () => {
    setRefusal(null);
    try {
      await prove();
      await act();
      onClose();
    } catch (error) {
      if (!wasDeclined(error)) setRefusal(error);
    }
  };
  return (
    <Dialog
      title={title}
      lede={text}
      onClose={onClose}
      onSubmit={() => void submit()}
      foot={
        <>
          <button type="submit" className="btn main">
            {title}
          </button>
          <button type="button" className="btn quiet" onClick={onClose}>
            {k('cancel')}
          </button>
        </>
      }
    >
      {fields}
      {refusal ? <Refusal error={refusal} /> : null}
    </Dialog>
  );
}

/** Shown once: kept nowhere but with their owner. */
export function NewCodes({
  codes,
  onKept,
  onEnrolled,
}: {
  codes: readonly string[];
  onKept: () => void;
  onEnrolled?: () => void;
}) {
  const { t } = useTranslation('account');
  const { t: h } = useTranslation('house');
  return (
    <div className="pf-made" role="status">
      <h3>{t('recovery.title')}</h3>
      <p>{t('recovery.keep')}</p>
      <ul className="pf-codes num">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p className="pf-row">
        <button
          type="button"
          className="btn"
          onClick={() => void navigator.clipboard?.writeText(codes.join('\n')).then(() => say(h('profile.copied')))}
        >
          {h('profile.copy')}
        </button>
        <button type="button" className="btn main" onClick={onEnrolled ?? onKept}>
          {t(onEnrolled ? 'recovery.kept_go' : 'recovery.kept')}
        </button>
      </p>
    </div>
  );
}

/** Since when, in one line. */
export function Since({ at }: { at: string }) {
  const { t } = useTranslation('account');
  return (
    <span className="q2">
      {t('guard.since')} <When at={at} />
    </span>
  );
}

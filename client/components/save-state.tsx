import { CheckCircleOutlined, CloudSyncOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { ProblemError } from '../api/problem-error.ts';
import { useLanguage, useTexts } from '../i18n/index.ts';
import { controls } from './i18n.ts';
import styles from './save-state.module.css';

/** How it stands with saving something that saves itself. */
export interface Saving {
  readonly phase: 'saved' | 'waiting' | 'saving' | 'failed' | 'conflict';
  readonly savedAt: Date | undefined;
  readonly failure: Error | undefined;
  /** Saves now, without waiting for a pause. */
  readonly save: () => Promise<void>;
}

/** Whether what was typed is safe, and since when. */
export function SaveState({ saving }: { saving: Saving }) {
  const t = useTexts(controls);
  const language = useLanguage();
  const { phase, savedAt, failure, save } = saving;
  const time = savedAt && new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(savedAt);
  const troubled = phase === 'failed' || phase === 'conflict';
  return (
    <div className={styles.row}>
      <p role="status" className={troubled ? styles.trouble : styles.state}>
        {troubled ? (
          <ExclamationCircleOutlined aria-hidden="true" />
        ) : phase === 'saved' ? (
          <CheckCircleOutlined aria-hidden="true" className={styles.good} />
        ) : (
          <CloudSyncOutlined aria-hidden="true" />
        )}
        {phase === 'saved' ? (time ? t('save.saved', { time }) : t('save.all-saved')) : t(`save.${phase}`)}
      </p>
      {phase === 'failed' && (
        <>
          <Button size="small" onClick={() => void save()}>
            {t('save.now')}
          </Button>
          <p className={styles.why}>
            {failure && !isAtFields(failure) ? failure.message : t('save.see-fields')}
          </p>
        </>
      )}
    </div>
  );
}

const isAtFields = (failure: Error) =>
  failure instanceof ProblemError && Object.keys(failure.fields).length > 0;

import { CheckCircleOutlined, CloudSyncOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { ProblemError } from '../../../api/problem-error.ts';
import { useLanguage, useTexts } from '../../../i18n/index.ts';
import { draftTexts } from './i18n.ts';
import styles from './save-state.module.css';
import type { DraftInHand } from './use-draft.ts';

/** Whether what was typed is safe, and since when. */
export function SaveState({ draft }: { draft: DraftInHand }) {
  const t = useTexts(draftTexts);
  const language = useLanguage();
  const time =
    draft.savedAt && new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(draft.savedAt);
  const troubled = draft.phase === 'failed' || draft.phase === 'conflict';
  return (
    <div className={styles.row}>
      <p role="status" className={troubled ? styles.trouble : styles.state}>
        {troubled ? (
          <ExclamationCircleOutlined aria-hidden="true" />
        ) : draft.phase === 'saved' ? (
          <CheckCircleOutlined aria-hidden="true" className={styles.good} />
        ) : (
          <CloudSyncOutlined aria-hidden="true" />
        )}
        {draft.phase === 'saved'
          ? time
            ? t('save.saved', { time })
            : t('save.all-saved')
          : t(`save.${draft.phase}`)}
      </p>
      {draft.phase === 'failed' && (
        <>
          <Button size="small" onClick={() => void draft.save()}>
            {t('save.now')}
          </Button>
          <p className={styles.why}>
            {draft.failure && !isAtFields(draft.failure) ? draft.failure.message : t('save.see-fields')}
          </p>
        </>
      )}
    </div>
  );
}

const isAtFields = (failure: Error) =>
  failure instanceof ProblemError && Object.keys(failure.fields).length > 0;
